/** Addresses, prefixes, neighbours. */
import type { FaultMaker } from '../model.ts';
import { addressAt, at, endsOf, escaped, from, to } from './tools.ts';

const bare = (prefix: string) => prefix.split('/')[0]!;
const withLast = (address: string, last: number) => address.replace(/\d+$/, String(last));

export const wrongPrefix: FaultMaker = (network, random) => {
  const { sender } = endsOf(network);
  const { netns } = sender;
  const prefix = addressAt(network, netns, 'eth0')!;
  const wrong = random.pick(['32', '30']);
  const address = bare(prefix);
  // of a /30 the gateway .1 or the neighbour .12 would be a part for some addresses
  const length =
    network.id === 'cable' || network.id === 'bridge'
      ? '32'
      : wrong === '30' && !address.endsWith('.10')
        ? '32'
        : '32';
  const routes = network.topology.namespaces?.[netns]?.routes ?? [];
  return {
    id: 'wrong-prefix',
    topic: 'address',
    level: 2,
    break: `${at(netns, `addr del ${prefix} dev eth0`)}; ${at(netns, `addr add ${address}/${length} dev eth0`)}`,
    mend: [
      at(netns, `addr del ${address}/${length} dev eth0`),
      at(netns, `addr add ${prefix} dev eth0`),
      ...routes.map((route) => at(netns, `route replace ${route}`)),
    ].join('; '),
    stops: from(network, netns),
    cause: new RegExp(`\\b${netns} has no route to .*the prefix of ${escaped(address)}/${length} on eth0`),
    hints: [
      'The address is right. What does the kernel conclude of the number behind the slash?',
      `Compare the prefix lengths in \`${netns}\` and at its neighbour, then \`ip route\`.`,
      `\`${netns}\` has its address with the prefix /${length}: to it, it is alone on its network.`,
    ],
    told: `${netns} had ${address}/${length} instead of ${prefix}.`,
  };
};

export const wrongAddress: FaultMaker = (network, random) => {
  const { target } = endsOf(network);
  const prefix = addressAt(network, target.netns, 'eth0')!;
  const other = `${withLast(bare(prefix), 100 + random.number(100))}/24`;
  const routes = network.topology.namespaces?.[target.netns]?.routes ?? [];
  return {
    id: 'wrong-address',
    topic: 'address',
    level: 1,
    break: [
      at(target.netns, `addr del ${prefix} dev eth0`),
      at(target.netns, `addr add ${other} dev eth0`),
      ...routes.map((route) => at(target.netns, `route replace ${route}`)),
    ].join('; '),
    mend: [
      at(target.netns, `addr del ${other} dev eth0`),
      at(target.netns, `addr add ${prefix} dev eth0`),
      ...routes.map((route) => at(target.netns, `route replace ${route}`)),
    ].join('; '),
    stops: to(network, target.netns),
    cause: new RegExp(`^Nobody that .* has the address ${escaped(bare(prefix))}`),
    hints: [
      'Who has the address that is asked for?',
      `Ask for the neighbour and look at the answer: \`ip neigh\`. Then look at the addresses of \`${target.netns}\`.`,
      `\`${target.netns}\` has the address ${other}; everybody asks for ${bare(prefix)}.`,
    ],
    told: `${target.netns} had the address ${other} instead of ${prefix}.`,
  };
};

export const duplicateAddress: FaultMaker = (network) => {
  if (network.id !== 'bridge') return undefined;
  const { target } = endsOf(network);
  const prefix = addressAt(network, target.netns, 'eth0')!;
  const colleague = network.flows.find(({ id }) => id === 'colleague')!.from;
  const others = Object.keys(network.topology.namespaces!).filter(
    (netns) => netns !== target.netns && netns !== colleague,
  );
  return {
    id: 'duplicate-address',
    topic: 'address',
    level: 4,
    // The one that answers first wins: here the wrong one, whose answer the others have already, and ask for again by
    // its MAC alone. They forget soon, so that who takes the address away need not know of that.
    break: [
      at(colleague, `addr add ${prefix} dev eth0`),
      ...others.flatMap((netns) => [
        at(netns, 'ntable change name arp_cache dev eth0 base_reachable 3000 delay_probe 1000'),
        at(
          netns,
          `neigh replace ${bare(prefix)} lladdr $(ip netns exec ${colleague} cat /sys/class/net/eth0/address) dev eth0 nud reachable`,
        ),
      ]),
    ].join('\n'),
    mend: [
      at(colleague, `addr del ${prefix} dev eth0`),
      ...others.map((netns) => at(netns, 'neigh flush dev eth0')),
    ].join('\n'),
    // without the answers that the others have learnt, who wins is left to chance
    also: [{ interface: 'eth0', in: colleague, address: prefix, not: true }],
    settles: '15s',
    stops: ['page'],
    // pings are answered by the wrong one, its own too
    masks: ['neighbour', 'colleague'],
    cause: new RegExp(`address ${escaped(bare(prefix))} is there twice: .*\\bin ${colleague}\\b`),
    hints: [
      'Something answers. Is it the one that you mean?',
      'Compare the MAC in `ip neigh` with those of the interfaces.',
      `Two interfaces have the address ${bare(prefix)}.`,
    ],
    told: `${colleague} had the address of ${target.netns} too.`,
  };
};

export const wrongNeighbour: FaultMaker = (network) => {
  const { sender, target } = endsOf(network);
  const isNear = network.id === 'cable' || network.id === 'bridge';
  const next = isNear
    ? bare(addressAt(network, target.netns, 'eth0')!)
    : /via (\S+)/.exec(network.topology.namespaces![sender.netns]!.routes![0]!)![1]!;
  const stops = isNear
    ? network.flows
        .filter((flow) => flow.from === sender.netns && flow.path.at(-1)!.netns === target.netns)
        .map(({ id }) => id)
    : network.id === 'inside'
      ? ['shop']
      : from(network, sender.netns);
  return {
    id: 'poisoned-neighbour',
    topic: 'neighbour',
    level: 3,
    break: at(sender.netns, `neigh replace ${next} lladdr 02:00:00:00:be:ef dev eth0 nud permanent`),
    mend: at(sender.netns, `neigh flush to ${next} dev eth0 nud permanent`),
    stops,
    cause: new RegExp(`^${sender.netns} sends what is for ${escaped(next)} to the MAC 02:00:00:00:be:ef`),
    hints: [
      'Packets leave. To whom are the frames addressed?',
      `Look at what \`${sender.netns}\` believes of its neighbours, and compare the MAC with that of the other end.`,
      `\`${sender.netns}\` has a permanent neighbour entry for ${next} with a MAC that nobody has.`,
    ],
    told: `${sender.netns} had a wrong MAC for ${next}.`,
  };
};
