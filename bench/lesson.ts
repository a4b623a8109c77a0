import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { options } from '../scripts/bundle.mjs';
import { findLessonFiles } from '../src/lesson/files.ts';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { type Bench, type Comparison, compare } from './bench.ts';
import { type Absent, interleave, type Result } from './measure.ts';
import { run, wirebook } from './process.ts';

export const lesson: Bench = {
  name: 'lesson',
  title: 'A whole lesson with its checks, beside its commands as a plain bash script in the same sandbox',
  async run({ rounds }) {
    // In dist, as the command line: from there it finds the sandbox's files.
    const script = join(PACKAGE_ROOT, 'dist', 'bench-plain-script.js');
    try {
      // Bundled as the command line is: neither side pays for reading sources.
      await build({
        ...options,
        entryPoints: ['bench/peers/plain-script.ts'],
        splitting: false,
        outdir: undefined,
        outfile: script,
        write: true,
      });
      const results: Result[] = [];
      const comparisons: Comparison[] = [];
      const files = (await findLessonFiles(join(PACKAGE_ROOT, 'lessons'))).filter(
        ({ file }) => basename(file) === 'lesson.md' && !/-(exercise|trouble|chain)$/.test(dirname(file)),
      );
      const absent: Absent[] = [];
      for (const { file } of files) {
        const id = basename(dirname(file));
        try {
          const pair = await interleave(
            [
              { name: `wirebook test ${id}`, run: async () => void (await wirebook(['test', file])) },
              {
                name: `${id} as a bash script`,
                run: async () => void (await run(process.execPath, [script, file])),
              },
            ],
            Math.min(rounds, 5),
          );
          results.push(...pair);
          comparisons.push(...compare(pair, { [pair[1]!.name]: 1.3 }));
        } catch (error) {
          // A lesson that failed is no reason to lose the measure of the others.
          absent.push({ name: id, absent: (error as Error).message });
        }
      }
      return { results, comparisons, absent };
    } finally {
      for (const path of [script, `${script}.map`]) rmSync(path, { force: true });
    }
  },
};
