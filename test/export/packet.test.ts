/** The walk of a packet on an exported page, in Markdown, and what the page's script makes of it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/check/observation.ts';
import { PACKET_SCRIPT } from '../../src/export/html/packet-script.ts';
import { html } from '../../src/export/html.ts';
import { markdown } from '../../src/export/markdown.ts';
import { tracesOf } from '../../src/export/packet/found.ts';
import { traceHtml, traceMarkdown } from '../../src/export/trace.ts';
import { exportWords } from '../../src/export/words.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { TraceCapture } from '../../src/trace/capture.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { recorded } from '../trace/recorded.ts';
import { hostile } from './hostile.ts';
import { readPage } from './page.ts';
import { OPTIONS, ran, START, walkOf } from './walks.ts';

const FIXTURES = 'bridge dnat dropped forwarding http nft nobody out policy rejected rpfilter vxlan'.split(
  ' ',
);

const observed = (capture: unknown, key = 'trace|host||["ping"]'): Observation => ({
  at: '',
  hosts: {},
  probes: {},
  traces: { [key]: capture as TraceCapture },
});
const looked = (cell: string, capture: unknown): SessionEvent => ({
  at: START,
  type: 'checks-finished',
  cell,
  observation: observed(capture),
});
const followed = (cell: string, capture: unknown): SessionEvent => ({
  at: START,
  type: 'packet-followed',
  cell,
  key: 'trace|host|client1|["ping"]',
  capture: capture as TraceCapture,
});

describe('which packets are told of', () => {
  test('those of the checks and those that were followed, of the last run alone', () => {
    const events = [
      ...ran('lay', 0, {}),
      looked('lay', recorded('out')),
      ...ran('lay', 100, {}),
      looked('lay', recorded('dnat')),
      followed('lay', recorded('dropped')),
      followed('up', recorded('bridge')),
    ];
    const traces = tracesOf(events);
    expect(traces.get('lay')?.map(({ command }) => command.argv.at(-1))).toEqual(['10.96.0.10', '8.8.8.8']);
    expect(traces.get('up')).toHaveLength(1);
    expect(tracesOf([...events, { at: START, type: 'reset' }]).size).toBe(0);
  });

  test('a journal that was tampered with costs its packets, no more', () => {
    for (const broken of [null, 7, {}, { spaces: 1 }, { ...recorded('out'), frames: [{ at: 'x' }] }])
      expect(tracesOf([looked('lay', broken)]).get('lay')).toEqual([]);
    const odd = {
      at: START,
      type: 'checks-finished',
      cell: 'lay',
      observation: 3,
    } as unknown as SessionEvent;
    expect(tracesOf([odd]).size).toBe(0);
  });
});

describe('on a page', () => {
  const page = html(walkOf([...ran('lay', 0, {}), looked('lay', recorded('dnat'))]), OPTIONS);
  const elements = readPage(page);
  const rows = elements.filter(({ attributes }) => attributes.class?.startsWith('hop '));

  test('each hop is a row that says where, what and why, without a script', () => {
    const says = rows.map(({ text }) => text);
    expect(says[0]).toMatch(/^0\.0 µsclient1eth0outMAC .*ttl 64$/);
    expect(says).toContainEqual(
      expect.stringMatching(/^hostpreroutingip nat PREROUTING: -A PREROUTING .*DNAT/),
    );
    expect(says).toContainEqual('hosttranslateddestination 10.96.0.10 ⇒ 172.30.0.12');
    expect(says).toContainEqual(
      expect.stringMatching(/^client2endarrived in client2, which sends: ICMP echo reply/),
    );
    const tables = elements.filter(({ attributes }) => attributes.class === 'hops');
    expect(tables.length).toBeGreaterThan(2);
  });

  test('one script may run, the one that stands there, and only where a packet walks', () => {
    const script = elements.filter(({ name }) => name === 'script');
    expect(script.map(({ text }) => text)).toEqual([PACKET_SCRIPT]);
    const hash = createHash('sha256').update(script[0]!.text).digest('base64');
    const policy = elements.find(({ attributes }) => attributes['http-equiv'])!.attributes.content;
    expect(policy).toContain(`script-src 'sha256-${hash}';`);
    const without = html(walkOf(ran('lay', 0, {})), OPTIONS);
    expect(without).not.toMatch(/<script|script-src/);
  });

  test('each row knows the interface that lights up with it', () => {
    const ports = elements.filter(({ attributes }) => attributes.class === 'port').map(({ text }) => text);
    const named = rows.filter(({ attributes }) => attributes['data-port'] !== undefined);
    expect(named.length).toBeGreaterThan(5);
    for (const row of named) expect(row.text).toContain(ports[Number(row.attributes['data-port'])]);
  });

  test('on paper the whole walk stands, and no buttons', () => {
    const print = page.slice(page.indexOf('@media print'));
    expect(print).toMatch(/\.controls\{display:none\}/);
    expect(page).toMatch(/@media \(prefers-reduced-motion:no-preference\)\{\.port/);
  });

  test('every recorded trace makes a page whose headings follow one another', () => {
    for (const name of FIXTURES) {
      const all = readPage(traceHtml(traceOf(recorded(name)), OPTIONS));
      const levels = all.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
      expect(levels[0]).toBe(1);
      for (const [at, level] of levels.entries())
        expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
  });

  test('whatever an interface, a namespace or a command is called, it stays text', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, words) => {
        const capture = recorded('dropped');
        const spaces = capture.spaces.map((space) => ({
          ...space,
          netns: space.netns === '' ? '' : text,
          interfaces: Object.fromEntries(Object.keys(space.interfaces).map((index) => [index, words])),
          rules: space.rules?.replaceAll('FORWARD', text),
        }));
        const command = { ...capture.command, argv: [text, words], netns: text };
        const trace = traceOf({ ...capture, spaces, command } as TraceCapture);
        readPage(traceHtml(trace, OPTIONS));
        // nothing begins a line of Markdown but what we write
        const lines = traceMarkdown(trace, OPTIONS).split('\n');
        for (const line of lines)
          expect(line).toMatch(
            /^(?:# |sent from |→ |← |\| |```| {1,2}\S|sequenceDiagram$|---$|\d+ frames? |Not seen|Nothing of |It said: |Exported by|$)/,
          );
      }),
      { numRuns: 150 },
    );
  });
});

test('in Markdown: a table of hops, and the same as a Mermaid sequence', () => {
  const text = markdown(walkOf([...ran('lay', 0, {}), looked('lay', recorded('dropped'))]), OPTIONS);
  expect(text).toMatch(/^\| Time \| Where \| Interface \| What \| Headers and rules \|$/m);
  expect(text).toMatch(/^\| 0\.0 µs \| client1 \| `eth0` \| out \| MAC .*; ttl 64 \|$/m);
  expect(text).toMatch(/^\| {2}\| host \| {2}\| end \| dropped in host at forward by the rule/m);
  expect(text).toMatch(/^```mermaid\nsequenceDiagram\n/m);
});

test('in Chinese every hop and every end is', () => {
  const words = exportWords('zh-CN');
  for (const name of FIXTURES) {
    const text = traceMarkdown(traceOf(recorded(name)), { words, version: '1' });
    expect(text).not.toMatch(
      /\b(?:arrived|dropped|refused|translated|policy of|last seen|nobody|kept in|left by|which sends|same way|frames? of)\b/,
    );
    expect(text).not.toMatch(/\| (?:in|out|end) \|/);
  }
});
