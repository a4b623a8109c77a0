/** The list of the lesson's steps: one is gone to, and what it builds on can be run at once. Pure. */

import type { Cell, Lesson } from '../../lesson/model.ts';
import { jumpPlan } from '../../session/replay.ts';
import type { SessionState } from '../../session/state.ts';
import { type Context, only, type Update } from './context.ts';
import { chord, type KeyPress } from './keys.ts';
import { moved, pickMove } from './moves.ts';
import { following } from './scroll.ts';
import { busyCell, hasIntroduction, stepOf, stopsOf } from './stops.ts';
import type { LessonView } from './view.ts';

/** Opens at the step that the reader is in. */
export function openSteps(view: LessonView, { lesson }: Context): Update {
  return only({ ...view, mode: { name: 'steps', selected: stepOf(lesson, view.current ?? 0) } });
}

/** The first cell of a step, or where it has none the next one: everything before it is what the step builds on. */
export function cellFrom(lesson: Lesson, block: number): Cell | undefined {
  for (const one of lesson.blocks.slice(block)) if (one.kind === 'cell') return one.cell;
  return undefined;
}

/** How many cells would be run to begin at this block as its author meant it. */
export function cellsBefore(lesson: Lesson, state: SessionState, block: number): number {
  const cell = cellFrom(lesson, block);
  return cell ? jumpPlan(lesson, state, cell.id).plan.length : 0;
}

/** Where a step begins. */
export function startOf(view: LessonView, at: number, lesson: Lesson): LessonView {
  const step = lesson.steps[at];
  if (step === undefined) return view;
  const start = step.from === 0 ? { block: -1, part: 'title' } : { block: step.from, part: 'gap' };
  const stops = stopsOf(lesson);
  return {
    ...view,
    mode: { name: 'read' },
    anchor: { ...start, row: 0 },
    follow: false,
    current: stops.find((block) => block >= step.from) ?? stops.at(-1),
  };
}

/** A fresh sandbox as it is meant to be where the step begins, and the reader there too. */
export function restoreStep(view: LessonView, at: number, { lesson }: Context): Update {
  const there = startOf(view, at, lesson);
  return {
    view: { ...there, opened: new Set(), unfolded: new Set() },
    effects: [
      { effect: 'act', action: { do: 'restore', step: at } },
      ...(there.current === undefined
        ? []
        : [{ effect: 'act', action: { do: 'move', block: there.current } } as const]),
    ],
  };
}

/** The same where a cell begins: what was tried in it is undone, what was done before it is there. */
export function restoreCell(view: LessonView, id: string, context: Context): Update {
  const cell = context.lesson.cells.find((one) => one.id === id);
  if (!cell) return only(view);
  const opened = new Set([...view.opened].filter((one) => one !== id));
  return {
    view: { ...following(view, context), opened },
    effects: [{ effect: 'act', action: { do: 'restore', step: cell.step, cell: id } }],
  };
}

/** Goes to the start of a step; asks about the cells before it that are not done. */
export function goToStep(view: LessonView, at: number, context: Context): Update {
  const { lesson, state } = context;
  const step = lesson.steps[at];
  if (step === undefined) return only(view);
  const there = startOf(view, at, lesson);
  const stop = there.current;
  const cells = cellsBefore(lesson, state, step.from);
  const free = !busyCell(lesson, state) && state.sandbox.state !== 'lost';
  return {
    view: cells > 0 && free ? { ...there, mode: { name: 'ask', question: 'catch-up', cells } } : there,
    effects: stop === undefined ? [] : [{ effect: 'act', action: { do: 'move', block: stop } }],
  };
}

export function pressInSteps(view: LessonView, selected: number, press: KeyPress, context: Context): Update {
  const { steps } = context.lesson;
  const pressed = chord(press);
  const by = pickMove(pressed);
  if (by !== undefined) {
    return only({ ...view, mode: { name: 'steps', selected: moved(selected, by, steps.length) } });
  }
  if (pressed === 'enter') return goToStep(view, selected, context);
  if (pressed === 'r') return only({ ...view, mode: { name: 'ask', question: 'restore', step: selected } });
  // The numbers are those of the list: what stands before the first heading has none.
  const numbered = /^[1-9]$/.test(pressed) ? Number(pressed) - (hasIntroduction(context.lesson) ? 0 : 1) : -1;
  if (steps[numbered]) return only({ ...view, mode: { name: 'steps', selected: numbered } });
  return only({ ...view, mode: { name: 'read' } });
}
