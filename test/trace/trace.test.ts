import { describe, expect, test } from 'vitest';
import type { TraceCapture } from '../../src/trace/capture.ts';
import type { Journey, Step } from '../../src/trace/model.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { routeText } from '../../src/trace/write/route.ts';
import { recorded } from './recorded.ts';

const word = (step: Step): string => {
  if (step.is === 'frame') return `${step.title} ${step.interface} ${step.direction}`;
  if (step.is === 'translated') return `${step.title} translated`;
  if (step.is === 'route') return `${step.title} route ${routeText(step)}`;
  return `${step.title} ${step.hook} ${step.decision.chain} ${step.decision.verdict}`;
};
const way = (journey: Journey | undefined) => journey?.steps.map(word);
const packets = (name: string) => traceOf(recorded(name)).journeys.filter(({ kind }) => kind === 'packet');

describe('the way of a packet', () => {
  test('over a bridge and back, with the hooks that the bridge calls', () => {
    const [request, reply] = packets('bridge');
    expect(way(request)).toEqual([
      'client1 eth0 out',
      'host veth1 in',
      'host prerouting PREROUTING accept',
      'host postrouting POSTROUTING accept',
      'host veth2 out',
      'client2 eth0 in',
    ]);
    expect(way(reply)).toEqual(['client2 eth0 out', 'host veth2 in', 'host veth1 out', 'client1 eth0 in']);
    expect(request).toMatchObject({ answer: false, end: { state: 'answered', title: 'client2' } });
    expect(reply).toMatchObject({ answer: true, end: { state: 'arrived', title: 'client1' } });
  });

  test('out by a router that translates, and back', () => {
    const [request, reply] = packets('out');
    expect(way(request)).toEqual([
      'client1 eth0 out',
      'host veth1 in',
      'host br0 in',
      'host prerouting PREROUTING accept',
      'host postrouting POSTROUTING accept',
      'host translated',
      'host eth0 out',
      'between the hosts to-0 in',
      'between the hosts underlay in',
    ]);
    const out = request!.steps.find(
      (step) => step.is === 'frame' && step.interface === 'eth0' && step.title === 'host',
    );
    expect(out).toMatchObject({
      changes: [
        { field: 'source', before: '172.30.0.11', after: '172.17.0.33' },
        { field: 'ttl', before: '64', after: '63' },
        { field: 'mac' },
      ],
    });
    const rule = request!.steps.findLast((step) => step.is === 'ruling');
    expect(rule).toMatchObject({ line: '-A POSTROUTING -s 172.30.0.0/24 -o eth0 -j MASQUERADE' });
    expect(way(reply)?.at(-1)).toBe('client1 eth0 in');
  });

  test('to a service: the destination is translated before the route is chosen', () => {
    const [request, reply] = packets('dnat');
    expect(way(request)?.slice(0, 3)).toEqual([
      'client1 eth0 out',
      'host veth1 in',
      'host prerouting PREROUTING accept',
    ]);
    expect(request!.steps.find((step) => step.is === 'translated')).toMatchObject({
      connection: { original: { destination: '10.96.0.10' }, reply: { source: '172.30.0.12' } },
    });
    expect(reply!.steps.at(-1)).toMatchObject({ packet: { ip: { source: '10.96.0.10' } } });
  });

  test('of a whole connection: every segment, each under its own way', () => {
    const all = packets('http');
    expect(all.map(({ title }) => title.split('  ')[0])).toEqual([
      'TCP SYN',
      'TCP SYN ACK',
      'TCP ACK',
      'TCP PSH ACK, 71 bytes',
      'TCP ACK',
      'TCP PSH ACK, 235 bytes',
      'TCP ACK',
      'TCP FIN ACK',
      'TCP FIN ACK',
      'TCP ACK',
    ]);
    expect(all.map(({ answer }) => answer)).toEqual([
      false,
      true,
      false,
      false,
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
    // only the first packet of a connection is asked about by nat
    expect(
      all
        .slice(1)
        .flatMap(({ steps }) => steps)
        .every((step) => step.is === 'frame'),
    ).toBe(true);
  });

  test('through a tunnel: inner and outer', () => {
    const { journeys } = traceOf(recorded('vxlan'));
    const request = journeys.find(({ title }) => title.includes('echo request'));
    expect(way(request)).toEqual([
      'client1 vx out',
      'client1 eth0 out',
      'host veth1 in',
      'host prerouting PREROUTING accept',
      'host postrouting POSTROUTING accept',
      'host veth2 out',
      'client2 eth0 in',
      'client2 vx in',
    ]);
    // rules see what is around it
    expect(request!.steps[3]).toMatchObject({
      around: 1,
      decision: { packet: { ip: { transport: { to: 4789 } } } },
    });
    expect(request!.steps[2]).toMatchObject({
      packet: {
        ip: { source: '172.30.0.11', destination: '172.30.0.12' },
        inner: { tunnel: 'vxlan 42', packet: { ip: { source: '10.77.0.1', destination: '10.77.0.2' } } },
      },
    });
  });
});

describe('where it ends', () => {
  test.each([
    [
      'dropped',
      'dropped',
      'host',
      'dropped in host at forward by the rule "-A FORWARD -d 8.8.8.8/32 -i br0 -j DROP"',
    ],
    [
      'rejected',
      'refused',
      'host',
      'refused in host at forward by the rule "-A FORWARD -d 8.8.8.8/32 -i br0 -j REJECT',
    ],
    [
      'policy',
      'dropped',
      'client1',
      'dropped in client1 at output by the policy of the chain ip filter OUTPUT',
    ],
    ['nft', 'dropped', 'client2', 'dropped in client2 at input by the rule "ip saddr 172.30.0.11 counter'],
    [
      'forwarding',
      'dropped',
      'host',
      'dropped in host: the address is not its own, and it does not forward there',
    ],
    ['rpfilter', 'dropped', 'host', 'dropped in host: rp_filter'],
    ['nobody', 'dropped', 'client1', 'kept in client1: nobody answers its question who has 172.30.0.99'],
  ])('%s: %s in %s', (name, state, title, words) => {
    const { end } = packets(name)[0]!;
    expect(end).toMatchObject({ state, title });
    expect(end.words).toContain(words);
  });

  test('an error that comes back is told where it was made', () => {
    const capture = recorded('rejected');
    const blind = { ...capture, filter: [] };
    const { end } = traceOf(blind).journeys.find(({ kind }) => kind === 'packet')!;
    expect(end).toMatchObject({
      state: 'refused',
      words: 'host says: ICMP port unreachable, in the name of 172.30.0.1',
    });
  });

  test('without evidence nothing is said of a cause', () => {
    const capture = recorded('dropped');
    const spaces = capture.spaces.map(({ counters: _, ...space }) => space);
    const { end } = traceOf({ ...capture, spaces, filter: [] }).journeys[0]!;
    expect(end.state).toBe('unknown');
    expect(end.words).toContain('no rule, no counter and no message');
  });
});

describe('what is missing is said', () => {
  test('a firewall that could not be watched, frames that were lost, tables of iptables-legacy', () => {
    const capture = recorded('bridge');
    const spaces = capture.spaces.map((space) =>
      space.netns === 'client1'
        ? {
            ...space,
            gaps: [
              { what: 'filter' as const, why: 'no such module' },
              { what: 'legacy' as const, why: 'filter nat' },
            ],
          }
        : space,
    );
    expect(traceOf({ ...capture, spaces, lost: [{ space: 0, what: 'frames' }] }).missing).toEqual([
      'client1: the decisions of its packet filter could not be watched (no such module).',
      'client1: iptables-legacy holds tables (filter, nat), whose decisions the kernel does not tell.',
      'host: more frames came than could be kept.',
    ]);
  });

  test('packets of others are counted and not shown', () => {
    const capture = recorded('bridge');
    const elsewhere = { ...capture, command: { ...capture.command, netns: 'client2' } };
    const trace = traceOf(elsewhere);
    expect(trace.journeys.filter(({ kind }) => kind === 'packet')).toEqual([]);
    expect(trace.others).toBeGreaterThan(7);
  });

  test('any part of a capture may be cut off', () => {
    const capture = recorded('http');
    for (let bytes = 0; bytes < 120; bytes += 7) {
      const cut = (data: string) => Buffer.from(data, 'base64').subarray(0, bytes).toString('base64');
      const frames = capture.frames.map((frame) => ({ ...frame, data: cut(frame.data) }));
      const filter = capture.filter.map((raw) => ({ ...raw, data: cut(raw.data) }));
      expect(() => traceOf({ ...capture, frames, filter })).not.toThrow();
    }
  });
});

describe('machines with clocks of their own', () => {
  /** The recorded way through a router, told as if each namespace were a machine whose clock is off by so much. */
  const skewed = (by: readonly number[]) => {
    const capture = recorded('forwarding');
    const clocks = capture.spaces.map((_, at) => at);
    const set = <One extends { space: number; at: string }>(one: One): One => ({
      ...one,
      at: String(BigInt(one.at) + BigInt(by[one.space] ?? 0)),
    });
    return { ...capture, clocks, frames: capture.frames.map(set), filter: capture.filter.map(set) };
  };
  const ways = (capture: TraceCapture) =>
    traceOf(capture)
      .journeys.filter(({ kind }) => kind === 'packet')
      .map(({ answer, steps }) => [
        answer,
        ...steps.flatMap((step) => (step.is === 'frame' ? [`${step.title} ${step.interface}`] : [])),
      ]);

  test.each([
    ['a little behind', [0, -40_000, 70_000, -5000]],
    ['seconds apart', [3e9, -7e9, 1e9, 12e9]],
  ])('%s: the order is that of the packets', (_, by) => {
    expect(ways(skewed(by))).toEqual(ways(recorded('forwarding')));
  });

  // multicast listener reports (RFC 3810) are the same to the bit each time, and sent twice within a second
  test('what is sent again as it was, and what has nothing of its own, sets no clock wrong', () => {
    const capture = skewed([0, 5e9, 0, 0]);
    const report =
      '333300000016 020000000001 86dd 60000000 0024 00 01 fe800000000000000000000000000001 ff020000000000000000000000000016' +
      '3a00050200000000 8f00 0000 0000 0001 04000000 ff0200000000000000000001ff000001';
    const data = Buffer.from(report.replaceAll(' ', ''), 'hex');
    const first = BigInt(capture.frames[0]!.at) - 100_000_000n;
    const seen = (space: number, type: number, at: bigint) => ({
      space,
      index: 2,
      type,
      protocol: 0x86dd,
      at: String(at),
      length: data.length,
      data: data.toString('base64'),
    });
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const ahead = (space: number) => (space === 1 ? 5_000_000_000n : 0n);
      const reports = [0n, 400_000_000n].flatMap((later) => [
        seen(from, 4, first + later + ahead(from)),
        seen(to, 2, first + later + 2000n + ahead(to)),
      ]);
      expect(ways({ ...capture, frames: [...capture.frames, ...reports] })).toEqual(
        ways(recorded('forwarding')),
      );
    }
  });

  test('of a question that was asked three times and not heard once, none sets a clock', () => {
    const capture = skewed([0, 5e9, 0, 0]);
    const data = Buffer.from(
      'ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000263'.replaceAll(
        ' ',
        '',
      ),
      'hex',
    );
    const asked = [0n, 1n, 2n].flatMap((n) => {
      const at = BigInt(capture.frames[0]!.at) - 4_000_000_000n + n * 1_000_000_000n;
      const frame = { index: 2, protocol: 0x0806, length: data.length, data: data.toString('base64') };
      const out = { ...frame, space: 0, type: 4, at: String(at) };
      return n === 0n ? [out] : [out, { ...frame, space: 1, type: 1, at: String(at + 5_000_002_000n) }];
    });
    const all = { ...capture, frames: [...asked, ...capture.frames] };
    expect(ways(all)).toEqual(ways(recorded('forwarding')));
  });

  test('by the clocks alone a packet would arrive before it was sent', () => {
    const { clocks: _, ...unset } = skewed([0, 1e9, -1e9, 1e9]);
    expect(ways(unset)).not.toEqual(ways(recorded('forwarding')));
  });
});
