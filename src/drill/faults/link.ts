/** Interfaces, cables and ports. */
import type { FaultMaker } from '../model.ts';
import { at, declaredRoutes, flowOf, stopsOf, title } from './tools.ts';

export const interfaceDown: FaultMaker = (network, random) => {
  const flow = flowOf(network, random);
  const stop = random.pick(flow.path.filter(({ netns }) => netns !== '-'));
  const device =
    stop.bridge === undefined
      ? random.pick([stop.in, stop.out].filter((each) => each !== undefined))
      : random.pick([stop.in!, stop.out!]);
  // the host's own way out is not the learner's to mend: its routes come with the sandbox
  if (stop.netns === '' && device === 'eth0') return undefined;
  // a bridge that is down is a fault of its own: all that it carries stops, whoever routes
  if (stop.netns === '' && Object.hasOwn(network.topology.host?.bridges ?? {}, device)) return undefined;
  const routes = declaredRoutes(network, stop.netns);
  return {
    id: 'interface-down',
    topic: 'link',
    level: 1,
    break: at(stop.netns, `link set ${device} down`),
    mend: [
      at(stop.netns, `link set ${device} up`),
      ...routes.map((route) => `${at(stop.netns, `route replace ${route}`)} || true`),
    ].join('\n'),
    stops: stopsOf(network, stop.netns, device),
    cause: new RegExp(
      `\\b${device} in ${title(stop.netns)}(?:,|, and that interface|, whose network holds \\S+,)? is down|: ${device}, a port of \\S+ is down`,
    ),
    hints: [
      'Follow the way from the sender, interface by interface. Which of them carry?',
      'Look at the flags of each interface on the way: `ip -br link` in every namespace.',
      `The interface \`${device}\` of ${title(stop.netns)} is down. What does the kernel do with routes of an interface that goes down?`,
    ],
    told: `${device} in ${title(stop.netns)} was down.`,
  };
};

export const portMissing: FaultMaker = (network, random) => {
  if (network.id !== 'bridge') return undefined;
  const port = random.pick(['p1', 'p2']);
  return {
    id: 'bridge-port-missing',
    topic: 'link',
    level: 2,
    break: `ip link set ${port} nomaster`,
    mend: `ip link set ${port} master br0`,
    stops: port === 'p1' ? ['page', 'neighbour', 'internet'] : ['page', 'neighbour', 'colleague'],
    cause: new RegExp(`${port}.*is not a port of a bridge`),
    hints: [
      'The cables are there and carry. Where do frames go that come out of a cable on the host?',
      'Compare the ports of the bridge with the cables: `bridge link` or `ip -br link show master br0`.',
      `\`${port}\` is no port of \`br0\`.`,
    ],
    told: `${port} was not a port of br0.`,
  };
};

export const bridgeDown: FaultMaker = (network) => {
  if (network.id !== 'bridge') return undefined;
  return {
    id: 'bridge-down',
    topic: 'link',
    level: 1,
    break: 'ip link set br0 down',
    mend: 'ip link set br0 up',
    stops: ['page', 'neighbour', 'internet', 'colleague', 'away'],
    cause: /\bbr0 in host(?:,|, and that interface|, whose network holds \S+,)? is down/,
    hints: [
      'Nobody reaches anybody. What have they all in common?',
      'Look at the bridge itself, not only at its ports: `ip -br link show br0`.',
      'The bridge `br0` is down.',
    ],
    told: 'The bridge br0 was down.',
  };
};
