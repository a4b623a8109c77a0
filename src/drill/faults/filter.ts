/** The packet filter, NAT, what is too large, and the server at the end. */
import type { FaultMaker } from '../model.ts';
import { addressAt, endsOf, escaped, inside, through, title, to } from './tools.ts';

const bare = (prefix: string) => prefix.split('/')[0]!;

const routersOf = (network: Parameters<FaultMaker>[0]) => [
  ...new Set(
    network.flows
      .flatMap(({ path }) => path.slice(1, -1))
      .filter(({ bridge }) => bridge === undefined)
      .map(({ netns }) => netns),
  ),
];

export const forwardPolicy: FaultMaker = (network, random) => {
  const routers = routersOf(network);
  // what stays on a bridge passes the chain where br_netfilter is, and else does not: a ticket could not tell
  if (routers.length === 0 || network.id === 'bridge') return undefined;
  const netns = random.pick(routers);
  return {
    id: 'forward-policy',
    topic: 'firewall',
    level: 2,
    break: inside(netns, 'iptables -P FORWARD DROP'),
    mend: inside(netns, 'iptables -P FORWARD ACCEPT'),
    stops: through(network, netns),
    cause: new RegExp(`firewall of ${title(netns)} drops .*policy of the chain FORWARD`),
    hints: [
      'Which chain do packets pass that are neither for the node nor from it?',
      'Look at the counters and the policies: `iptables -L -v -n` on every router.',
      `The policy of FORWARD is DROP in \`${netns || 'host'}\`.`,
    ],
    told: `The policy of FORWARD was DROP in ${netns || 'the host'}.`,
  };
};

export const forwardRule: FaultMaker = (network, random) => {
  const routers = routersOf(network);
  if (routers.length === 0 || network.id === 'bridge') return undefined;
  const netns = random.pick(routers);
  const { target } = endsOf(network);
  const verdict = random.pick(['DROP', 'REJECT']);
  const rule = `FORWARD -d ${target.address} -j ${verdict}`;
  return {
    id: 'forward-rule',
    topic: 'firewall',
    level: 2,
    break: inside(netns, `iptables -I ${rule}`),
    mend: inside(netns, `iptables -D ${rule}`),
    stops: to(network, target.netns).filter((id) => through(network, netns).includes(id)),
    cause: new RegExp(`firewall of ${title(netns)} .*-d ${escaped(target.address!)}.*${verdict}`),
    hints: [
      'Is it silence that comes back, or a refusal? Each tells something.',
      'Look for a rule whose counter grows while you try: `iptables -L FORWARD -v -n`.',
      `A rule in FORWARD of \`${netns || 'host'}\` ends what goes to ${target.address}.`,
    ],
    told: `A rule in ${netns || 'the host'} ended what went to ${target.address}.`,
  };
};

export const answerDropped: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const source = bare(addressAt(network, network.flows[0]!.from, 'eth0')!);
  return {
    id: 'answer-dropped',
    topic: 'firewall',
    level: 3,
    break: inside('r1', `iptables -A FORWARD -d ${source} -i wan -j DROP`),
    mend: inside('r1', `iptables -D FORWARD -d ${source} -i wan -j DROP`),
    stops: ['ping', 'large', 'page'],
    cause: new RegExp(`firewall of r1 drops the answer .*-d ${escaped(source)}`),
    hints: [
      'Does the target get the packet? Does it answer?',
      'Watch both sides of each router: `tcpdump -n -i any icmp`.',
      '`r1` drops the answer on its way back.',
    ],
    told: `r1 dropped the answers to ${source}.`,
  };
};

export const inputRule: FaultMaker = (network, random) => {
  const { target } = endsOf(network);
  const { netns } = target;
  const isAll = random.pick([true, false]);
  const page = network.flows
    .filter((flow) => 'curl' in flow.check && flow.path.at(-1)!.netns === netns)
    .map(({ id }) => id);
  const command = isAll ? 'iptables -P INPUT DROP' : 'iptables -A INPUT -p tcp --dport 80 -j DROP';
  return {
    id: isAll ? 'input-policy' : 'input-rule',
    topic: 'firewall',
    level: isAll ? 2 : 3,
    break: inside(netns, command),
    mend: inside(netns, isAll ? 'iptables -P INPUT ACCEPT' : 'iptables -D INPUT -p tcp --dport 80 -j DROP'),
    stops: isAll ? to(network, netns) : page,
    cause: new RegExp(
      `firewall of ${netns} drops .*${isAll ? 'policy of the chain INPUT' : '--dport 80 -j DROP'}`,
    ),
    hints: [
      'The packet arrives at the node. Does it get to the process?',
      `Look at the packet filter of \`${netns}\` itself.`,
      isAll ? `The policy of INPUT in \`${netns}\` is DROP.` : `\`${netns}\` drops TCP to port 80.`,
    ],
    told: isAll ? `The policy of INPUT was DROP in ${netns}.` : `${netns} dropped TCP to port 80.`,
  };
};

