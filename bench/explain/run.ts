/**
 * How often an explanation names the right cause first: faults by seed in the networks of the drills, on real sandboxes.
 * What is right is decided by what was broken, and where: a fault must be named with its place, and stop this very flow.
 *
 *   node bench/explain/run.ts [SINGLE=40] [DOUBLE=20] [FIRST SEED=0] [AT ONCE=2]
 *   node bench/explain/run.ts every [TIMES=1] [SEED=0] [AT ONCE=2]    every fault in every network that has a place for it
 *
 * `--networks=names,six-bridge`: in these alone.
 */
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { type Case, caseOf, everyCase, measure, named } from './measure.ts';

const given = process.argv.slice(2).filter((each) => each !== 'explain');
const only = given
  .find((each) => each.startsWith('--networks='))
  ?.split('=')[1]
  ?.split(',');
const [mode, ...rest] = given.filter((each) => !each.startsWith('--'));
const [first = 0, second = 0, third = 0, fourth] = (mode === 'every' ? rest : [mode, ...rest])
  .filter((each) => each !== undefined)
  .map((each) => Number(each));
const seeds = (count: number, faults: 1 | 2) =>
  Array.from({ length: count }, (_, at) => caseOf(`${faults}/${third + at}`, faults, only));
const isDefault = mode === undefined;
const cases: Case[] =
  mode === 'every'
    ? everyCase(rest[1] ?? '0', first || 1, only)
    : [...seeds(isDefault ? 40 : first, 1), ...seeds(isDefault ? 20 : second, 2)];
const atOnce = (mode === 'every' ? third : fourth) || 2;
const total = cases.length;
const sums = { flows: 0, right: 0, unsure: 0, wrong: 0, others: 0 };

async function work(): Promise<void> {
  for (let one = cases.shift(); one !== undefined; one = cases.shift()) {
    const label = `${one.network.id}, ${one.faults.map(({ id }) => id).join(' and ')} (seed ${one.seed})`;
    const outcome = await measure(one);
    if (outcome.before.length > 0 || outcome.after.length > 0)
      console.log(`${label}: did not work before [${outcome.before}], nor after its mend [${outcome.after}]`);
    const stops = [...new Set(one.faults.flatMap(({ stops }) => stops))];
    if (stops.toSorted().join() !== outcome.stopped.toSorted().join()) {
      sums.others++;
      console.log(`${label}: should stop [${stops}], stopped [${outcome.stopped}]`);
    }
    for (const { flow, right, unsure, cause } of named(outcome)) {
      sums.flows++;
      sums[right ? 'right' : unsure ? 'unsure' : 'wrong']++;
      if (!right) console.log(`${label}: ${flow}: ${cause}`);
    }
  }
}

await embedded.prepare();
await Promise.all(Array.from({ length: atOnce }, work));
console.log(
  `${total} cases, ${sums.flows} failed checks: ${sums.right} right, ${sums.unsure} unsure, ${sums.wrong} wrong; ${sums.others} cases stopped other flows than they say.`,
);
process.exitCode = sums.right < 0.95 * sums.flows ? 1 : 0;
