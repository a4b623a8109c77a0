/**
 * How often an explanation names the right cause first: faults by seed in the networks of the drills, on real sandboxes.
 *
 *   node bench/explain/run.ts [SINGLE=40] [DOUBLE=20] [FIRST SEED=0] [AT ONCE=2]
 */
import { caseOf, measure, named } from './measure.ts';

const [single = 40, double = 20, first = 0, atOnce = 2] = process.argv.slice(2).map(Number);
const seeds = (count: number, faults: 1 | 2) =>
  Array.from({ length: count }, (_, at) => caseOf(`${faults}/${first + at}`, faults));
const cases = [...seeds(single, 1), ...seeds(double, 2)];
const total = cases.length;
const sums = { flows: 0, right: 0, unsure: 0, wrong: 0 };

async function work(): Promise<void> {
  for (let one = cases.shift(); one !== undefined; one = cases.shift()) {
    const label = `${one.network.id}, ${one.faults.map(({ id }) => id).join(' and ')} (seed ${one.seed})`;
    const outcome = await measure(one);
    if (outcome.before.length > 0 || outcome.after.length > 0)
      console.log(`${label}: did not work before [${outcome.before}], nor after its mend [${outcome.after}]`);
    for (const { flow, right, unsure, cause } of named(outcome)) {
      sums.flows++;
      sums[right ? 'right' : unsure ? 'unsure' : 'wrong']++;
      if (!right) console.log(`${label}: ${flow}: ${cause}`);
    }
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
console.log(
  `${total} cases, ${sums.flows} failed checks: ${sums.right} right, ${sums.unsure} unsure, ${sums.wrong} wrong.`,
);
process.exitCode = sums.right < 0.95 * sums.flows ? 1 : 0;
