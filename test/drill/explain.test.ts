/** A sample of bench/explain: the right cause is named first, the fault stops what it says, its mend mends. */
import { expect, test } from 'vitest';
import { caseOf, caseWith, measure, named } from '../../bench/explain/measure.ts';

const SAMPLE = [
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((seed) => caseOf(seed, 1)),
  ...['i', 'j', 'k', 'l'].map((seed) => caseOf(seed, 2)),
  // both families, and names
  ...[
    'neighbour-discovery-solicitation',
    'dad-failed',
    'accept-ra-off',
    'ipv6-turned-off',
    'dns-dropped-back',
    'wrong-name-server',
  ].map((id) => caseWith('six', id)),
  // answers that come back another way: the rarest, and the hardest to see
  ...['no-hairpin', 'wrong-hairpin', 'asymmetric-route', 'rp-filter'].map((id) => caseWith('m', id)),
];

test.each(SAMPLE.map((one) => [one.network.id, one.faults.map(({ id }) => id).join(' and '), one] as const))(
  '%s: %s',
  async (_, __, one) => {
    const outcome = await measure(one);
    expect(outcome.before).toEqual([]);
    const stops = new Set(one.faults.flatMap(({ stops }) => stops));
    expect(new Set(outcome.stopped)).toEqual(stops);
    expect(outcome.after).toEqual([]);
    expect(named(outcome).filter(({ right }) => !right)).toEqual([]);
  },
  60_000,
);
