/** What a key does on the board. Pure: the view after it, and what is said to the class. */

import { checkKey } from '../../board/view/failing.ts';
import { firstPlace, placeBeside, placeLabel, placesOf } from '../../board/view/places.ts';
import { EVERYBODY, FILTERS, SORTS } from '../../board/view/select.ts';
import type { KeyPress } from '../model/keys.ts';
import { chord } from '../model/keys.ts';
import { scrollMove } from '../model/moves.ts';
import { helpRows } from './help-lines.ts';
import { lookedAtOf } from './learner-lines.ts';
import { only, saying, type Update } from './update.ts';
import { type BoardView, type Choice, type Seen, TABS, type Tab } from './view.ts';
import { pressInWriting, startWriting } from './writing.ts';

const look = (view: BoardView): BoardView => ({ ...view, mode: { name: 'look' } });
const after = <T>(all: readonly T[], one: T, by: number): T =>
  all[(all.indexOf(one) + by + all.length) % all.length]!;
const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

const stepOf = (pressed: string, height: number): number | undefined =>
  scrollMove(pressed, Math.max(1, height - 2));

function paceChoices({ course, words, lesson: shown }: Seen): Choice[] {
  return [
    { text: words.pace.free, does: { say: { type: 'pace', pace: { mode: 'free' } } } },
    { text: words.pace.following, does: { say: { type: 'pace', pace: { mode: 'following' } } } },
    // Those of the lesson that is seen first: they are what is opened next.
    ...placesOf(course)
      .sort((a, b) => Number(b.lesson === shown?.id) - Number(a.lesson === shown?.id))
      .map((place): Choice => {
        return {
          text: `${words.pace.upTo}${words.colon}${placeLabel(course, place)}`,
          does: { say: { type: 'pace', pace: { mode: 'gated', upTo: place } } },
        };
      }),
  ];
}

function pollChoices({ polls, course, lesson, words }: Seen, id: () => string): Choice[] {
  const open = polls.find((poll) => poll.open);
  const close = (share: boolean): Choice['does'] => ({
    say: { type: 'poll-closed', id: open?.id ?? '', share },
  });
  const quizzes = course.lessons
    .flatMap((one) => one.quizzes.map((quiz) => ({ ...quiz, lesson: one.id })))
    .sort((a, b) => Number(b.lesson === lesson?.id) - Number(a.lesson === lesson?.id));
  return [
    ...(open
      ? [
          { text: `${words.poll.closeShare}${words.colon}${open.question}`, does: close(true) },
          { text: `${words.poll.close}${words.colon}${open.question}`, does: close(false) },
        ]
      : []),
    { text: words.poll.own, does: { write: { what: 'poll-question' } } },
    ...quizzes.map(
      ({ id: quiz, question, choices, lesson: of }): Choice => ({
        text: question,
        does: {
          say: { type: 'poll-opened', id: id(), question, choices: [...choices], quiz: { lesson: of, quiz } },
        },
      }),
    ),
  ];
}

/** Of the host itself: the class ends, or is stopped, or neither. Of another one's: it goes on without this board. */
function leave({ view, host, words, board }: Seen): Update {
  if (!host || board.ended) return { view, effects: [{ effect: 'quit' }] };
  return choose(view, words.leave.title, [
    { text: words.leave.stay, does: 'stay' },
    { text: words.leave.stop, does: 'quit' },
    { text: words.leave.end, does: { say: { type: 'class-ended' } } },
  ]);
}

const choose = (view: BoardView, title: string, choices: readonly Choice[]): Update =>
  only({ ...view, mode: { name: 'choose', title, choices, at: 0 } });

function pressInChoice(seen: Seen, pressed: string): Update {
  const { view, height } = seen;
  if (view.mode.name !== 'choose') return only(view);
  const { choices, at } = view.mode;
  const by = stepOf(pressed, height);
  if (by !== undefined)
    return only({ ...view, mode: { ...view.mode, at: between(0, at + by, choices.length - 1) } });
  if (pressed === 'escape' || pressed === 'q') return only(look(view));
  const does = pressed === 'enter' ? choices[at]?.does : undefined;
  if (!does) return only(view);
  if (does === 'stay') return only(look(view));
  if (does === 'quit') return { view: look(view), effects: [{ effect: 'quit' }] };
  return 'say' in does ? saying(look(view), does.say) : only(startWriting(view, does.write));
}