export const outputRule: FaultMaker = (network) => {
  const { sender, target, flow } = endsOf(network);
  const { netns } = sender;
  const rule = `OUTPUT -d ${addressAt(network, target.netns, 'eth0')} -j DROP`;
  if (network.id === 'published') return undefined;
  const stops = network.flows
    .filter((each) => each.from === flow.from && each.path.at(-1)!.netns === target.netns)
    .map(({ id }) => id);
  return {
    id: 'output-rule',
    topic: 'firewall',
    level: 2,
    break: inside(netns, `iptables -A ${rule}`),
    mend: inside(netns, `iptables -D ${rule}`),
    stops,
    cause: new RegExp(`firewall of ${netns} drops the packet at output`),
    hints: [
      'Does anything leave the sender at all?',
      `Listen on the sender's own interface while it sends. Then look at the chains of \`${netns}\`.`,
      `A rule in OUTPUT of \`${netns}\` drops it before it leaves.`,
    ],
    told: `${netns} dropped its own packets in OUTPUT.`,
  };
};

export const nftTable: FaultMaker = (network) => {
  const { target } = endsOf(network);
  const { netns } = target;
  const page = network.flows
    .filter((flow) => 'curl' in flow.check && flow.path.at(-1)!.netns === netns)
    .map(({ id }) => id);
  return {
    id: 'nft-table',
    topic: 'firewall',
    level: 4,
    break: inside(
      netns,
      `nft 'table inet guard { chain in { type filter hook input priority -10; policy accept; tcp dport 80 drop; }; }'`,
    ),
    mend: inside(netns, 'nft delete table inet guard'),
    stops: page,
    cause: new RegExp(`firewall of ${netns} drops .*dport 80 drop`),
    hints: [
      '`iptables -L` shows nothing. Is it the only one who writes rules?',
      'The kernel has one packet filter and several tools: `nft list ruleset`.',
      `\`${netns}\` has a table \`inet guard\` that drops TCP to port 80.`,
    ],
    told: `A table of nftables in ${netns} dropped TCP to port 80.`,
  };
};

export const noMasquerade: FaultMaker = (network) => {
  if (network.id !== 'bridge') return undefined;
  const rule = /POSTROUTING .*MASQUERADE/.exec(network.more)![0];
  return {
    id: 'no-masquerade',
    topic: 'nat',
    level: 2,
    break: `iptables -t nat -D ${rule}`,
    mend: `iptables -t nat -A ${rule}`,
    stops: ['internet', 'away'],
    cause: /does not know .*nothing translates it/,
    hints: [
      'The packet leaves the host. Who would answer to its source address?',
      'Watch what leaves by the host’s `eth0`: `tcpdump -n -i eth0 icmp`.',
      'Nothing translates the source of what leaves by `eth0`.',
    ],
    told: 'The rule that translates the sources (MASQUERADE) was missing.',
  };
};

export const masqueradeElsewhere: FaultMaker = (network) => {
  if (network.id !== 'bridge') return undefined;
  const rule = /POSTROUTING .*MASQUERADE/.exec(network.more)![0];
  const wrong = rule.replace(/-s \S+/, '-s 192.168.0.0/24');
  return {
    id: 'wrong-masquerade',
    topic: 'nat',
    level: 3,
    break: `iptables -t nat -D ${rule}; iptables -t nat -A ${wrong}`,
    mend: `iptables -t nat -D ${wrong}; iptables -t nat -A ${rule}`,
    stops: ['internet', 'away'],
    cause: /does not know .*nothing translates it/,
    hints: [
      'There is a rule that translates. Does it mean these packets?',
      'Look at the counters of the nat table: `iptables -t nat -L -v -n`.',
      'The rule translates 192.168.0.0/24, which nobody here has.',
    ],
    told: 'MASQUERADE was there, but for another network.',
  };
};

export const wrongDnat: FaultMaker = (network, random) => {
  if (network.id !== 'published') return undefined;
  const rule = /PREROUTING .*DNAT --to-destination (\S+):80/.exec(network.more)!;
  const address = rule[1]!;
  const isPort = random.pick([true, false]);
  const target = isPort
    ? `${address}:8888`
    : `${address.replace(/\d+$/, String(100 + random.number(100)))}:80`;
  const wrong = rule[0].replace(/--to-destination \S+/, `--to-destination ${target}`);
  return {
    id: 'wrong-dnat',
    topic: 'nat',
    level: 3,
    break: `iptables -t nat -D ${rule[0]}; iptables -t nat -A ${wrong}`,
    mend: `iptables -t nat -D ${wrong}; iptables -t nat -A ${rule[0]}`,
    stops: ['published'],
    cause: isPort
      ? /^Nothing listens on tcp port 8888/
      : new RegExp(`address ${escaped(target.split(':')[0]!)}`),
    hints: [
      'Where does the packet go once its destination is translated?',
      'Read the rule in the nat table, and compare address and port with the server.',
      `The rule sends it to ${target}.`,
    ],
    told: `The DNAT rule led to ${target} instead of ${address}:80.`,
  };
};

