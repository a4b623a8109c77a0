/** What the kernel counted while it was watched, where that says why a packet went no further. Pure. */

export interface Count {
  name: string;
  /** By how much it rose. */
  more: number;
  words: string;
}

/** Counters of `/proc/net/snmp` and `netstat` that rise when a packet is dropped, and what that means. */
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
};

interface Group {
  head: string;
  columns: readonly (readonly [name: string, value: string])[];
}

/** The kernel writes a line of names and below it a line of numbers, each with the name of the group before it. */
function groups(text: string): Group[] {
  const found: Group[] = [];
  const lines = text.split('\n');
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
