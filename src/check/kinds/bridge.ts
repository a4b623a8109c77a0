/** `bridge`: its ports, what it has learnt, its VLANs. */
import { z } from 'zod';
import { sameMac } from '../../lib/addresses.ts';
import { type Comparison, differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail } from '../define.ts';
import { flag, matching, name } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';
import type { Judgement } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { inNetns, placeWords } from '../place.ts';
import { bridgeFacts } from '../read/bridge.ts';
import { ipFacts } from '../read/ip.ts';

const vids = () =>
  z
    .array(z.number().int().min(1).max(4094), 'A list of VLAN ids is expected.')
    .min(1, 'An empty list asserts nothing.');

const schema = () =>
  z.strictObject({
    bridge: name('The name of the bridge.', 'bridge1'),
    ports: matching('Interfaces that are its ports; `{exactly: [...]}`: these and no other.', [
      'client1-veth-br',
      'server1-veth-br',
    ]).optional(),
    fdb: matching(
      'MAC addresses that it has learnt, or was told, behind its ports.',
      '02:00:00:00:00:01',
    ).optional(),
    stp: flag('Whether it runs the spanning tree protocol.', false).optional(),
    vlan: z
      .record(z.string(), vids(), 'A map from a port to its VLAN ids is expected.')
      .optional()
      .meta({ description: 'VLAN ids of its ports.', examples: [{ 'client1-veth-br': [10] }] }),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const parts: string[] = [];
  if (spec.ports !== undefined) parts.push(`has the ports ${describeMatcher(spec.ports)}`);
  if (spec.fdb !== undefined) parts.push(`has learnt ${describeMatcher(spec.fdb)}`);
  if (spec.stp !== undefined) parts.push(spec.stp ? 'runs STP' : 'runs no STP');
  for (const [port, ids] of Object.entries(spec.vlan ?? {}))
    parts.push(`has VLAN ${ids.join(', ')} on ${port}`);
  return parts.length === 0
    ? `there is a bridge ${spec.bridge} ${placeWords(at)}`
    : `the bridge ${spec.bridge} ${placeWords(at)} ${parts.join(', ')}`;
}

function judge(spec: Spec, expected: string, netns: NetnsObservation): Judgement {
  const { links } = ipFacts(netns);
  if (!links.ok) return broken(expected, links.why);
  const bridges = links.value.filter((link) => link.kind === 'bridge');
  const bridge = bridges.find((link) => link.name === spec.bridge);
  if (!bridge) {
    const other = links.value.find((link) => link.name === spec.bridge);
    const list =
      bridges.length === 0
        ? 'there is no bridge'
        : `the bridges are ${bridges.map((link) => link.name).join(', ')}`;
    return fail(expected, other ? `${spec.bridge} is there, but is ${other.kind ?? 'no bridge'}` : list);
  }
  const ports = links.value.filter((link) => link.master === bridge.name).map((link) => link.name);
  const comparisons: Comparison[] = [{ field: 'ports', expected: spec.ports, found: ports }];
  if (spec.stp !== undefined) {
    if (bridge.stp === undefined) return broken(expected, 'ip did not show whether the bridge runs STP.');
    comparisons.push({ field: 'stp', expected: spec.stp, found: bridge.stp });
  }
  const facts = bridgeFacts(netns);
  if (spec.fdb !== undefined) {
    if (!facts.fdb.ok) return broken(expected, facts.fdb.why);
    const behind = facts.fdb.value.filter(
      (entry) => entry.bridge === bridge.name && entry.port !== bridge.name,
    );
    // A port's own address is there from the start, as is the bridge's: they were not learnt.
    const own = new Set(links.value.filter((link) => ports.includes(link.name)).map((link) => link.mac));
    const learnt = behind.filter((entry) => !own.has(entry.mac)).map((entry) => entry.mac);
    comparisons.push({
      field: 'fdb',
      expected: spec.fdb,
      found: [...new Set(learnt)],
      options: { same: sameMac },
    });
  }
  if (spec.vlan !== undefined) {
    if (!facts.vlans.ok) return broken(expected, facts.vlans.why);
    const known = facts.vlans.value;
    for (const [port, ids] of Object.entries(spec.vlan)) {
      const found = ports.includes(port) ? (known.find((each) => each.port === port)?.vids ?? []) : [];
      comparisons.push({ field: `vlan ${port}`, expected: ids, found });
    }
  }
  const evidence = `${bridge.name} has ${ports.length === 0 ? 'no ports' : `the ports ${ports.join(', ')}`}`;
  return judgeBy(expected, differencesOf(comparisons), evidence);
}

export const bridge = defineKind({
  name: 'bridge',
  summary: 'A bridge: its ports, the addresses that it has learnt, its VLANs.',
  example: 'bridge: bridge1\nports: [client1-veth-br, server1-veth-br]',
  schema,
  refuse: (spec) =>
    spec.vlan && Object.keys(spec.vlan).length === 0 ? 'An empty `vlan` asserts nothing.' : undefined,
  describe,
  needs(spec, { host }) {
    const more = spec.fdb !== undefined || spec.vlan !== undefined;
    return more
      ? [
          { read: 'ip', host },
          { read: 'bridge', host },
        ]
      : [{ read: 'ip', host }];
  },
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns) => judge(spec, expected, netns));
  },
});
