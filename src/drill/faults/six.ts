/** IPv6: interfaces, addresses, neighbours, routes, forwarding. */
import type { FaultMaker } from '../model.ts';
import { waitForDefault } from '../six.ts';
import { bareSix, endingAt, passing, restored, SETTLES, sixAt, sixFlows, sixRoutes } from './six-tools.ts';
import { at, endsOf, escaped, inside, stopsOf, title } from './tools.ts';

const viaOf = (route: string) => /via (\S+)/.exec(route)![1]!;
/** Of IPv6, the default route of the announced network is not declared: it comes by itself. */
const isAnnounced = (id: string, netns: string, sender: string) => id === 'announced' && netns === sender;

export const sixInterfaceDown: FaultMaker = (network, random) => {
  const flow = random.pick(network.flows);
  const stop = random.pick(flow.path);
  const device = random.pick([stop.in, stop.out].filter((each) => each !== undefined));
  const { sender } = endsOf(network);
  const isSenders =
    isAnnounced(network.id, stop.netns, sender.netns) || (network.id === 'announced' && device === 'lan');
  return {
    id: 'six-interface-down',
    topic: 'ipv6',
    area: 'link',
    level: 1,
    break: at(stop.netns, `link set ${device} down`),
    mend: [
      at(stop.netns, `link set ${device} up`),
      restored(network, stop.netns, device),
      ...(isSenders
        ? [
            "kill $(ip netns pids r1 | xargs -r -n1 sh -c 'grep -qs advertise /proc/$0/cmdline && echo $0') || true",
            'sleep 0.1; ip netns exec r1 /srv/r1/advertise lan',
            waitForDefault(sender.netns),
          ]
        : []),
    ].join('\n'),
    stops: stopsOf(network, stop.netns, device),
    loses: [`${stop.netns} ${device}`],
    ...(isSenders ? { settles: SETTLES } : {}),
    cause: new RegExp(
      `\\b${device} in ${title(stop.netns)}(?:,|, and that interface|, whose network holds \\S+,)? is down|: ${device}, a port of \\S+ is down`,
    ),
    hints: [
      'Follow the way from the sender, interface by interface. Which of them carry?',
      'Look at the flags of each interface on the way: `ip -br link` in every namespace.',
      `The interface \`${device}\` of ${title(stop.netns)} is down. What becomes of addresses of IPv6, and of routes, on an interface that goes down?`,
    ],
    told: `${device} in ${title(stop.netns)} was down.`,
  };
};

export const sixTurnedOff: FaultMaker = (network, random) => {
  const { sender, target } = endsOf(network);
  const { netns } = random.pick([sender, target]);
  const isTaken = isAnnounced(network.id, netns, sender.netns);
  return {
    id: 'ipv6-turned-off',
    topic: 'ipv6',
    area: 'address',
    level: 3,
    break: inside(netns, 'sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1'),
    mend: [
      inside(netns, 'sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0'),
      restored(network, netns, 'eth0'),
      ...(isTaken ? [waitForDefault(netns)] : []),
    ].join('\n'),
    stops: sixFlows(network, (flow) => flow.from === netns || endingAt(netns)(flow)),
    loses: [`${netns} eth0`],
    ...(isTaken ? { settles: SETTLES } : {}),
    cause: new RegExp(`IPv6 is turned off on eth0 in ${netns}`),
    hints: [
      'Which addresses of IPv6 are there? Every interface that is up has one at least, which it gives itself.',
      `\`ip -6 addr\` in \`${netns}\` and at its neighbour. Which settings has IPv6? \`sysctl -a | grep ipv6\``,
      `IPv6 is turned off on \`eth0\` in \`${netns}\` (disable_ipv6), which has taken its addresses and routes.`,
    ],
    told: `IPv6 was turned off on eth0 in ${netns}.`,
  };
};

