/** The steps of the lesson in the place of its page: each with what was done in it, one of them chosen. */
import type { Lesson } from '../../lesson/model.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, fit, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';
import type { SessionState } from '../../session/state.ts';
import { hasIntroduction } from '../model/stops.ts';
import { marks } from './outline.ts';

/** Longer rows part the title from its state too far. */
const WIDEST = 90;

/** In words besides the marks; '' where there is nothing to do. */
function done(lesson: Lesson, at: number, state: SessionState, style: Style): string {
  const cells = lesson.cells.filter((cell) => cell.step === at);
  const passed = cells.filter((cell) => state.cells[cell.id]?.status === 'passed').length;
  return cells.length > 0 ? style.words.course.cells(passed, cells.length) : '';
}

/** The window onto the list in which the chosen step is seen. */
export function stepLines(
  lesson: Lesson,
  state: SessionState,
  { selected, current }: { selected: number; current: number | undefined },
  { columns, rows, now }: { columns: number; rows: number; now: number },
  style: Style,
): Line[] {
  const { theme, words, glyphs } = style;
  const before = hasIntroduction(lesson) ? 1 : 0;
  const wide = Math.min(WIDEST, columns);
  const list = lesson.steps.map((step, at): Line => {
    const chosen = at === selected;
    const number = at < before ? '' : `${at + 1 - before}`;
    const head: Span[] = [
      span(chosen ? `${glyphs.current} ` : '  ', theme.current),
      span(`${number.padStart(2)}  `, theme.dim),
    ];
    const right: Span[] = [
      ...marks(lesson, step, state, current, now, style),
      span(` ${done(lesson, at, state, style)}`, theme.dim),
    ];
    const room = Math.max(4, wide - lineWidth(head) - lineWidth(right) - 2);
    const title = clip([span(step.title, chosen ? theme.selected : theme.text)], room);
    return pressable(clip([...head, ...fit(title, room), span('  '), ...right], columns), `step:${at}`);
  });
  const shown = Math.max(1, rows - 3);
  const top = Math.max(0, Math.min(selected - (shown >> 1), list.length - shown));
  return [EMPTY, [span(`  ${words.outline}`, theme.subheading)], EMPTY, ...list.slice(top, top + shown)];
}
