import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../src/board/patch.ts';
import { mostFailing } from '../../src/board/view/failing.ts';
import { placeBeside } from '../../src/board/view/places.ts';
import { namesOf, paceSays, rowSays } from '../../src/board/view/says.ts';
import { EVERYBODY, type Query, selectRows } from '../../src/board/view/select.ts';
import { columnsOf, lessonInSight, stepCounts, stepMark } from '../../src/board/view/steps.ts';
import { clock, readClock } from '../../src/board/view/time.ts';
import { handsOf, pollBars, questionsOf, reactionsOf, totalsOf } from '../../src/board/view/totals.ts';
import { boardWords } from '../../src/page/words/board/choose.ts';
import { board, COURSE, done, learner, mark, NOW, PEOPLE, stuck } from './people.ts';

const [cable, bridge] = [COURSE.lessons[0]!, COURSE.lessons[1]!];
const en = boardWords('en');
const zh = boardWords('zh-Hans-CN');
const row = (id: string) => PEOPLE.find((one) => one.id === id)!;
const ids = (query: Partial<Query>) =>
  selectRows(PEOPLE, { ...EVERYBODY, ...query }, COURSE)
    .map(({ id }) => id)
    .join('');

describe('which rows are shown', () => {
  test('who needs somebody comes first: a hand, then who has been stuck longest; who is away comes last', () => {
    expect(ids({})).toBe('dbafceg');
    expect(ids({ reversed: true })).toBe('gecfabd');
  });
  test.each([
    ['name', 'abdefgc'],
    ['progress', 'cbdafeg'],
    ['points', 'cbdaefg'],
  ] as const)('sorted by %s', (sort, expected) => expect(ids({ sort })).toBe(expected));
  test.each([
    ['hands', 'd'],
    ['stuck', 'db'],
    ['done', 'c'],
    ['away', 'eg'],
    ['working', 'af'],
    ['waiting', ''],
  ] as const)('only %s', (filter, expected) => expect(ids({ filter })).toBe(expected));
  test('a name is found by any part of its words, without accents, and in every script', () => {
    expect(ids({ text: 'diaz br' })).toBe('b');
    expect(ids({ text: '陈' })).toBe('c');
    expect(ids({ text: 'nobody' })).toBe('');
  });
  test('those whom a check fails for', () => {
    expect(ids({ check: '02-cable/address/address/1' })).toBe('db');
    expect(ids({ check: '02-cable/address/address/2' })).toBe('');
  });
});