export const sixPrefix: FaultMaker = (network) => {
  const { sender, target } = endsOf(network);
  // alone on its network; or on one so large that the others seem to be neighbours
  const isNarrow = network.id === 'six-bridge';
  const { netns } = isNarrow ? sender : target;
  const right = sixAt(network, netns, 'eth0');
  const wrong = right.replace(/\/64$/, isNarrow ? '/128' : '/48');
  return {
    id: isNarrow ? 'six-prefix-too-long' : 'six-prefix-too-short',
    topic: 'ipv6',
    area: 'address',
    level: 3,
    break: [at(netns, `addr del ${right} dev eth0`), at(netns, `-6 addr add ${wrong} dev eth0 nodad`)].join(
      '; ',
    ),
    mend: [
      at(netns, `addr del ${wrong} dev eth0`),
      at(netns, `-6 addr add ${right} dev eth0 nodad`),
      ...sixRoutes(network, netns).map((route) => at(netns, `-6 route replace ${route}`)),
    ].join('; '),
    stops: sixFlows(network, isNarrow ? (flow) => flow.from === netns : endingAt(netns)),
    cause: isNarrow
      ? new RegExp(`${netns} has no route to .*the prefix of ${escaped(wrong)} on eth0`)
      : new RegExp(`${netns} takes \\S+ for a neighbour, since the prefix of ${escaped(wrong)} on eth0`),
    hints: [
      'The address is right. What does the kernel conclude of the number behind the slash?',
      `Compare the prefix lengths in \`${netns}\` and at its neighbour, then \`ip -6 route\`.`,
      isNarrow
        ? `\`${netns}\` has its address with the prefix /128: to it, it is alone on its network.`
        : `\`${netns}\` has its address with the prefix /48: it looks for those behind the router on its own cable.`,
    ],
    told: `${netns} had ${wrong} instead of ${right}.`,
  };
};

export const sixNoRoute: FaultMaker = (network, random) => {
  const { sender, target } = endsOf(network);
  if (network.id === 'six-bridge') return undefined;
  const netns =
    network.id === 'announced' ? target.netns : random.pick([sender.netns, 'r1', 'r2', target.netns]);
  const [route] = sixRoutes(network, netns);
  const isBack = netns === 'r2' || netns === target.netns;
  return {
    id: isBack ? 'six-no-way-back' : 'six-no-route',
    topic: 'ipv6',
    area: 'route',
    level: isBack ? 2 : 1,
    break: at(netns, `-6 route del ${route}`),
    mend: at(netns, `-6 route replace ${route}`),
    stops: sixFlows(network, passing(netns)),
    // a translated source finds its way back, too, and hides that there is none
    ...(isBack ? { also: [{ route: bareSix(network, sender.netns), get: true, in: netns }] } : {}),
    cause: isBack ? new RegExp(`answer.*${netns} has no route to`) : new RegExp(`^${netns} has no route to`),
    hints: [
      'A packet needs a route of its own family, and so does its answer.',
      'Ask the kernel of each node which way it would take: `ip -6 route get ADDRESS`, there and back.',
      `\`${netns}\` lacks a route of IPv6.`,
    ],
    told: `${netns} did not have the route ${route}.`,
  };
};

export const sixWrongRoute: FaultMaker = (network, random) => {
  if (network.id !== 'six-routers') return undefined;
  const { sender } = endsOf(network);
  const netns = random.pick([sender.netns, 'r1']);
  const [route] = sixRoutes(network, netns);
  const right = viaOf(route!);
  const wrong = right.replace(/::\d+$/, `::${200 + random.number(50)}`);
  return {
    id: 'six-wrong-gateway',
    topic: 'ipv6',
    area: 'route',
    level: 2,
    break: at(netns, `-6 route replace ${route!.replace(right, wrong)}`),
    mend: at(netns, `-6 route replace ${route}`),
    stops: sixFlows(network),
    cause: new RegExp(`^Nobody that \\S+ in ${netns} reaches has the address ${escaped(wrong)}`),
    hints: [
      'There is a route. Does anybody live at its next hop?',
      'Ask each node for its way and its neighbours: `ip -6 route get ADDRESS`, then `ip -6 neigh`. Which neighbour has no MAC?',
      `A route of \`${netns}\` leads to ${wrong}, which nobody has.`,
    ],
    told: `A route of ${netns} led to ${wrong} instead of ${right}.`,
  };
};

