import { describe, expect, test } from 'vitest';
import { diffNetworks } from '../../src/map/diff.ts';
import { networkNamed } from './fixture.ts';

const told = (before: Parameters<typeof networkNamed>[0], after: Parameters<typeof networkNamed>[0]) =>
  diffNetworks(networkNamed(before), networkNamed(after)).changes.map(
    ({ mark, what, space, interface: name, value }) =>
      [mark, what, space, name, value].filter((one) => one !== undefined).join(' '),
  );

describe('what a cell changed', () => {
  test('nothing, between a network and itself', () => {
    expect(told('three-hosts', 'three-hosts')).toEqual([]);
  });

  test('an address that was given, and an interface that was set up', () => {
    const changes = told('cable-half', 'cable');
    expect(changes).toContain('added address host/server veth-server 10.0.0.12/24');
    expect(changes).toContain('changed interface host/server veth-server state');
    expect(changes).toContain('changed interface host/client veth-client state');
    expect(changes).toContain('added route host/server 10.0.0.0/24 dev veth-server src 10.0.0.12');
    expect(changes.filter((each) => each.startsWith('removed'))).toEqual([]);
  });

  test('the same the other way round is removed', () => {
    expect(told('cable', 'cable-half')).toContain('removed address host/server veth-server 10.0.0.12/24');
  });

  test('a namespace with its interfaces; a cable', () => {
    const changes = told('bridge', 'bridge-three');
    expect(changes).toContain('added namespace host/client2');
    expect(changes).toContain('added interface host/client2 client2-veth');
    expect(changes).toContain('added interface host/ client2-veth-br');
    expect(told('bridge-three', 'bridge')).toContain('removed namespace host/client2');
  });

  test('forwarding, masquerading, a route', () => {
    const changes = told('way-out-start', 'way-out');
    expect(changes).toContain('changed forwarding host/ 1');
    expect(changes).toContain('added firewall host/ masquerade from 172.30.0.0/24 out eth0');
    expect(changes).toContain('added route host/client1 default via 172.30.0.1 dev client1-veth');
  });

  test('what could not be looked at has not been removed', () => {
    const after = networkNamed('cable');
    const blind = {
      ...after,
      hosts: after.hosts.map((host) => ({ ...host, failure: 'no answer', spaces: [] })),
    };
    expect(diffNetworks(after, blind).changes).toEqual([]);
  });
});
