/** A class of two thousand on one machine: how long from what a learner does to a board that shows it, and what it costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CourseOutline } from '../src/board/outline.ts';
import { outlineOf } from '../src/board/outline.ts';
import { vocabulary } from '../src/check/vocabulary.ts';
import { loadCourse } from '../src/lesson/course.ts';
import { requireLesson } from '../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { makeKeys, startCrowd, startHost } from '../test/class/helpers/processes.ts';
import { Watcher } from '../test/class/helpers/watcher.ts';
import { type Bench, limit } from './bench.ts';

const LEARNERS = 2000;
const SECONDS = 60;
const CROWDS = 2;
const AIM_MS = 250;

export const liveClass: Bench = {
  name: 'class',
  title: `A live class of ${LEARNERS}, each at one event a second for ${SECONDS} s`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-class-'));
    const ended: (() => Promise<void>)[] = [];
    try {
      const keys = makeKeys();
      const host = await startHost(keys, await outline(), { folder });
      ended.push(host.kill);
      const watcher = new Watcher(host, keys.key, { keepState: false });
      ended.push(async () => watcher.close());
      await watcher.welcomed();
      const began = performance.now();
      const crowds = await Promise.all(
        Array.from({ length: CROWDS }, async (_, index) => {
          const options = {
            hosts: [host],
            secret: keys.secret,
            count: LEARNERS / CROWDS,
            name: `Crowd ${index + 1}`,
          };
          const crowd = await startCrowd(options);
          ended.push(crowd.kill);
          return crowd;
        }),
      );
      const joinedMs = performance.now() - began;
      await sleep(2000);
      const memory = sampled(host.memory);
      const before = await host.cpu();
      const talked = await Promise.all(crowds.map((crowd) => crowd.talk(SECONDS, 1000)));
      const cpu = (await host.cpu()) - before;
      await sleep(1000);
      const sizes = memory.stop();
      const learners = talked.flatMap(({ learners: its }) => its);
      const figures = compareWith(watcher, learners);
      const at = (part: number): number =>
        sizes[Math.min(sizes.length - 1, Math.floor(part * sizes.length))]!;
      const wall = SECONDS * 1000;
      return {
        results: [
          {
            name: 'from event to board',
            median: figures.board(0.5),
            least: figures.board(0),
            most: figures.board(1),
            rounds: figures.count,
          },
          {
            name: 'from event to acknowledged',
            median: figures.heard(0.5),
            least: figures.heard(0),
            most: figures.heard(1),
            rounds: figures.count,
          },
        ],
        comparisons: [
          limit('from event to board, 99th percentile', 'limit', figures.board(0.99), AIM_MS, 'ms'),
          // Flat: what a minute adds is less than a tenth.
          limit('memory at the end, against the middle', 'a tenth more', at(1), at(0.5) * 1.1, 'MB'),
        ],
        absent: [],
        notes: [
          `${figures.count} events, ${figures.shown} of them shown by a board, none twice (of two that come in the same tenth of a second the later one is); acknowledged at the 99th percentile after ${figures.heard(0.99).toFixed(0)} ms.`,
          `Resident memory of the host: ${at(0).toFixed(0)} MB at the start, ${at(0.25).toFixed(0)} after a quarter, ${at(0.5).toFixed(0)} in the middle, ${at(0.75).toFixed(0)}, ${at(1).toFixed(0)} at the end.`,
          `Processors: the host ${((100 * cpu) / wall).toFixed(0)}% of one, the crowd ${talked.map(({ cpuMs }) => ((100 * cpuMs) / wall).toFixed(0)).join('% and ')}%. All had joined after ${(joinedMs / 1000).toFixed(1)} s.`,
        ],
      };
    } finally {
      for (const end of ended) await end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The course that Wirebook brings. */
async function outline(): Promise<CourseOutline> {
  const course = await loadCourse(join(PACKAGE_ROOT, 'lessons'));
  const lessons = await Promise.all(course.lessons.map(({ file }) => requireLesson(file, vocabulary)));
  return { title: course.title, lessons: lessons.map(outlineOf) };
}

function sampled(memory: () => number): { stop(): number[] } {
  const sizes = [memory()];
  const timer = setInterval(() => sizes.push(memory()), 500);
  return {
    stop: () => {
      clearInterval(timer);
      return sizes;
    },
  };
}

interface Told {
  id: string;
  said: number;
  heard: number;
  saidAt: number[];
  heardAt: number[];
  refusals: string[];
}

/** @throws Error when something was lost, or shown twice */
function compareWith(watcher: Watcher, learners: readonly Told[]) {
  const byId = new Map(learners.map((one) => [one.id, one]));
  const shown = new Set<string>();
  const board: number[] = [];
  for (const { learner, attempts, at } of watcher.seen) {
    const name = `${learner} ${attempts}`;
    if (shown.has(name)) throw new Error(`${name} was shown twice`);
    shown.add(name);
    board.push(at - byId.get(learner)!.saidAt[attempts]!);
  }
  const said = learners.reduce((sum, one) => sum + one.said, 0);
  const unheard = learners.filter((one) => one.heard < one.said || one.refusals.length > 0).length;
  if (unheard > 0) throw new Error(`${unheard} learners were refused, or not heard to the end`);
  for (const { id, said: last } of learners)
    if (!shown.has(`${id} ${last}`)) throw new Error(`the last of ${id} is not on the board`);
  const heard = learners.flatMap(({ saidAt, heardAt }) =>
    heardAt.slice(1).map((at, index) => at - saidAt[index + 1]!),
  );
  return { count: said, shown: shown.size, board: quantiles(board), heard: quantiles(heard) };
}

function quantiles(values: number[]): (part: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
