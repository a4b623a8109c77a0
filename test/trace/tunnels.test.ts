/**
 * Tunnels, VRFs and rules of routing, as they were told on a kernel that has them all: a -- r1 == r2 -- b, tunnels between
 * the ends, a VRF on r1.
 */
import { describe, expect, test } from 'vitest';
import { sayInChinese } from '../../src/page/said/zh-CN.ts';
import type { Journey } from '../../src/trace/model.ts';
import { innermost, readFrame } from '../../src/trace/read/packet.ts';
import { routeAsksOf, traceOf } from '../../src/trace/trace.ts';
import { plainLine, stepLine, traceLines } from '../../src/trace/write/lines.ts';
import { pcapng } from '../../src/trace/write/pcapng.ts';
import { recorded } from './recorded.ts';

const packets = (name: string) => traceOf(recorded(name)).journeys.filter(({ kind }) => kind === 'packet');
/** Without MAC addresses, which are other ones each time. */
const way = ({ steps }: Journey) =>
  steps.map((step) => {
    const first = step === steps.find(({ is }) => is === 'frame');
    const line = plainLine(stepLine(step, first)).replace(/ {3}MAC .*/, '');
    return `${step.title}: ${line}`;
  });

describe('what is inside and what is around it, with the route of each', () => {
  test('GRE with a key: its rules see what is around, and its length decides whether it fits', () => {
    const [request, reply] = packets('tunnel-gre');
    expect(way(request!)).toEqual([
      'a: route  10.70.0.0/24 dev gre7 src 10.70.0.1 mtu 1472   ✓',
      'a: out gre7   ttl 64',
      'a: route  default via 10.1.0.1 dev eth0   ✓',
      'a: out eth0   in gre key 7 10.1.0.2 → 10.2.0.2   112 bytes',
      'r1: in  lan',
      'r1: route  10.2.0.0/24 via 10.9.0.2 dev wan   ✓',
      'r1: forward  outer: ip filter FORWARD: -A FORWARD -p gre -j ACCEPT → accept',
      'r1: out wan   outer ttl 64 ⇒ 63',
      'r2: in  wan',
      'r2: route  10.2.0.0/24 dev lan   ✓',
      'r2: out lan   outer ttl 63 ⇒ 62',
      'b: in  eth0',
      'b: route  local 10.2.0.2 dev eth0   ✓',
      'b: in  gre7   out of gre key 7 10.1.0.2 → 10.2.0.2',
      'b: route  local 10.70.0.2 dev gre7   ✓',
    ]);
    expect([request!.answer, reply!.answer]).toEqual([false, true]);
    expect(request!.end).toMatchObject({ state: 'answered', title: 'b' });
    expect(request!.steps.find((step) => step.is === 'ruling')).toMatchObject({ around: 1 });
  });

  test.each([
    ['tunnel-sit', 'sit 10.1.0.2 → 10.2.0.2   124 bytes', 'sit1'],
    ['tunnel-geneve', 'geneve 5 10.1.0.2 → 10.2.0.2   134 bytes', 'gen1'],
    // without another end of its own, its header is where Ethernet has its own
    ['tunnel-nbma', 'gre key 5 10.1.0.2 → 10.2.0.2   112 bytes', 'nb'],
  ])('%s', (name, around, tunnel) => {
    const [request, reply] = packets(name);
    const lines = way(request!);
    expect(lines).toContain(
      `a: out ${tunnel}   ttl 64`.replace('   ttl 64', name === 'tunnel-geneve' ? '' : '   ttl 64'),
    );
    expect(lines).toContain(`a: out eth0   in ${around}`);
    expect(lines).toContain(`b: in  ${tunnel}   out of ${around.split('   ')[0]}`);
    expect(lines.filter((line) => line.includes('route')).every((line) => line.endsWith('✓'))).toBe(true);
    expect(request!.end).toMatchObject({ state: 'answered', title: 'b' });
    expect(reply!.end).toMatchObject({ state: 'arrived', title: 'a' });
  });

  test('in a VRF, and around what a tunnel sends by a VRF', () => {
    const [bound] = packets('tunnel-vrf');
    expect(way(bound!)[0]).toBe('r1: route  10.2.0.0/24 via 10.8.0.2 dev wan2 table 10 vrf red   ✓');
    const [request, reply] = packets('tunnel-vrf-gre');
    expect(way(request!).slice(0, 4)).toEqual([
      'r1: route  10.79.0.0/24 dev gv src 10.79.0.1 mtu 1472   ✓',
      'r1: out gv   ttl 64',
      'r1: route  10.2.0.0/24 via 10.8.0.2 dev wan2 table 10 vrf red   ✓',
      'r1: out wan2   in gre key 3 10.8.0.1 → 10.2.0.2   112 bytes',
    ]);
    expect(way(reply!)).toContain('r1: route  local 10.8.0.1 dev wan2 table 10 vrf red   ✓');
  });
});

