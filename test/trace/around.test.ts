/** What a tunnel puts around a packet is found by its own header, also where several packets have the same around them. */
import { expect, test } from 'vitest';
import { carriedBy } from '../../src/trace/around.ts';
import type { Packet } from '../../src/trace/read/packet.ts';
import { identity } from '../../src/trace/read/packet.ts';
import type { Seen } from '../../src/trace/sightings.ts';

/** An echo request of IPv4 in IPv6: what is around it has no number, so that it looks the same each time. */
const tunnelled = (seq: number): Packet => ({
  ip: {
    source: 'fd00::1',
    destination: 'fd00::2',
    ttl: 64,
    length: 124,
    transport: { name: 'other', number: 4 },
  },
  inner: {
    tunnel: 'ipip6',
    packet: {
      ip: {
        source: '10.0.0.1',
        destination: '10.0.0.2',
        ttl: 64,
        id: 100 + seq,
        length: 84,
        transport: { name: 'icmp', type: 8, code: 0, id: 7, seq },
      },
    },
  },
});
const seen = (seq: number, at: number): Seen => {
  const packet = tunnelled(seq);
  const place = {
    is: 'frame',
    at,
    space: 0,
    title: 'host',
    interface: 'eth0',
    direction: 'out',
    changes: [],
  } as const;
  return { key: identity(packet)!, sightings: [{ ...place, packet }] };
};

test('a decision is of the packet that was seen last before it, the first one where it came before any', () => {
  const all = [seen(1, 1000), seen(2, 5000), seen(3, 9000)];
  const carried = carriedBy(all, 1_000_000n);
  const { inner: _, ...outer } = tunnelled(1);
  const at = (time: bigint) => carried(identity(outer)!, 1_000_000n + time);
  expect(at(1500n)).toMatchObject({ key: all[0]!.key, depth: 1 });
  expect(at(5000n)).toMatchObject({ key: all[1]!.key });
  expect(at(8999n)).toMatchObject({ key: all[1]!.key });
  expect(at(20_000n)).toMatchObject({ key: all[2]!.key });
  expect(at(10n)).toMatchObject({ key: all[0]!.key });
  expect(carried('nothing like it', 5000n)).toBeUndefined();
});
