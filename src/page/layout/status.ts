/** How a cell or a check is said: always a glyph and a word, and a colour that only repeats them. */
import type { Verdict, VerdictState } from '../../check/model.ts';
import type { Cell } from '../../lesson/model.ts';
import type { CellState, CellStatus } from '../../session/state.ts';
import type { Span } from '../text/line.ts';
import { span } from '../text/line.ts';
import { duration } from '../words/time.ts';
import type { Style } from './style.ts';

export function statusGlyph(status: CellStatus, style: Style, frame = 0): Span {
  const { glyphs, theme } = style;
  switch (status) {
    case 'passed':
      return span(glyphs.pass, theme.pass);
    case 'failed':
      return span(glyphs.fail, theme.fail);
    case 'broken':
      return span(glyphs.broken, theme.broken);
    case 'running':
    case 'checking':
      return span(glyphs.running[frame % glyphs.running.length]!, theme.running);
    case 'skipped':
      return span(glyphs.skipped, theme.dim);
    case 'waiting':
      return span(glyphs.waiting, theme.waiting);
  }
}

/**
 * In the author's order, whichever was known first; what a cell promises of its own run stands before. Passing exit
 * statuses are what everybody expects: they are not said.
 */
export function shownVerdicts(cell: Cell, { verdicts }: CellState): readonly Verdict[] {
  const place = new Map(cell.expects.map(({ id }, at) => [id, at]));
  const at = ({ check }: Verdict) => place.get(check) ?? -1;
  return verdicts
    .filter(({ state, check }) => !(state === 'pass' && check === `${cell.id}/exit`))
    .toSorted((one, other) => at(one) - at(other));
}

/** How much of a cell is done: those that hold among its checks and what it promises of its own run. */
export function holding(cell: Cell, state: CellState): { holds: number; all: number } {
  const seen = shownVerdicts(cell, state);
  const own = new Set(cell.expects.map(({ id }) => id));
  return {
    holds: seen.filter((verdict) => verdict.state === 'pass').length,
    all: own.size + seen.filter(({ check }) => !own.has(check)).length,
  };
}

/** Said where something holds and something else does not. */
function partly(cell: Cell, state: CellState, { words, glyphs, theme }: Style): Span[] {
  if (state.status === 'passed' || state.status === 'running' || state.status === 'checking') return [];
  const { holds, all } = holding(cell, state);
  if (all < 2 || holds === 0 || holds === all) return [];
  return [span(` ${glyphs.dot} ${words.holding(holds, all)}`, theme.notice)];
}

/** Glyph, word, and the time taken. `now` counts for a cell that runs. */
export function statusSpans(of: Cell, cell: CellState, style: Style, now: number): Span[] {
  const { theme, words } = style;
  const frame = Math.floor(now / 100);
  const glyph = statusGlyph(cell.status, style, frame);
  const said = [glyph, span(` ${cell.jumped ? words.jumped : words.status[cell.status]}`, glyph.style)];
  // What is known of it was seen when it was done, not now.
  if (cell.replayed && !cell.jumped) said.push(span(` ${style.glyphs.dot} ${words.asBefore}`, theme.dim));
  said.push(...partly(of, cell, style));
  const live = cell.status === 'running' && cell.startedAt !== undefined;
  const took = live ? Math.max(0, now - cell.startedAt!) : cell.durationMs;
  if (took === undefined || cell.status === 'waiting' || cell.status === 'skipped') return said;
  return [
    ...said,
    span(` ${style.glyphs.dot} ${live ? `${Math.floor(took / 1000)} s` : duration(took)}`, theme.dim),
  ];
}

export function verdictGlyph(state: VerdictState, style: Style): Span {
  const { glyphs, theme } = style;
  const table: Record<VerdictState, Span> = {
    pass: span(glyphs.pass, theme.pass),
    fail: span(glyphs.fail, theme.fail),
    broken: span(glyphs.broken, theme.broken),
    skipped: span(glyphs.skipped, theme.dim),
  };
  return table[state];
}

export function notPassed(verdicts: readonly Verdict[]): boolean {
  return verdicts.some((verdict) => verdict.state === 'fail' || verdict.state === 'broken');
}
