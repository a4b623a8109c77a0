/** What is different of IPv6: counters of its own, pieces with a header of their own. */
import { describe, expect, test } from 'vitest';
import { droppedBy, lossesOnly, mayCount } from '../../src/trace/read/counters.ts';
import { identity, type Packet, readBody } from '../../src/trace/read/packet.ts';

const SIX = 0x86dd;
const MORE = 1;

/** fd00::1 to fd00::2. */
function six(next: number, ...parts: Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  const head = Buffer.alloc(40);
  head.set([0x60], 0);
  head.writeUInt16BE(payload.length, 4);
  head.set([next, 64], 6);
  for (const [at, last] of [
    [8, 1],
    [24, 2],
  ] as const)
    head.set([0xfd, ...Array<number>(14).fill(0), last], at);
  return Buffer.concat([head, payload]);
}

function piece(next: number, offset: number, flags: number, id: number): Buffer {
  const header = Buffer.alloc(8);
  header[0] = next;
  header.writeUInt16BE(offset | flags, 2);
  header.writeUInt32BE(id, 4);
  return header;
}

const echo = (seq: number) => Buffer.from([128, 0, 0, 0, 0, 7, 0, seq, 1, 2, 3, 4]);

describe('a packet in pieces', () => {
  test('of a later one it is not guessed what it carries', () => {
    // as it happens in the middle of something, these bytes would be ports, and a header of another kind
    const middle = Buffer.from([0, 53, 0, 53, 0, 12, 0, 0, 9, 9, 9, 9]);
    const later = readBody(SIX, six(44, piece(17, 1448, 0, 99), middle));
    expect(later.ip).toMatchObject({ fragment: 1448, id: 99, transport: { name: 'other', number: 17 } });
    const options = readBody(SIX, six(44, piece(60, 1448, 0, 99), Buffer.from([6, 0, 0, 0, 0, 0, 0, 0])));
    expect(options.ip?.transport).toEqual({ name: 'other', number: 60 });
  });

  test('the first one shows its header, and two packets are two', () => {
    const first = readBody(SIX, six(44, piece(58, 0, MORE, 5), echo(1)));
    expect(first.ip).toMatchObject({ fragment: 0, id: 5, transport: { name: 'icmp', type: 128, seq: 1 } });
    const laterOf = (id: number) => identity(readBody(SIX, six(44, piece(58, 1448, 0, id), echo(0))));
    expect(laterOf(5)).not.toBe(laterOf(6));
  });

  test('one that is whole has no number', () => {
    const whole = readBody(SIX, six(58, echo(1)));
    expect(whole.ip).not.toHaveProperty('id');
    expect(whole.ip).not.toHaveProperty('fragment');
  });
});

describe('counters', () => {
  const text = (noRoutes: number, noPorts: number) =>
    lossesOnly(
      `Udp: InDatagrams NoPorts\nUdp: 5 ${noPorts}\nIp6InReceives                   \t17\nIp6InNoRoutes                   \t${noRoutes}\nIcmp6InErrors 0\nUdpLite6InErrors 4\n`,
    );

  test('those of IPv6 are read, each on a line of its own', () => {
    expect(text(2, 0)).toBe('Ip6: InNoRoutes\nIp6: 2\nIcmp6: InErrors\nIcmp6: 0\nUdp: NoPorts\nUdp: 0\n');
    const counts = droppedBy({ before: text(2, 0), after: text(3, 1) });
    expect(counts.map(({ name, more }) => `${name} ${more}`)).toEqual(['Udp.NoPorts 1', 'Ip6.InNoRoutes 1']);
  });

  const packet = (source: string, name: 'icmp' | 'tcp' | 'udp'): Packet => ({
    ip: {
      source,
      destination: source,
      ttl: 64,
      length: 60,
      transport: { name, type: 8, code: 0, from: 1, to: 2, seq: 0, ack: 0, flags: '', bytes: 0 } as never,
    },
  });

  test.each([
    ['Udp.NoPorts', '10.0.0.1', 'udp', true],
    ['Udp.NoPorts', '10.0.0.1', 'icmp', false],
    ['Udp.NoPorts', 'fd00::1', 'udp', false],
    ['Udp6.NoPorts', 'fd00::1', 'udp', true],
    ['Ip.InAddrErrors', 'fd00::1', 'icmp', false],
    ['Ip6.InAddrErrors', 'fd00::1', 'icmp', true],
    ['Ip6.InAddrErrors', '10.0.0.1', 'icmp', false],
    ['TcpExt.ListenDrops', 'fd00::1', 'tcp', true],
    ['TcpExt.ListenDrops', '10.0.0.1', 'udp', false],
    ['TcpExt.IPReversePathFilter', '10.0.0.1', 'udp', true],
    ['TcpExt.IPReversePathFilter', 'fd00::1', 'tcp', false],
  ] as const)('%s may have counted a packet of %s (%s): %s', (name, source, transport, may) => {
    expect(mayCount(name, packet(source, transport))).toBe(may);
  });

  test('a tunnel is counted by what is around it too', () => {
    const around = {
      ...packet('10.0.0.1', 'udp'),
      inner: { tunnel: 'vxlan 1', packet: packet('fd00::1', 'icmp') },
    };
    expect(['Udp.NoPorts', 'Ip6.InNoRoutes', 'Udp6.NoPorts'].map((name) => mayCount(name, around))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
