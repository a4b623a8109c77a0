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
  const { topology, left } = readKathara(conf, { startups });
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
    'lab.conf:10: what is this',
    'r1.startup:5: systemctl start frr (no service runs here: start the program of frr in a cell)',
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
      b: { addresses: { eth1: ['10.0.0.2/24'] }, forward: true },
      c: {},
    },
    cables: ['eth2 in b -- eth1 in c', 'port1 -- eth1 in a', 'port2 -- eth1 in b'],
  });
  expect(left).toEqual([
    'link 5: {"type":"host"}',
    'node a, exec 2: nginx',
    'nodes: ports of b',
    'nodes: kind nokia_srlinux (no plain Linux) of router',
    'links: the cables of router',
  ]);
});

test('what is no such file is said', () => {
  expect(() => readContainerlab('a: 1')).toThrow('topology');
});

const startups = (machine: string, text: string) => ({ startups: new Map([[machine, text]]) });
const TWO = 'pc[0]=A\npc[1]=B\nother[0]=A\nthird[0]=B\n';

test('between several networks a machine forwards, as it does there, unless it says no; a switch does not', () => {
  const conf = `${TWO}no[0]=A\nno[1]=B\nno[sysctl]="net.ipv4.ip_forward=0"\nsw[0]=A\nsw[1]=B\n`;
  const { topology } = readKathara(
    conf,
    startups(
      'sw',
      'ip link add br0 type bridge\nip link set eth0 master br0\nip link set eth1 master br0\nip link set br0 up\n',
    ),
  );
  const forwards = Object.entries(topology?.namespaces ?? {}).filter(([, { forward }]) => forward);
  expect(forwards.map(([name]) => name)).toEqual(['pc']);
});

test('shared.startup, etc/network/interfaces, folders of files, options of containers', () => {
  const { topology, left } = readKathara(`${TWO}pc[bridged]=true\nother[bridged]=true\npc[mem]=64m\n`, {
    startups: new Map([['shared', 'systemctl restart networking\necho hello >/x\n']]),
    interfaces: new Map([
      [
        'pc',
        `auto eth0
iface eth0 inet static
  address 10.0.0.1
  netmask 255.255.0.0
  gateway 10.0.0.9
  up ip route add 10.7.0.0/16 via 10.0.0.7
iface eth1 inet dhcp
`,
      ],
    ]),
    folders: ['other', 'third'],
  });
  expect(topology?.namespaces?.pc).toEqual({
    addresses: { eth0: ['10.0.0.1/16'] },
    routes: ['default via 10.0.0.9', '10.7.0.0/16 via 10.0.0.7'],
    forward: true,
  });
  expect(left).toEqual([
    'pc/etc/network/interfaces:7: iface eth1 inet dhcp',
    'shared.startup:2: echo hello >/x',
    'lab.conf: bridged (there is no way to the machine that runs this) of pc, other',
    'lab.conf: the folder of files (nothing is copied into a namespace) of other, third',
  ]);
});

test('containerlab: kinds, groups and defaults, merge keys, links as maps, sysctls, routers of FRR', () => {
  const { topology, left, commands } = readContainerlab(`
topology:
  defaults: {kind: linux, image: alpine}
  kinds:
    linux: {exec: ["ip link set eth1 up"]}
  groups:
    routers: {kind: frr, startup-config: frr.conf}
  nodes:
    a: &host
      exec: ["ip -6 addr add 2001:db8::2/64 dev eth1", "ip -6 route add ::/0 via 2001:db8::1"]
    b:
      <<: *host
      sysctls: {net.ipv6.conf.all.forwarding: 0, net.ipv4.tcp_ecn: 1}
    r: {group: routers, exec: ["ip addr add 2001:db8::1/64 dev eth1"]}
  links:
    - type: veth
      endpoints: [{node: a, interface: eth1}, {node: r, interface: eth1}]
    - endpoints: ["b:eth1", "r:eth2"]
`);
  const host = { addresses: { eth1: ['2001:db8::2/64'] }, routes: ['default via 2001:db8::1'] };
  expect(topology).toEqual({
    namespaces: { a: host, b: host, r: { addresses: { eth1: ['2001:db8::1/64'] }, forward: true } },
    cables: ['eth1 in a -- eth1 in r', 'eth1 in b -- eth2 in r'],
  });
  expect(commands).toEqual(['ip netns exec b sysctl -w net.ipv4.tcp_ecn=1']);
  expect(left).toEqual([
    'nodes: kind frr (no routing program runs here: give it routes) of r',
    'nodes: startup-config of r',
  ]);
});
