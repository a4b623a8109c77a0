/** A line of a journal that was edited, or that another version has written, is none of ours: it stops nobody from going on. */
import { expect, test } from 'vitest';
import { decodeLine } from '../../src/session/journal/decode.ts';
import { initialState } from '../../src/session/reduce.ts';
import { cell, lessonOf } from './fake-lesson.ts';

const lesson = lessonOf([cell('one', 'touch /a')]);
const kindOf = (line: object) => decodeLine(JSON.stringify(line))?.kind;

const hand = { id: 't.1', shell: 't.1.2', host: 'host', cwd: '/root', netns: '', exit: 0, durationMs: 4 };
const typed = { at: 1, type: 'command-typed', cell: 'one', text: 'ip link add a type dummy', hand };

test('a command that was typed', () => {
  expect(kindOf(typed)).toBe('event');
  const { netns: _, exit: __, durationMs: ___, ...least } = hand;
  expect(kindOf({ ...typed, hand: least })).toBe('event');
});

test.each([
  ['hand', undefined],
  ['hand', { ...hand, netns: 7 }],
  ['hand', { ...hand, exit: 'no' }],
  ['hand', { ...hand, durationMs: '4' }],
  ['hand', { ...hand, cwd: null }],
  ['text', 7],
])('a command whose %s is %o', (field, value) =>
  expect(kindOf({ ...typed, [field]: value })).toBeUndefined(),
);

const one = {
  ran: ['touch /a'],
  held: ['is-/a'],
  handLeft: { left: ['vim'], differs: [] },
  watched: { at: 3, titles: ['/a is there'] },
};
function snapshot(fields: object, whole: object = {}) {
  const state = initialState(lesson, 0);
  return { snapshot: { ...state, ...whole, cells: { one: { ...state.cells.one, ...fields } } } };
}

test('a state', () => {
  expect(kindOf(snapshot(one, { deeds: [{ cell: 'one', text: 'x', by: 'learner', hand }] }))).toBe(
    'snapshot',
  );
});

test.each([
  { ran: [1] },
  { held: 5 },
  { handLeft: { left: 'vim', differs: [] } },
  { handLeft: ['vim'] },
  { watched: { at: 3, titles: 'all' } },
  { watched: { titles: [] } },
])('a state with a cell that has %o', (fields) => expect(kindOf(snapshot(fields))).toBeUndefined());

test.each([
  { deeds: [{ cell: 'one', text: 'x', hand: { ...hand, exit: [] } }] },
  { deeds: 'all' },
  { quizzesShown: [1] },
])('a state with %o', (whole) => expect(kindOf(snapshot({}, whole))).toBeUndefined());
