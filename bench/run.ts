/**
 * npm run bench [-- NAME...] [--rounds N] [--json]
 * npm run bench -- explain ...      how often the right cause is named first: bench/explain/run.ts
 *
 * Every figure is a ratio against a peer or a limit measured in the same run, interleaved: milliseconds of one machine
 * say little about another. Writes bench/results.json as well; `--json` prints that instead of the table.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PACKAGE_ROOT, packageVersion } from '../src/lib/package.ts';
import type { Bench, Outcome } from './bench.ts';
import { cells } from './cells.ts';
import { liveClass } from './class.ts';
import { container } from './container.ts';
import { firstFrame } from './first-frame.ts';
import { grade } from './grade.ts';
import { gradeQueue } from './grade-queue.ts';
import { lesson } from './lesson.ts';
import { memory } from './memory.ts';
import { overSsh } from './over-ssh.ts';
import { table } from './print.ts';
import { sandbox } from './sandbox.ts';
import { screen } from './screen.ts';
import { startup } from './startup.ts';
import { topology } from './topology.ts';
import { trace } from './trace.ts';

const benches: readonly Bench[] = [
  startup,
  firstFrame,
  sandbox,
  cells,
  lesson,
  container,
  overSsh,
  screen,
  memory,
  grade,
  gradeQueue,
  trace,
  topology,
  liveClass,
];

// counts right causes, and no time: it has arguments of its own
if (process.argv[2] === 'explain') {
  await import('./explain/run.ts');
  process.exit();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '9' }, json: { type: 'boolean', default: false } },
});
const names = benches.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
const rounds = Number(values.rounds);
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`Usage: npm run bench [-- ${names.join(' | ')}] [--rounds N] [--json]\n`);
  process.exit(2);
}

const chosen = positionals.length > 0 ? benches.filter(({ name }) => positionals.includes(name)) : benches;
const outcomes: Record<string, Outcome> = {};
let failed = false;
for (const bench of chosen) {
  try {
    const outcome = await bench.run({ rounds });
    outcomes[bench.name] = outcome;
    if (!values.json) process.stdout.write(table(bench, outcome));
  } catch (error) {
    failed = true;
    process.stderr.write(`${bench.title}\n  could not be measured: ${(error as Error).message}\n\n`);
  }
}

const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), node: process.version };
const report = { version: packageVersion(), at: new Date().toISOString(), machine, benches: outcomes };
const text = `${JSON.stringify(report, null, 2)}\n`;
writeFileSync(join(PACKAGE_ROOT, 'bench', 'results.json'), text);
if (values.json) process.stdout.write(text);
process.exit(failed ? 1 : 0);
