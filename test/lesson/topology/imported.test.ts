/** Labs of other tools, made in a real sandbox: what they are for works there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { topologyFaults } from '../../../src/lesson/topology/faults.ts';
import { readContainerlab } from '../../../src/lesson/topology/import/containerlab.ts';
import type { Imported } from '../../../src/lesson/topology/import/draft.ts';
import { readKathara } from '../../../src/lesson/topology/import/kathara.ts';
import { topologyScript } from '../../../src/lesson/topology/script.ts';
import type { Sandbox } from '../../../src/sandbox/contract.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  await embedded.prepare();
  sandbox = await embedded.create({
    hosts: ['routers', 'balancer', 'switch', 'six'].map((name) => ({ name })),
  });
}, 600_000);
afterAll(() => sandbox?.destroy());

async function make(host: string, { topology, commands, left }: Imported) {
  expect(left).toEqual([]);
  expect(topologyFaults(topology!)).toEqual([]);
  const made = await sandbox.run(host, [topologyScript(topology!), ...commands].join('\n'), {
    timeoutMs: 20_000,
  });
  expect(made).toMatchObject({ exit: 0, stderr: '' });
  return {
    ping: async (from: string, to: string) =>
      (await sandbox.exec(host, ['ping', '-n', '-c1', '-W2', to], { netns: from })).exit,
  };
}

test('two routers with static routes, by ifconfig and route', async () => {
  const { ping } = await make(
    'routers',
    readKathara('a[0]=L\nr1[0]=L\nr1[1]=M\nr2[0]=R\nr2[1]=M\nb[0]=R\n', {
      startups: new Map([
        ['a', 'ifconfig eth0 192.168.1.2 up\nroute add default gw 192.168.1.1 dev eth0\n'],
        [
          'r1',
          'ifconfig eth0 192.168.1.1 up\nifconfig eth1 10.0.0.1/30\nroute add -net 192.168.2.0/24 gw 10.0.0.2\n',
        ],
        [
          'r2',
          'ifconfig eth0 192.168.2.1 up\nifconfig eth1 10.0.0.2/30\nroute add -net 192.168.1.0 netmask 255.255.255.0 gw 10.0.0.1\n',
        ],
        ['b', 'ip address add 192.168.2.2/24 dev eth0\nip route add 0.0.0.0/0 via 192.168.2.1\n'],
      ]),
    }),
  );
  expect(await ping('a', '192.168.2.2')).toBe(0);
});

test('a balancer by iptables, on networks that several share', async () => {
  const { ping } = await make(
    'balancer',
    readKathara('c1[0]=A\nc2[0]=A\nlb[0]=A\nlb[1]=B\ns1[0]=B\ns2[0]=B\n', {
      startups: new Map([
        ['c1', 'ip addr add 10.0.0.10/24 dev eth0\n'],
        [
          'lb',
          `ip addr add 10.0.0.2/24 dev eth0
ip addr add 10.1.0.2/24 dev eth1
iptables -t nat -A PREROUTING -d 10.0.0.2 -j DNAT --to-destination 10.1.0.11
iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE
iptables -A FORWARD -s 10.0.0.0/24 -d 10.1.0.12 -j DROP
`,
        ],
        ['s1', 'ip addr add 10.1.0.11/24 dev eth0\n'],
        ['s2', 'ip addr add 10.1.0.12/24 dev eth0\n'],
      ]),
    }),
  );
  expect(await ping('c1', '10.0.0.2')).toBe(0);
  const { stdout } = await sandbox.exec('balancer', ['iptables', '-t', 'nat', '-vnL', 'PREROUTING'], {
    netns: 'lb',
  });
  expect(Buffer.from(stdout).toString()).toMatch(/^\s*[1-9]\d* .*to:10\.1\.0\.11/m);
});

test('a switch of its own bridge, in a containerlab file', async () => {
  const { ping } = await make(
    'switch',
    readContainerlab(`
topology:
  nodes:
    sw: {kind: linux, exec: [ip link add br0 type bridge, ip link set br0 up, ip link set eth1 master br0,
      ip link set eth2 master br0, ip link set eth1 up, ip link set eth2 up]}
    a: {kind: linux, exec: [ip addr add 10.0.0.1/24 dev eth1]}
    b: {kind: linux, exec: ['sh -c "ip addr add 10.0.0.2/24 dev eth1 && ip link set eth1 up"']}
  links:
    - endpoints: ["sw:eth1", "a:eth1"]
    - endpoints: ["sw:eth2", "b:eth1"]
`),
  );
  expect(await ping('a', '10.0.0.2')).toBe(0);
});

test('a router of IPv6: it forwards', async () => {
  const { ping } = await make(
    'six',
    readContainerlab(`
topology:
  defaults: {kind: linux}
  nodes:
    r: {exec: [ip -6 addr add 2001:db8:1::1/64 dev eth1, ip -6 addr add 2001:db8:2::1/64 dev eth2]}
    a: {exec: [ip -6 addr add 2001:db8:1::2/64 dev eth1, "ip -6 route add default via 2001:db8:1::1"]}
    b: {exec: [ip -6 addr add 2001:db8:2::2/64 dev eth1, "ip -6 route add ::/0 via 2001:db8:2::1"]}
  links:
    - endpoints: ["a:eth1", "r:eth1"]
    - endpoints: ["r:eth2", "b:eth1"]
`),
  );
  // it asks for neighbours from its link-local address, which waits to be sure that it is the only one
  await expect.poll(() => ping('a', '2001:db8:2::2'), { timeout: 20_000 }).toBe(0);
});
