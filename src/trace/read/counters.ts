/** What the kernel counted while it was watched, where that says why a packet went no further. Pure. */
import type { Packet, Transport } from './packet.ts';

export interface Count {
  name: string;
  /** By how much it rose. */
  more: number;
  words: string;
}

/** Counters of `/proc/net/snmp`, `netstat` and `snmp6` that rise when a packet is dropped, and what that means. */
const REASONS: Readonly<Record<string, string>> = {
  'TcpExt.IPReversePathFilter':
    'rp_filter: the way back to its source is not by the interface that it came in by',
  'Ip.InAddrErrors': 'the address is not its own, and it does not forward there',
  'Ip.InHdrErrors': 'its header was refused: the TTL had run out, or it is malformed',
  'IpExt.InNoRoutes': 'no route leads there',
  'Ip.OutNoRoutes': 'no route leads there',
  'Ip.InUnknownProtos': 'nobody takes this protocol',
  'Ip.InDiscards': 'it was discarded on arrival',
  'Ip.OutDiscards': 'it was discarded as it was to leave',
  'Ip.FragFails': 'it did not fit, and may not be cut into pieces',
  'Ip.ReasmFails': 'its pieces did not come together',
  'Icmp.InErrors': 'the ICMP message was refused',
  'Tcp.InErrs': 'the segment was refused',
  'Udp.NoPorts': 'no socket listens on that port',
  'Udp.InErrors': 'the datagram was refused',
  'TcpExt.ListenDrops': 'the queue of the listener is full',
  'TcpExt.TCPMD5NotFound': 'a signature was missing',
  'Ip6.InAddrErrors': 'the address is not its own, and it does not forward there',
  'Ip6.InHdrErrors': 'its header was refused: the hop limit had run out, or it is malformed',
  'Ip6.InNoRoutes': 'no route leads there',
  'Ip6.OutNoRoutes': 'no route leads there',
  'Ip6.InUnknownProtos': 'nobody takes this protocol',
  'Ip6.InDiscards': 'it was discarded on arrival',
  'Ip6.OutDiscards': 'it was discarded as it was to leave',
  'Ip6.FragFails': 'it did not fit, and may not be cut into pieces',
  'Ip6.ReasmFails': 'its pieces did not come together',
  'Icmp6.InErrors': 'the ICMP message was refused',
  'Udp6.NoPorts': 'no socket listens on that port',
  'Udp6.InErrors': 'the datagram was refused',
};

/** What a counter counts: of TCP both families together; `netstat` has one of IPv4's own among those of TCP. */
function countedBy(name: string): { family?: 4 | 6; transport?: Transport['name'] } {
  const [head = ''] = name.split('.');
  if (name === 'TcpExt.IPReversePathFilter') return { family: 4 };
  const transport = (['icmp', 'tcp', 'udp'] as const).find((each) => head.toLowerCase().startsWith(each));
  if (transport === 'tcp') return { transport };
  return { family: head.endsWith('6') ? 6 : 4, ...(transport && { transport }) };
}

/** Whether a counter may have counted this packet, or what is around it. */
export function mayCount(name: string, { ip, inner }: Packet): boolean {
  const { family, transport } = countedBy(name);
  const isHere =
    ip !== undefined &&
    (family === undefined || (family === 6) === ip.source.includes(':')) &&
    // of a later piece it is not known what it carries
    (transport === undefined || transport === ip.transport.name || ip.transport.name === 'other');
  return isHere || (inner !== undefined && mayCount(name, inner.packet));
}

interface Group {
  head: string;
  columns: (readonly [name: string, value: string])[];
}

/** Of IPv6 each stands on a line of its own: `Ip6InNoRoutes   2`. */
const ALONE = /^(Ip6|Icmp6|Udp6)([A-Z]\w*)\s+(\d+)$/;

/** The kernel writes a line of names and below it a line of numbers, each with the name of the group before it. */
function groups(text: string): Group[] {
  const found: Group[] = [];
  const lines = text.split('\n');
  for (const line of lines) {
    const [, head, name, value] = ALONE.exec(line.trim()) ?? [];
    const known = found.find((group) => group.head === head);
    const column = [name!, value!] as const;
    if (known !== undefined) known.columns.push(column);
    else if (head !== undefined) found.push({ head, columns: [column] });
  }
  for (let at = 0; at + 1 < lines.length; at++) {
    const [head, ...names] = lines[at]!.trim().split(/\s+/);
    const [same, ...numbers] = lines[at + 1]!.trim().split(/\s+/);
    if (head === undefined || !head.endsWith(':') || head !== same) continue;
    found.push({
      head: head.slice(0, -1),
      columns: names.map((name, i) => [name, numbers[i] ?? '0'] as const),
    });
    at++;
  }
  return found;
}

/** The same text with those alone that tell of a loss: there are hundreds. */
export function lossesOnly(text: string): string {
  return groups(text)
    .map(({ head, columns }) => ({
      head,
      columns: columns.filter(([name]) => Object.hasOwn(REASONS, `${head}.${name}`)),
    }))
    .filter(({ columns }) => columns.length > 0)
    .map(({ head, columns }) =>
      [0, 1].map((which) => `${head}: ${columns.map((column) => column[which]).join(' ')}\n`).join(''),
    )
    .join('');
}

const values = (text: string) =>
  new Map(
    groups(text).flatMap(({ head, columns }) =>
      columns.map(([name, value]): [string, number] => [`${head}.${name}`, Number(value)]),
    ),
  );

/** Only those that tell of a loss. */
export function droppedBy(counters: { before: string; after: string } | undefined): Count[] {
  if (counters === undefined) return [];
  const [before, after] = [values(counters.before), values(counters.after)];
  return Object.entries(REASONS).flatMap(([name, words]) => {
    const more = (after.get(name) ?? 0) - (before.get(name) ?? 0);
    return more > 0 ? [{ name, more, words }] : [];
  });
}
