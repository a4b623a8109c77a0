/** Three routers and twenty namespaces by a topology block, beside the same commands to `ip -batch`, and beside Mininet. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vocabulary } from '../src/check/vocabulary.ts';
import type { Lesson } from '../src/lesson/model.ts';
import { parseLesson } from '../src/lesson/parse.ts';
import { getDriver } from '../src/sandbox/registry.ts';
import { runSetups } from '../src/session/setup.ts';
import { type Bench, compare, present } from './bench.ts';
import { type Absent, type Contender, interleave } from './measure.ts';
import { run } from './process.ts';

const MININET = fileURLToPath(new URL('peers/by-mininet.py', import.meta.url));
const ROUTERS = 3;
const SPACES = 20;
const of = (at: number) => at % ROUTERS;

/** Each router has a bridge with its share of the namespaces, and a cable to the next router. */
function lesson(): Lesson {
  const routers = Array.from({ length: ROUTERS }, (_, r) => {
    const ports = Array.from({ length: SPACES }, (_, n) => n).filter((n) => of(n) === r);
    const links = [
      r > 0 ? `    up: 10.9.${r - 1}.2/24` : '',
      r < ROUTERS - 1 ? `    down: 10.9.${r}.1/24` : '',
    ];
    return [
      `  r${r}:`,
      `   bridges: {br0: [${ports.map((n) => `p${n}`).join(', ')}]}`,
      '   addresses:',
      `    br0: 10.${r}.0.1/24`,
      ...links.filter(Boolean),
      '   forward: true',
    ];
  });
  const spaces = Array.from(
    { length: SPACES },
    (_, n) =>
      `  n${n}: {addresses: {eth0: 10.${of(n)}.0.${10 + n}/24}, routes: [default via 10.${of(n)}.0.1]}`,
  );
  const cables = [
    ...Array.from({ length: SPACES }, (_, n) => `- p${n} in r${of(n)} -- eth0 in n${n}`),
    ...Array.from({ length: ROUTERS - 1 }, (_, r) => `- down in r${r} -- up in r${r + 1}`),
  ];
  const text = [
    '---',
    'title: Large',
    '---',
    '```yaml {.topology}',
    'namespaces:',
    ...routers.flat(),
    ...spaces,
    'cables:',
    ...cables,
    '```',
    '',
  ].join('\n');
  const parsed = parseLesson('large/lesson.md', text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics[0]));
  return parsed.lesson;
}

/** The same without what else it does: the batches alone, from a file. */
const BATCH = /ip(?: -n \S+)? -batch - <<'END'\n[\s\S]*?\nEND/g;

function mininet(): Contender | Absent {
  if (process.getuid?.() !== 0) return { name: 'Mininet', absent: 'needs root' };
  if (!existsSync('/usr/bin/mn')) return { name: 'Mininet', absent: 'is not installed' };
  // in namespaces of its own: it makes its switches in the one that it runs in
  return {
    name: 'Mininet',
    run: async () =>
      Number(
        (
          await run('unshare', [
            '--net',
            '--mount',
            '--pid',
            '--fork',
            '--mount-proc',
            '--kill-child',
            MININET,
            String(ROUTERS),
            String(SPACES),
          ])
        ).stdout.trim(),
      ),
  };
}

export const topology: Bench = {
  name: 'topology',
  title: `${ROUTERS} routers and ${SPACES} namespaces by declaration`,
  async run({ rounds }) {
    const driver = await getDriver('embedded');
    await driver.prepare();
    const large = lesson();
    const text = large.setups[0]!.text;
    const batches = [...text.matchAll(BATCH)].map(([each]) => each).join('\n');
    /** The sandbox is made before the clock starts: what is measured is the network. */
    const timed = async (make: (sandbox: Awaited<ReturnType<typeof driver.create>>) => Promise<void>) => {
      await using sandbox = await driver.create({ hosts: [{ name: 'host' }] });
      await sandbox.run('host', 'true', { timeoutMs: 5000 });
      const began = performance.now();
      await make(sandbox);
      return performance.now() - began;
    };
    const { there, absent } = present([
      {
        name: 'a topology block',
        run: () =>
          timed(async (sandbox) => {
            const trouble = await runSetups(sandbox, large);
            if (trouble !== undefined) throw new Error(trouble);
          }),
      },
      {
        name: 'the same ip -batch',
        run: () =>
          timed(async (sandbox) => {
            const { exit, stderr } = await sandbox.run('host', batches, { timeoutMs: 20_000 });
            if (exit !== 0) throw new Error(stderr);
          }),
      },
      mininet(),
    ]);
    const results = await interleave(there, rounds);
    return { results, comparisons: compare(results, { 'the same ip -batch': 1.5, Mininet: 1 }), absent };
  },
};
