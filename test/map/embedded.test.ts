/** The map of a real sandbox, looked at as the notebook and `sandbox map` do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffNetworks } from '../../src/map/diff.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import { networkOf } from '../../src/map/network.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await embedded.create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
}, 120_000);
afterAll(() => sandbox.destroy());

const look = async () => networkOf(await lookAtNetwork((needs) => sandbox.observe(needs), sandbox.hosts));

test('what a cell does to the kernel is what the map says it changed', async () => {
  const before = await look();
  expect(before.hosts.map((host) => host.name)).toEqual(['host', 'node01']);
  expect(before.cables.map((cable) => cable.b)).toEqual(['underlay', 'underlay']);
  const { exit } = await sandbox.run(
    'host',
    `ip netns add client && ip link add near type veth peer name far && ip link set far netns client &&
     ip -n client addr add 10.0.0.2/24 dev far && ip -n client link set far up && ip link set near up &&
     ip netns exec client sysctl -q -w net.ipv4.ip_forward=1`,
    { timeoutMs: 10_000 },
  );
  expect(exit).toBe(0);
  const after = await look();
  expect(after.cables).toContainEqual({
    a: { space: 'host/', interface: 'near' },
    b: { space: 'host/client', interface: 'far' },
    live: true,
  });
  const client = after.hosts[0]!.spaces.find((space) => space.names.includes('client'))!;
  // A setting of a namespace that has a name: it is read inside it.
  expect(client.forwarding).toBe(true);
  expect(after.hosts[0]!.spaces[0]!.forwarding).toBe(false);
  const told = diffNetworks(before, after).changes.map(({ mark, what, value, interface: name }) =>
    [mark, what, name, value].filter((one) => one !== undefined).join(' '),
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'added namespace',
      'added interface near',
      'added interface far',
      'added address far 10.0.0.2/24',
    ]),
  );
  expect(told.filter((one) => one.startsWith('removed'))).toEqual([]);
}, 60_000);
