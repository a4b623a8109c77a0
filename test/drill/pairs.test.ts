import { expect, test } from 'vitest';
import { CATALOGUE } from '../../src/drill/catalogue.ts';
import type { Fault } from '../../src/drill/model.ts';
import { NETWORKS } from '../../src/drill/networks.ts';
import { areaOf, goTogether } from '../../src/drill/pairs.ts';
import { randomOf } from '../../src/drill/random.ts';

function faultsOf(id: string): Fault[] {
  const random = randomOf(id);
  const network = NETWORKS[id]!(random);
  return CATALOGUE.flatMap((maker) =>
    Array.from({ length: 6 }, () => maker(network, random)).filter((fault) => fault !== undefined),
  );
}

test('two faults at once: never those that undo one another, nor one that answers in the place of the other', () => {
  const pairs = Object.keys(NETWORKS).flatMap((id) =>
    faultsOf(id).flatMap((a) => faultsOf(id).flatMap((b) => (goTogether(a, b) ? [[a, b] as const] : []))),
  );
  expect(pairs.length).toBeGreaterThan(500);
  for (const [a, b] of pairs) {
    expect(goTogether(b, a)).toBe(true);
    expect(areaOf(a)).not.toBe(areaOf(b));
    expect(a.stops.some((id) => b.stops.includes(id))).toBe(true);
    // the default route of an interface that is down is gone already
    const places = [a, b].map((fault) => /^ip -n (\S+) (?:link set|route del)/.exec(fault.break)?.[1]);
    if (
      places[0] !== undefined &&
      ['link', 'route'].includes(areaOf(a)) &&
      ['link', 'route'].includes(areaOf(b))
    )
      expect(places[0]).not.toBe(places[1]);
    if (a.id === 'duplicate-address') expect(b.stops).not.toContain('colleague');
  }
});
