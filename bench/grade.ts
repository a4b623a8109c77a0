/**
 * 200 submissions of an exercise of Part 1, each with the learner's own numbers and graded in sandboxes of its own: many at
 * once against one at a time, and against the same commands typed into bash in a network namespace, where nothing looks at
 * what they have done.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { vocabulary } from '../src/check/vocabulary.ts';
import { gradeAll } from '../src/grade/grade-all.ts';
import { seedOf } from '../src/grade/seeds.ts';
import { Store } from '../src/grade/store.ts';
import { findSubmissions } from '../src/grade/submission/find.ts';
import { readKeyed } from '../src/lesson/load.ts';
import type { Lesson } from '../src/lesson/model.ts';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { embedded } from '../src/sandbox/embedded/driver.ts';
import { type Bench, limit } from './bench.ts';
import type { Result } from './measure.ts';

export const EXERCISE = join(PACKAGE_ROOT, 'lessons', '02-cable-exercise', 'lesson.md');
export const SUBMISSIONS = 200;
export const SECRET = 'a secret of sixteen letters';
const ROUNDS = 10;
const ALONE = 4;
/** Of what the cores allow, at least. */
const AIM = 0.85;

const run = promisify(execFile);

export async function lessonOf(learner: string): Promise<Lesson> {
  const parsed = await readKeyed(EXERCISE, vocabulary, { seed: seedOf(SECRET, learner) });
  if (!parsed.ok) throw new Error(`${EXERCISE} cannot be read`);
  return parsed.lesson;
}

/** A folder of scripts, as the author would have answered, a comment apart. */
export async function writeSubmissions(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let i = 1; i <= count; i++) {
    const learner = `learner-${i}`;
    const { cells } = await lessonOf(learner);
    const parts = cells.flatMap(({ role, id, solution }) =>
      role === 'task' ? [`### ${id}\n# ${i}\n${solution}\n`] : [],
    );
    writeFileSync(join(folder, `${learner}.sh`), parts.join('\n'));
  }
}

/** All cells in one bash, the author's and the learner's. */
async function plainScript(learner: string): Promise<string> {
  const { cells } = await lessonOf(learner);
  const text = cells.map((cell) => cell.solution ?? cell.text).join('\n');
  return `mount -t tmpfs none /run && mkdir /run/netns && ip link set lo up\n${text}\n`;
}

const summary = (name: string, times: readonly number[]): Result => {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    name,
    median: sorted[sorted.length >> 1]!,
    least: sorted[0]!,
    most: sorted.at(-1)!,
    rounds: times.length,
  };
};

export const grade: Bench = {
  name: 'grade',
  title: `Grading ${SUBMISSIONS} submissions of 02-cable-exercise, time a submission`,
  async run() {
    await embedded.prepare();
    const folder = mkdtempSync(join(tmpdir(), 'bench-grade-'));
    const store = new Store(join(folder, 'results'), new Date());
    const cores = availableParallelism();
    try {
      await writeSubmissions(join(folder, 'subs'), SUBMISSIONS);
      const places = findSubmissions([join(folder, 'subs')], '02-cable-exercise', folder);
      const measure = async (some: typeof places, jobs: number): Promise<number> => {
        const began = performance.now();
        const grades = await gradeAll({
          places: some,
          lessonOf,
          driver: embedded,
          version: 'bench',
          signal: new AbortController().signal,
          store,
          jobs,
          again: true,
        });
        const wrong = grades.find(({ earnedMilli, possibleMilli }) => earnedMilli !== possibleMilli);
        if (wrong !== undefined)
          throw new Error(
            `${wrong.learner} lost points: ${JSON.stringify(wrong.items.filter(({ state }) => state !== 'earned').map(({ check, reason }) => [check, reason]))}`,
          );
        return (performance.now() - began) / some.length;
      };
      const times = { many: [] as number[], one: [] as number[], bash: [] as number[] };
      const resident: number[] = [];
      const size = SUBMISSIONS / ROUNDS;
      for (let round = 0; round < ROUNDS; round++) {
        const its = places.slice(round * size, (round + 1) * size);
        times.many.push(await measure(its, cores * 2));
        times.one.push(await measure(its.slice(0, ALONE), 1));
        const began = performance.now();
        for (const { learner } of its.slice(0, ALONE))
          await run('unshare', [
            '--mount',
            '--net',
            '--pid',
            '--fork',
            '--kill-child',
            '--map-root-user',
            'bash',
            '-c',
            await plainScript(learner),
          ]);
        times.bash.push((performance.now() - began) / ALONE);
        resident.push(process.memoryUsage().rss / 2 ** 20);
      }
      const many = summary(`${cores * 2} at once on ${cores} cores`, times.many);
      const one = summary('one at a time', times.one);
      const bash = summary('the same commands as plain bash', times.bash);
      const allowed = one.median / cores / AIM;
      return {
        results: [many, one, bash],
        comparisons: [
          limit(many.name, `${AIM} of what ${cores} cores allow`, many.median, allowed, 'ms'),
          {
            ours: many.name,
            against: bash.name,
            value: many.median,
            reference: bash.median,
            unit: 'ms',
            ratio: many.median / bash.median,
          },
          limit(
            'memory after the last fifth',
            'after the first fifth, and a fifth more',
            resident.at(-1)!,
            resident[1]! * 1.2,
            'MB',
          ),
        ],
        absent: [],
        notes: [
          `${(60_000 / many.median).toFixed(0)} submissions a minute; every one of them earned all of its points.`,
        ],
      };
    } finally {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
