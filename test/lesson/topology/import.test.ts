import { expect, test } from 'vitest';
import { topologyFaults } from '../../../src/lesson/topology/faults.ts';
import { readContainerlab } from '../../../src/lesson/topology/import/containerlab.ts';
import { readKathara } from '../../../src/lesson/topology/import/kathara.ts';

test('Kathará: machines, collision domains, start-up files; what is not of the network is listed', () => {
  const conf = `LAB_NAME="two routers"
# the left side
pc1[0]="A/02:00:00:00:00:11"
pc1[image]="kathara/base"
r1[0]=A
r1[1]="B"   # between
pc2[0]="B"
pc3[0]="B"
r1[sysctl]="net.ipv4.ip_forward=1"
what is this
`;
  const startups = new Map([
    [
      'pc1',
      'ip address add 10.0.1.2/24 dev eth0\nip link set eth0 up\nip route add 0.0.0.0/0 via 10.0.1.1\n',
    ],
    [
      'r1',
      'ifconfig eth0 10.0.1.1 netmask 255.255.255.0 up\n/sbin/ifconfig eth1 10.0.2.1/24 up\n\n# done\nsystemctl start frr\n',
    ],
    ['pc2', 'ip addr add 10.0.2.2/24 dev eth0\nroute add -net 10.0.1.0 netmask 255.255.255.0 gw 10.0.2.1\n'],
    ['ghost', 'true'],
  ]);
  const { topology, left } = readKathara(conf, startups);
  expect(topology).toEqual({
    host: { bridges: { B: ['port1', 'port2', 'port3'] } },
    namespaces: {
      pc1: {
        addresses: { eth0: ['10.0.1.2/24'] },
        mac: { eth0: '02:00:00:00:00:11' },
        routes: ['default via 10.0.1.1'],
      },
      r1: { addresses: { eth0: ['10.0.1.1/24'], eth1: ['10.0.2.1/24'] }, forward: true },
      pc2: { addresses: { eth0: ['10.0.2.2/24'] }, routes: ['10.0.1.0/24 via 10.0.2.1'] },
      pc3: {},
    },
    cables: [
      'eth0 in pc1 -- eth0 in r1',
      'port1 -- eth1 in r1',
      'port2 -- eth0 in pc2',
      'port3 -- eth0 in pc3',
    ],
  });
  expect(topologyFaults(topology!)).toEqual([]);
  expect(left).toEqual([
    'lab.conf:4: image of pc1',
    'lab.conf:10: what is this',
    'r1.startup:5: systemctl start frr',
    'ghost.startup: lab.conf has no such machine',
  ]);
});

test('containerlab: linux nodes, bridges, links, exec; other kinds are listed with what hangs on them', () => {
  const { topology, left } = readContainerlab(`
name: small
topology:
  nodes:
    br-lan: {kind: bridge}
    a:
      kind: linux
      image: alpine
      exec:
        - ip addr add 10.0.0.1/24 dev eth1
        - sh -c "ip route add 10.9.0.0/16 via 10.0.0.9 && nginx"
    b: {kind: linux, exec: ["ip address add 10.0.0.2/24 dev eth1"], ports: ["80:80"]}
    c: {kind: linux}
    router: {kind: nokia_srlinux}
  links:
    - endpoints: ["a:eth1", "br-lan:p1"]
    - endpoints: ["br-lan:p2", "b:eth1"]
    - endpoints: ["b:eth2", "c:eth1"]
    - endpoints: ["c:eth2", "router:e1-1"]
    - type: host
`);
  expect(topology).toEqual({
    host: { bridges: { 'br-lan': ['port1', 'port2'] } },
    namespaces: {
      a: { addresses: { eth1: ['10.0.0.1/24'] }, routes: ['10.9.0.0/16 via 10.0.0.9'] },
      b: { addresses: { eth1: ['10.0.0.2/24'] } },
      c: {},
    },
    cables: ['eth2 in b -- eth1 in c', 'port1 -- eth1 in a', 'port2 -- eth1 in b'],
  });
  expect(left).toEqual([
    'node b: ports',
    'node router: kind nokia_srlinux is no plain Linux node',
    'link 4: c:eth2 to router:e1-1',
    'link 5: {"type":"host"}',
    'node a, exec 2: nginx',
  ]);
});

test('what is no such file is said', () => {
  expect(() => readContainerlab('a: 1')).toThrow('topology');
});

test('nothing of a file becomes a command', () => {
  const { topology, left } = readKathara(
    'pc[0]="A"\n',
    new Map([
      [
        'pc',
        'ip route add default via 10.0.0.1; reboot\nip addr add $(reboot) dev eth0\nip addr add 10.0.0.2/24 dev eth0;x\n',
      ],
    ]),
  );
  expect(topology?.namespaces?.pc).toEqual({});
  expect(left).toHaveLength(3);
});
