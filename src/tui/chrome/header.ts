/** The first row: where the reader is, and how the sandbox does. What there is no room for is left out, least first. */

import type { Lesson } from '../../lesson/model.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, fit, type Line, lineWidth, type Span, span } from '../../page/text/line.ts';
import type { SessionState } from '../../session/state.ts';
import { hasIntroduction, stepOf } from '../model/stops.ts';

function sandboxSpans({ sandbox, catchingUp }: SessionState, now: number, style: Style): Span[] {
  const { glyphs, theme, words } = style;
  if (catchingUp) {
    const frame = glyphs.running[Math.floor(now / 100) % glyphs.running.length]!;
    return [span(`${frame} ${words.past.catchingUp}`, theme.running)];
  }
  switch (sandbox.state) {
    case 'ready':
      return [span(`${glyphs.chosen} `, theme.pass), span(words.sandbox.ready, theme.dim)];
    case 'creating': {
      const frame = glyphs.running[Math.floor(now / 100) % glyphs.running.length]!;
      return [
        span(
          `${frame} ${sandbox.message ? words.say(sandbox.message) : words.sandbox.creating}`,
          theme.running,
        ),
      ];
    }
    case 'lost':
      return [span(`${glyphs.broken} ${words.sandbox.lost}`, theme.broken)];
    case 'none':
      return [span(`${glyphs.unchosen} ${words.sandbox.none}`, theme.dim)];
  }
}

/** Pieces from the right, those that fit, with dots between. */
function joined(pieces: readonly Span[][], room: number, style: Style): Line {
  const line: Span[] = [];
  for (const piece of pieces) {
    const next =
      line.length > 0 ? [...line, span(` ${style.glyphs.dot} `, style.theme.dim), ...piece] : piece;
    if (lineWidth(next) > room) break;
    line.splice(0, line.length, ...next);
  }
  return line;
}

export function lessonHeader(
  lesson: Lesson,
  state: SessionState,
  current: number | undefined,
  columns: number,
  now: number,
  style: Style,
): Line {
  const { theme, words } = style;
  const pieces: Span[][] = [];
  const before = hasIntroduction(lesson) ? 1 : 0;
  const step = stepOf(lesson, current ?? 0) + 1 - before;
  if (lesson.steps.length > 1 && step > 0)
    pieces.push([span(words.step(step, lesson.steps.length - before), theme.text)]);
  pieces.push(sandboxSpans(state, now, style));
  if (state.points.possible > 0)
    pieces.push([span(words.points(state.points.earned, state.points.possible), theme.points)]);
  const right = joined(pieces, Math.floor(columns * 0.6), style);
  const room = Math.max(0, columns - lineWidth(right) - 3);
  const left = fit(clip([span(' '), span(lesson.title, theme.title)], room), room);
  return [...left, span('  '), ...right, span(' ')];
}

export function rule(columns: number, style: Style): Line {
  return [span(style.glyphs.rule.repeat(columns), style.theme.border)];
}
