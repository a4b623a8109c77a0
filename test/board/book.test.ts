import { describe, expect, test } from 'vitest';
import { Book } from '../../src/board/book.ts';
import type { ClassEvent, Speaker } from '../../src/board/events.ts';
import { IDLE_AFTER_MS, STUCK_AFTER_MS } from '../../src/board/status.ts';
import { COURSE, cell, joined, logOf, MINUTE, NOON } from './a-class.ts';

type Said = [from: Speaker, event: ClassEvent, at?: number];

const OPENED: Said = ['host:1', { type: 'class-opened', id: 'c', title: 'Monday' }];
const ADA: Said = ['host:1', joined('ada')];
const BOB: Said = ['host:1', joined('bob')];
const ada = (event: ClassEvent, at = NOON): Said => ['learner:ada', event, at];
const instructor = (event: ClassEvent, at = NOON): Said => ['instructor:x', event, at];

function bookOf(...said: Said[]): Book {
  const book = new Book(COURSE);
  for (const entry of logOf(OPENED, ADA, BOB, ...said)) book.apply(entry);
  return book;
}

const allOf = (lesson: string): Said[] =>
  COURSE.lessons
    .find(({ id }) => id === lesson)!
    .steps.flatMap(({ cells }) => cells.map(({ id }) => ada(cell(lesson, id, 'passed'), NOON + MINUTE)));

describe('how somebody is doing', () => {
  const failed = ada(cell('01-veth', 'look', 'failed'), NOON + MINUTE);
  const stuckAt = NOON + MINUTE + STUCK_AFTER_MS;
  test.each<[string, Said[], number, object]>([
    ['working from the start', [], NOON, { status: 'working', since: NOON }],
    ['idle after a while', [], NOON + IDLE_AFTER_MS, { status: 'idle', since: NOON }],
    ['not stuck at once', [failed], stuckAt - 1, { status: 'working' }],
    ['stuck after a while of the same failing', [failed], stuckAt, { status: 'stuck', since: NOON + MINUTE }],
    [
      'stuck since it first failed, however often it was tried',
      [
        failed,
        ada(cell('01-veth', 'look', 'running'), stuckAt - 2),
        ada(cell('01-veth', 'look', 'failed'), stuckAt - 1),
      ],
      stuckAt,
      { status: 'stuck', since: NOON + MINUTE },
    ],
    [
      'stuck also while an earlier cell is looked at again',
      [failed, ada(cell('01-veth', 'make', 'passed'), NOON + 2 * MINUTE)],
      stuckAt,
      { status: 'stuck' },
    ],
    [
      'no more stuck with what comes later',
      [failed, ada(cell('01-veth', 'address', 'passed'), NOON + 2 * MINUTE)],
      stuckAt,
      { status: 'working', since: NOON + 2 * MINUTE },
    ],
    [
      'no more stuck when it holds',
      [failed, ada(cell('01-veth', 'look', 'passed'), stuckAt)],
      stuckAt,
      { status: 'working' },
    ],
    [
      'done with all of the lesson',
      allOf('01-veth'),
      NOON + 20 * MINUTE,
      { status: 'done', since: NOON + MINUTE },
    ],
    [
      'working in the next lesson',
      [...allOf('01-veth'), ada({ type: 'moved', lesson: '02-bridge', step: 0 }, NOON + 2 * MINUTE)],
      NOON + 3 * MINUTE,
      { status: 'working', since: NOON + 2 * MINUTE },
    ],
    [
      'waiting at the gate',
      [
        instructor({ type: 'pace', pace: { mode: 'gated', upTo: { lesson: '01-veth', step: 0 } } }),
        ada(cell('01-veth', 'make', 'passed')),
        ada(cell('01-veth', 'look', 'passed'), NOON + MINUTE),
      ],
      NOON + 20 * MINUTE,
      { status: 'waiting', since: NOON + MINUTE },
    ],
    [
      'working before the gate',
      [
        instructor({ type: 'pace', pace: { mode: 'gated', upTo: { lesson: '01-veth', step: 0 } } }),
        ada(cell('01-veth', 'make', 'passed')),
      ],
      NOON + MINUTE,
      { status: 'working' },
    ],
    [
      'left',
      [ada({ type: 'left' }, NOON + MINUTE)],
      NOON + 2 * MINUTE,
      { status: 'left', since: NOON + MINUTE },
    ],
    [
      'back again',
      [ada({ type: 'left' }), ada({ type: 'moved', lesson: '01-veth', step: 1 }, NOON + MINUTE)],
      NOON + 2 * MINUTE,
      { status: 'working' },
    ],
  ])('%s', (_, said, now, expected) => {
    expect(bookOf(...said).row('ada', now)).toMatchObject(expected);
  });

  test('who is not connected is away, and who closed the notebook has left until they come', () => {
    const book = bookOf(['learner:bob', { type: 'left' }, NOON + MINUTE]);
    const since = NOON + 2 * MINUTE;
    expect(book.row('ada', since, { here: false, since })).toMatchObject({ status: 'away', since });
    expect(book.row('bob', since, { here: false, since })).toMatchObject({ status: 'left' });
    expect(book.row('bob', since, { here: true, since })).toMatchObject({ status: 'working' });
  });
});