describe('steps', () => {
  test('a step without cells has no column, and keeps its place', () => {
    expect(columnsOf(cable).map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });
  test.each([
    ['a', ['done', 'here', 'none', 'none']],
    ['b', ['done', 'done', 'failed', 'none']],
    ['c', ['done', 'done', 'done', 'done']],
    ['e', ['begun', 'none', 'none', 'none']],
    ['f', ['done', 'running', 'none', 'none']],
  ])('%s has its marks', (id, expected) => {
    expect(columnsOf(cable).map((column) => stepMark(row(id), cable.id, column))).toEqual(expected);
  });
  test('a failure weighs more than what could not be looked at, that more than what runs', () => {
    const [step] = columnsOf(cable);
    const of = (...states: Parameters<typeof mark>[0][]) =>
      stepMark(
        learner('x', 'X', {
          cells: { '02-cable/make': mark(states[0]!), '02-cable/look': mark(states[1]!) },
        }),
        cable.id,
        step!,
      );
    expect([
      of('broken', 'failed'),
      of('failed', 'broken'),
      of('running', 'broken'),
      of('skipped', 'passed'),
    ]).toEqual(['failed', 'failed', 'broken', 'done']);
  });
  test('are counted over all but those who have left', () => {
    expect(
      stepCounts(PEOPLE, cable).map(({ done, working, failing, all }) => [done, working, failing, all]),
    ).toEqual([
      [5, 1, 0, 6],
      [3, 2, 0, 6],
      [1, 0, 2, 6],
      [1, 0, 0, 6],
    ]);
  });
  test('the board opens where the class is, else where most are, else at the beginning', () => {
    expect(lessonInSight(COURSE.lessons, PEOPLE, { lesson: '03-bridge' })).toBe(bridge);
    const there = [1, 2, 3].map((n) => learner(`${n}`, `${n}`, { place: { lesson: '03-bridge', step: 0 } }));
    expect(lessonInSight(COURSE.lessons, [...there, row('a')], undefined)).toBe(bridge);
    expect(lessonInSight(COURSE.lessons, [], undefined)).toBe(cable);
    expect(lessonInSight([], [], undefined)).toBeUndefined();
  });
});

test('the checks that fail most, with what is wrong for most, and never mixed with what could not be looked at', () => {
  const other = { check: 'c', kind: 'ping', state: 'fail' as const, title: 'C', because: 'one' };
  const on = (
    id: string,
    minutes: number,
    failing: (typeof other | (Omit<typeof other, 'state'> & { state: 'broken' }))[],
  ) =>
    stuck(id, id, minutes, {
      stuckOn: { lesson: '02-cable', cell: 'x', since: NOW - minutes * 60_000, attempts: 1, failing },
    });
  const found = mostFailing([
    on('1', 1, [{ ...other, because: 'two' }]),
    on('2', 9, [other]),
    on('3', 2, [other, { ...other, check: 'd' }]),
    on('4', 2, [{ ...other, state: 'broken' }]),
    { ...on('5', 2, [other]), status: 'left' },
  ]);
  expect(
    found.map(({ check, broken, learners, because }) => [check, broken, learners.join(''), because]),
  ).toEqual([
    ['c', false, '231', 'one'],
    ['c', true, '4', 'one'],
    ['d', false, '3', 'one'],
  ]);
});

test('the class in numbers', () => {
  expect(totalsOf(PEOPLE)).toEqual({
    present: 5,
    all: 6,
    hands: 1,
    by: { working: 2, stuck: 2, done: 1, waiting: 0, idle: 0, away: 1, left: 1 },
  });
  expect(handsOf(PEOPLE).map(({ id }) => id)).toEqual(['d']);
  expect(reactionsOf(PEOPLE, NOW).lost).toBe(1);
  expect(reactionsOf(PEOPLE, NOW + 4 * 60_000).lost).toBe(0);
});

test('open questions come first, the oldest of them at the head', () => {
  const question = (id: string, at: number, answered: boolean) => ({
    id,
    learner: 'a',
    name: 'A',
    text: '?',
    at,
    answered,
  });
  const questions = [
    question('1', 1, true),
    question('2', 2, false),
    question('3', 3, false),
    question('4', 4, true),
  ];
  expect(questionsOf(board({ questions })).map(({ id }) => id)).toEqual(['2', '3', '4', '1']);
});

test('votes become shares, and none are no division by nothing', () => {
  const poll = { id: 'p', question: '?', choices: ['a', 'b'], open: true, at: 0 };
  expect(pollBars({ ...poll, votes: [3, 1] })).toMatchObject({
    all: 4,
    bars: [{ share: 0.75 }, { share: 0.25 }],
  });
  expect(pollBars({ ...poll, votes: [0, 0] })).toMatchObject({ all: 0, bars: [{ share: 0 }, { share: 0 }] });
});

describe('words', () => {
  test('a row says how long, on which check and how it fails', () => {
    expect(rowSays(row('b'), COURSE, NOW, en)).toEqual({
      status: 'stuck 7:00',
      detail: 'cell 5 failing: ping 10.0.0.12 from client; client has no address on veth-client',
    });
    expect(rowSays(row('b'), COURSE, NOW, zh)).toMatchObject({ status: '卡住 7:00' });
    expect(rowSays(row('a'), COURSE, NOW, en)).toEqual({ status: 'working', detail: 'Lay the cable' });
    expect(rowSays(row('e'), COURSE, NOW, en)).toEqual({ status: 'away 5:00', detail: '' });
  });
  test('of the pace', () => {
    const upTo = { lesson: '02-cable', step: 2 };
    expect(paceSays({ mode: 'gated', upTo }, undefined, COURSE, en)).toBe('Open up to: Lay the cable');
    expect(paceSays({ mode: 'following' }, upTo, COURSE, en)).toBe(
      'Everybody is where you are: Lay the cable',
    );
  });
  test('names are hidden for a big screen, and who is whom stays the same while rows change', () => {
    expect(namesOf(PEOPLE, true, en).get('c')).toBe('Learner 3');
    expect(namesOf(PEOPLE, false, en).get('c')).toBe('陈晓');
  });
});

describe('times', () => {
  test.each([
    [4000, '0:04'],
    [750_000, '12:30'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('%i ms is %s', (ms, text) => expect(clock(ms)).toBe(text));
  test.each([
    ['5', 300_000],
    ['90s', 90_000],
    ['1:30', 90_000],
    ['1.5', 90_000],
    ['2 h', 7_200_000],
    ['', undefined],
    ['0', undefined],
    ['25h', undefined],
    ['soon', undefined],
  ])('%o is read', (text, ms) => expect(readClock(text)).toBe(ms));
});

test('patches change rows in place, add who is new at the end, take who has gone, and leave the rest the same object', () => {
  const before = board();
  const [first, second] = Object.keys(row('a').cells);
  const changed = { ...row('a'), points: 9, cells: { [first!]: null } };
  const fresh = learner('z', 'Zoe');
  const { rows: _, ...rest } = board({ title: 'Now called so' });
  const after = applyPatch(before, { rows: [fresh, changed], gone: ['b'], board: rest });
  expect(after.rows.map(({ id }) => id).join('')).toBe('acdefgz');
  expect(after.rows[0]).toMatchObject({ points: 9 });
  expect(Object.keys(after.rows[0]!.cells)).toContain(second);
  expect(Object.keys(after.rows[0]!.cells)).not.toContain(first);
  expect(after.rows[1]).toBe(before.rows[2]);
  expect(after.title).toBe('Now called so');
  expect(applyPatch(after, { rows: [], gone: [] }).title).toBe('Now called so');
});

test('the presenter goes from step to step over lessons, and stays at the ends', () => {
  expect(placeBeside(COURSE, { lesson: '02-cable', step: 4 }, 1)).toEqual({ lesson: '03-bridge', step: 0 });
  expect(placeBeside(COURSE, { lesson: '03-bridge', step: 0 }, -1)).toEqual({ lesson: '02-cable', step: 4 });
  expect(placeBeside(COURSE, { lesson: '03-bridge', step: 1 }, 1)).toBeUndefined();
  expect(placeBeside(COURSE, undefined, 1)).toEqual({ lesson: '02-cable', step: 0 });
});

test('what passed is known of lessons one by one', () => {
  expect(Object.keys(done(bridge, 2))).toEqual(['03-bridge/bridge', '03-bridge/ports']);
});
