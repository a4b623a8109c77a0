/** Whatever the tools say: no crash, no pass without the facts, and `not` never makes a pass of what could not be seen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainCheck, judgeCheck } from '../../src/check/judge.ts';
import type { NetnsObservation, Observation, ToolResult } from '../../src/check/observation.ts';
import { checkOf, type Fields } from './judging.ts';
import { fixture, recorded } from './recorded.ts';

/** None of them can hold unless something is really there. No passing `absent`, no value that random data might have. */
const MARK = 'wirebook-9f3c';
const POSITIVE: readonly Fields[] = [
  { netns: MARK },
  { interface: MARK },
  { interface: 'lo', address: '198.51.100.77/31' },
  { interface: 'eth0', state: 'up', mtu: 8137 },
  { interface: 'eth0', peer: MARK },
  { route: '198.51.100.0/25' },
  { route: 'default', via: '198.51.100.77' },
  { neighbour: '198.51.100.77' },
  { bridge: MARK },
  { bridge: 'br0', fdb: '02:77:77:77:77:77' },
  { bridge: 'br0', vlan: { [MARK]: [77] } },
  { firewall: 'nat', chain: 'POSTROUTING', rule: { source: '198.51.100.0/25', action: 'masquerade' } },
  { firewall: 'filter', chain: MARK, policy: 'drop' },
  { sysctl: 'net.ipv4.ip_forward', value: MARK },
  { listen: 'tcp:48137' },
  { process: MARK },
  { file: '/x', content: { contains: MARK } },
  { env: 'X', value: MARK },
];
/** These hold where nothing is: only a reading that succeeded may let them. */
const ABSENT: readonly Fields[] = [
  { interface: MARK, absent: true },
  { route: '198.51.100.0/25', absent: true },
  { neighbour: '198.51.100.77', absent: true },
  { firewall: 'mine', family: 'inet', absent: true },
  { listen: 'tcp:48137', absent: true },
];

const words = fc.constantFrom(
  ...[
    'ifname',
    'ifindex',
    'flags',
    'addr_info',
    'dst',
    'gateway',
    'dev',
    'type',
    'table',
    'state',
    'lladdr',
    'link_index',
  ],
  ...[
    'priority',
    'src',
    'mac',
    'master',
    'vlans',
    'vlan',
    'vlanEnd',
    'nftables',
    'rule',
    'chain',
    'expr',
    'match',
    'left',
    'right',
  ],
  ...[
    'linkinfo',
    'info_kind',
    'nexthops',
    'prefsrc',
    'metric',
    'family',
    'name',
    'policy',
    'link_netnsid',
    'payload',
    '__proto__',
  ],
);
const leaves = fc.oneof(
  fc.constantFrom<unknown>(
    'lo',
    'eth0',
    'br0',
    'veth',
    'bridge',
    'default',
    'UP',
    'REACHABLE',
    'ip',
    'nat',
    'POSTROUTING',
    '10.0.0.0/8',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 8 }),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(words, tie('tree'), { maxKeys: 6 }),
  ),
}));