export const sixForwardingOff: FaultMaker = (network, random) => {
  if (network.id === 'six-bridge') return undefined;
  const netns = network.id === 'announced' ? 'r1' : random.pick(['r1', 'r2']);
  return {
    id: 'six-forwarding-off',
    topic: 'ipv6',
    area: 'forward',
    level: 1,
    break: inside(netns, 'sysctl -qw net.ipv6.conf.all.forwarding=0'),
    mend: inside(netns, 'sysctl -qw net.ipv6.conf.all.forwarding=1'),
    stops: sixFlows(network, (flow) => flow.path.slice(1, -1).some((stop) => stop.netns === netns)),
    cause: new RegExp(`${netns} does not forward: .*ipv6`),
    hints: [
      'What makes a router of a node with two interfaces? And is it the same for both families?',
      'Where is the packet seen last? Look at the settings of that node.',
      `\`${netns}\` does not forward IPv6: net.ipv6.conf.all.forwarding is 0.`,
    ],
    told: `${netns} did not forward IPv6.`,
  };
};

export const sixPolicyRule: FaultMaker = (network) => {
  if (network.id !== 'six-routers') return undefined;
  const source = bareSix(network, endsOf(network).sender.netns);
  return {
    id: 'six-policy-rule',
    topic: 'ipv6',
    area: 'route',
    level: 4,
    break: `${at('r1', `-6 rule add from ${source} table 77 priority 100`)}; ${at('r1', '-6 route add unreachable default table 77')}`,
    mend: `${at('r1', '-6 rule del priority 100')}; ${at('r1', '-6 route flush table 77')}`,
    stops: sixFlows(network),
    cause: /route "unreachable default.*" of r1/,
    hints: [
      'The routes look right. Are they the ones that are used for this sender?',
      '`ip -6 route get ADDRESS from SENDER iif lan` in each router, and `ip -6 rule`.',
      '`r1` has a rule of IPv6 that sends this sender to a table of its own, where everything is unreachable.',
    ],
    told: `r1 had a rule for ${source} with a table that refuses everything.`,
  };
};

export const sixDuplicate: FaultMaker = (network, random) => {
  if (network.id !== 'six-bridge') return undefined;
  const { target } = endsOf(network);
  const { netns } = target;
  const prefix = sixAt(network, netns, 'eth0');
  const address = prefix.split('/')[0]!;
  const colleague = network.flows.find(({ id }) => id === 'colleague')!.from;
  const others = Object.keys(network.topology.namespaces!).filter((each) => each !== netns);
  const forget = others.map((each) => at(each, '-6 neigh flush dev eth0')).join('\n');
  // the other one is gone again, and the address still not used
  const isOver = random.pick([true, false]);
  const failed = `for try in $(seq 50); do ip -n ${netns} -6 addr show dev eth0 dadfailed | grep -q . && break; sleep 0.1; done`;
  const again = `${at(netns, `addr del ${prefix} dev eth0`)}; ${at(netns, `-6 addr add ${prefix} dev eth0`)}`;
  return {
    id: isOver ? 'dad-failed' : 'six-duplicate',
    topic: 'ipv6',
    area: 'address',
    level: 4,
    break: [
      at(colleague, `-6 addr add ${prefix} dev eth0 nodad`),
      again,
      failed,
      ...(isOver ? [at(colleague, `addr del ${prefix} dev eth0`)] : []),
      forget,
    ].join('\n'),
    mend: [
      ...(isOver ? [] : [at(colleague, `addr del ${prefix} dev eth0`)]),
      at(netns, `addr del ${prefix} dev eth0`),
      at(netns, `-6 addr add ${prefix} dev eth0 nodad`),
      forget,
    ].join('\n'),
    stops: isOver ? ['page', 'ping', 'colleague'] : ['page'],
    ...(isOver ? {} : { masks: ['ping', 'colleague'] }),
    also: isOver ? [] : [{ interface: 'eth0', in: colleague, address: prefix, not: true }],
    settles: '15s',
    cause: isOver
      ? new RegExp(`${escaped(address)} was given to eth0 in ${netns}, which does not use it: duplicate`)
      : new RegExp(`address ${escaped(address)} is there twice: eth0 in ${colleague} has it`),
    hints: [
      'Before it uses an address of IPv6, the kernel asks whether another has it. What if one has?',
      `Look at the flags of the addresses in \`${netns}\`: \`ip -6 addr\`. Then ask who answers for it: \`ip -6 neigh\` at the others.`,
      `The address ${address} of \`${netns}\` is not used (dadfailed): another had it when it was given.`,
    ],
    told: isOver
      ? `${netns} did not use its address ${address} (dadfailed): ${colleague} had had it when it was given.`
      : `${colleague} had the address ${address} too, so that ${netns} did not use it (dadfailed).`,
  };
};

