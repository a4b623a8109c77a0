import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { endLines, outcomeOf } from '../../src/page/layout/end.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { reduce } from '../../src/session/reduce.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';
import { FakeSession } from '../tui/fake-session.ts';

const lesson = fakeLesson();
const said = (session: FakeSession, next?: string, words = en) =>
  endLines(outcomeOf(lesson, session.getState()), next, 100, {
    theme: THEMES.plain,
    glyphs: chooseGlyphs({}),
    words,
  })
    .map(lineText)
    .slice(1);

async function walked(): Promise<FakeSession> {
  let now = 0;
  const session = new FakeSession(lesson, { takesMs: 0, now: () => (now += 1000) });
  session.act({ do: 'run-cell', cell: 'lay-cable' });
  session.act({ do: 'show-hint', cell: 'addresses' });
  session.act({ do: 'run-cell', cell: 'addresses', text: 'ip addr' });
  session.act({ do: 'answer-quiz', quiz: 'state', choice: 1 });
  session.act({ do: 'run-cell', cell: 'much' });
  await session.idle();
  return session;
}

describe('the end of a lesson', () => {
  test('says what is open while it is not finished', async () => {
    expect(said(await walked())).toEqual([
      en.done.title,
      '2/2 points · 3 of 4 cells passed · 1 of 1 question right · 1 hint',
      '',
      en.done.notYet,
    ]);
  });

  test('says how it went, how long it took, and which lesson is next', async () => {
    const session = await walked();
    session.act({ do: 'skip-cell', cell: 'slow' });
    session.tell({ type: 'lesson-finished' });
    const lines = said(session, 'A bridge');
    expect(lines[0]).toBe('✓ The lesson is finished.');
    expect(lines[1]).toMatch(/1 skipped .* [\d.]+ s of work/);
    expect(lines).toContain('Next: A bridge. Enter opens it.');
    expect(said(session, undefined, zhCN).join()).not.toMatch(/[a-z]{3}/);
  });
});

test('pauses are not counted as work', () => {
  const session = new FakeSession(lesson, { now: () => 0 });
  const at = (minutes: number) => minutes * 60_000;
  const start = reduce(session.getState(), {
    at: 0,
    type: 'session-opened',
    lesson: 'l',
    file: 'f',
    hash: 'h',
    driver: 'd',
    version: '0',
  });
  const moves = [1, 3, 60, 61].map((minutes) => ({ at: at(minutes), type: 'moved' as const, block: 0 }));
  expect(moves.reduce((state, event) => reduce(state, event), start).activeMs).toBe(at(4));
});
