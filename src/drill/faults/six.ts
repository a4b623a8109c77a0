/** IPv6: interfaces, addresses, neighbours. */
import type { FaultMaker } from '../model.ts';
import { waitForDefault } from '../six.ts';
import { bareSix, endingAt, restored, SETTLES, sixAt, sixFlows, sixRoutes } from './six-tools.ts';
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
  const [netns, device] = random.pick<readonly [string, string]>([
    [sender.netns, 'eth0'],
    [target.netns, 'eth0'],
    ...(network.id === 'six-routers'
      ? ([
          ['r1', 'wan'],
          ['r2', 'wan'],
          ['r2', 'lan'],
        ] as const)
      : []),
  ]);
  const isTaken = isAnnounced(network.id, netns, sender.netns);
  const passed = stopsOf(network, netns, device);
  return {
    id: 'ipv6-turned-off',
    topic: 'ipv6',
    area: 'address',
    level: 3,
    break: inside(netns, `sysctl -qw net.ipv6.conf.${device}.disable_ipv6=1`),
    mend: [
      inside(netns, `sysctl -qw net.ipv6.conf.${device}.disable_ipv6=0`),
      restored(network, netns, device),
      ...(isTaken ? [waitForDefault(netns)] : []),
    ].join('\n'),
    stops: sixFlows(network, ({ id }) => passed.includes(id)),
    loses: [`${netns} ${device}`],
    ...(isTaken ? { settles: SETTLES } : {}),
    cause: new RegExp(`IPv6 is turned off on ${device} in ${netns}`),
    hints: [
      'Which addresses of IPv6 are there? Every interface that is up has one at least, which it gives itself.',
      `\`ip -6 addr\` in \`${netns}\` and at its neighbour. Which settings has IPv6? \`sysctl -a | grep ipv6\``,
      `IPv6 is turned off on \`${device}\` in \`${netns}\` (disable_ipv6), which has taken its addresses and routes.`,
    ],
    told: `IPv6 was turned off on ${device} in ${netns}.`,
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
