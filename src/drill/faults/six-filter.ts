/** IPv6: the packet filter, what is too large, and the server at the end. */
import type { FaultMaker } from '../model.ts';
import { waitForDefault } from '../six.ts';
import { bareSix, endingAt, passing, SETTLES, sixFlows } from './six-tools.ts';
import { at, endsOf, escaped, inside } from './tools.ts';

const routersIn = (id: string) => (id === 'six-bridge' ? [] : id === 'announced' ? ['r1'] : ['r1', 'r2']);
const pagesAt = (netns: string) => (flow: { check: object; path: readonly { netns: string }[] }) =>
  'curl' in flow.check && flow.path.at(-1)!.netns === netns;

export const sixForwardPolicy: FaultMaker = (network, random) => {
  const routers = routersIn(network.id);
  if (routers.length === 0) return undefined;
  const netns = random.pick(routers);
  const { target } = endsOf(network);
  const kind = random.pick(['policy', 'DROP', 'REJECT']);
  const rule = `FORWARD -d ${target.address} -j ${kind}`;
  return {
    id: kind === 'policy' ? 'six-forward-policy' : 'six-forward-rule',
    topic: 'ipv6',
    area: 'firewall',
    level: 2,
    break: inside(netns, kind === 'policy' ? 'ip6tables -P FORWARD DROP' : `ip6tables -I ${rule}`),
    mend: inside(netns, kind === 'policy' ? 'ip6tables -P FORWARD ACCEPT' : `ip6tables -D ${rule}`),
    stops: sixFlows(network, (flow) => passing(netns)(flow) && endingAt(target.netns)(flow)),
    cause:
      kind === 'policy'
        ? new RegExp(`firewall of ${netns} drops .*policy of the chain FORWARD`)
        : new RegExp(`firewall of ${netns} .*${escaped(target.address!)}.*(?:${kind}|${kind.toLowerCase()})`),
    hints: [
      'IPv4 passes. Does the same firewall see IPv6?',
      'Each family has its own rules: `ip6tables -L -v -n` on every router.',
      kind === 'policy'
        ? `The policy of FORWARD is DROP in \`${netns}\`, for IPv6.`
        : `A rule of ip6tables in FORWARD of \`${netns}\` ends what goes to ${target.address}.`,
    ],
    told:
      kind === 'policy'
        ? `The policy of FORWARD was DROP in ${netns}, for IPv6.`
        : `A rule of ip6tables in ${netns} ended what went to ${target.address}.`,
  };
};

export const sixAnswerDropped: FaultMaker = (network) => {
  if (network.id === 'six-bridge') return undefined;
  const source = bareSix(network, endsOf(network).sender.netns);
  const rule = `FORWARD -d ${source} -j DROP`;
  return {
    id: 'six-answer-dropped',
    topic: 'ipv6',
    area: 'firewall',
    level: 3,
    break: inside('r1', `ip6tables -A ${rule}`),
    mend: inside('r1', `ip6tables -D ${rule}`),
    stops: sixFlows(network, (flow) => flow.from === endsOf(network).sender.netns && flow.id !== 'near'),
    cause: new RegExp(`firewall of r1 drops the answer .*${escaped(source)}`),
    hints: [
      'Does the target get the packet? Does it answer?',
      'Watch both sides of each router: `tcpdump -n -i any icmp6`.',
      '`r1` drops the answer on its way back.',
    ],
    told: `r1 dropped the answers to ${source}.`,
  };
};

/** Who drops ICMPv6 as one would ICMP, has no neighbours any more. */
export const discoveryBlocked: FaultMaker = (network, random) => {
  const { netns } = endsOf(network).target;
  const kind = random.pick(['solicitation', 'all', 'advertisement', 'policy']);
  const rules = {
    solicitation: 'INPUT -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP',
    advertisement: 'OUTPUT -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP',
    all: 'INPUT -p icmpv6 -j DROP',
    policy: 'INPUT -p tcp --dport 80 -j ACCEPT',
  };
  const rule = rules[kind as keyof typeof rules];
  const [set, unset] =
    kind === 'policy'
      ? ['ip6tables -P INPUT DROP', 'ip6tables -P INPUT ACCEPT']
      : [`ip6tables -A ${rule}`, `ip6tables -D ${rule}`];
  const others = Object.keys(network.topology.namespaces!);
  return {
    id: `neighbour-discovery-${kind}`,
    topic: 'ipv6',
    area: 'neighbour',
    level: kind === 'policy' || kind === 'all' ? 3 : 4,
    break: [
      ...(kind === 'policy' ? [inside(netns, `ip6tables -A ${rule}`)] : []),
      inside(netns, set!),
      // what the others have learnt they would believe for a while
      ...others.map((each) => at(each, '-6 neigh flush all')),
    ].join('\n'),
    mend: [inside(netns, unset!), ...(kind === 'policy' ? [inside(netns, `ip6tables -D ${rule}`)] : [])].join(
      '\n',
    ),
    stops: sixFlows(network, endingAt(netns)),
    cause: new RegExp(
      `^The firewall of ${netns} drops the neighbour ${kind === 'advertisement' ? 'advertisement .*at output' : 'solicitation .*at input'}.*(?:${kind === 'policy' ? 'policy of the chain INPUT' : 'ipv6-icmp.*(?:DROP|drop)'})`,
    ),
    hints: [
      'IPv4 asks for its neighbours by ARP, which no packet filter of IP sees. How does IPv6 ask?',
      `Watch who asks and who answers: \`tcpdump -n -i any icmp6\`, and \`ip -6 neigh\` beside \`${netns}\`. Then look at its rules: \`ip6tables -L -v -n\`.`,
      kind === 'policy'
        ? `The policy of INPUT is DROP in \`${netns}\`, and nothing lets neighbour discovery (ICMPv6 types 135 and 136) in.`
        : `A rule of \`${netns}\` drops neighbour discovery, which is ICMPv6 (types 135 and 136).`,
    ],
    told:
      kind === 'policy'
        ? `The policy of INPUT was DROP in ${netns}, which left it without neighbour discovery.`
        : `${netns} dropped neighbour discovery (ICMPv6).`,
  };
};

