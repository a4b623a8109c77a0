import { describe, expect, test } from 'vitest';
import type { HostObservation, NetnsObservation, Observation } from '../../src/check/observation.ts';
import type { Network, Space } from '../../src/map/model.ts';
import { networkOf } from '../../src/map/network.ts';
import { type Fixture, networkNamed, recorded } from './fixture.ts';

const spaceNamed = (network: Network, host: string, name: string): Space =>
  network.hosts.find((each) => each.name === host)!.spaces.find((each) => each.names.includes(name))!;

const ends = (network: Network) =>
  network.cables
    .map(({ a, b }) => `${a.space}:${a.interface} ${typeof b === 'string' ? b : `${b.space}:${b.interface}`}`)
    .sort();

describe('what was recorded as a graph', () => {
  test('a cable between two namespaces, and the host on the underlay', () => {
    expect(ends(networkNamed('cable'))).toEqual([
      'host/:eth0 underlay',
      'host/client:veth-client host/server:veth-server',
    ]);
  });

  test('one end up is no carrier, and the cable carries nothing', () => {
    const network = networkNamed('cable-half');
    const link = (name: string, netns: string) =>
      spaceNamed(network, 'host', netns).interfaces.find((each) => each.name === name);
    expect(link('veth-client', 'client')).toMatchObject({
      state: 'half',
      addresses: ['10.0.0.11/24'],
      kind: 'veth',
    });
    expect(link('veth-server', 'server')).toMatchObject({ state: 'down', addresses: [] });
    expect(network.cables.find(({ a }) => a.interface.startsWith('veth'))?.live).toBe(false);
    expect(networkNamed('cable').cables.every(({ live }) => live)).toBe(true);
  });

  test('two ends in one namespace are one cable', () => {
    expect(ends(networkNamed('cable-laid'))).toEqual([
      'host/:eth0 underlay',
      'host/:veth-server host/:veth-client',
    ]);
  });

  test('ports of a bridge', () => {
    const own = spaceNamed(networkNamed('bridge-three'), 'host', '');
    expect(own.interfaces.filter((each) => each.master === 'bridge1').map((each) => each.name)).toEqual([
      'client1-veth-br',
      'server1-veth-br',
      'client2-veth-br',
    ]);
  });

  test('forwarding and masquerading, before and after', () => {
    const before = spaceNamed(networkNamed('way-out-start'), 'host', '');
    const after = spaceNamed(networkNamed('way-out'), 'host', '');
    expect([before.forwarding, before.marks]).toEqual([false, []]);
    expect(after.forwarding).toBe(true);
    expect(after.marks.map((each) => each.text)).toEqual(['masquerade from 172.30.0.0/24 out eth0']);
    expect(
      spaceNamed(networkNamed('way-out'), 'host', 'client1').routes.map((each) => each.destination),
    ).toContain('default');
  });

  test('three hosts: dnat, a namespace that only a process is in, a cable inside a namespace', () => {
    const network = networkNamed('three-hosts');
    expect(network.hosts.map((each) => each.spaces.length)).toEqual([5, 4, 3]);
    expect(spaceNamed(network, 'host', '').marks.map((each) => each.text)).toEqual([
      'dnat in eth0 tcp 8080 → 10.1.0.11:80',
      'masquerade from 10.1.0.0/24 out eth0',
    ]);
    expect(network.hosts[0]!.spaces.at(-1)).toMatchObject({
      names: [],
      processes: [expect.stringMatching(/^sleep \d+$/)],
    });
    expect(ends(network)).toContain('node02/router:other node02/router:side');
    expect(ends(network).filter((each) => each.endsWith('underlay'))).toHaveLength(3);
  });
});

interface Changeable {
  at: string;
  hosts: { host: Omit<HostObservation, 'namespaces'> & { namespaces: NetnsObservation[] } };
  probes: Observation['probes'];
}

const changeable = (name: Fixture) => recorded(name) as unknown as Changeable;

describe('identity', () => {
  test('two names of one inode are one namespace', () => {
    const seen = changeable('cable');
    const { namespaces } = seen.hosts.host;
    const client = namespaces.find((each) => each.name === 'client')!;
    namespaces.push({ ...client, name: 'alias' });
    const network = networkOf(seen);
    expect(spaceNamed(network, 'host', 'client').names).toEqual(['alias', 'client']);
    // The cable leads to it by whichever name.
    expect(ends(network)).toContain('host/alias:veth-client host/server:veth-server');
  });

  test('an end in a namespace that nobody looked into is unknown, not the underlay', () => {
    const seen = changeable('cable');
    seen.hosts.host.namespaces = seen.hosts.host.namespaces.filter((each) => each.name !== 'server');
    expect(ends(networkOf(seen))).toEqual(['host/:eth0 underlay', 'host/client:veth-client unknown']);
  });

  test('a host that could not be looked at says why', () => {
    const network = networkOf({
      at: '',
      probes: {},
      hosts: { host: { namespaces: [], sysctls: {}, files: {}, env: {}, failure: 'gone' } },
    });
    expect(network.hosts).toEqual([{ name: 'host', failure: 'gone', spaces: [] }]);
  });
});
