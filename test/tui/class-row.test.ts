import { describe, expect, test } from 'vitest';
import type { ClassroomState } from '../../src/board/classroom.ts';
import { sharing } from '../../src/board/notebook/status.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText, lineWidth } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { classRule } from '../../src/tui/chrome/class.ts';
import { FakeClassroom } from './fake-classroom.ts';
import { lesson } from './started.ts';

const NOTHING = { progress: false, outputs: false, transcript: false };

describe('the row that is always there', () => {
  const style = (chinese = false) => ({
    theme: THEMES.plain,
    glyphs: chooseGlyphs({}),
    words: chinese ? zhCN : en,
  });
  const everything: Partial<ClassroomState> = {
    connection: { state: 'alone' },
    unsent: 12,
    unread: 3,
    hand: true,
    pace: { mode: 'gated', upTo: { lesson: 'fake', step: 1 } },
    where: { lesson: 'bridge', step: 1 },
    timer: { label: '', endsAt: 252_000 },
    poll: { id: 'p', question: '', choices: ['a', 'b'], open: true },
    consent: { progress: true, outputs: true, transcript: true },
  };

  test.each([40, 60, 80, 100, 160])('is as wide as the screen, and says what is shared: %i', (columns) => {
    for (const chinese of [false, true])
      for (const state of [{}, everything, { consent: NOTHING }]) {
        const classroom = new FakeClassroom(lesson, state).getState();
        const line = classRule(classroom, { lesson, step: 0 }, 'X', { columns, now: 0 }, style(chinese));
        expect(lineWidth(line)).toBe(columns);
        const says = sharing(classroom.consent, style(chinese).words.class);
        if (columns >= 60 || !chinese) expect(lineText(line)).toContain(says);
      }
  });

  test('at 80 columns says where the class is and what is left', () => {
    const classroom = new FakeClassroom(lesson, {
      where: { lesson: lesson.id, step: 2 },
      timer: { label: '', endsAt: 252_000 },
    }).getState();
    const line = lineText(classRule(classroom, { lesson, step: 0 }, 'X', { columns: 80, now: 0 }, style()));
    expect(line).toMatch(/● class · 4:12 left · class at step 2 ─+ progress shared, X stops ─$/);
  });
});
