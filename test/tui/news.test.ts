/** What a look at a shell's work has found stands in the footer, in either language; a loss before what holds now. */
import { expect, test } from 'vitest';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
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
