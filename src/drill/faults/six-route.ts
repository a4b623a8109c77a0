/** IPv6: routes, rules, forwarding, the advertisements of routers. */
import type { FaultMaker } from '../model.ts';
import { waitForDefault } from '../six.ts';
import { bareSix, passing, SETTLES, sixFlows, sixRoutes } from './six-tools.ts';
import { at, endsOf, escaped, inside } from './tools.ts';

const viaOf = (route: string) => /via (\S+)/.exec(route)![1]!;

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

export const sixBlackhole: FaultMaker = (network, random) => {
  if (network.id !== 'six-routers') return undefined;
  const target = endsOf(network).target.address!;
  const isLoop = random.pick([true, false]);
  const back = viaOf(sixRoutes(network, 'r2')[0]!);
  const [netns, route] = isLoop ? ['r2', `${target}/128 via ${back}`] : ['r1', `blackhole ${target}/128`];
  return {
    id: isLoop ? 'six-routing-loop' : 'six-blackhole',
    topic: 'ipv6',
    area: 'route',
    level: isLoop ? 3 : 2,
    break: at(netns, `-6 route add ${route}`),
    mend: at(netns, `-6 route del ${route}`),
    stops: sixFlows(network),
    cause: isLoop ? /circle/ : new RegExp(`route "blackhole ${escaped(target)}.*" of r1`),
    hints: isLoop
      ? [
          'Something answers, but not the target. What does it say?',
          'Count the hops: `traceroute -6 -n`, or look at the hop limit with `tcpdump -v` on `wan`.',
          `\`r2\` sends what is for ${target} back to \`r1\`.`,
        ]
      : [
          'Somewhere on the way a packet ends without a word.',
          'The longest prefix wins: look at all routes of each router, not only at the one that you expect.',
          '`r1` has a more specific route, of type blackhole.',
        ],
    told: isLoop ? `r2 sent packets for ${target} back to r1.` : `r1 had a blackhole route for ${target}.`,
  };
};