function pressWhenSure(seen: Seen, pressed: string): Update {
  const { view, open } = seen;
  if (view.mode.name !== 'sure' || !['y', 'n', 'escape'].includes(pressed)) return only(view);
  if (pressed !== 'y') return only(look(view));
  if (view.mode.of === 'end') return saying(look(view), { type: 'class-ended' });
  const { open: _, ...closed } = look(view);
  return open ? saying(closed, { type: 'removed', learner: open.id }) : only(closed);
}

/** The learner whom keys are about: the one who is open, else the chosen one of the list. */
function about({ view, rows, chosen, open }: Seen) {
  return open ?? (view.tab === 'board' ? rows[chosen] : undefined);
}

function pressInLearner(seen: Seen, pressed: string): Update | undefined {
  const { view, open, height } = seen;
  if (!open) return undefined;
  const cells = lookedAtOf(seen, open);
  const at = between(0, view.cell, cells.length - 1);
  const by = stepOf(pressed, height);
  if (by !== undefined) return only({ ...view, cell: between(0, at + by, cells.length - 1) });
  switch (pressed) {
    case 'escape':
    case 'left': {
      const { open: _, ...closed } = view;
      return only(closed);
    }
    case 'enter':
    case 'o': {
      const cell = cells[at];
      if (!cell) return only(view);
      const { detail } = seen.words;
      const { outputs, transcript } = open.consent;
      if (!(cell.id === '' ? transcript : outputs))
        return only({ ...view, notice: cell.id === '' ? detail.notAgreedShells : detail.notAgreed });
      const effects = [{ effect: 'look', learner: open.id, lesson: cell.lesson, cell: cell.id }] as const;
      return { view: { ...view, cell: at }, effects };
    }
    case 'x':
      return only({ ...view, mode: { name: 'sure', of: 'remove' } });
    default:
      return undefined;
  }
}

function openChosen(seen: Seen): Update {
  const { view, rows, chosen, questions, failing } = seen;
  const row = rows[chosen];
  if (view.tab === 'board')
    return only(row ? { ...view, learner: row.id, open: row.id, cell: 0, top: 0 } : view);
  if (view.tab === 'questions') {
    const question = questions[view.at];
    if (!question || question.answered) return only(view);
    return only(startWriting(view, { what: 'answer', learner: question.learner, question: question.id }));
  }
  const one = view.tab === 'failing' ? failing[view.at] : undefined;
  if (!one) return only(view);
  return only({ ...view, tab: 'board', query: { ...EVERYBODY, check: checkKey(one) }, lesson: one.lesson });
}

/** How many there are to choose from in the view that is open. */
function countOf({ view, rows, questions, failing, polls }: Seen): number {
  const counts: Readonly<Record<Tab, number>> = {
    board: rows.length,
    questions: questions.length,
    failing: failing.length,
    polls: polls.length,
    presenter: 0,
  };
  return counts[view.tab];
}

function move(seen: Seen, by: number): Update {
  const { view, rows, chosen } = seen;
  const last = Math.max(0, countOf(seen) - 1);
  if (view.tab !== 'board') return only({ ...view, at: between(0, view.at + by, last) });
  const row = rows[between(0, chosen + by, last)];
  return only(row ? { ...view, learner: row.id } : view);
}

const toTab = (view: BoardView, tab: Tab): Update => {
  const { open: _, ...closed } = view;
  return only({ ...closed, tab, at: 0, top: 0 });
};

function where(seen: Seen, by: 1 | -1): Update {
  const { course, board, lesson } = seen;
  const place = board.where ? placeBeside(course, board.where, by) : firstPlace(course, lesson);
  return place ? saying(seen.view, { type: 'where', place }) : only(seen.view);
}

