/** A name server, and the way to it and back. */
import type { FaultMaker, Network } from '../model.ts';
import { restored } from './six-tools.ts';
import { addressAt, at, escaped, inside } from './tools.ts';

const ALL = ['name', 'page', 'colleague'];
const clientOf = ({ flows }: Network) => flows[0]!.from;
const serverOf = (network: Network) => addressAt(network, 'ns', 'eth0')!.split('/')[0]!;
const fileOf = (netns: string) => `/etc/netns/${netns}/resolv.conf`;

const isSix = ({ id }: Network) => id === 'names-six';
/** By family: all addresses, loopback, the tool for rules, the option of ip. */
const wordsOf = (network: Network) =>
  isSix(network)
    ? { everywhere: '::', loopback: '::1', tables: 'ip6tables', ip: '-6 ' }
    : { everywhere: '0.0.0.0', loopback: '127.0.0.1', tables: 'iptables', ip: '' };

const STOP = `kill $(ip netns pids ns | xargs -r -n1 sh -c 'grep -qs named /proc/$0/cmdline && echo $0'); sleep 0.1`;
const start = (address: string) => `ip netns exec ns /srv/ns/named ${address}`;

export const nameServerGone: FaultMaker = (network, random) => {
  const { everywhere, loopback } = wordsOf(network);
  const isGone = random.pick([true, false]);
  return {
    id: isGone ? 'names-stopped' : 'names-loopback',
    topic: 'dns',
    area: 'service',
    level: isGone ? 1 : 2,
    break: isGone ? STOP : `${STOP}\n${start(loopback)}`,
    mend: isGone ? start(everywhere) : `${STOP}\n${start(everywhere)}`,
    stops: ALL,
    cause: isGone
      ? /Nothing listens on udp port 53 in ns/
      : new RegExp(`ns listens on udp port 53 only at ${escaped(loopback)}`),
    hints: [
      `By its address the page comes. What is asked before that, and whom?`,
      'Look at the sockets in `ns`: `ss -lun`. Read the column of the local address.',
      isGone ? 'No name server runs in `ns`.' : `The name server of \`ns\` listens on ${loopback} alone.`,
    ],
    told: isGone
      ? 'The name server of ns did not run.'
      : `The name server of ns listened on ${loopback} alone.`,
  };
};

export const dnsDropped: FaultMaker = (network, random) => {
  const where = random.pick(['there', 'back', 'input', 'own']);
  const client = clientOf(network);
  const { tables } = wordsOf(network);
  const [netns, rule] = {
    there: ['gw', 'FORWARD -p udp --dport 53 -j DROP'],
    back: ['gw', 'FORWARD -p udp --sport 53 -j DROP'],
    input: ['ns', 'INPUT -p udp --dport 53 -j DROP'],
    own: [client, 'INPUT -p udp --sport 53 -j DROP'],
  }[where] as [string, string];
  const isBack = where === 'back' || where === 'own';
  return {
    id: isBack ? 'dns-dropped-back' : 'dns-dropped',
    topic: 'dns',
    area: 'firewall',
    level: isBack ? 4 : 3,
    break: inside(netns, `${tables} -A ${rule}`),
    mend: inside(netns, `${tables} -D ${rule}`),
    stops: where === 'own' ? ['name', 'page'] : ALL,
    cause: new RegExp(
      `firewall of ${netns} drops the ${isBack ? 'answer' : 'packet'} .*(?:--${isBack ? 's' : 'd'}port 53 -j DROP|${isBack ? 's' : 'd'}port 53 drop)`,
    ),
    hints: [
      'Does the question arrive at `ns`? Does its answer come back?',
      'Watch both sides of `gw`, and `ns`: `tcpdump -n -i any udp port 53`. Then look at the rules where it is seen last.',
      `\`${netns}\` drops UDP ${isBack ? 'from' : 'to'} port 53.`,
    ],
    told: `${netns} dropped UDP ${isBack ? 'from' : 'to'} port 53.`,
  };
};

export const wrongNameServer: FaultMaker = (network, random) => {
  const client = clientOf(network);
  const right = serverOf(network);
  const kind = random.pick(['nobody', 'other', 'none']);
  const wrong = {
    nobody: right.replace(/\d+$/, String(100 + random.number(100))),
    other: addressAt(network, network.server, 'eth0')!.split('/')[0]!,
    none: '',
  }[kind]!;
  const write = (server: string) =>
    server === '' ? `echo "search lab" >${fileOf(client)}` : `echo "nameserver ${server}" >${fileOf(client)}`;
  return {
    id: kind === 'none' ? 'no-name-server' : 'wrong-name-server',
    topic: 'dns',
    area: 'address',
    level: kind === 'none' ? 1 : 2,
    break: write(wrong),
    mend: write(right),
    stops: ['name', 'page'],
    cause:
      kind === 'none'
        ? new RegExp(`${escaped(fileOf(client))} names no server`)
        : new RegExp(
            `name server ${escaped(wrong)}.*(?:none is there|has the address ${escaped(wrong)}|Nothing listens on udp port 53 in ${network.server})|has the address ${escaped(wrong)}|Nothing listens on udp port 53 in ${network.server}`,
          ),
    hints: [
      'One can look up names, another cannot. What is different between the two?',
      `Which name server does \`${client}\` ask? Compare its file with that of the other.`,
      kind === 'none'
        ? `\`${client}\` has no name server: none stands in its resolv.conf.`
        : `\`${client}\` asks ${wrong}, where there is no name server.`,
    ],
    told:
      kind === 'none'
        ? `${client} had no name server in its resolv.conf.`
        : `${client} asked ${wrong} instead of ${right}.`,
  };
};