export const sixInputRule: FaultMaker = (network, random) => {
  const { netns } = endsOf(network).target;
  const isPolicy = random.pick([true, false]);
  const accept = 'INPUT -p icmpv6 -j ACCEPT';
  const drop = 'INPUT -p tcp --dport 80 -j DROP';
  return {
    id: isPolicy ? 'six-input-policy' : 'six-input-rule',
    topic: 'ipv6',
    area: 'firewall',
    level: isPolicy ? 2 : 3,
    break: isPolicy
      ? `${inside(netns, `ip6tables -A ${accept}`)}; ${inside(netns, 'ip6tables -P INPUT DROP')}`
      : inside(netns, `ip6tables -A ${drop}`),
    mend: isPolicy
      ? `${inside(netns, 'ip6tables -P INPUT ACCEPT')}; ${inside(netns, `ip6tables -D ${accept}`)}`
      : inside(netns, `ip6tables -D ${drop}`),
    stops: sixFlows(network, pagesAt(netns)),
    cause: new RegExp(
      `firewall of ${netns} drops the packet at input: .*(?:${isPolicy ? 'policy of the chain INPUT' : '80.*(?:DROP|drop)'})`,
    ),
    hints: [
      'The packet arrives at the node. Does it get to the process?',
      `Each family has its own rules. Look at those of \`${netns}\`: \`ip6tables -S\`.`,
      isPolicy
        ? `The policy of INPUT is DROP in \`${netns}\`, for IPv6.`
        : `\`${netns}\` drops TCP to port 80 over IPv6.`,
    ],
    told: isPolicy
      ? `The policy of INPUT was DROP in ${netns}, for IPv6.`
      : `${netns} dropped TCP to port 80 over IPv6.`,
  };
};

export const sixGuard: FaultMaker = (network) => {
  const { netns } = endsOf(network).target;
  return {
    id: 'six-nft-table',
    topic: 'ipv6',
    area: 'firewall',
    level: 4,
    break: inside(
      netns,
      `nft 'table ip6 guard { chain in { type filter hook input priority -10; policy accept; tcp dport 80 drop; }; }'`,
    ),
    mend: inside(netns, 'nft delete table ip6 guard'),
    stops: sixFlows(network, pagesAt(netns)),
    cause: new RegExp(`firewall of ${netns} drops .*dport 80 drop`),
    hints: [
      '`ip6tables -L` shows nothing. Is it the only one who writes rules?',
      'The kernel has one packet filter and several tools: `nft list ruleset`.',
      `\`${netns}\` has a table \`ip6 guard\` that drops TCP to port 80.`,
    ],
    told: `A table of nftables in ${netns} dropped TCP to port 80 over IPv6.`,
  };
};

export const onFourAlone: FaultMaker = (network, random) => {
  const { netns } = endsOf(network).target;
  const stop = `kill $(ip netns pids ${netns} | xargs -r -n1 sh -c 'grep -qs httpd /proc/$0/cmdline && echo $0'); sleep 0.1`;
  const start = (address: string) => `ip netns exec ${netns} busybox httpd -p ${address}:80 -h /srv/${netns}`;
  const isLoopback = random.pick([true, false]) && network.id === 'announced';
  const wrong = isLoopback ? '[::1]' : '0.0.0.0';
  return {
    id: isLoopback ? 'six-loopback-only' : 'listens-on-four',
    topic: 'ipv6',
    area: 'service',
    level: 2,
    break: `${stop}\n${start(wrong)}`,
    mend: `${stop}\n${start('[::]')}`,
    stops: sixFlows(network, pagesAt(netns)),
    cause: new RegExp(
      `${netns} listens on tcp port 80 only at ${escaped(isLoopback ? '::1' : '0.0.0.0')}, not at`,
    ),
    hints: [
      'The node answers. Does the server?',
      `Look at the sockets in \`${netns}\`: \`ss -ltn\`. Read the column of the local address: of which family is it?`,
      isLoopback
        ? `The server of \`${netns}\` listens on ::1 alone.`
        : `The server of \`${netns}\` listens on 0.0.0.0, which is IPv4 alone.`,
    ],
    told: isLoopback
      ? `The server of ${netns} listened on ::1 alone.`
      : `The server of ${netns} listened on IPv4 alone.`,
  };
};