function pressInView(seen: Seen, pressed: string, id: () => string): Update {
  const { view, words, board, course, lesson, questions, failing, height } = seen;
  const { query } = view;
  const by = stepOf(pressed, height);
  if (by !== undefined) return move(seen, by);
  if (/^[1-5]$/.test(pressed)) return toTab(view, TABS[Number(pressed) - 1]!);
  const learner = about(seen);
  switch (pressed) {
    case 'tab':
    case 'right':
      return toTab(view, after(TABS, view.tab, 1));
    case 'shift-tab':
    case 'left':
      return toTab(view, after(TABS, view.tab, -1));
    case 'enter':
      return openChosen(seen);
    case 'escape':
      return only({ ...view, query: EVERYBODY });
    case '/':
      return only({ ...startWriting(view, { what: 'search' }), tab: 'board' });
    case 'f':
    case 'F': {
      const { check: _, ...without } = query;
      return only({
        ...view,
        query: { ...without, filter: after(FILTERS, query.filter, pressed === 'f' ? 1 : -1) },
      });
    }
    case 's':
      return only({ ...view, query: { ...query, sort: after(SORTS, query.sort, 1) } });
    case 'S':
      return only({ ...view, query: { ...query, reversed: !query.reversed } });
    case 'l': {
      const next = lesson && after(course.lessons, lesson, 1);
      return only(next ? { ...view, lesson: next.id } : view);
    }
    case 'a':
      return only(startWriting(view, { what: 'announce' }));
    case 'h': {
      if (!learner) return only(view);
      const { stuckOn } = learner;
      const cell = stuckOn ? { lesson: stuckOn.lesson, cell: stuckOn.cell } : {};
      return only(startWriting(view, { what: 'hint', to: learner.id, ...cell }));
    }
    case 'H': {
      const one = view.tab === 'failing' ? failing[view.at] : undefined;
      const cell = one ? { lesson: one.lesson, cell: one.cell } : {};
      return only(startWriting(view, { what: 'hint', ...cell }));
    }
    case 'p':
      return choose(view, words.ask.pace, paceChoices(seen));
    case 'v':
      return choose(view, words.ask.poll, pollChoices(seen, id));
    case '>':
      return where(seen, 1);
    case '<':
      return where(seen, -1);
    case 't':
      return board.timer
        ? saying(view, { type: 'timer-stopped' })
        : only(startWriting(view, { what: 'timer' }));
    case 'u':
      return learner?.hand ? saying(view, { type: 'hand-lowered', learner: learner.id }) : only(view);
    case 'A': {
      const question = view.tab === 'questions' ? questions[view.at] : undefined;
      if (!question || question.answered) return only(view);
      return saying(view, { type: 'question-answered', learner: question.learner, question: question.id });
    }
    case 'n':
      return only({ ...view, hidden: !view.hidden });
    case 'E':
      return board.ended ? only(view) : only({ ...view, mode: { name: 'sure', of: 'end' } });
    case 'r':
      return { view, effects: seen.link.connection === 'open' ? [] : [{ effect: 'retry' }] };
    case '?':
      return only({ ...view, mode: { name: 'help', top: 0 } });
    case 'i':
      return only(seen.host ? { ...view, mode: { name: 'invitation' } } : view);
    case 'q':
      return leave(seen);
    default:
      return only(view);
  }
}

/** @param id makes a new name for what is said: an announcement, a hint, a poll */
export function press(seen: Seen, key: KeyPress, id: () => string): Update {
  const { notice: _, ...view } = seen.view;
  const now = { ...seen, view };
  const pressed = chord(key);
  if (pressed === 'ctrl-c') return leave(now);
  switch (view.mode.name) {
    case 'write':
      return pressInWriting(now, key, id);
    case 'choose':
      return pressInChoice(now, pressed);
    case 'sure':
      return pressWhenSure(now, pressed);
    case 'invitation':
      if (['escape', 'enter', 'i', 'q'].includes(pressed)) return only(look(view));
      return pressInView({ ...now, view: look(view) }, pressed, id);
    case 'help': {
      const by = stepOf(pressed, seen.height);
      if (by === undefined) return only(['escape', '?', 'q', 'enter'].includes(pressed) ? look(view) : view);
      const last = Math.max(0, helpRows(seen.columns, seen.words) - seen.height);
      return only({ ...view, mode: { name: 'help', top: between(0, view.mode.top + by, last) } });
    }
    default:
      return pressInLearner(now, pressed) ?? pressInView(now, pressed, id);
  }
}
