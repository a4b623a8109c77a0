/** A path over tunnels: their interfaces and those that carry what they send are on the way, as is what drops it there. */
import { expect, test } from 'vitest';
import { differences } from '../../../src/check/path/compare.ts';
import { pathFacts } from '../../../src/check/path/facts.ts';
import { type Spec, schema } from '../../../src/check/path/spec.ts';
import { recorded } from '../../trace/recorded.ts';

const NOBODY = { at: '', hosts: {}, probes: {} };
function wrong(name: string, fields: object): string[] {
  const facts = pathFacts(recorded(name), NOBODY, 'icmp');
  if (facts === 'none') throw new Error('nothing was sent');
  const spec = schema().parse(fields) as Spec;
  return differences(spec, facts).map(({ field }) => field);
}

const THROUGH = [
  'gre7 in a',
  'eth0 in a',
  'lan in r1',
  'wan in r1',
  'wan in r2',
  'lan in r2',
  'eth0 in b',
  'gre7 in b',
];

test.each([
  ['tunnel-gre', { path: '10.70.0.2', through: THROUGH, translated: false }],
  [
    'tunnel-gre',
    {
      path: '10.70.0.2',
      through: ['gre7 in a', '...', 'gre7 in b'],
      back: ['gre7 in b', '...', 'gre7 in a'],
    },
  ],
  ['tunnel-gre', { path: '10.70.0.2', avoids: ['wan2 in r1'] }],
  ['tunnel-vrf-gre', { path: '10.79.0.2', through: ['gv in r1', 'wan2 in r1', '...', 'gv in b'] }],
  ['tunnel-gre-key', { path: '10.70.0.2', through: ['gre7 in a', '...', 'eth0 in b'], reached: false }],
  [
    'tunnel-geneve-dropped',
    { path: '10.75.0.2', dropped: { at: 'a', hook: 'output', rule: { contains: '--dport 6081' } } },
  ],
  ['tunnel-ip6gre-dropped', { path: '10.76.0.2', dropped: { at: 'b', hook: 'input' } }],
])('%s has it: %o', (name, fields) => {
  expect(wrong(name, fields)).toEqual([]);
});

test.each([
  ['tunnel-gre', { path: '10.70.0.2', through: ['gre7 in a', 'gre7 in b'] }, ['through']],
  ['tunnel-gre', { path: '10.70.0.2', avoids: ['wan in r1'] }, ['avoids']],
  ['tunnel-gre', { path: '10.70.0.2', dropped: true }, ['dropped', 'reached']],
  [
    'tunnel-gre-key',
    { path: '10.70.0.2', through: ['gre7 in a', '...', 'gre7 in b'] },
    ['through', 'reached'],
  ],
  ['tunnel-geneve-dropped', { path: '10.75.0.2', dropped: { at: 'b' } }, ['dropped at']],
])('%s has it not: %o', (name, fields, fieldsOf) => {
  expect(wrong(name, fields)).toEqual(fieldsOf);
});
