/**
 * What a look at a shell's work has found stands in the footer, in either language; a loss before what holds now. What is no
 * longer so goes.
 */
import { expect, test } from 'vitest';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { initialState } from '../../src/session/reduce.ts';
import type { Session } from '../../src/session/session.ts';
import type { CellStatus, Notice, SessionState } from '../../src/session/state.ts';
import { openView } from '../../src/tui/model/open-view.ts';
import type { LessonView } from '../../src/tui/model/view.ts';
import { createNews } from '../../src/tui/news.ts';
import { fakeLesson } from './fake-lesson.ts';
import { FakeSession, verdictOf } from './fake-session.ts';

const lesson = fakeLesson();
const cell = lesson.cells.find(({ expects }) => expects.length > 0)!;
const view = { opened: new Set() } as unknown as LessonView;

for (const words of [en, zhCN])
  test(`what was broken is named: ${words.name}`, () => {
    const session = new FakeSession(lesson);
    const news = createNews(words);
    expect(news(view, session).notice).toBeUndefined();
    const title = 'ping of 10.0.0.12 from client is answered';
    const verdict = (check: string, holds: boolean) => ({
      ...verdictOf(cell.expects[0]!, holds),
      check,
      title,
    });
    const told = (...verdicts: ReturnType<typeof verdict>[]) => {
      session.tell({ type: 'checks-watched', cell: cell.id, verdicts, withdrawn: [], passed: false });
      return news(view, session).notice;
    };
    expect(told(verdict('page', true), verdict('near', false))).toBe(
      words.notice.nowBroken(words.say(title), 1),
    );
    expect(words.notice.nowBroken(words.say(title), 1)).toContain('10.0.0.12');
    expect(words.notice.nowBroken(words.say(title), 2)).toContain('2');
  });

const { notice } = en;
const [first] = Object.values(initialState(lesson, 0).cells);

function told(before: { notice?: string }, status: CellStatus, more: Partial<SessionState> = {}) {
  const state = initialState(lesson, 0);
  const cells = { ...state.cells, [first!.id]: { ...first!, status } };
  const session = { getState: () => ({ ...state, cells, ...more }) } as Session;
  return createNews(en)({ ...openView(lesson, 0), ...before }, session).notice;
}

test.each([
  ['busy', 'running', true],
  ['busy', 'checking', true],
  ['checking', 'checking', true],
  ['busy', 'passed', false],
  ['busy', 'waiting', false],
  ['checking', 'failed', false],
] as const)('"%s" while the cell is %s: it stands (%s)', (name, status, stands) => {
  expect(told({ notice: notice[name] }, status)).toBe(stands ? notice[name] : undefined);
});

test('what has nothing to do with a cell that runs stands till the next key', () => {
  expect(told({ notice: notice.noHints }, 'passed')).toBe(notice.noHints);
});

test('what the session has to say comes in its place', () => {
  const said: Notice = { message: 'The disk is full.', next: ['Make room.'] };
  expect(told({ notice: notice.busy }, 'passed', { notices: [said] })).toBe('The disk is full. Make room.');
});
