import { expect, test } from 'vitest';
import type { LearnerRow } from '../../src/board/rows.ts';
import { changesOf } from '../../src/board/view/changes.ts';
import { boardWords } from '../../src/page/words/board/choose.ts';
import { board, COURSE, done, learner, NOW, PEOPLE, stuck } from './people.ts';

const words = boardWords('en');
const texts = (before: readonly LearnerRow[], after: readonly LearnerRow[], more = {}, had = {}) =>
  changesOf(board({ rows: before, ...had }), board({ rows: after, ...more }), COURSE, NOW, words);

test('nothing has changed: nothing is said', () => {
  expect(texts(PEOPLE, PEOPLE)).toEqual([]);
});

test('who joins, passes cells, gets stuck, raises a hand and lowers it', () => {
  const ada = learner('a', 'Ada');
  const passed = { ...ada, cells: done(COURSE.lessons[0]!, 1) };
  const failing = stuck('a', 'Ada', 4, { cells: passed.cells, hand: { since: NOW } });
  expect(texts([], [ada]).map(({ text }) => text)).toEqual(['Ada joined']);
  expect(texts([ada], [passed])).toMatchObject([
    {
      type: 'passed',
      lesson: '02-cable',
      cell: 'make',
      text: 'Ada has done cell 1, Two namespaces and a cable',
    },
  ]);
  expect(texts([passed], [failing])).toMatchObject([
    {
      type: 'status',
      status: 'stuck',
      check: 'address/1',
      because: 'client has no address on veth-client',
      text: 'Ada: stuck 4:00, cell 5 failing: ping 10.0.0.12 from client; client has no address on veth-client',
    },
    { type: 'hand', text: 'Ada raises a hand' },
  ]);
  const { hand: _, ...lowered } = failing;
  expect(texts([failing], [lowered]).map(({ type }) => type)).toEqual(['hand-lowered']);
  expect(texts([failing], []).map(({ type }) => type)).toEqual(['removed']);
});

test('questions, their answers, reactions, the end', () => {
  const question = { id: 'q', learner: 'a', name: 'Ada', text: 'Why?', at: NOW, answered: false };
  expect(texts([], [], { questions: [question] })).toMatchObject([{ type: 'question', asked: 'Why?' }]);
  const had = { questions: [question] };
  expect(texts([], [], { questions: [{ ...question, answered: true }] }, had)).toMatchObject([
    { type: 'answered' },
  ]);
  const ada = learner('a', 'Ada');
  expect(texts([ada], [{ ...ada, reaction: { reaction: 'lost', at: NOW } }])).toMatchObject([
    { type: 'reaction', reaction: 'lost' },
  ]);
  expect(texts([], [], { ended: true })).toMatchObject([{ type: 'class-ended' }]);
});