export const noDnat: FaultMaker = (network) => {
  if (network.id !== 'published') return undefined;
  const rule = /PREROUTING .*DNAT --to-destination \S+:80/.exec(network.more)![0];
  return {
    id: 'no-dnat',
    topic: 'nat',
    level: 2,
    break: `iptables -t nat -D ${rule}`,
    mend: `iptables -t nat -A ${rule}`,
    stops: ['published'],
    cause: /Nothing listens on tcp port \d+ in host/,
    hints: [
      'Who takes the connection to the published port?',
      'The host itself listens nowhere: something has to change the destination. `iptables -t nat -S`.',
      'The rule that publishes the server (DNAT) is missing.',
    ],
    told: 'The DNAT rule was missing.',
  };
};

export const loopbackOnly: FaultMaker = (network, random) => {
  const { target } = endsOf(network);
  const { netns } = target;
  const page = network.flows
    .filter((flow) => 'curl' in flow.check && flow.path.at(-1)!.netns === netns)
    .map(({ id }) => id);
  const isGone = random.pick([true, false]);
  const stop = `kill $(ip netns pids ${netns} | xargs -r -n1 sh -c 'grep -qs httpd /proc/$0/cmdline && echo $0')`;
  const start = (address: string) => `ip netns exec ${netns} busybox httpd -p ${address}:80 -h /srv/${netns}`;
  return {
    id: isGone ? 'service-stopped' : 'loopback-only',
    topic: 'service',
    level: isGone ? 1 : 2,
    break: isGone ? `${stop}; sleep 0.1` : `${stop}; sleep 0.1; ${start('127.0.0.1')}`,
    mend: isGone ? start('0.0.0.0') : `${stop}; sleep 0.1; ${start('0.0.0.0')}`,
    stops: page,
    cause: new RegExp(
      isGone
        ? `^Nothing listens on tcp port 80 in ${netns}`
        : `${netns} listens on tcp port 80 only at 127\\.0\\.0\\.1`,
    ),
    hints: [
      'The node answers. Does the server?',
      `Look at the sockets in \`${netns}\`: \`ss -ltn\`. Read the column of the local address.`,
      isGone ? `No server runs in \`${netns}\`.` : `The server of \`${netns}\` listens on 127.0.0.1 alone.`,
    ],
    told: isGone
      ? `The server of ${netns} did not run.`
      : `The server of ${netns} listened on 127.0.0.1 alone.`,
  };
};

export const pingsIgnored: FaultMaker = (network) => {
  const { target } = endsOf(network);
  const { netns } = target;
  const pings = network.flows
    .filter((flow) => 'ping' in flow.check && flow.path.at(-1)!.netns === netns)
    .map(({ id }) => id);
  return {
    id: 'pings-ignored',
    topic: 'service',
    level: 3,
    break: inside(netns, 'sysctl -qw net.ipv4.icmp_echo_ignore_all=1'),
    mend: inside(netns, 'sysctl -qw net.ipv4.icmp_echo_ignore_all=0'),
    stops: pings,
    cause: /ignore pings/,
    hints: [
      'Pages come, pings do not. What does that exclude?',
      `The packet filter of \`${netns}\` is innocent. Which settings has ICMP? \`sysctl -a | grep icmp\``,
      `\`${netns}\` is told to ignore pings.`,
    ],
    told: `${netns} was told to ignore pings.`,
  };
};

export const smallMtu: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  return {
    id: 'mtu-black-hole',
    topic: 'mtu',
    level: 5,
    break: [
      'ip -n r1 link set wan mtu 1300; ip -n r2 link set wan mtu 1300',
      'ip netns exec r1 iptables -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP',
    ].join('\n'),
    mend: [
      'ip -n r1 link set wan mtu 1500; ip -n r2 link set wan mtu 1500',
      'ip netns exec r1 iptables -D OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP',
    ].join('\n'),
    stops: ['large'],
    cause: /does not fit through wan in r1, whose MTU is 1300/,
    hints: [
      'Small packets pass, large ones do not. What depends on the size?',
      'Try sizes with `ping -M do -s SIZE` and compare the MTU of every interface on the way.',
      '`wan` between the routers has an MTU of 1300, and `r1` may not say so.',
    ],
    told: 'The MTU between the routers was 1300, and the messages that say so were dropped.',
  };
};
