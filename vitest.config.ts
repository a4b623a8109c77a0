import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of some minutes begin first: begun last, one would run alone while the other processors are idle. */
const LONG = ['test/drill/explain.test.ts', 'test/course/exercises.test.ts', 'test/drill/grade.test.ts'];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // React's and Ink's own, as the bundle has them.
  define: { 'process.env.DEV': '"false"' },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    sequence: { sequencer: LongFirst },
    // Processes, not threads: tests change directories, signals and environment, and some end their sandboxes with it.
    pool: 'forks',
    // Most of the time they wait for a kernel or a terminal: two at once also where Vitest would leave it at one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Sandboxes are made for real, by several files at once, on machines with two cores.
    testTimeout: 30_000,
    // Of one file that says `concurrent`: more would only wait for one another's processors.
    maxConcurrency: 3,
    hookTimeout: 60_000,
    // In CI alone, once: its machines are shared, and a stall there is no fault of ours. What needed it is marked
    // `(retry x1)` in the output, and is a fault of the test to be mended.
    retry: process.env.CI ? 1 : 0,
    // A test that leaves something running is told, and does not hold up the end for long.
    teardownTimeout: 10_000,
    // What is polled is waited for, as everything is: a second is nothing on a shared machine.
    expect: { poll: { timeout: 30_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    env: { NO_COLOR: undefined, FORCE_COLOR: undefined },
  },
});
