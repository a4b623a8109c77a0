import { expect, test } from 'vitest';
import { faults, judge, state } from '../judging.ts';
import { recorded } from '../recorded.ts';

test.each([
  [{ netns: 'client' }, 'pass'],
  [{ netns: 'nobody' }, 'fail'],
  [{ netns: 'nobody', absent: true }, 'pass'],
  [{ netns: 'client', absent: true }, 'fail'],
  [{ netns: 'client', id: true }, 'pass'],
  [{ netns: 'empty', id: true }, 'fail'],
  [{ netns: 'empty', id: false }, 'pass'],
  [{ netns: 'server', id: 1 }, 'pass'],
  [{ netns: 'server', id: { gt: 1 } }, 'fail'],
])('%j: %s', (fields, wanted) => expect(state(fields)).toBe(wanted));

test('shows the namespaces that are there', () => {
  expect(judge({ netns: 'nobody' }).found).toBe('the namespaces are client, server, empty');
});

test('a list that could not be read is nobody’s fault, asked for or against', () => {
  const observation = recorded({ namespaces: [] });
  for (const fields of [{ netns: 'client' }, { netns: 'client', absent: true }])
    for (const not of [false, true]) expect(state(fields, { observation, not })).toBe('broken');
});

test('in: does not matter, as the host is asked', () =>
  expect(state({ netns: 'client' }, { in: 'nobody' })).toBe('pass'));

test('contradictions are refused', () => expect(faults({ netns: 'a', absent: true, id: 1 })).toHaveLength(1));