export const wrongRecord: FaultMaker = (network, random) => {
  const target = network.flows.find(({ id }) => id === 'address')!.path.at(-1)!.address!;
  const name = String(network.flows[0]!.check.dns);
  const wrong = target.replace(/\d+$/, String(100 + random.number(100)));
  const write = (address: string) => `echo "${address} ${name}" >/srv/ns/hosts`;
  return {
    id: 'wrong-record',
    topic: 'dns',
    area: 'nat',
    level: 3,
    break: write(wrong),
    mend: write(target),
    stops: ALL,
    cause: new RegExp(
      `name server ${escaped(serverOf(network))} is reached and answers|has the address ${escaped(wrong)}`,
    ),
    hints: [
      'There is an answer. Is it the right one?',
      `Compare what the name server says of ${name} with the address of \`${network.server}\`.`,
      `The name server has ${wrong} for ${name}.`,
    ],
    told: `The name server had ${wrong} for ${name} instead of ${target}.`,
  };
};

export const nameServerCutOff: FaultMaker = (network) => {
  const [route] = network.topology.namespaces!.ns!.routes!;
  return {
    id: 'names-no-way-back',
    topic: 'dns',
    area: 'route',
    level: 2,
    break: at('ns', `${wordsOf(network).ip}route del default`),
    mend: at('ns', `${wordsOf(network).ip}route replace ${route}`),
    stops: ALL,
    also: [{ route: addressAt(network, clientOf(network), 'eth0')!.split('/')[0]!, get: true, in: 'ns' }],
    cause: /The answer does not find its way back: ns has no route to/,
    hints: [
      'Does the question arrive at `ns`? Does its answer come back?',
      'Ask the kernel of `ns` for the way back: `ip route get` with the address of who asks.',
      '`ns` has no default route.',
    ],
    told: 'ns had no default route.',
  };
};

export const nameServerDown: FaultMaker = (network, random) => {
  const [netns, device] = random.pick([
    ['ns', 'eth0'],
    ['gw', 'names'],
  ] as const);
  const routes = network.topology.namespaces![netns]?.routes ?? [];
  return {
    id: 'names-interface-down',
    topic: 'dns',
    area: 'link',
    level: 1,
    break: at(netns, `link set ${device} down`),
    mend: [
      at(netns, `link set ${device} up`),
      ...(isSix(network)
        ? [restored(network, netns, device)]
        : routes.map((route) => at(netns, `route replace ${route}`))),
    ].join('\n'),
    stops: ALL,
    ...(isSix(network) ? { loses: [`${netns} ${device}`] } : {}),
    cause: new RegExp(
      `\\b${device} in ${netns}(?:,|, and that interface|, whose network holds \\S+,)? is down`,
    ),
    hints: [
      'By its address the page comes. What is asked before that, and whom?',
      'Go the way to the name server, interface by interface: `ip -br link` in every namespace.',
      `The interface \`${device}\` of \`${netns}\` is down. What becomes of its routes?`,
    ],
    told: `${device} in ${netns} was down.`,
  };
};

export const nameServerGuarded: FaultMaker = () => ({
  id: 'dns-nft-table',
  topic: 'dns',
  area: 'firewall',
  level: 4,
  break: inside(
    'ns',
    `nft 'table inet guard { chain in { type filter hook input priority -10; policy accept; udp dport 53 drop; }; }'`,
  ),
  mend: inside('ns', 'nft delete table inet guard'),
  stops: ALL,
  cause: /firewall of ns drops .*dport 53 drop/,
  hints: [
    'The question arrives at `ns`, and no rule of iptables is there. Is it the only one who writes rules?',
    'The kernel has one packet filter and several tools: `nft list ruleset`.',
    '`ns` has a table `inet guard` that drops UDP to port 53.',
  ],
  told: 'A table of nftables in ns dropped UDP to port 53.',
});

const settingOf = (network: Network) =>
  isSix(network) ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';

export const gatewayOff: FaultMaker = (network) => ({
  id: 'names-forwarding-off',
  topic: 'dns',
  area: 'forward',
  level: 1,
  break: inside('gw', `sysctl -qw ${settingOf(network)}=0`),
  mend: inside('gw', `sysctl -qw ${settingOf(network)}=1`),
  stops: [...ALL, 'address'],
  cause: /gw does not forward/,
  hints: [
    'Is it the name alone that does not work? Try the address.',
    'Where is the question seen last? Look at the settings of that node.',
    `\`gw\` does not forward: ${settingOf(network)} is 0.`,
  ],
  told: 'gw did not forward.',
});
