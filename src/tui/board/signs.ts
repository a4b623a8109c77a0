/** The sign of a cell and of a step on the board: those of the notebook, but nothing in a list of learners turns. */
import type { CellMark } from '../../board/rows.ts';
import type { StepMark } from '../../board/view/steps.ts';
import { statusGlyph } from '../../page/layout/status.ts';
import type { Style } from '../../page/layout/style.ts';
import { type Span, span } from '../../page/text/line.ts';

const atWork = ({ glyphs, theme }: Style): Span => span(glyphs.chosen, theme.running);

export const cellSign = (mark: CellMark | undefined, style: Style): Span =>
  mark?.status === 'running' ? atWork(style) : statusGlyph(mark?.status ?? 'waiting', style);

export function stepSign(mark: StepMark, style: Style): Span {
  switch (mark) {
    case 'done':
      return statusGlyph('passed', style);
    case 'failed':
    case 'broken':
      return statusGlyph(mark, style);
    case 'none':
      return span(style.glyphs.dot, style.theme.dim);
    default:
      return atWork(style);
  }
}
