import { expect, test } from 'vitest';
import { type DrillEntry, pictureOf, readHistory } from '../../src/drill/history.ts';
import { DrillTally } from '../../src/drill/tally.ts';
import type { SessionEvent } from '../../src/session/events.ts';

const entry = (topic: 'nat' | 'route', more: Partial<DrillEntry> = {}): DrillEntry => ({
  at: '2026-01-01T00:00:00Z',
  seed: '1',
  level: 2,
  network: 'bridge',
  faults: [{ id: 'x', topic }],
  mended: true,
  seconds: 60,
  commands: 5,
  hints: 0,
  solution: false,
  ...more,
});

test('a history is read line by line; what is no entry is passed over', () => {
  const lines = [JSON.stringify(entry('nat')), '', '{"at": "cut', '{}', JSON.stringify(entry('route'))];
  expect(readHistory(lines.join('\n')).map(({ faults }) => faults[0]!.topic)).toEqual(['nat', 'route']);
});

test('strong, weak, fair, new', () => {
  const rating = (...entries: DrillEntry[]) => pictureOf(entries).find(({ topic }) => topic === 'nat')!;
  expect(rating().rating).toBe('new');
  expect(rating(entry('route')).rating).toBe('new');
  expect(rating(entry('nat')).rating).toBe('fair');
  expect(rating(entry('nat'), entry('nat', { seconds: 20 }))).toMatchObject({
    rating: 'strong',
    medianSeconds: 20,
  });
  expect(rating(entry('nat', { mended: false })).rating).toBe('weak');
  expect(rating(entry('nat', { solution: true })).rating).toBe('weak');
  expect(rating(entry('nat', { hints: 3 }), entry('nat', { hints: 2 })).rating).toBe('weak');
});

test('the course of a topic: alone, helped, open, the last ones last', () => {
  const entries = [
    ...Array.from({ length: 10 }, () => entry('nat')),
    entry('nat', { hints: 1 }),
    entry('route'),
    entry('nat', { solution: true }),
    entry('nat', { mended: false, hints: 2 }),
  ];
  const { course } = pictureOf(entries).find(({ topic }) => topic === 'nat')!;
  expect(course).toEqual([...Array(9).fill('alone'), 'helped', 'helped', 'open']);
});

const verdict = (check: string, state: 'pass' | 'fail') =>
  ({ type: 'check-judged', cell: 'mend', verdict: { check, state } }) as unknown as SessionEvent;
const event = (at: number, one: object) => ({ at, ...one }) as SessionEvent;

test('time, commands and hints until it is mended', () => {
  const tally = new DrillTally();
  expect(tally.result()).toBeUndefined();
  for (const one of [
    event(1000, { type: 'sandbox-ready', hosts: ['host'], durationMs: 1 }),
    event(2000, { type: 'hint-shown', cell: 'mend', hint: 0 }),
    event(3000, {
      type: 'cell-started',
      cell: 'mend',
      text: '# looking\nip addr\n\nip route',
      by: 'learner',
    }),
    event(3100, { type: 'checks-started', cell: 'mend' }),
    event(3200, verdict('a', 'fail')),
    event(3300, verdict('b', 'pass')),
    event(3400, { type: 'checks-finished', cell: 'mend' }),
  ])
    tally.add({ ...one, at: one.at });
  expect(tally.result()).toMatchObject({ mended: false, commands: 2, hints: 1 });
  // typed in a shell beside the lesson
  tally.add(event(4000, { type: 'command-entered', host: 'host' }));
  tally.add(event(4100, { type: 'command-entered', host: 'host' }));
  expect(tally.result()).toMatchObject({ commands: 4 });
  tally.add(event(9000, { type: 'checks-watched', cell: 'mend', verdicts: [], withdrawn: [], passed: true }));
  tally.add(event(20_000, { type: 'solution-shown', cell: 'mend' }));
  tally.add(event(21_000, { type: 'command-entered', host: 'host' }));
  expect(tally.result()).toEqual({ mended: true, seconds: 8, commands: 4, hints: 1, solution: false });
});
