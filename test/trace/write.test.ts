import { expect, test } from 'vitest';
import { traceOf } from '../../src/trace/trace.ts';
import { plainLine, traceLines } from '../../src/trace/write/lines.ts';
import { mermaidSequence } from '../../src/trace/write/mermaid.ts';
import { pcapng } from '../../src/trace/write/pcapng.ts';
import { wrapTrace } from '../../src/trace/write/wrap.ts';
import { recorded } from './recorded.ts';

const lines = (name: string) => traceLines(traceOf(recorded(name))).map(plainLine);

test('lines: a step each, the place once, what changed', () => {
  const text = lines('out').join('\n');
  expect(text).toMatch(/^→ ICMP echo request 1 {2}172\.30\.0\.11 → 8\.8\.8\.8$/m);
  expect(text).toMatch(/µs {2}client1 +out eth0 {3}MAC \S+ → \S+ {3}ttl 64$/m);
  expect(text).toMatch(/^ +translated {2}source 172\.30\.0\.11 ⇒ 172\.17\.0\.33$/m);
  expect(text).toMatch(/⇒ arrived in between the hosts, which sends: ICMP echo reply 1/);
});

test('lines: a way that was told is not told again', () => {
  const text = lines('http').join('\n');
  expect(text.match(/the same way as before/g)?.length).toBeGreaterThan(3);
});

test('lines: names that a learner gave cannot move the cursor', () => {
  const capture = recorded('bridge');
  const spaces = capture.spaces.map((space) => ({
    ...space,
    interfaces: { ...space.interfaces, 2: 'e\x1b[2Jth' },
  }));
  const text = traceLines(traceOf({ ...capture, spaces }))
    .map(plainLine)
    .join('\n');
  expect(text).not.toContain('\x1b');
});

test('lines: in a narrow terminal the rest of a step stands under it, and nothing is lost', () => {
  for (const name of ['dnat', 'rejected', 'routers', 'vxlan'])
    for (const width of [60, 80, 100])
      for (const line of traceLines(traceOf(recorded(name)))) {
        const rows = wrapTrace(line, width).map(plainLine);
        expect(rows.join(' ').replace(/\s+/g, ' ').trim()).toBe(plainLine(line).replace(/\s+/g, ' ').trim());
        if (!plainLine(line).startsWith('→') && !plainLine(line).startsWith('←'))
          for (const row of rows) expect(row.length, row).toBeLessThanOrEqual(width);
      }
  const rows = traceLines(traceOf(recorded('dnat'))).flatMap((line) => wrapTrace(line, 80).map(plainLine));
  const at = rows.findIndex((row) => row.includes('prerouting  ip nat'));
  const step = rows[at]!.indexOf('prerouting');
  expect(rows[at + 1]!.search(/\S/)).toBe(step + 2);
});

test('Mermaid: an arrow a hop, notes for what was decided, nothing that ends a statement', () => {
  const text = mermaidSequence(traceOf(recorded('dropped')));
  expect(text).toMatch(/^sequenceDiagram\n {2}participant n1 as client1\n/);
  expect(text).toContain('n1->>n0: ICMP echo request 1  172.30.0.11 → 8.8.8.8 (veth1)');
  expect(text).toMatch(/Note over n0: dropped in host at forward by the rule #34;-A FORWARD/);
  expect(text).not.toMatch(/"/);
});

test('pcapng: blocks whose lengths agree, each frame with its interface, time and direction', () => {
  const capture = recorded('vxlan');
  const file = pcapng(capture);
  const types: number[] = [];
  const stamps: bigint[] = [];
  for (let at = 0; at < file.length; ) {
    const size = file.readUInt32LE(at + 4);
    expect(size % 4).toBe(0);
    expect(file.readUInt32LE(at + size - 4)).toBe(size);
    types.push(file.readUInt32LE(at));
    if (types.at(-1) === 6)
      stamps.push((BigInt(file.readUInt32LE(at + 12)) << 32n) | BigInt(file.readUInt32LE(at + 16)));
    at += size;
  }
  expect(types[0]).toBe(0x0a0d0d0a);
  expect(types.filter((type) => type === 6).length).toBe(capture.frames.length);
  const interfaces = new Set(capture.frames.map(({ space, index }) => `${space} ${index}`));
  expect(types.filter((type) => type === 1).length).toBe(interfaces.size);
  expect(stamps).toEqual([...stamps].sort((a, b) => (a < b ? -1 : 1)));
});