export const sixPingsIgnored: FaultMaker = (network) => {
  const { netns } = endsOf(network).target;
  return {
    id: 'six-pings-ignored',
    topic: 'ipv6',
    area: 'service',
    level: 3,
    break: inside(netns, 'sysctl -qw net.ipv6.icmp.echo_ignore_all=1'),
    mend: inside(netns, 'sysctl -qw net.ipv6.icmp.echo_ignore_all=0'),
    stops: sixFlows(network, (flow) => 'ping' in flow.check && endingAt(netns)(flow)),
    cause: new RegExp(`${netns} is told to ignore pings`),
    hints: [
      'Pages come, pings do not. What does that exclude?',
      `The packet filter of \`${netns}\` is innocent. Which settings has ICMP? \`sysctl -a | grep icmp\``,
      `\`${netns}\` is told to ignore pings.`,
    ],
    told: `${netns} was told to ignore pings.`,
  };
};

export const sixSmallMtu: FaultMaker = (network) => {
  if (network.id !== 'six-routers') return undefined;
  const silence = 'OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP';
  const set = (mtu: number) => `ip -n r1 link set wan mtu ${mtu}; ip -n r2 link set wan mtu ${mtu}`;
  return {
    id: 'six-mtu-black-hole',
    topic: 'ipv6',
    area: 'mtu',
    level: 5,
    break: [set(1300), inside('r1', `ip6tables -A ${silence}`)].join('\n'),
    mend: [set(1500), inside('r1', `ip6tables -D ${silence}`)].join('\n'),
    stops: ['large'],
    cause: /does not fit through wan in r1, whose MTU is 1300/,
    hints: [
      'Small packets pass, large ones do not. What depends on the size? And who may cut a packet of IPv6 into pieces?',
      'Try sizes with `ping -M do -s SIZE` and compare the MTU of every interface on the way.',
      '`wan` between the routers has an MTU of 1300, and `r1` may not say so.',
    ],
    told: 'The MTU between the routers was 1300, and the messages that say so were dropped.',
  };
};

/** The router is found by who asks it, and does not hear who asks for it. */
export const deafRouter: FaultMaker = (network) => {
  if (network.id === 'six-bridge') return undefined;
  const { target } = endsOf(network);
  const router = network.id === 'announced' ? 'r1' : 'r2';
  const device = network.id === 'announced' ? 'srv' : 'lan';
  const rule = `INPUT -i ${device} -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP`;
  const forget = [router, target.netns].map((each) => at(each, '-6 neigh flush all')).join('\n');
  return {
    id: 'deaf-router',
    topic: 'ipv6',
    area: 'neighbour',
    level: 4,
    break: [inside(router, `ip6tables -A ${rule}`), forget].join('\n'),
    mend: inside(router, `ip6tables -D ${rule}`),
    stops: sixFlows(network, endingAt(target.netns)),
    cause: new RegExp(
      `^The firewall of ${router} drops the neighbour solicitation for ${escaped(bareSix(network, router, device))} at input`,
    ),
    hints: [
      'The packet arrives. Whom does its answer need to find?',
      `Watch who asks and who answers: \`tcpdump -n -i any icmp6\`, and \`ip -6 neigh\` in \`${target.netns}\`. Then look at the rules of who does not answer: \`ip6tables -L -v -n\`.`,
      `A rule of \`${router}\` drops neighbour discovery, which is ICMPv6 (types 135 and 136).`,
    ],
    told: `${router} dropped neighbour discovery (ICMPv6).`,
  };
};

export const advertisementsDropped: FaultMaker = (network) => {
  if (network.id !== 'announced') return undefined;
  const { netns } = endsOf(network).sender;
  const rule = 'INPUT -p icmpv6 --icmpv6-type router-advertisement -j DROP';
  return {
    id: 'advertisements-dropped',
    topic: 'ipv6',
    area: 'firewall',
    level: 4,
    break: [inside(netns, `ip6tables -A ${rule}`), at(netns, '-6 route flush default')].join('\n'),
    mend: [inside(netns, `ip6tables -D ${rule}`), waitForDefault(netns)].join('\n'),
    stops: sixFlows(network, (flow) => flow.from === netns && flow.id !== 'near'),
    settles: SETTLES,
    cause: new RegExp(`^${netns} has no route to .*advertisements of routers, for its firewall drops them`),
    hints: [
      `Where should the default route of \`${netns}\` come from?`,
      `The advertisements come: \`tcpdump -n -i eth0 icmp6\`. What may be between the interface and who reads them? \`ip6tables -L -v -n\``,
      `\`${netns}\` drops the advertisements of the router (ICMPv6 type 134).`,
    ],
    told: `${netns} dropped the advertisements of r1 (ICMPv6 type 134).`,
  };
};
