/** Of the exercises of lessons 1 to 4. */
import type { Wrong } from './wrong.ts';

export const BY_HAND: Readonly<Record<string, readonly Wrong[]>> = {
  '01-namespaces-exercise': [
    {
      what: 'a namespace that nobody keeps',
      answers: { room: 'touch /run/{{room}}; unshare --uts hostname {{name}}; NAME={{name}}' },
      lost: ['room-kept'],
      points: 2,
    },
    {
      what: 'the host itself is renamed',
      answers: {
        room: 'hostname {{name}}; touch /run/{{room}}; unshare --uts=/run/{{room}} true; NAME={{name}}',
      },
      lost: ['host-name'],
      points: 1,
    },
    {
      what: 'the id of unshare, in the place of that of its child',
      answers: {
        first:
          "unshare --net --pid --fork sh -c 'ip link set lo up; exec sleep {{seconds}}' &\nFIRST=$!\nsleep 0.5",
      },
      lost: ['first-is-one', 'first-command'],
      points: 3,
    },
    {
      what: 'the network is shared with the host',
      answers: {
        first:
          'unshare --pid --fork sleep {{seconds}} &\nsleep 0.5\nFIRST=$(pgrep --parent $!)\nip link set lo up',
      },
      lost: ['first-loopback', 'first-apart'],
      points: 3,
    },
    {
      what: 'a guess',
      answers: { shared: 'SHARED=uts; [ {{shared}} != uts ] || SHARED=ipc' },
      lost: ['shared-right'],
      points: 3,
    },
  ],
  '02-cable-exercise': [
    {
      what: 'MTU and loopback are forgotten, as the ping is answered without them',
      answers: {
        link: `ip netns add {{a}}; ip netns add {{b}}
ip link add to-{{b}} type veth peer name to-{{a}}
ip link set to-{{b}} netns {{a}}; ip link set to-{{a}} netns {{b}}
ip -n {{a}} addr add {{left}}/24 dev to-{{b}}; ip -n {{b}} addr add {{right}}/24 dev to-{{a}}
ip -n {{a}} link set to-{{b}} up; ip -n {{b}} link set to-{{a}} up`,
        again:
          'ip -n {{b}} addr del {{right}}/32 dev to-{{a}}; ip -n {{b}} addr add {{right}}/24 dev to-{{a}}; ip -n {{b}} link set to-{{a}} mtu {{mtu}}; ip -n {{a}} link set to-{{b}} mtu {{mtu}}',
      },
      lost: ['mtu-left', 'mtu-right', 'left-itself', 'right-itself'],
      points: 6,
    },
    {
      what: 'the address of the near end',
      answers: { mac: "MAC=$(ip -n {{a}} -j link show to-{{b}} | jq -r '.[0].address')" },
      lost: ['mac-right'],
      points: 3,
    },
    {
      what: 'a route in place of the prefix, and the MTU not seen',
      answers: { again: 'ip -n {{b}} route add {{lan}} dev to-{{a}} src {{right}}' },
      lost: ['again-mtu'],
      points: 3,
    },
  ],
  '03-bridge-exercise': [
    {
      what: 'another way: whatever is bridged may pass',
      answers: { among: 'iptables -A FORWARD -m physdev --physdev-is-bridged -j ACCEPT' },
      lost: [],
      points: 0,
    },
    {
      what: 'another way: bridged packets are not shown to iptables',
      answers: { among: 'sysctl -w net.bridge.bridge-nf-call-iptables=0' },
      lost: [],
      points: 0,
    },
    {
      what: 'nothing is done about the firewall',
      answers: { among: 'true' },
      lost: ['among-ping', 'among-back'],
      points: 6,
    },
    {
      what: 'the policy is opened',
      answers: { among: 'iptables -P FORWARD ACCEPT' },
      lost: ['among-policy', 'guest-out'],
      points: 3,
    },
    {
      what: 'everything that goes out by the bridge may pass',
      answers: { among: 'iptables -A FORWARD -o office -j ACCEPT' },
      lost: ['guest-out'],
      points: 3,
    },
    {
      what: 'no default routes',
      answers: {
        office: `ip link add office type bridge; ip addr add {{router}}/24 dev office; ip link set office up
for desk in {{d1}}={{ip1}} {{d2}}={{ip2}} {{d3}}={{ip3}}; do
  name=\${desk%=*}; ip netns add $name
  ip link add $name-port type veth peer name eth0 netns $name; ip link set $name-port master office up
  ip -n $name addr add \${desk#*=}/24 dev eth0; ip -n $name link set eth0 up
done`,
      },
      lost: ['route1', 'route3'],
      points: 4,
    },
  ],
  '03-bridge-trouble': [
    {
      what: 'another way: the neighbour is asked for anew, the address put in the place of the other',
      answers: {
        one: 'ip -n {{d4}} neigh flush all nud permanent',
        unreachable:
          'ip -n {{d3}} addr flush dev eth0 scope global; ip -n {{d3}} addr add {{ip3}}/24 dev eth0',
      },
      lost: [],
      points: 0,
    },
    {
      what: 'the interface is switched off and on',
      answers: { alone: 'ip -n {{d2}} link set eth0 down; ip -n {{d2}} link set eth0 up' },
      lost: ['alone-ping', 'alone-ports'],
      points: 4,
    },
    {
      what: 'the two bridges are joined by a cable',
      answers: {
        alone:
          'ip link add x1 type veth peer name x2; ip link set x1 master floor up; ip link set x2 master floor-2 up',
      },
      lost: ['alone-ports'],
      points: 2,
    },
    {
      what: 'a default route in place of the prefix',
      answers: { unreachable: 'ip -n {{d3}} route add default dev eth0' },
      lost: ['unreachable-address', 'unreachable-no-default'],
      points: 2,
    },
    {
      what: 'the neighbours are flushed, which leaves what is permanent',
      answers: { one: 'ip -n {{d4}} neigh flush all' },
      lost: ['one-ping', 'one-neighbour'],
      points: 4,
    },
    {
      what: 'the other one is given the wrong Ethernet address',
      answers: { one: 'ip -n {{d1}} link set eth0 address 02:00:00:00:de:ad' },
      lost: ['one-neighbour', 'one-mac'],
      points: 2,
    },
  ],
  '04-way-out-exercise': [
    {
      what: 'another way: SNAT, and a DNAT rule for what comes in by eth0',
      answers: {
        out: `for name in {{a}} {{b}}; do ip -n $name route add default via {{router}}; done
echo 1 > /proc/sys/net/ipv4/ip_forward; iptables -t nat -A POSTROUTING -s {{lan}} -o eth0 -j SNAT --to-source 172.17.0.33
iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A FORWARD -s {{lan}} -i branch -o eth0 -j ACCEPT`,
        in: `iptables -t nat -A PREROUTING -i eth0 -p tcp --dport {{outside}} -j DNAT --to-destination {{ip2}}:{{port}}
iptables -A FORWARD -i eth0 -o branch -d {{ip2}} -p tcp --dport {{port}} -m conntrack --ctstate NEW -j ACCEPT`,
      },
      lost: [],
      points: 0,
    },
    {
      what: 'NAT for everybody',
      answers: {
        out: `ip -n {{a}} route add default via {{router}}; ip -n {{b}} route add default via {{router}}
sysctl -w net.ipv4.ip_forward=1; iptables -t nat -A POSTROUTING -j MASQUERADE; iptables -P FORWARD DROP
iptables -A FORWARD -i branch -j ACCEPT
iptables -A FORWARD -o branch -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      },
      lost: ['out-nat'],
      points: 4,
    },
    {
      what: 'a gate without a match for the state',
      answers: {
        out: `ip -n {{a}} route add default via {{router}}; ip -n {{b}} route add default via {{router}}
sysctl -w net.ipv4.ip_forward=1; iptables -t nat -A POSTROUTING -s {{lan}} -o eth0 -j MASQUERADE; iptables -P FORWARD DROP
iptables -A FORWARD -i branch -j ACCEPT; iptables -A FORWARD -o branch -j ACCEPT`,
      },
      lost: ['out-closed', 'in-closed'],
      points: 5,
    },
    {
      what: 'a DNAT rule that catches everything',
      answers: {
        in: `iptables -t nat -A PREROUTING -p tcp --dport {{outside}} -j DNAT --to-destination {{ip2}}:{{port}}
iptables -A FORWARD -d {{ip2}} -p tcp --dport {{port}} -j ACCEPT`,
      },
      lost: ['in-others'],
      points: 2,
    },
    {
      what: 'whether, but for the port before the translation',
      answers: {
        in: `iptables -t nat -A PREROUTING -d 172.17.0.33 -p tcp --dport {{outside}} -j DNAT --to-destination {{ip2}}:{{port}}
iptables -A FORWARD -p tcp --dport {{outside}} -j ACCEPT`,
      },
      lost: ['in-page'],
      points: 4,
    },
  ],
  '04-way-out-trouble': [
    {
      what: 'a second default route, the wrong one kept',
      answers: {
        near: 'WRONG={{router}}; ip -n {{a}} route add default via {{router}} metric 10; ip -n {{a}} route del default via {{wrong}}',
      },
      lost: ['near-evidence'],
      points: 2,
    },
    {
      what: 'NAT for everybody, the old rule left',
      answers: { world: 'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE' },
      lost: ['world-source', 'world-old'],
      points: 3,
    },
    {
      what: 'the chain is emptied and opened',
      answers: { one: 'iptables -F FORWARD; iptables -P FORWARD ACCEPT' },
      lost: ['one-policy', 'one-gate'],
      points: 1,
    },
    {
      what: 'an exception before the rule',
      answers: { one: 'iptables -I FORWARD -s {{ip2}} -j ACCEPT' },
      lost: ['one-rule'],
      points: 2,
    },
  ],
};