describe('where a tunnel loses it', () => {
  test.each([
    [
      'tunnel-gre-key',
      'dropped',
      'dropped in b: no tunnel takes what came in gre key 7 from 10.1.0.2 (gre7 takes key 8)',
    ],
    ['tunnel-ipip-nowhere', 'dropped', 'dropped in a: its route refuses it (unreachable 10.2.0.2/32)'],
    ['tunnel-ipip-mtu', 'refused', 'r1 says: ICMP too big, MTU 1400, in the name of 10.1.0.1'],
    // a rule that sees what is around it: before it reached an interface, and behind the options of IPv6
    ['tunnel-geneve-dropped', 'dropped', 'dropped in a at output by the rule "-A OUTPUT -p udp'],
    ['tunnel-ip6gre-dropped', 'dropped', 'dropped in b at input by the rule "meta l4proto gre counter drop"'],
  ])('%s', (name, state, words) => {
    const [{ end, steps } = packets(name)[0]!] = packets(name);
    expect(end.state).toBe(state);
    expect(end.words).toContain(words);
    const rulings = steps.filter((step) => step.is === 'ruling' && step.decision.verdict === 'drop');
    for (const ruling of rulings) expect(ruling).toMatchObject({ around: 1 });
  });

  test('what is encrypted is not followed, and that is said', () => {
    const capture = recorded('tunnel-wireguard');
    // as if the other end had not been refused at once: no error came back, nothing was counted
    const frames = capture.frames.slice(0, 1);
    const spaces = capture.spaces.map(({ counters: _, ...space }) => space);
    const [request] = traceOf({ ...capture, frames, spaces }).journeys;
    expect(request!.end).toEqual({
      space: request!.steps[0]!.space,
      title: 'a',
      state: 'unknown',
      words: 'left by wg0 in a, which encrypts it: what is around it then cannot be told',
    });
    expect(sayInChinese(request!.end.words)).toMatch(/加密/);
  });

  test('without what the kernel said of the tunnels there, no reason is told', () => {
    const capture = recorded('tunnel-gre-key');
    const answers = capture.answers!.filter(({ key }) => key !== 'links');
    const [request] = traceOf({ ...capture, answers }).journeys.filter(({ kind }) => kind === 'packet');
    expect(request!.end.words).not.toContain('takes key');
  });

  test('a packet of the same length that went elsewhere is not taken for what the rule dropped', () => {
    const capture = recorded('tunnel-geneve-dropped');
    // the tunnel has not sent it: it was never seen there
    const frames = capture.frames.filter(
      ({ data }) => innermost(readFrame(Buffer.from(data, 'base64'))).ip?.destination !== '10.75.0.2',
    );
    const all = traceOf({ ...capture, frames }).journeys;
    expect(all.flatMap(({ steps }) => steps).filter((step) => step.is === 'ruling' && step.around)).toEqual(
      [],
    );
  });
});

