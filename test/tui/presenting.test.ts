import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { noteLines } from '../../src/tui/chrome/notes.ts';
import { overlayLines } from '../../src/tui/chrome/overlay.ts';
import { frameOf, isMapBeside, panesOf } from '../../src/tui/model/frame.ts';
import type { LessonView } from '../../src/tui/model/view.ts';
import { lesson, started } from './started.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };

describe('speaker notes on the screen', () => {
  const noted = {
    ...lesson,
    notes: lesson.steps.map((_, step) => ({
      step,
      markdown: 'Ask **who** has seen one.\n\n- wait',
      place: { file: '', line: 1, column: 1 },
    })),
  };

  test('are those of the step, with the next one’s title', () => {
    const text = noteLines(noted, 0, 80, style).map(lineText).join('\n');
    expect(text).toContain('Ask who has seen one.');
    expect(text).toContain('• wait');
    expect(text).toContain(`Next: ${noted.steps[1]?.title ?? 'This is the last step.'}`);
    expect(
      noteLines(noted, noted.steps.length - 1, 80, style)
        .map(lineText)
        .join('\n'),
    ).toContain('This is the last step.');
  });

  test('a learner’s key opens nothing, and nothing is drawn for a learner', () => {
    const { press, screen, store } = started();
    press('N');
    expect(screen().view.mode.name).toBe('read');
    const view: LessonView = { ...screen().view, mode: { name: 'notes', top: 0 } };
    expect(overlayLines(store.getState(), { ...screen(), view }, 20, style)).toBeUndefined();
    const session = { ...screen().session, lesson: noted, presenting: true as const };
    const drawn = overlayLines(store.getState(), { ...screen(), session, view }, 20, style);
    expect(drawn?.map(lineText).join('\n')).toContain('Ask who has seen one.');
  });
});

test('the map over all of the screen, also on a wide one, and back', () => {
  const { press, screen } = started();
  press('L');
  expect(screen().view.map).toMatchObject({ large: true });
  expect(panesOf(screen().view).map).toBe('large');
  expect(isMapBeside(160, panesOf(screen().view))).toBe(false);
  expect(frameOf(160, 48, { map: 'large' }).panel).toBe(frameOf(160, 48, { map: false }).panel);
  press('L');
  expect(isMapBeside(160, panesOf(screen().view))).toBe(true);
  press('m');
  expect(screen().view.map).toBeUndefined();
});
