/** Routes, rules, forwarding. */
import type { FaultMaker, Network } from '../model.ts';
import { addressAt, at, endsOf, escaped, from, inside, through } from './tools.ts';

const bareOf = (network: Network, netns: string) => addressAt(network, netns, 'eth0')!.split('/')[0]!;
const gatewayOf = (route: string) => /via (\S+)/.exec(route)![1]!;

/** The published address is on the sender's own network: no route is needed to it. */
const onlySender = (network: Network, isSender: boolean) =>
  network.id === 'published' && isSender ? ['direct'] : undefined;

export const noDefault: FaultMaker = (network, random) => {
  if (network.id === 'cable') return undefined;
  const { sender, target } = endsOf(network);
  // The way back is as good a place for it, and harder to see.
  const netns =
    network.id === 'bridge'
      ? sender.netns
      : network.id === 'inside'
        ? target.netns
        : random.pick([sender.netns, target.netns]);
  const route = network.topology.namespaces![netns]!.routes![0]!;
  const stops =
    network.id === 'bridge'
      ? ['internet']
      : network.id === 'inside'
        ? ['outside']
        : (onlySender(network, netns === sender.netns) ?? from(network, sender.netns));
  const asker = network.flows.find(({ id }) => id === stops[0])!.from;
  return {
    id: 'no-default-route',
    topic: 'route',
    level: netns === sender.netns ? 1 : 2,
    break: at(netns, 'route del default'),
    mend: at(netns, `route replace ${route}`),
    stops,
    ...(netns === asker ? {} : { also: [{ route: bareOf(network, asker), get: true, in: netns }] }),
    cause: new RegExp(`${netns} has no route to`),
    hints: [
      'A packet needs a route, and so does its answer.',
      'Ask the kernel in each namespace which way it would take: `ip route get ADDRESS`, there and back.',
      `\`${netns}\` has no default route.`,
    ],
    told: `${netns} had no default route.`,
  };
};

export const wrongGateway: FaultMaker = (network, random) => {
  // who is asked there is on the sender's own network
  if (network.id === 'cable' || network.id === 'inside') return undefined;
  const { sender } = endsOf(network);
  const { netns } = sender;
  const route = network.topology.namespaces![netns]!.routes![0]!;
  const wrong = gatewayOf(route).replace(/\d+$/, String(200 + random.number(50)));
  return {
    id: 'wrong-gateway',
    topic: 'route',
    level: 2,
    break: at(netns, `route replace default via ${wrong}`),
    mend: at(netns, `route replace ${route}`),
    stops: network.id === 'bridge' ? ['internet'] : (onlySender(network, true) ?? from(network, netns)),
    cause: new RegExp(`address ${escaped(wrong)}`),
    hints: [
      'There is a route. Does anybody live at its next hop?',
      `\`ip route\` and then \`ip neigh\` in \`${netns}\`: which neighbour has no MAC?`,
      `The default route of \`${netns}\` leads to ${wrong}, which nobody has.`,
    ],
    told: `The default route of ${netns} led to ${wrong} instead of ${gatewayOf(route)}.`,
  };
};

export const noReturnRoute: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const [route] = network.topology.namespaces!.r2!.routes!;
  return {
    id: 'no-way-back',
    topic: 'route',
    level: 2,
    break: at('r2', `route del ${route}`),
    mend: at('r2', `route replace ${route}`),
    stops: ['ping', 'large', 'page'],
    // a translated source finds its way back, too, and hides that there is none
    also: [{ route: bareOf(network, network.flows[0]!.from), get: true, in: 'r2' }],
    cause: /answer.*r2 has no route to/,
    hints: [
      'Does the packet arrive? Does its answer?',
      'Go the way back, router by router: `ip route get` with the address of the sender.',
      '`r2` does not know where the network of the sender is.',
    ],
    told: `r2 had no route back (${route}).`,
  };
};

export const loop: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const [route] = network.topology.namespaces!.r1!.routes!;
  const net = route!.split(' ')[0]!;
  const back = gatewayOf(network.topology.namespaces!.r2!.routes![0]!);
  const host = network.flows[0]!.path.at(-1)!.address!;
  return {
    id: 'routing-loop',
    topic: 'route',
    level: 3,
    break: at('r2', `route add ${host}/32 via ${back}`),
    mend: at('r2', `route del ${host}/32`),
    stops: ['ping', 'large', 'page'],
    cause: /circle/,
    hints: [
      'Something answers, but not the target. What does it say?',
      'Count the hops: `traceroute -n`, or look at the TTL with `tcpdump -v` on `wan`.',
      `\`r2\` sends what is for ${host} (a part of ${net}) back to \`r1\`.`,
    ],
    told: `r2 sent packets for ${host} back to r1.`,
  };
};