describe('what is asked', () => {
  test('how a tunnel and a VRF send, once the kernel has told of them; then nothing more', () => {
    const capture = recorded('tunnel-vrf-gre');
    const bare = { ...capture, answers: capture.answers!.filter(({ key }) => !key.includes('device')) };
    const more = routeAsksOf(bare).flatMap(({ key, onError }) => (onError ? [] : [key]));
    expect(more).toEqual([
      expect.stringMatching(/^entry output 10\.8\.0\.1 10\.2\.0\.2 device \d+$/),
      expect.stringMatching(/^hop output 10\.8\.0\.1 10\.2\.0\.2 device \d+$/),
    ]);
    expect(routeAsksOf(capture)).toEqual([]);
  });
});

test('interfaces without Ethernet are such in a capture for Wireshark', () => {
  const bytes = pcapng(recorded('tunnel-gre'));
  const links: Record<string, number> = {};
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4))
    if (bytes.readUInt32LE(at) === 1) {
      const name = bytes.subarray(at + 20, at + 20 + bytes.readUInt16LE(at + 18)).toString();
      links[name] = bytes.readUInt16LE(at + 8);
    }
  expect(links).toMatchObject({ 'a/gre7': 101, 'a/eth0': 1, 'b/gre7': 101 });
});

test.each(['tunnel-gre', 'tunnel-gre-key', 'tunnel-geneve-dropped'])('%s in Chinese', (name) => {
  for (const line of traceLines(traceOf(recorded(name))))
    for (const { text } of line) {
      const body = text.trim();
      if (/^(in|out of) (gre|geneve)|^outer: policy|^\d+ bytes|^dropped|^no tunnel/.test(body))
        expect(sayInChinese(body), body).toMatch(/\p{Script=Han}/u);
    }
});

describe('headers of tunnels', () => {
  const ethernet = (type: number, ...rest: number[]) =>
    Buffer.from([...Array(12).fill(2), type >> 8, type & 255, ...rest]);
  const four = (protocol: number, payload: number[], fragment = 0) => [
    ...[0x45, 0, 0, 20 + payload.length, 0, 9, fragment >> 8, fragment & 255, 64, protocol, 0, 0],
    ...[10, 0, 0, 1, 10, 0, 0, 2],
    ...payload,
  ];
  const udp = [0, 1, 0, 2, 0, 8, 0, 0];
  const read = (protocol: number, payload: number[], fragment = 0) =>
    readFrame(ethernet(0x0800, ...four(protocol, payload, fragment)));

  test.each([
    ['gre', [0, 0, 8, 0]],
    ['gre key 7', [0x20, 0, 8, 0, 0, 0, 0, 7]],
    ['gre key 7', [0xb0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1]],
  ])('%s', (tunnel, header) => {
    const packet = read(47, [...header, ...four(17, udp)]);
    expect(packet.inner).toMatchObject({
      tunnel,
      packet: { ip: { source: '10.0.0.1', transport: { from: 1 } } },
    });
  });

  test('with Ethernet in them', () => {
    const inner = [...ethernet(0x0800, ...four(17, udp))];
    expect(read(47, [0x20, 0, 0x65, 0x58, 0, 0, 0, 9, ...inner]).inner!.tunnel).toBe('gretap key 9');
    const erspan = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 0, 0, 3, 0, 0, 0, 0];
    expect(read(47, [...erspan, ...inner]).inner).toMatchObject({
      tunnel: 'erspan 3',
      packet: { ip: { destination: '10.0.0.2' } },
    });
  });

  test('of a later piece, and of one that was cut off, nothing is read of what is inside', () => {
    for (const packet of [
      read(47, four(17, udp), 185),
      read(4, four(17, udp).slice(0, 12)),
      read(47, [0, 0, 8, 0]),
    ])
      expect(packet).not.toHaveProperty('inner');
  });
});
