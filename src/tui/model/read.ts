/** Keys while reading: scrolling, going from cell to cell, and what can be done with the current one. */

import type { Cell } from '../../lesson/model.ts';
import { edit } from '../../page/editor/edit.ts';
import { openEditor } from '../../page/editor/state.ts';
import { cellText } from '../../page/layout/cell.ts';
import { anchorAt } from '../../page/layout/page.ts';
import type { CellState } from '../../session/state.ts';
import { check, hint, open, revert, solution } from './cell-help.ts';
import { busyWords, type Handler, toggled, withCell } from './cell-key.ts';
import { openClass, stopSharing } from './class.ts';
import { type Context, notice, only, type Update } from './context.ts';
import { copyCell, copyOutput } from './copy.ts';
import { openFind } from './find.ts';
import { openHandbook } from './handbook.ts';
import { openPalette } from './palette.ts';
import { nextLesson, primary } from './primary.ts';
import { openPrintout, pagePrintout, savePrintout } from './printout.ts';
import { quizAnswer } from './quiz.ts';
import { bodySpan, following, scrollTo, topRow } from './scroll.ts';
import { askPlaces, enterShell } from './shell.ts';
import { openSteps } from './steps.ts';
import { busyCell, cellAt, isAway, quizAt, stepOf, stopsOf } from './stops.ts';
import type { LessonView } from './view.ts';

const scrollBy =
  (rows: (context: Context) => number): Handler =>
  (view, context) => {
    const top = topRow(view, context.laid, context.rows);
    return only(scrollTo(view, context.laid, top + rows(context), context.rows, stopsOf(context.lesson)));
  };

/** To the first or the last row, and to the cell that is nearest to it. */
const toEnd =
  (which: 'start' | 'end'): Handler =>
  (view, { laid, rows, lesson }) => {
    const stops = stopsOf(lesson);
    const moved = scrollTo(view, laid, which === 'start' ? 0 : laid.page.height, rows, []);
    return only({ ...moved, current: which === 'start' ? stops[0] : stops.at(-1) });
  };

/** A page keeps two rows of the one before, so that the eye finds its place. */
const page = (context: Context) => Math.max(1, context.rows - 2);

/** Goes to the stop `by` places further, showing the prose that leads to it. */
const goBy =
  (by: 1 | -1): Handler =>
  (view, context) => {
    const { lesson, laid, rows, words } = context;
    const stops = stopsOf(lesson);
    const known = view.current === undefined ? -1 : stops.indexOf(view.current);
    // A cell that the reader has not come to yet is itself the next one.
    const now = topRow(view, laid, rows);
    const ahead =
      by === 1 && view.current !== undefined && bodySpan(laid.page, view.current).start >= now + rows;
    const at = ahead ? known - 1 : known;
    const next = stops[at + by];
    if (next === undefined) {
      // After the last cell comes what was learnt, and how the lesson went: all of it is read, a page at a time.
      if (by === 1 && view.current !== undefined) {
        const lead = bodySpan(laid.page, view.current).end;
        const scrolled = scrollTo(view, laid, now < lead ? lead : now + page(context), rows, []);
        return topRow(scrolled, laid, rows) > now ? only(scrolled) : notice(scrolled, words.notice.last);
      }
      return notice(view, by === 1 ? words.notice.last : words.notice.first);
    }
    const { start, end } = bodySpan(laid.page, next);
    const before = stops[at + by - 1];
    const lead = before === undefined ? 0 : bodySpan(laid.page, before).end;
    // Asked for once more, the cell itself must be seen, however long the prose that leads to it.
    const shown = Math.min(Math.max(0, start - 1), Math.max(lead, end + 1 - rows));
    const from = ahead ? shown : by === 1 ? lead : Math.max(0, start - 3);
    // Already whole in the window with what leads to it: nothing needs to move.
    const row = from >= now && end + 1 <= now + rows ? now : from;
    const moved: LessonView = { ...view, current: next, anchor: anchorAt(laid.page, row), follow: false };
    return { view: moved, effects: [{ effect: 'act', action: { do: 'move', block: next } }] };
  };

function run(view: LessonView, context: Context, cell: Cell, text?: string): Update {
  const { words, state, lesson } = context;
  const busy = busyCell(lesson, state);
  // What runs by itself lets others wait behind it.
  if (busy && !state.catchingUp) return notice(view, busyWords(words, state.cells[busy.id]!));
  // A lost sandbox is not made anew behind the learner's back.
  if (state.sandbox.state === 'lost') return notice(view, words.sandbox.lostLong);
  const own = text ?? state.cells[cell.id]?.answer;
  const action =
    own === undefined
      ? ({ do: 'run-cell', cell: cell.id } as const)
      : ({ do: 'run-cell', cell: cell.id, text: own } as const);
  const run: Update = { view: following(view, context), effects: [{ effect: 'act', action }] };
  // It waits for its sandbox: pressed again it is not to run twice.
  if (!isAway(state)) return run;
  const waits = state.catchingUp ? words.past.queued : words.notice.queued;
  if (view.queued === cell.id) return notice(view, waits);
  return { ...run, view: { ...run.view, queued: cell.id, notice: waits } };
}

export function runText(view: LessonView, context: Context, cell: Cell, text: string): Update {
  return run(view, context, cell, text);
}

function write(view: LessonView, context: Context, cell: Cell, state: CellState): Update {
  if (state.status === 'running' || state.status === 'checking')
    return notice(view, busyWords(context.words, state));
  const opened = openEditor(cellText(cell, state));
  // The author's starting lines are there to be read: the learner's own begin below them.
  const written = cellText(cell, state);
  const untouched =
    cell.role === 'task' &&
    cell.text.trim() !== '' &&
    written.trimEnd() === cell.text.trimEnd() &&
    !written.endsWith('\n');
  const editor = untouched ? edit(opened, { edit: 'insert', text: '\n' }) : opened;
  return only({ ...following(view, context), mode: { name: 'write', cell: cell.id, editor } });
}

