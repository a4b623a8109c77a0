import type { Bench } from './bench.ts';
import { compare } from './bench.ts';
import { interleave } from './measure.ts';
import { run, wirebook } from './process.ts';

export const startup: Bench = {
  name: 'startup',
  title: 'Start: --help beside an empty Node.js',
  async run({ rounds }) {
    const results = await interleave(
      [
        { name: 'wirebook --help', run: async () => void (await wirebook(['--help'])) },
        { name: 'node -e 0', run: async () => void (await run(process.execPath, ['-e', '0'])) },
      ],
      rounds * 2,
    );
    return { results, comparisons: compare(results, { 'node -e 0': 2 }), absent: [] };
  },
};
