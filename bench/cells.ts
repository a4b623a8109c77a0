import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, compare, present } from './bench.ts';
import { type Absent, type Contender, interleave } from './measure.ts';
import { find, run, wirebook } from './process.ts';
import { rootfs } from './rootfs.ts';
import { BY_HAND } from './sandbox.ts';

const COUNT = 100;
const numbers = Array.from({ length: COUNT }, (_, i) => i + 1);

/** The same steps in each tester's own form: print a number, compare what was printed. */
const FILES = {
  'lesson.md': `---\ntitle: Echo\n---\n## Echo\n${numbers
    .map((n) => `\n\`\`\`sh {.run}\necho ${n}\n\`\`\`\n\`\`\`text {.output}\n${n}\n\`\`\`\n`)
    .join('')}`,
  'echo.t': numbers.map((n) => `  $ echo ${n}\n  ${n}\n`).join(''),
  'echo.clitest': numbers.map((n) => `$ echo ${n}\n${n}\n`).join(''),
  'echo.bats': `#!/usr/bin/env bats\n${numbers.map((n) => `@test "${n}" {\n  run echo ${n}\n  [ "$output" = ${n} ]\n}\n`).join('')}`,
};

export const cells: Bench = {
  name: 'cells',
  title: `${COUNT} echo cells, each compared with what it should print, start included`,
  async run({ rounds }) {
    const root = await rootfs();
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
    try {
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
      chmodSync(join(folder, 'echo.bats'), 0o755);
      const { there, absent } = present([
        {
          name: 'wirebook test',
          run: async () => void (await wirebook(['test', join(folder, 'lesson.md')])),
        },
        tester('cram', ['cram', 'cram3'], [join(folder, 'echo.t')]),
        tester('clitest', ['clitest'], [join(folder, 'echo.clitest')]),
        tester('bats', ['bats'], [join(folder, 'echo.bats')]),
        { name: 'persistent bash in a sandbox by hand', run: () => persistentBash(root) },
      ]);
      const results = await interleave(there, rounds);
      return {
        results,
        comparisons: compare(results, { cram: 1, clitest: 1, bats: 1 }),
        absent,
        notes: [
          'cram, clitest and bats run on the bare machine, without any sandbox. The bash compares nothing.',
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function tester(name: string, programs: readonly string[], args: readonly string[]): Contender | Absent {
  const program = programs.find(find);
  if (!program) return { name, absent: 'not installed' };
  return { name, run: async () => void (await run(program, args)) };
}

/** Each command is sent when the one before has answered, as a cell is. */
async function persistentBash(root: string): Promise<undefined> {
  const bash = spawn(BY_HAND, [root, '/bin/bash'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => bash.on('close', resolve));
  const lines = createInterface(bash.stdout)[Symbol.asyncIterator]();
  for (const n of numbers) {
    bash.stdin.write(`echo ${n}\necho end-${n} $?\n`);
    const [printed, end] = [await lines.next(), await lines.next()];
    if (printed.value !== String(n) || end.value !== `end-${n} 0`)
      throw new Error(`bash said ${printed.value}, ${end.value}`);
  }
  bash.stdin.end();
  await ended;
}