export const sixNeighbour: FaultMaker = (network) => {
  if (network.id === 'announced') return undefined;
  const { sender, target } = endsOf(network);
  const next =
    network.id === 'six-bridge'
      ? bareSix(network, target.netns)
      : viaOf(sixRoutes(network, sender.netns)[0]!);
  return {
    id: 'six-wrong-neighbour',
    topic: 'ipv6',
    area: 'neighbour',
    level: 3,
    break: at(sender.netns, `-6 neigh replace ${next} lladdr 02:00:00:00:be:ef dev eth0 nud permanent`),
    mend: at(sender.netns, `-6 neigh flush to ${next} dev eth0 nud permanent`),
    stops: sixFlows(network, (flow) => flow.from === sender.netns),
    cause: new RegExp(`^${sender.netns} sends what is for ${escaped(next)} to the MAC 02:00:00:00:be:ef`),
    hints: [
      'Packets leave. To whom are the frames addressed?',
      `Look at what \`${sender.netns}\` believes of its neighbours (\`ip -6 neigh\`), and compare the MAC with that of the other end.`,
      `\`${sender.netns}\` has a permanent neighbour entry for ${next} with a MAC that nobody has.`,
    ],
    told: `${sender.netns} had a wrong MAC for ${next}.`,
  };
};

export const deafToRouters: FaultMaker = (network, random) => {
  if (network.id !== 'announced') return undefined;
  const { netns } = endsOf(network).sender;
  const isRouter = random.pick([true, false]);
  const set = (name: string, value: number) => inside(netns, `sysctl -qw net.ipv6.conf.${name}=${value}`);
  return {
    id: isRouter ? 'host-forwards' : 'accept-ra-off',
    topic: 'ipv6',
    area: 'route',
    level: isRouter ? 4 : 3,
    break: [
      isRouter ? set('all.forwarding', 1) : set('eth0.accept_ra', 0),
      `${at(netns, '-6 route flush default')}`,
    ].join('\n'),
    mend: [isRouter ? set('all.forwarding', 0) : set('eth0.accept_ra', 1), waitForDefault(netns)].join('\n'),
    stops: sixFlows(network, (flow) => flow.from === netns && flow.id !== 'near'),
    settles: SETTLES,
    cause: new RegExp(
      `^${netns} has no route to .*advertisements of routers, for ${isRouter ? 'it forwards itself' : 'accept_ra of eth0 is 0'}`,
    ),
    hints: [
      `Where should the default route of \`${netns}\` come from?`,
      `The advertisements come: \`tcpdump -n -i eth0 icmp6\`. Which settings say whether \`${netns}\` takes them? \`sysctl -a | grep eth0\``,
      isRouter
        ? `\`${netns}\` forwards, so it takes itself for a router and no route from another (unless accept_ra is 2).`
        : `\`${netns}\` takes nothing from advertisements: accept_ra is 0.`,
    ],
    told: isRouter
      ? `${netns} forwarded, and so took no route from the advertisements of r1.`
      : `accept_ra was 0 in ${netns}.`,
  };
};
