/** A declared network is made, looked at and written again: it says the same. */
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { topologySchema } from '../../src/lesson/topology/schema.ts';
import { topologyScript } from '../../src/lesson/topology/script.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import { networkOf } from '../../src/map/network.ts';
import { topologyOf } from '../../src/map/topology.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';

const DECLARED = {
  host: { bridges: { br0: ['veth1', 'veth2'] }, addresses: { br0: '172.30.0.1/24' }, forward: true },
  namespaces: {
    client1: { addresses: { eth0: '172.30.0.11/24' }, routes: ['default via 172.30.0.1 dev eth0'] },
    client2: {
      addresses: { eth0: ['172.30.0.12/24', '10.9.0.1/24'], eth1: '10.0.0.1/24' },
      mtu: { eth0: 1400 },
      forward: true,
    },
    far: { addresses: { eth0: '10.0.0.2/24' } },
    spare: {},
  },
  cables: ['veth1 -- eth0 in client1', 'veth2 -- eth0 in client2', 'eth1 in client2 -- eth0 in far'],
};

test('there and back', async () => {
  await embedded.prepare();
  await using sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
  const made = await sandbox.run('host', topologyScript(topologySchema.parse(DECLARED)), {
    timeoutMs: 20_000,
  });
  expect(made).toMatchObject({ outcome: 'exited', exit: 0, stderr: '' });
  const network = async () =>
    networkOf(await lookAtNetwork((needs) => sandbox.observe(needs), sandbox.hosts));
  expect(topologyOf(await network())).toBe(stringify(DECLARED, { lineWidth: 120 }));
  await sandbox.run(
    'host',
    'ip link add d0 type vxlan id 1 dstport 4789; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
    { timeoutMs: 20_000 },
  );
  expect(topologyOf(await network())).toMatch(
    /^# not said here: d0 in host: vxlan\n# not said here: rule in host: masquerade out eth0\n/,
  );
}, 60_000);
