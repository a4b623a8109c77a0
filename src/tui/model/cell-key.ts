/** What the keys of a cell have in common. */
import type { Cell } from '../../lesson/model.ts';
import type { CellState } from '../../session/state.ts';
import { type Context, only, type Update } from './context.ts';
import { cellAt } from './stops.ts';
import type { LessonView } from './view.ts';

export type Handler = (view: LessonView, context: Context) => Update;

/** Does something with the current cell, once it is in the window: nothing happens to what is not seen. */
export const withCell =
  (act: (view: LessonView, context: Context, cell: Cell, state: CellState) => Update): Handler =>
  (view, context) => {
    const cell = cellAt(context.lesson, view.current);
    const state = cell && context.state.cells[cell.id];
    return cell && state ? act(view, context, cell, state) : only(view);
  };

/** What is in the way: a program that runs, or a look at what has come of it. */
export const busyWords = ({ notice: said }: Context['words'], { status }: CellState): string =>
  status === 'checking' ? said.checking : said.busy;

export function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
