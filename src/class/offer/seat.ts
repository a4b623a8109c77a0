/**
 * One seat: a program on a pseudo-terminal in a view of its own (sandbox/seat/seat.pl). It ends with this process, whatever
 * ends that.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { SandboxError } from '../../lib/errors.ts';
import { perlCommand } from '../../sandbox/embedded/launch.ts';
import { chooseIds, ROOT_BASE } from '../../sandbox/rootfs/ids.ts';
import { type Rootfs, SANDBOX_FOLDER } from '../../sandbox/rootfs/rootfs.ts';
import { type SeatGroup, type SeatLimits, seatProcesses } from './limits.ts';
import type { Part } from './view.ts';

const RANGE = 65536;

export interface SeatOptions {
  rootfs: Rootfs;
  view: readonly Part[];
  groups: readonly SeatGroup[];
  limits: SeatLimits;
  /** Below the number of seats. */
  number: number;
  argv: readonly string[];
  /** All of it: nothing of ours goes inside. */
  env: Readonly<Record<string, string>>;
  columns: number;
  rows: number;
}

export interface Seat {
  readonly pid: number;
  /** What is typed. False: enough for now, until `onRoom` calls back; who types on all the same types into nothing. */
  type(data: Uint8Array): boolean;
  onRoom(listener: () => void): void;
  resize(columns: number, rows: number): void;
  /** No more is read until `resume`: the program waits then. */
  pause(): void;
  resume(): void;
  onShown(listener: (data: Buffer) => void): void;
  /** Its exit status; undefined when it was ended, or ended without saying so. */
  readonly ended: Promise<number | undefined>;
  end(): void;
}

/** What was typed and nobody has read. */
const MOST_TYPED = 256 * 1024;

/** The first id of a seat; as an ordinary user there is no choice. */
export const seatBase = (number: number): number => ROOT_BASE + RANGE * (number + 1);

/** @throws SandboxError `seat-not-made` */
export async function openSeat(options: SeatOptions): Promise<Seat> {
  const { rootfs, view, groups, limits, number, argv, env, columns, rows } = options;
  const [program, ...before] = perlCommand(rootfs);
  const ids = chooseIds();
  const settings: Record<string, string | number> = {
    ...(ids.ids === 'root' ? { ids: 'root', base: seatBase(number), range: ROOT_BASE } : ids),
    processes: seatProcesses(limits),
    file: limits.disk,
    columns,
    rows,
  };
  const child = spawn(
    program!,
    [
      ...before,
      join(SANDBOX_FOLDER, 'seat', 'seat.pl'),
      ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
      ...view.map(({ how, source, target }) => `${how}=${source}\x1f${target}`),
      ...groups.map(({ parent, settings }) => `group=${[parent, ...settings.flat()].join('\x1f')}`),
      ...Object.entries(env).map(([name, value]) => `env=${name}=${value}`),
      '--',
      ...argv,
    ],
    {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  );
  return started(child);
}

async function started(child: ChildProcess): Promise<Seat> {
  const [stdin, stdout, stderr] = [
    child.stdin as Writable,
    child.stdout as Readable,
    child.stderr as Readable,
  ];
  const line = child.stdio[3] as Duplex;
  const ended = Promise.withResolvers<number | undefined>();
  const ready = Promise.withResolvers<void>();
  let status: number | undefined;
  let complaint = '';
  stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < 8192) complaint += chunk;
  });
  let heard = '';
  line.on('data', (chunk: Buffer) => {
    heard += chunk;
    if (heard.startsWith('ready\n')) ready.resolve();
    const said = /^exit (\d+)$/m.exec(heard)?.[1];
    if (said !== undefined) status = Number(said);
  });
  // One that ends while it is written to says so in another way.
  for (const stream of [stdin, stdout, line]) stream.on('error', () => undefined);
  const failed = (why: string): void =>
    ready.reject(
      new SandboxError('seat-not-made', `No seat could be made on this machine: ${why.trim()}`, [
        'Look whether sandboxes can be made here at all: wirebook doctor',
      ]),
    );
  child.once('error', (error) => {
    failed(error.message);
    ended.resolve(undefined);
  });
  child.once('close', () => {
    failed(complaint || 'it ended at once.');
    ended.resolve(status);
  });
  await ready.promise;
  return {
    pid: child.pid!,
    type: (data) => stdin.writableLength < MOST_TYPED && stdin.write(data),
    onRoom: (listener) => void stdin.on('drain', listener),
    resize: (columns, rows) => void line.write(`size ${columns} ${rows}\n`),
    pause: () => void stdout.pause(),
    resume: () => void stdout.resume(),
    onShown: (listener) => void stdout.on('data', listener),
    ended: ended.promise,
    end() {
      // The end of the line is the end of the seat; who does not hear it is ended.
      line.end();
      line.destroy();
      setTimeout(() => child.kill('SIGKILL'), 2000).unref();
    },
  };
}