test('a cell that is put back is none, and has no points', () => {
  const book = bookOf(
    ada(cell('01-veth', 'make', 'passed', { earned: 0.1, hints: 2 })),
    ada(cell('01-veth', 'look', 'passed', { earned: 0.2 })),
  );
  expect(book.row('ada', NOON)).toMatchObject({ points: 0.3, hints: 2 });
  book.apply({ from: 'learner:ada', n: 3, at: NOON, event: cell('01-veth', 'make', 'waiting') });
  expect(book.row('ada', NOON)).toMatchObject({ points: 0.2, hints: 0 });
  expect(Object.keys(book.row('ada', NOON).cells)).toEqual(['01-veth/look']);
});

describe('nobody speaks for another', () => {
  test.each<[string, Said]>([
    ['a learner as an instructor', ['learner:ada', { type: 'removed', learner: 'bob' }]],
    ['a learner as the host', ['learner:ada', joined('eve')]],
    ['an instructor as the host', ['instructor:x', joined('eve')]],
    ['somebody who is not there', ['learner:eve', { type: 'question', id: 'q', text: 'Who?' }]],
  ])('%s', (_, said) => {
    const [before, after] = [bookOf(), bookOf(said)];
    expect(after.board(NOON)).toEqual(before.board(NOON));
  });
});

describe('names', () => {
  test('one that looks the same is taken, and free again when its owner was removed', () => {
    const again: ClassEvent = { ...joined('zoe'), name: '  ada\u00a0' } as ClassEvent;
    const book = bookOf(['host:1', again]);
    expect(book.learner('zoe')).toBeUndefined();
    expect(book.withName('Ada')?.id).toBe('ada');
    book.apply({ from: 'instructor:x', n: 1, at: NOON, event: { type: 'removed', learner: 'ada' } });
    expect(book.wasRemoved('ada')).toBe(true);
    expect(book.apply({ from: 'host:2', n: 1, at: NOON, event: again }).member).toBe('joined');
  });

  test('of two who took one entry of the roster the first in the log has it', () => {
    const book = bookOf(['host:1', joined('eve', 'r1')], ['host:2', joined('mallory', 'r1')]);
    expect(book.withRoster('r1')?.id).toBe('eve');
    expect(book.learner('mallory')).toBeUndefined();
  });
});

describe('news', () => {
  test('have the same numbers for everybody, whoever comes later', () => {
    const book = bookOf(
      instructor({ type: 'announced', id: 'a', text: 'Break' }),
      instructor({ type: 'hint', id: 'h', text: 'Look at the mask', to: 'ada' }),
      ['host:1', joined('eve')],
      instructor({ type: 'announced', id: 'b', text: 'Go on' }),
    );
    const kinds = (id: string) =>
      book.news(id).map(({ seq, news }) => [seq, news.kind, 'id' in news && news.id]);
    expect(kinds('ada')).toEqual([
      [1, 'announcement', 'a'],
      [2, 'hint', 'h'],
      [3, 'announcement', 'b'],
    ]);
    expect(kinds('eve')).toEqual([
      [1, 'announcement', 'a'],
      [2, 'announcement', 'b'],
    ]);
    expect(book.news('ada', 2)).toMatchObject([{ seq: 3 }]);
  });

  test('tell of an answer, once, and of a hand that was lowered', () => {
    const answered = instructor({ type: 'question-answered', learner: 'ada', question: 'q', text: 'Yes' });
    const lowered = instructor({ type: 'hand-lowered', learner: 'ada' });
    const book = bookOf(
      ada({ type: 'question', id: 'q', text: 'Is it up?' }),
      ada({ type: 'hand', up: true }),
      answered,
      answered,
      lowered,
      lowered,
    );
    expect(book.news('ada').map(({ news }) => news)).toMatchObject([
      { kind: 'answer', question: 'Is it up?', text: 'Yes' },
      { kind: 'hand-lowered' },
    ]);
    expect(book.row('ada', NOON).hand).toBeUndefined();
    expect(book.board(NOON).questions).toMatchObject([{ id: 'q', name: 'ADA', answered: true }]);
  });
});

