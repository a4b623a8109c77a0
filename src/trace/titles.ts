/** Packets and places in words. Pure. */
import type { TraceCapture, TraceSpace } from './capture.ts';
import { ends, tupleOf } from './flow.ts';
import type { Dns } from './read/dns.ts';
import { innermost, type Packet, type Transport } from './read/packet.ts';

export function spaceTitle(space: TraceSpace, hosts: number): string {
  if (space.host === '') return 'between the hosts';
  if (space.netns === '') return space.host;
  const name = space.netns.startsWith('#') ? `the namespace of ${space.words || 'a process'}` : space.netns;
  return hosts > 1 ? `${name} on ${space.host}` : name;
}

export function titlesOf(capture: TraceCapture): string[] {
  const hosts = new Set(capture.spaces.map((space) => space.host).filter((host) => host !== '')).size;
  return capture.spaces.map((space) => spaceTitle(space, hosts));
}

const ICMP: Readonly<Record<string, string>> = {
  '0': 'echo reply',
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/2': 'protocol unreachable',
  '3/3': 'port unreachable',
  '3/4': 'too big',
  '3/9': 'network prohibited',
  '3/10': 'host prohibited',
  '3/13': 'administratively prohibited',
  '3': 'unreachable',
  '5': 'redirect',
  '8': 'echo request',
  '11': 'time exceeded',
};
const ICMP6: Readonly<Record<string, string>> = {
  '1/0': 'no route',
  '1/1': 'prohibited',
  '1/3': 'address unreachable',
  '1/4': 'port unreachable',
  '1': 'unreachable',
  '2': 'too big',
  '3': 'time exceeded',
  '128': 'echo request',
  '129': 'echo reply',
  '135': 'neighbour solicitation',
  '136': 'neighbour advertisement',
};

/** `DNS A example.com?`, `DNS A example.com: 93.184.215.14`. */
function dnsWords({ type, name, answer }: Dns): string {
  if (answer === undefined) return `DNS ${type} ${name}?`;
  const { code, values } = answer;
  return `DNS ${type} ${name}: ${code !== 'NOERROR' ? code : values.length > 0 ? values.join(', ') : 'none'}`;
}

const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  4: 'IPIP',
  6: 'TCP',
  17: 'UDP',
  41: 'IPv6 in IP',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  58: 'ICMPv6',
  132: 'SCTP',
};

export function transportWords(transport: Transport, six: boolean): string {
  switch (transport.name) {
    case 'icmp': {
      const names = six ? ICMP6 : ICMP;
      const { type, code, seq, mtu } = transport;
      const name = names[`${type}/${code}`] ?? names[String(type)] ?? `type ${type} code ${code}`;
      return `${six ? 'ICMPv6' : 'ICMP'} ${name}${seq === undefined ? '' : ` ${seq}`}${mtu === undefined ? '' : `, MTU ${mtu}`}`;
    }
    case 'tcp':
      return `TCP ${transport.flags || 'segment'}${transport.bytes > 0 ? `, ${transport.bytes} bytes` : ''}`;
    case 'udp':
      return transport.dns === undefined ? `UDP, ${transport.bytes} bytes` : dnsWords(transport.dns);
    case 'other':
      return PROTOCOLS[transport.number] ?? `protocol ${transport.number}`;
  }
}

export function packetTitle(packet: Packet): string {
  const { arp, ip } = innermost(packet);
  if (arp !== undefined)
    return arp.op === 'request'
      ? `ARP who has ${arp.target}? asks ${arp.sender}`
      : `ARP ${arp.sender} is at ${arp.senderMac}`;
  const tuple = tupleOf(packet);
  if (ip === undefined || tuple === undefined) return 'a frame';
  const { source, destination } = ends(tuple);
  if (ip.fragment !== undefined && ip.fragment > 0)
    return `${PROTOCOLS[tuple.protocol] ?? `protocol ${tuple.protocol}`} fragment from byte ${ip.fragment}  ${source} → ${destination}`;
  return `${transportWords(ip.transport, ip.source.includes(':'))}  ${source} → ${destination}`;
}
