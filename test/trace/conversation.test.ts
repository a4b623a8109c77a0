/** Which error is about which packet, and how many flows are asked about. */
import { expect, test } from 'vitest';
import { Conversation } from '../../src/trace/conversation.ts';
import type { Open } from '../../src/trace/open.ts';
import type { Packet, Transport } from '../../src/trace/read/packet.ts';
import { asksOf, MOST_QUESTIONS } from '../../src/trace/routes/asked.ts';
import type { Decision } from '../../src/trace/routes/decisions.ts';

const datagram: Transport = { name: 'udp', from: 4000, to: 53, bytes: 20 };
const packet = (
  id: number,
  source: string,
  destination: string,
  transport: Transport = datagram,
): Packet => ({
  ip: { source, destination, ttl: 64, id, length: 48, transport },
});
const open = (of: Packet): Open => ({
  key: JSON.stringify(of),
  kind: 'packet',
  steps: [
    {
      is: 'frame',
      at: 0,
      space: 0,
      title: 'a',
      interface: 'eth0',
      direction: 'out',
      packet: of,
      changes: [],
    },
  ],
});

test('an error is about the packet that it quotes, not about others of its flow', () => {
  const sent = [7, 8].map((id) => packet(id, '10.0.0.1', '10.0.0.2'));
  const error: Transport = { name: 'icmp', type: 3, code: 3, about: sent[1]! };
  const all = [...sent, packet(0, '10.0.0.2', '10.0.0.1', error)].map(open);
  const talk = new Conversation(all);
  expect(talk.errorAbout(0)).toBeUndefined();
  expect(talk.errorAbout(1)).toBe(all[2]);
});

test('of a scan the first flows are asked about, each once', () => {
  const decisions = Array.from(
    { length: 3 * MOST_QUESTIONS },
    (_, n): Decision => ({
      at: 0,
      space: 0,
      depth: 0,
      title: 'a',
      // each flow twice
      question: {
        way: 'output',
        source: '10.0.0.1',
        destination: '10.0.0.2',
        protocol: 6,
        from: 4000,
        to: n >> 1,
      },
      translated: false,
      left: [],
      unpacked: false,
      again: false,
      time: undefined,
    }),
  );
  const asks = asksOf(decisions, () => 'eth0');
  const of = (what: string) => asks.filter(({ key }) => key.startsWith(`${what} `)).length;
  expect([of('entry'), of('hop')]).toEqual([MOST_QUESTIONS, MOST_QUESTIONS]);
  expect(asks.filter(({ key }) => key === 'links')).toHaveLength(1);
});