describe('what is shared', () => {
  const output = ada({ type: 'output', lesson: '01-veth', cell: 'make', text: 'ip link', output: '1: lo' });
  const outputs = (on: boolean) =>
    ada({ type: 'consent', consent: { progress: true, outputs: on, transcript: false } });
  test('is nothing before they agree', () => {
    expect(bookOf(output).shared('ada', '01-veth', 'make')).toBeUndefined();
  });
  test('is the last of each cell, and gone at once when they agree no more', () => {
    expect(bookOf(outputs(true), output).shared('ada', '01-veth', 'make')).toEqual({
      text: 'ip link',
      output: '1: lo',
    });
    const stopped = bookOf(outputs(true), output, outputs(false));
    expect(stopped.shared('ada', '01-veth', 'make')).toBeUndefined();
    const again = bookOf(outputs(true), output, outputs(false), outputs(true));
    expect(again.shared('ada', '01-veth', 'make')).toBeUndefined();
  });
  test('of a shell is its end', () => {
    const book = bookOf(
      ada({ type: 'consent', consent: { progress: true, outputs: false, transcript: true } }),
      ada({ type: 'transcript', lesson: '01-veth', text: 'x'.repeat(40_000) }),
      ada({ type: 'transcript', lesson: '01-veth', text: 'end' }),
    );
    const { output: text } = book.shared('ada', '01-veth', '')!;
    expect(text.length).toBe(32 * 1024);
    expect(text.endsWith('xend')).toBe(true);
  });
});

describe('polls', () => {
  const poll = (id: string, more: object = {}): Said =>
    instructor({ type: 'poll-opened', id, question: 'Up?', choices: ['yes', 'no'], ...more } as ClassEvent);
  test('count the last vote of each, of those that are choices, while they are open', () => {
    const book = bookOf(
      poll('p'),
      ada({ type: 'vote', poll: 'p', choice: 0 }),
      ada({ type: 'vote', poll: 'p', choice: 1 }),
      ['learner:bob', { type: 'vote', poll: 'p', choice: 7 }],
      instructor({ type: 'poll-closed', id: 'p', share: false }),
      ['learner:bob', { type: 'vote', poll: 'p', choice: 0 }],
    );
    expect(book.board(NOON).polls).toMatchObject([{ votes: [0, 1], open: false }]);
  });
  test.each([
    [true, [0, 1]],
    [false, undefined],
  ])('show the class what came of them only when the instructor shares it: %s', (share, votes) => {
    const voted = [poll('p'), ada({ type: 'vote', poll: 'p', choice: 1 })];
    expect(bookOf(...voted).classNow(NOON, 1).poll?.votes).toBeUndefined();
    const closed = bookOf(...voted, instructor({ type: 'poll-closed', id: 'p', share }));
    expect(closed.classNow(NOON, 1).poll?.votes).toEqual(votes);
  });
  test('made of a quiz take its answers', () => {
    const book = bookOf(
      poll('p', { quiz: { lesson: '01-veth', quiz: 'ends' } }),
      ada({ type: 'quiz', lesson: '01-veth', quiz: 'ends', choice: 1, right: true }),
    );
    expect(book.board(NOON).polls).toMatchObject([{ votes: [0, 1] }]);
  });
  test('are open one at a time', () => {
    expect(
      bookOf(poll('p'), poll('q'))
        .board(NOON)
        .polls.map(({ open }) => open),
    ).toEqual([false, true]);
  });
});

test('a timer is what is left of it, and none when it has run out', () => {
  const book = bookOf(instructor({ type: 'timer', label: 'Exercise', durationMs: 60_000 }, NOON));
  expect(book.classNow(NOON + 20_000, 2).timer).toEqual({ label: 'Exercise', leftMs: 40_000 });
  expect(book.classNow(NOON + 60_000, 2).timer).toBeUndefined();
});

test('a hostile learner cannot make the book grow without end', () => {
  const said: Said[] = [];
  for (let at = 0; at < 2000; at++)
    said.push(
      ada(cell(`lesson${at}`, `cell${at}`, 'failed')),
      ada({ type: 'question', id: `q${at}`, text: 'Why?' }),
      ada({ type: 'vote', poll: `p${at}`, choice: 1 }),
    );
  const book = bookOf(...said);
  expect(Object.keys(book.row('ada', NOON).cells)).toEqual([]);
  expect(book.board(NOON).questions.length).toBe(10);
});