const real = ['client.ip', 'host.ip', 'host.bridge', 'host.nft', 'host.iptables', 'host.listen'].map(fixture);
/** A real answer with a piece cut out, or another put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(...real),
    fc.nat(),
    fc.nat(300),
    fc.oneof(fc.constant(''), fc.string({ maxLength: 5 })),
  )
  .map(([text, at, length, piece]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece + text.slice(from + length);
  });
const stdout = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc
    .array(
      tree.map((value) => JSON.stringify(value)),
      { maxLength: 6 },
    )
    .map((all) => all.join('\n')),
  fc
    .array(
      fc
        .array(fc.dictionary(words, tree, { maxKeys: 8 }), { maxLength: 4 })
        .map((value) => JSON.stringify(value)),
      { minLength: 3, maxLength: 5 },
    )
    .map((all) => all.join('\n')),
  damaged,
);
const result: fc.Arbitrary<ToolResult | undefined> = fc.option(
  fc.record(
    {
      exit: fc.constantFrom(0, 1, 2, null),
      stdout,
      stderr: fc.string({ maxLength: 20 }),
      failure: fc.constantFrom(
        undefined,
        'missing-tool' as const,
        'timeout' as const,
        'no-namespace' as const,
        'error' as const,
      ),
    },
    { requiredKeys: ['exit', 'stdout', 'stderr'] },
  ),
  { nil: undefined },
);
const netns = (name: string, inode: string): fc.Arbitrary<NetnsObservation> =>
  fc.record({
    name: fc.constant(name),
    inode: fc.constant(inode),
    ip: result,
    bridge: result,
    nft: result,
    iptables: result,
    listen: result,
  });
const observation: fc.Arbitrary<Observation> = fc
  .record({
    namespaces: fc.tuple(netns('', '1'), netns('client', '2')),
    files: fc.constantFrom<Observation['hosts'][string]['files']>(
      {},
      { '/x': { exists: false } },
      { '/x': { exists: true, kind: 'file', mode: '', size: -1, owner: 0, group: 0 } },
    ),
    env: fc.dictionary(fc.constantFrom('X', '__proto__'), fc.option(fc.string())),
    sysctls: fc.dictionary(
      fc.constantFrom('|net.ipv4.ip_forward', 'client|net.ipv4.ip_forward'),
      fc.option(fc.string()),
    ),
    processes: fc.option(fc.constant([]), { nil: undefined }),
  })
  .map((host) => ({ at: '', hosts: { host }, probes: {} }));

const place = fc.constantFrom('', 'client', 'nobody');

test('nothing passes that is not there', () => {
  fc.assert(
    fc.property(fc.constantFrom(...POSITIVE), place, observation, (fields, where, seen) => {
      const check = checkOf(fields, { in: where });
      const verdict = judgeCheck(check, seen);
      expect(['fail', 'broken']).toContain(verdict.state);
      explainCheck(check, seen);
      JSON.stringify(verdict);
    }),
    { numRuns: 500 },
  );
});

test('not: what is broken stays broken, and what has no ground does not hold', () => {
  fc.assert(
    fc.property(fc.constantFrom(...POSITIVE, ...ABSENT), place, observation, (fields, where, seen) => {
      const plain = judgeCheck(checkOf(fields, { in: where }), seen).state;
      const negated = judgeCheck(checkOf(fields, { in: where, not: true }), seen).state;
      if (plain === 'broken') expect(negated).toBe('broken');
      else if (where === 'nobody' && fields.netns === undefined)
        expect([plain, negated]).toEqual(['fail', 'fail']);
      else expect([plain, negated].sort()).toEqual(['fail', 'pass']);
    }),
    { numRuns: 500 },
  );
});

test('absent holds only where the tool that would know has answered', () => {
  const tool = { interface: 'ip', route: 'ip', neighbour: 'ip', firewall: 'nft', listen: 'listen' } as const;
  fc.assert(
    fc.property(fc.constantFrom(...ABSENT), observation, (fields, seen) => {
      const verdict = judgeCheck(checkOf(fields), seen);
      const answer = seen.hosts.host!.namespaces[0]![tool[Object.keys(fields)[0] as keyof typeof tool]];
      const silent = answer === undefined || answer.failure !== undefined;
      if (silent || (answer.stdout.trim() === '' && fields.listen === undefined))
        expect(verdict.state).toBe('broken');
    }),
    { numRuns: 400 },
  );
});

test('the same observation gives the same verdict, and is not changed', () => {
  const seen = recorded();
  const before = JSON.stringify(seen);
  for (const fields of [...POSITIVE, ...ABSENT]) {
    const check = checkOf(fields);
    expect(judgeCheck(check, seen)).toEqual(judgeCheck(check, recorded()));
  }
  expect(JSON.stringify(seen)).toBe(before);
});
