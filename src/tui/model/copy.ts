/** What `y` and `Y` copy of the current cell. Pure. */
import type { Cell } from '../../lesson/model.ts';
import { cellText } from '../../page/layout/cell.ts';
import { lineText } from '../../page/text/line.ts';
import { createOutputReader } from '../../page/text/output.ts';
import type { Words } from '../../page/words/choose.ts';
import type { CellState } from '../../session/state.ts';
import { type Context, notice, type Update } from './context.ts';
import type { LessonView } from './view.ts';

/** What is said of a copy that was handed over, was too long, or went nowhere: there is no clipboard. */
export function copiedWords(done: boolean | undefined, text: string, { notice: said }: Words): string {
  if (done === undefined) return said.noClipboard;
  return done ? said.copied(text.split('\n').length) : said.tooLong;
}

function copied(view: LessonView, text: string): Update {
  return { view, effects: [{ effect: 'copy', text }] };
}

export function copyCell(view: LessonView, _context: Context, cell: Cell, state: CellState): Update {
  return copied(view, cellText(cell, state));
}

/** As it is seen, without colours: nothing that a terminal would obey gets into the clipboard. */
export function copyOutput(view: LessonView, context: Context, _cell: Cell, state: CellState): Update {
  const reader = createOutputReader({ colours: false, base: { stdout: '', stderr: '' } });
  for (const piece of state.output) reader.push(piece.text, piece.stream);
  const text = reader.lines().map(lineText).join('\n');
  return text.trim() === '' ? notice(view, context.words.notice.noOutput) : copied(view, text);
}
