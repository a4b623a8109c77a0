/** Whether a packet is one that a firewall rule means. `maybe`: the rule asks for something that we cannot tell. */
import { contains, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { ICMP_TYPE } from '../read/firewall/nft.ts';
import type { FirewallRule } from '../read/firewall.ts';
import type { Packet } from './packet.ts';
import { isLocal } from './routing.ts';
import type { Node } from './world.ts';

export type Likeness = 'yes' | 'no' | 'maybe';

export interface Passing {
  packet: Packet;
  /** Names of the interfaces; a bridge's for what it carries. */
  in?: string;
  out?: string;
}

/** One property: any of the positive values, none of the negated ones. */
function property(wanted: readonly string[], test: (value: string) => boolean | undefined): Likeness {
  const negative = wanted.filter((value) => value.startsWith('!')).map((value) => test(value.slice(1)));
  const positive = wanted.filter((value) => !value.startsWith('!')).map(test);
  if (negative.includes(true)) return 'no';
  if (positive.length > 0 && positive.every((each) => each === false)) return 'no';
  if (negative.includes(undefined) || (positive.length > 0 && !positive.includes(true))) return 'maybe';
  return 'yes';
}

/** Of IPv6 there is another ICMP; which of the two a packet is says its address. */
const NUMBERS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '4': 'ipencap',
  '6': 'tcp',
  '17': 'udp',
  '41': 'ipv6',
  '47': 'gre',
  '58': 'icmp6',
  ipip: 'ipencap',
  icmpv6: 'icmp6',
  'ipv6-icmp': 'icmp6',
};

/** Types of ICMP by the names of nft and the numbers of iptables; a code says no more here. */
const TYPES: Readonly<Record<string, string>> = {
  'echo-request': 'request',
  'echo-reply': 'reply',
  'nd-neighbor-solicit': 'solicitation',
  'nd-neighbor-advert': 'advertisement',
  'nd-router-advert': 'router',
  '134': 'router',
  '135': 'solicitation',
  '136': 'advertisement',
};
const ECHO = {
  4: { '8': 'request', '0': 'reply' },
  6: { '128': 'request', '129': 'reply' },
} as const;

function ofTypes(types: readonly string[], { destination, discovery, answer }: Packet): boolean {
  const own = discovery ?? (answer ? 'reply' : 'request');
  const echo: Readonly<Record<string, string>> = ECHO[destination.family];
  return types.some((type) => {
    const plain = type.split('/')[0]!;
    return (echo[plain] ?? TYPES[plain]) === own;
  });
}

function inPrefix(value: string, address: Packet['source']): boolean | undefined {
  if (address === undefined) return undefined;
  const [from, to] = value.split('-').map((each) => parseAddress(each));
  if (from !== undefined && to !== undefined) return address.value >= from.value && address.value <= to.value;
  const prefix = parsePrefix(value);
  return prefix === undefined ? undefined : contains(prefix, address);
}

function isInterface(value: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  return /[+*]$/.test(value) ? name.startsWith(value.slice(0, -1)) : name === value;
}

function inPorts(value: string, port: number | undefined): boolean | undefined {
  // The other port was chosen by the sender's kernel.
  if (port === undefined) return undefined;
  const [low, high] = value.split('-').map(Number);
  if (low === undefined || Number.isNaN(low)) return undefined;
  return port >= low && port <= (high ?? low);
}

/** Modules of iptables whose options are read into the rule's fields, or tell nothing about the packet. */
const UNDERSTOOD = new Set([
  'tcp',
  'udp',
  'icmp',
  'icmp6',
  'conntrack',
  'state',
  'comment',
  'multiport',
  'addrtype',
]);

function modules(rule: FirewallRule, passing: Passing, node: Node): Likeness {
  const parts: Likeness[] = [];
  for (const [, module] of rule.line.matchAll(/ -m (\S+)/g))
    if (!UNDERSTOOD.has(module!)) parts.push('maybe');
  const type = /(! )?--dst-type (\S+)/.exec(rule.line);
  if (type?.[2] === 'LOCAL')
    parts.push(isLocal(node, passing.packet.destination) === (type[1] === undefined) ? 'yes' : 'no');
  else if (type !== null || rule.line.includes('--src-type')) parts.push('maybe');
  const icmp = /(! )?--icmp(?:v6)?-type (\S+)/.exec(rule.line);
  if (icmp !== null && icmp[2] !== 'any') {
    const isOfIt = ofTypes([icmp[2]!], passing.packet);
    parts.push(isOfIt === (icmp[1] === undefined) ? 'yes' : 'no');
  }
  if (/--(tcp-flags|syn)\b/.test(rule.line)) parts.push('maybe');
  return least(parts);
}

export function least(parts: readonly Likeness[]): Likeness {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

/** As connection tracking of the node has it. Datagrams that nobody asked for begin a conversation of their own. */
function stateOf({ answer, protocol, knownTo, unansweredAt, discovery }: Packet, node: Node): string {
  // connection tracking leaves neighbour discovery alone
  if (discovery !== undefined) return 'untracked';
  if (unansweredAt !== undefined) return unansweredAt.has(node) ? 'invalid' : 'established';
  if (!answer) return 'new';
  if (knownTo === undefined || knownTo.has(node)) return 'established';
  return protocol === 'udp' ? 'new' : 'invalid';
}

const protocolOf = ({ protocol, destination }: Packet) =>
  protocol === 'icmp' && destination.family === 6 ? 'icmp6' : protocol;

export function ruleMatches(rule: FirewallRule, passing: Passing, node: Node): Likeness {
  const { packet } = passing;
  const port = (isServers: boolean, value: string) =>
    packet.protocol !== 'tcp' && packet.protocol !== 'udp'
      ? false
      : inPorts(value, isServers ? packet.port : undefined);
  const states = [stateOf(packet, node)];
  return least([
    property(rule.source, (value) => inPrefix(value, packet.source)),
    property(rule.destination, (value) => inPrefix(value, packet.destination)),
    property(rule.in, (value) => isInterface(value, passing.in)),
    property(rule.out, (value) => isInterface(value, passing.out)),
    property(
      rule.protocol,
      (value) => value === 'all' || (NUMBERS[value] ?? value.toLowerCase()) === protocolOf(packet),
    ),
    property(rule.dport, (value) => port(!packet.answer, value)),
    property(rule.sport, (value) => port(packet.answer, value)),
    property(rule.state, (value) => states.includes(value)),
    rule.icmpTypes === undefined || (packet.protocol === 'icmp' && ofTypes(rule.icmpTypes, packet))
      ? 'yes'
      : 'no',
    // nft shows a target of iptables by its name alone: that hides nothing of what the rule asks for.
    rule.mark.length > 0 ||
    rule.conditions.some((name) => rule.icmpTypes === undefined || !ICMP_TYPE.has(name)) ||
    rule.hidden.some((part) => part.toLowerCase() !== rule.action)
      ? 'maybe'
      : 'yes',
    modules(rule, passing, node),
  ]);
}
