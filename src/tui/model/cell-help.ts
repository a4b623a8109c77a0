/** Keys for who is stuck: hints, the solution, what the checks say, the author's text again. */
import { cellText } from '../../page/layout/cell.ts';
import { nextHint, shownHints } from '../../session/hints.ts';
import { busyWords, type Handler, toggled, withCell } from './cell-key.ts';
import { notice, only } from './context.ts';
import { quizSolution } from './quiz.ts';
import { following } from './scroll.ts';
import { busyCell, quizAt } from './stops.ts';

export const hint = withCell((view, context, cell, state) => {
  const { words } = context;
  if (cell.hints.length === 0) return notice(view, words.notice.noHints);
  if (nextHint(cell, state) === undefined) {
    // A hint to what holds is kept back: see nextHint.
    const left = shownHints(state).length < cell.hints.length;
    return notice(view, left ? words.notice.hintsHold : words.notice.noMoreHints);
  }
  return {
    view: following(view, context),
    effects: [{ effect: 'act', action: { do: 'show-hint', cell: cell.id } }],
  };
});

/** Asked for twice it is shown; asked for twice more it is written into the cell, to be run as it is. */
const cellSolution = withCell((view, context, cell, state) => {
  const { words } = context;
  if (cell.solution === undefined) return notice(view, words.notice.noSolution);
  if (!state.solutionShown) {
    if (view.armed !== 'solution') return only({ ...view, armed: 'solution', notice: words.ask.solution });
    return {
      view: following(view, context),
      effects: [{ effect: 'act', action: { do: 'show-solution', cell: cell.id } }],
    };
  }
  const now = cellText(cell, state);
  const busy = state.status === 'running' || state.status === 'checking';
  if (busy || state.status === 'passed' || now === cell.solution) return only(following(view, context));
  if (view.armed !== 'take') return only({ ...view, armed: 'take', notice: words.ask.take });
  return {
    view: {
      ...following(view, context),
      setAside: { ...view.setAside, [cell.id]: now },
      notice: words.notice.taken,
    },
    effects: [{ effect: 'act', action: { do: 'edit-answer', cell: cell.id, text: cell.solution } }],
  };
});

export const solution: Handler = (view, context) => {
  const quiz = quizAt(context.lesson, view.current);
  return quiz ? quizSolution(view, context, quiz) : cellSolution(view, context);
};

export const check = withCell((view, context, cell, { status }) => {
  const { words, lesson, state } = context;
  if (cell.expects.length === 0) return notice(view, words.notice.noChecks);
  // It was true when it was done, and the lesson has gone on since.
  if (status === 'passed') return notice(view, words.notice.passed);
  const busy = busyCell(lesson, state);
  if (busy) return notice(view, busyWords(words, state.cells[busy.id]!));
  return {
    view: following(view, context),
    effects: [{ effect: 'act', action: { do: 'check-cell', cell: cell.id } }],
  };
});

/** Opened checks are read from the first one on. */
export const open = withCell((view, context, cell, state) =>
  state.verdicts.length === 0 && state.status !== 'checking'
    ? notice(view, context.words.notice[cell.expects.length === 0 ? 'noChecks' : 'notLooked'])
    : only({ ...following(view, context), opened: toggled(view.opened, cell.id), from: 'below' }),
);

/** The author's text again, and with the next press what stood there before: nothing is lost. */
export const revert = withCell((view, { words }, cell, state) => {
  const aside = view.setAside[cell.id];
  const now = cellText(cell, state);
  const text = now === cell.text ? aside : cell.text;
  if (text === undefined) return notice(view, words.notice.unedited);
  return {
    view: {
      ...view,
      setAside: { ...view.setAside, [cell.id]: now },
      notice: text === cell.text ? words.notice.reverted : words.notice.unreverted,
    },
    effects: [{ effect: 'act', action: { do: 'edit-answer', cell: cell.id, text } }],
  };
});
