/** The panel beside a wide lesson: its steps with their cells, and the hosts of the sandbox. */

import type { Lesson, Step } from '../../lesson/model.ts';
import { statusGlyph } from '../../page/layout/status.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, fit, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';
import type { SessionState } from '../../session/state.ts';
import { hasIntroduction, stepOf } from '../model/stops.ts';

/** Glyphs of the cells and questions of a step; the current one is pointed at. */
export function marks(
  lesson: Lesson,
  step: Step,
  state: SessionState,
  current: number | undefined,
  now: number,
  style: Style,
): Span[] {
  return lesson.blocks.slice(step.from, step.to).flatMap((block, offset) => {
    const here = step.from + offset === current;
    if (block.kind === 'quiz') {
      const known = state.quizzes[block.quiz.id];
      const glyph = known
        ? known.right
          ? span(style.glyphs.pass, style.theme.pass)
          : span(style.glyphs.fail, style.theme.fail)
        : span('?', style.theme.dim);
      return [glyph, span(here ? '‹' : ' ', style.theme.current)];
    }
    const cell = block.kind === 'cell' ? state.cells[block.cell.id] : undefined;
    if (!cell) return [];
    return [
      statusGlyph(cell.status, style, Math.floor(now / 100)),
      span(here ? '‹' : ' ', style.theme.current),
    ];
  });
}

export function outlineLines(
  lesson: Lesson,
  state: SessionState,
  current: number | undefined,
  now: number,
  columns: number,
  style: Style,
): Line[] {
  const { theme, words, glyphs } = style;
  const here = stepOf(lesson, current ?? 0);
  const lines: Line[] = [[span(words.outline, theme.subheading)], EMPTY];
  for (const [at, step] of lesson.steps.entries()) {
    if (at === 0 && hasIntroduction(lesson) && here !== 0) continue;
    const bar = span(at === here ? `${glyphs.current} ` : '  ', theme.current);
    const row = marks(lesson, step, state, current, now, style);
    // Titles are cut before states are: these are what changes.
    const room = Math.max(4, columns - 2 - (row.length > 0 ? lineWidth(row) + 2 : 0));
    const title = clip([span(step.title, at === here ? theme.selected : theme.text)], room);
    const whole = [bar, ...(row.length > 0 ? fit(title, room) : title), span('  '), ...row];
    lines.push(pressable(clip(whole, columns), `step:${at}`));
  }
  if (state.sandbox.state === 'ready') {
    lines.push(EMPTY, [span(words.hosts, theme.subheading)], EMPTY);
    for (const name of state.sandbox.hosts) {
      const address = lesson.hosts.find((host) => host.name === name)?.address;
      lines.push(clip([span(`  ${name}`), span(address ? `  ${address}` : '', theme.dim)], columns));
    }
  }
  return lines;
}
