import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { layoutMap } from '../../src/map/layout/map.ts';
import type { Network } from '../../src/map/model.ts';
import { lineText } from '../../src/map/text.ts';
import { hopsOf, walkNeed } from '../../src/map/walk.ts';
import { recorded } from '../trace/recorded.ts';

const TEXT = `---
title: T
---
\`\`\`sh {.run #one}
true
\`\`\`
\`\`\`yaml {.expect}
- netns: client1
- id: first
  ping: 10.0.0.1
  in: client1
- id: second
  curl: http://10.0.0.2/
  status: 200
- id: third
  ping: $NOBODY
\`\`\`
`;
const parsed = parseLesson('t/lesson.md', TEXT, vocabulary);
const cell = parsed.ok ? parsed.lesson.cells[0]! : undefined;
const failed = (check: string) => ({ check, state: 'fail' }) as Verdict;

test('the first check that sends a packet is followed, one that has failed before all', () => {
  expect(walkNeed(cell, [], ['host'])).toMatchObject({
    read: 'trace',
    netns: 'client1',
    argv: expect.arrayContaining(['10.0.0.1']),
  });
  expect(walkNeed(cell, [failed('second')], ['host'])).toMatchObject({ read: 'trace', netns: '' });
  // a variable that is not known leaves the others
  expect(walkNeed(cell, [failed('third')], ['host'])).toMatchObject({
    argv: expect.arrayContaining(['10.0.0.1']),
  });
  expect(walkNeed(undefined, [], ['host'])).toBeUndefined();
  expect(walkNeed({ ...cell!, expects: cell!.expects.slice(0, 1) }, [], ['host'])).toBeUndefined();
});

test('hops: where the packet is, what was decided there, how it ended', () => {
  const hops = hopsOf(recorded('dropped'));
  expect(hops.map(({ space, interface: name, tone }) => `${space} ${name} ${tone}`)).toEqual([
    'host/client1 eth0 seen',
    'host/ veth1 seen',
    'host/ br0 seen',
    'host/ br0 decided',
    'host/ br0 bad',
    'host/ br0 bad',
  ]);
  expect(hops.at(-1)!.says.join('')).toMatch(/^dropped in host at forward/);
});

test('the map points at the interface', () => {
  const space = (key: string, name: string) => ({
    key,
    host: 'host',
    names: [name],
    inode: key,
    processes: [],
    interfaces: [{ name: 'eth9', index: 2, state: 'up' as const, addresses: ['10.0.0.1/24'] }],
    routes: [],
    marks: [],
  });
  const network: Network = {
    hosts: [{ name: 'host', spaces: [space('host/', ''), space('host/a', 'a')] }],
    cables: [],
  };
  const at = (hop?: { space: string; interface?: string }) =>
    layoutMap(network, { width: 60, ...(hop ? { hop } : {}) })
      .map(lineText)
      .filter((line) => line.includes('▶'));
  expect(at()).toEqual([]);
  expect(at({ space: 'host/a', interface: 'eth9' })).toHaveLength(1);
  expect(at({ space: 'host/a', interface: 'eth9' })[0]).toMatch(/▶● eth9/);
  expect(at({ space: 'host/b', interface: 'eth9' })).toEqual([]);
});
