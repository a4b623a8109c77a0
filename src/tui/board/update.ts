/** What comes of a key on the board: the view after it, and what is to be done about it outside. */
import type { InstructorEvent } from '../../board/events.ts';
import type { BoardView } from './view.ts';

export type Effect =
  | { effect: 'say'; event: InstructorEvent }
  | { effect: 'look'; learner: string; lesson: string; cell: string }
  | { effect: 'retry' | 'quit' };

export interface Update {
  view: BoardView;
  effects: readonly Effect[];
}

export const only = (view: BoardView): Update => ({ view, effects: [] });
export const saying = (view: BoardView, ...events: InstructorEvent[]): Update => ({
  view,
  effects: events.map((event) => ({ effect: 'say', event })),
});
