/** Start-up scripts of other tools: what is read of them, what is kept as commands, what is left. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKathara } from '../../../src/lesson/topology/import/kathara.ts';

const startups = (machine: string, text: string) => ({ startups: new Map([[machine, text]]) });
const TWO = 'pc[0]=A\npc[1]=B\nother[0]=A\nthird[0]=B\n';

test('nothing of a file becomes a command but plain words', () => {
  const { topology, left, commands } = readKathara(
    'pc[0]="A"\n',
    startups(
      'pc',
      `ip route add default via 10.0.0.1 dev eth0; reboot
ip addr add $(reboot) dev eth0
ip addr add 10.0.0.2/24 dev eth0;x
iptables --modprobe=/tmp/x -t nat -A POSTROUTING -j MASQUERADE
iptables -A INPUT -m comment --comment "$(reboot)" -j DROP
iptables -A INPUT -m comment --comment 'a;reboot' -j DROP
ip netns exec pc reboot
ip -batch /tmp/x
ip route add 10.9.0.0/16 via 10.0.0.9 && reboot
`,
    ),
  );
  expect(topology?.namespaces?.pc).toEqual({
    addresses: { eth0: ['10.0.0.2/24'] },
    routes: ['default via 10.0.0.1 dev eth0', '10.9.0.0/16 via 10.0.0.9'],
  });
  expect(commands).toEqual([]);
  expect(left).toHaveLength(9);
});

test('what a topology has no words for, and any Linux has, is kept as commands', () => {
  const { commands, left } = readKathara(
    TWO,
    startups(
      'pc',
      `iptables -t nat -C POSTROUTING -o eth1 -j MASQUERADE 2>/dev/null || \\
  iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE
iptables -L
tc qdisc add dev eth0 root netem delay 100ms loss 50% # slow
ip link add link eth0 name eth0.10 type vlan id 10
ip addr add 10.10.0.1/24 dev eth0.10
sysctl -w net.ipv4.conf.all.rp_filter=0
sysctl -w kernel.hostname=x
`,
    ),
  );
  expect(commands).toEqual([
    'ip netns exec pc iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE',
    'ip netns exec pc tc qdisc add dev eth0 root netem delay 100ms loss 50%',
    'ip netns exec pc ip link add link eth0 name eth0.10 type vlan id 10',
    'ip netns exec pc ip addr add 10.10.0.1/24 dev eth0.10',
    'ip netns exec pc sysctl -w net.ipv4.conf.all.rp_filter=0',
  ]);
  expect(left).toEqual(['pc.startup:3: iptables -L', 'pc.startup:8: sysctl -w kernel.hostname=x']);
});

test('only what surely runs is read: no here-document, nothing that depends on something', () => {
  const { topology, left } = readKathara(
    TWO,
    startups(
      'pc',
      `#!/bin/bash
set -e
cat >/etc/x <<'EOF'
ip link set eth0 down
EOF
if [ -e /x ]; then
  ip addr add 10.66.0.1/24 dev eth0
fi
for i in 0 1; do ip link set eth$i down; done
start() {
  ip link set eth1 down
}
ip link set eth0 down
ip addr flush dev eth0
ip addr add 10.0.0.1/24 brd + dev eth0
ip link set dev eth0 up mtu 1400
`,
    ),
  );
  expect(topology?.namespaces?.pc).toEqual({
    addresses: { eth0: ['10.0.0.1/24'] },
    mtu: { eth0: 1400 },
    forward: true,
  });
  expect(left).toEqual([
    "pc.startup:3: cat >/etc/x <<'EOF'",
    'pc.startup:6-8: if [ -e /x ]; then ...',
    'pc.startup:9: for i in 0 1; do ip link set eth$i down; done',
    'pc.startup:10-12: start() { ...',
  ]);
});

test('variables of the script and of lab.conf are known by their values, others are not guessed', () => {
  const { topology, left } = readKathara(
    `${TWO}pc[env]="LAN=10.1.0.1/24"\n`,
    startups(
      'pc',
      `WAN="\${WAN:-10.2.0.1/24}"
GW=$(cat /gateway)
ip addr add "$LAN" dev eth0
ip addr add $WAN dev eth1
ip route add default via "\${UP:-10.2.0.9}"
ip route add 10.3.0.0/16 via $GW
`,
    ),
  );
  expect(topology?.namespaces?.pc).toMatchObject({
    addresses: { eth0: ['10.1.0.1/24'], eth1: ['10.2.0.1/24'] },
    routes: ['default via 10.2.0.9'],
  });
  expect(left).toEqual([
    'pc.startup:2: GW=$(cat /gateway)',
    'pc.startup:6: ip route add 10.3.0.0/16 via $GW',
  ]);
});

test('ifconfig and route as of old: a mask by class, a MAC, a bridge of the machine’s own', () => {
  const { topology, left } = readKathara(
    TWO,
    startups(
      'pc',
      `/sbin/ifconfig eth0 192.168.7.1 hw ether 02:00:00:00:00:07 up
ifconfig eth1 172.16.0.1 mtu 1400
/sbin/route add -net 10.0.0.0 gw 172.16.0.9 dev eth1
route add default gw 192.168.7.9
brctl addbr br0
brctl addif br0 eth1
ip link set br0 up
`,
    ),
  );
  expect(topology?.namespaces?.pc).toEqual({
    addresses: { eth0: ['192.168.7.1/24'], eth1: ['172.16.0.1/16'] },
    bridges: { br0: ['eth1'] },
    routes: ['10.0.0.0/8 via 172.16.0.9 dev eth1', 'default via 192.168.7.9'],
    mac: { eth0: '02:00:00:00:00:07' },
    mtu: { eth1: 1400 },
    forward: true,
  });
  expect(left).toEqual([]);
});

test('no text makes it throw, and what comes out is a topology', () => {
  const word = fc.constantFrom(
    'ip',
    'addr',
    'add',
    '10.0.0.1/24',
    'dev',
    'eth0',
    'set',
    'up',
    '$X',
    '"',
    "'",
    '<<E',
    '|',
    '&&',
    ';',
    'if',
    'fi',
    '{',
    '\n',
    'ifconfig',
    'route',
    'via',
    'brctl',
    '`',
    '\\\n',
    '#',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), fc.string(), (words, noise) => {
      const made = readKathara(TWO, startups('pc', `${words.join(' ')}\n${noise}`));
      expect(made.topology).toBeDefined();
      for (const command of made.commands)
        expect(command).toMatch(/^ip netns exec [\w.-]+( [\w.,:/+=@%!-]+)+$/);
    }),
  );
});