export const blackhole: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const host = network.flows[0]!.path.at(-1)!.address!;
  return {
    id: 'blackhole',
    topic: 'route',
    level: 2,
    break: at('r1', `route add blackhole ${host}/32`),
    mend: at('r1', `route del blackhole ${host}/32`),
    stops: ['ping', 'large', 'page'],
    cause: new RegExp(`route "blackhole ${escaped(host)}.*" of r1`),
    hints: [
      'Somewhere on the way a packet ends without a word.',
      'The longest prefix wins: look at all routes of each router, not only at the one that you expect.',
      '`r1` has a more specific route, of type blackhole.',
    ],
    told: `r1 had a blackhole route for ${host}.`,
  };
};

export const policyRule: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const source = addressAt(network, network.flows[0]!.from, 'eth0')!.split('/')[0]!;
  return {
    id: 'policy-rule',
    topic: 'route',
    level: 4,
    break: `${at('r1', `rule add from ${source} table 77 priority 100`)}; ${at('r1', 'route add unreachable default table 77')}`,
    mend: `${at('r1', 'rule del priority 100')}; ${at('r1', 'route flush table 77')}`,
    stops: ['ping', 'large', 'page'],
    cause: /route "unreachable default.*" of r1/,
    hints: [
      'The routes look right. Are they the ones that are used for this sender?',
      '`ip route get ADDRESS from SENDER iif lan` in each router, and `ip rule`.',
      '`r1` has a rule that sends this sender to a table of its own, where everything is unreachable.',
    ],
    told: `r1 had a rule for ${source} with a table that refuses everything.`,
  };
};

export const forwardingOff: FaultMaker = (network, random) => {
  const routers = network.flows
    .flatMap(({ path }) => path.slice(1, -1))
    .filter(({ bridge }) => bridge === undefined);
  if (routers.length === 0) return undefined;
  const { netns } = random.pick(routers);
  return {
    id: 'forwarding-off',
    topic: 'forward',
    level: 1,
    break: inside(netns, 'sysctl -qw net.ipv4.ip_forward=0'),
    mend: inside(netns, 'sysctl -qw net.ipv4.ip_forward=1'),
    stops: through(network, netns),
    cause: new RegExp(`${netns || 'host'} does not forward`),
    hints: [
      'What makes a router of a node with two interfaces?',
      'Where is the packet seen last? Look at the settings of that node.',
      `\`${netns || 'host'}\` does not forward: net.ipv4.ip_forward is 0.`,
    ],
    told: `${netns || 'The host'} did not forward.`,
  };
};

export const reversePath: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const source = addressAt(network, network.flows[0]!.from, 'eth0')!.split('/')[0]!;
  return {
    id: 'rp-filter',
    topic: 'forward',
    level: 4,
    break: [
      `ip link add index 300 name spare1 netns r2 type veth peer index 301 name spare2 netns r1; ip -n r1 link set spare2 up; ip -n r2 link set spare1 up; ip -n r2 addr add 192.0.2.1/30 dev spare1; ip -n r1 addr add 192.0.2.2/30 dev spare2`,
      at('r2', `route add ${source}/32 via 192.0.2.2`),
      inside(
        'r2',
        'sh -c "echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter; echo 1 >/proc/sys/net/ipv4/conf/wan/rp_filter"',
      ),
    ].join('\n'),
    mend: inside(
      'r2',
      'sh -c "echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter; echo 0 >/proc/sys/net/ipv4/conf/wan/rp_filter"',
    ),
    stops: ['ping', 'large', 'page'],
    cause: /r2 drops what comes from .* rp_filter/,
    hints: [
      'The packet comes in at a router and does not leave it, and no rule says so. What else may drop it?',
      'There are two ways between the routers now. Would an answer take the one that the packet came by?',
      '`r2` checks the way back to the source (rp_filter), and that is by another interface.',
    ],
    told: `rp_filter was on in r2, whose way back to ${source} was by another interface.`,
  };
};