const enter: Handler = (view, context) => {
  const cell = cellAt(context.lesson, view.current);
  switch (primary(view, context)) {
    case 'show':
      return scrollBy(page)(view, context);
    case 'go-on':
      return goBy(1)(view, context);
    case 'next-lesson': {
      const { id, title } = nextLesson(context)!;
      return { view, effects: [{ effect: 'open', id, title }] };
    }
    case 'answer': {
      const quiz = quizAt(context.lesson, view.current)!;
      return notice(view, context.words.quiz.enter(quiz.choices.length));
    }
    case 'stop':
      return notice(view, busyWords(context.words, context.state.cells[cell!.id]!));
    case 'write':
      return write(view, context, cell!, context.state.cells[cell!.id]!);
    case 'run':
      return run(view, context, cell!);
  }
};

const again = withCell((view, context, cell, state) => {
  const unwritten = cell.role === 'task' && state.answer === undefined && state.attempts === 0;
  return unwritten ? write(view, context, cell, state) : run(view, context, cell);
});

const fold = withCell((view, context, cell) => {
  const top = topRow(view, context.laid, context.rows);
  return only({
    ...view,
    anchor: anchorAt(context.laid.page, top),
    follow: false,
    unfolded: toggled(view.unfolded, cell.id),
  });
});

const interrupt: Handler = (view, context) =>
  busyCell(context.lesson, context.state) || context.state.catchingUp
    ? {
        view: { ...view, notice: context.words.notice.interrupted },
        effects: [{ effect: 'act', action: { do: 'interrupt' } }],
      }
    : notice(view, context.words.notice.nothingRuns);

const external = withCell((view, _context, cell, state) => ({
  view,
  effects: [{ effect: 'editor', cell: cell.id, text: cellText(cell, state) }],
}));

const ask =
  (question: 'rewind' | 'skip'): Handler =>
  (view) =>
    only({ ...view, mode: { name: 'ask', question } });

const askAboutCell = (question: 'rewind' | 'skip') =>
  withCell((view, context) => ask(question)(view, context));

const quit: Handler = (view, context) =>
  busyCell(context.lesson, context.state)
    ? only({ ...view, mode: { name: 'ask', question: 'quit-running' } })
    : { view, effects: [{ effect: 'quit' }] };

/** Ctrl-C stops what runs; else it wants to be pressed twice, as in every shell where it once stopped too much. */
const ctrlC: Handler = (view, context) => {
  if (view.armed === 'quit') return { view, effects: [{ effect: 'quit' }] };
  if (!busyCell(context.lesson, context.state))
    return only({ ...view, armed: 'quit', notice: context.words.ask.quit });
  const update = interrupt(view, context);
  return { ...update, view: { ...update.view, armed: 'quit' } };
};

const answer =
  (choice: number): Handler =>
  (view, context) => {
    const quiz = quizAt(context.lesson, view.current);
    return quiz ? quizAnswer(view, context, quiz, choice) : only(view);
  };

/** Every key of the reading mode. */
export const READING: Readonly<Record<string, Handler>> = {
  enter,
  up: scrollBy(() => -1),
  k: scrollBy(() => -1),
  down: scrollBy(() => 1),
  j: scrollBy(() => 1),
  pageup: scrollBy((context) => -page(context)),
  b: scrollBy((context) => -page(context)),
  pagedown: scrollBy(page),
  ' ': scrollBy(page),
  home: toEnd('start'),
  g: toEnd('start'),
  end: toEnd('end'),
  G: toEnd('end'),
  n: goBy(1),
  tab: goBy(1),
  p: goBy(-1),
  'shift-tab': goBy(-1),
  a: again,
  'ctrl-r': again,
  h: hint,
  s: solution,
  c: check,
  o: open,
  f: fold,
  F: openPrintout,
  P: pagePrintout,
  W: savePrintout,
  x: interrupt,
  i: withCell(write),
  e: external,
  u: revert,
  S: askAboutCell('skip'),
  R: askAboutCell('rewind'),
  r: (view, { lesson }) => {
    const step = stepOf(lesson, view.current ?? 0);
    // From its first cells on the whole lesson is the step.
    const within = lesson.cells.some((cell) => cell.step < step) ? { step } : {};
    const here = cellAt(lesson, view.current);
    const cell = here && here !== lesson.cells[0] ? { cell: here.id } : {};
    return only({ ...view, mode: { name: 'ask', question: 'reset', ...within, ...cell } });
  },
  y: withCell(copyCell),
  Y: withCell(copyOutput),
  v: openSteps,
  w: openHandbook,
  C: openClass,
  X: stopSharing,
  '/': openFind,
  ':': openPalette,
  'ctrl-p': openPalette,
  t: (view, context) => enterShell(following(view, context), context),
  // The key that led out leads back in.
  'ctrl-]': (view, context) => (view.shell ? enterShell(view, context) : only(view)),
  T: askPlaces,
  z: (view) => ({ view, effects: [{ effect: 'mouse' }] }),
  l: (view) => ({ view, effects: [{ effect: 'list' }] }),
  q: quit,
  'ctrl-c': ctrlC,
  '?': (view) => only({ ...view, mode: { name: 'help', top: 0 } }),
  N: (view, { presenting }) => only(presenting ? { ...view, mode: { name: 'notes', top: 0 } } : view),
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [String(at + 1), answer(at)])),
};
