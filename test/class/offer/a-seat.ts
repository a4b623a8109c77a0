/** A seat with a program of the test's in it: what somebody who had taken over the notebook could do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyHome } from '../../../src/class/offer/home.ts';
import { heldLimits, SEAT_LIMITS, type SeatLimits } from '../../../src/class/offer/limits.ts';
import { openSeat, type Seat, seatBase } from '../../../src/class/offer/seat.ts';
import { INSIDE, viewOf } from '../../../src/class/offer/view.ts';
import { prepareRootfs } from '../../../src/sandbox/rootfs/rootfs.ts';

export interface TestSeat extends AsyncDisposable {
  seat: Seat;
  /** All that the terminal was shown. */
  shown(): string;
  folder: string;
}

export async function seatWith(
  argv: readonly string[],
  { number = 0, limits = {} as Partial<SeatLimits>, read = true } = {},
): Promise<TestSeat> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-seat-'));
  const [home, line, course] = ['home', 'line', 'course'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [line, course]) mkdirSync(one);
  writeFileSync(join(course, 'lesson.md'), '# Hello\n');
  readyHome(home, process.getuid?.() === 0 ? seatBase(number) : undefined);
  const rootfs = await prepareRootfs();
  const all = { ...SEAT_LIMITS, ...limits };
  const seat = await openSeat({
    rootfs,
    view: viewOf({ course, home, line, rootfs }),
    groups: heldLimits(all).groups,
    limits: all,
    number,
    argv: [INSIDE.node, ...argv],
    env: {
      HOME: INSIDE.home,
      XDG_CACHE_HOME: INSIDE.cache,
      XDG_RUNTIME_DIR: INSIDE.runtime,
      PATH: '/nonexistent',
      LANG: 'C.UTF-8',
      WIREBOOK_SANDBOX_LIMITS: `processes=${all.processes},memory=${all.memory},disk=${all.disk}`,
    },
    columns: 200,
    rows: 50,
  });
  let shown = '';
  if (read)
    seat.onShown((data) => {
      shown = (shown + data).slice(-1_000_000);
    });
  return {
    seat,
    shown: () => shown,
    folder,
    async [Symbol.asyncDispose]() {
      seat.end();
      await seat.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a script in a seat says of itself, as JSON. */
export async function told<T>(script: string): Promise<T> {
  await using held = await seatWith([
    '-e',
    `Promise.resolve((async () => {${script}})()).then((v) => console.log('<<' + JSON.stringify(v) + '>>'))`,
  ]);
  const status = await held.seat.ended;
  const text = held.shown().replace(/\r?\n/g, '');
  const json = /<<(.*)>>/.exec(text)?.[1];
  if (json === undefined) throw new Error(`status ${status}: ${held.shown()}`);
  return JSON.parse(json) as T;
}
