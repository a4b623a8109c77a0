import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { kinds } from '../../src/check/kinds.ts';
import type { Need, Observation, Verdict } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { packetNeed, packetToFollow } from '../../src/session/follow.ts';
import { isSending, sendsPackets } from '../../src/session/sends-packets.ts';

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
  ping: $HOST_IP
\`\`\`
`;
const parsed = parseLesson('t/lesson.md', TEXT, vocabulary);
if (!parsed.ok) throw new Error('lesson');
const cell = parsed.lesson.cells[0]!;
const failed = (check: string) => ({ check, state: 'fail' }) as Verdict;
const to = (address: string) => ({ read: 'trace', argv: expect.arrayContaining([address]) });

test('the first check that sends a packet is followed, one that has failed before all', () => {
  expect(packetNeed(cell, [], ['host'])).toMatchObject({ ...to('10.0.0.1'), netns: 'client1' });
  expect(packetNeed(cell, [failed('second')], ['host'])).toMatchObject({ read: 'trace', netns: '' });
  // a variable that is not known leaves the others
  expect(packetNeed(cell, [failed('third')], ['host'])).toMatchObject(to('10.0.0.1'));
  expect(packetNeed({ ...cell, expects: cell.expects.slice(0, 1) }, [], ['host'])).toBeUndefined();
});

test('a packet is offered where a check sends one, its address known or not', () => {
  const only = (at: number) => sendsPackets({ ...cell, expects: cell.expects.slice(at, at + 1) });
  expect([0, 1, 3].map(only)).toEqual([false, true, true]);
});

test('which kinds of check send packets is known by name', () => {
  const sends = [...kinds.values()].filter((kind) => {
    // where it is looked is no field of the kind's own
    const { in: _, ...fields } = parse(kind.example);
    const spec = kind.schema.parse(fields);
    const needs = kind.needs(spec, { host: 'host', netns: '', hosts: ['host'] });
    return needs.some(({ read }) => read === 'probe' || read === 'trace');
  });
  const named = [...kinds.values()].filter(({ name }) => isSending({ kind: name }));
  expect(named.map(({ name }) => name)).toEqual(sends.map(({ name }) => name));
});

test('what only asks the kernel for its way sends none', () => {
  const asks = { ...cell.expects[1]!, kind: 'route', spec: { route: '10.0.0.1', get: true } };
  expect(packetNeed({ ...cell, expects: [asks] }, [], ['host'])).toBeUndefined();
});

test('an address that the lesson keeps in a variable is asked of its shell', async () => {
  const asked: (readonly Need[])[] = [];
  const observe = async (needs: readonly Need[]): Promise<Observation> => {
    asked.push(needs);
    const host = { namespaces: [], sysctls: {}, files: {}, env: { HOST_IP: '172.17.0.33' } };
    return { at: '', hosts: { host }, probes: {} };
  };
  const need = await packetToFollow({ observe }, cell, [failed('third')], ['host']);
  expect(need).toMatchObject(to('172.17.0.33'));
  expect(asked).toEqual([[{ read: 'env', host: 'host', name: 'HOST_IP' }]]);
});

test('a variable that no shell has is told apart from checks that send nothing', async () => {
  const observe = async (): Promise<Observation> => ({ at: '', hosts: {}, probes: {} });
  const follow = (from: number, to: number) =>
    packetToFollow({ observe }, { ...cell, expects: cell.expects.slice(from, to) }, [], ['host']);
  expect(await follow(0, 1)).toBe('none');
  expect(await follow(3, 4)).toBe('unset');
});
