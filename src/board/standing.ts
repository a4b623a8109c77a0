/** How the class as a whole stands; changed in place by the book and by nobody else. */
import type { Pace } from './events.ts';
import type { ClassNow, News, PollShown } from './messages.ts';
import type { CoursePlace } from './outline.ts';
import { Questions } from './questions.ts';
import type { BoardState, PollResult } from './rows.ts';

export interface Poll {
  readonly id: string;
  readonly question: string;
  readonly choices: readonly string[];
  readonly quiz?: { lesson: string; quiz: string };
  readonly at: number;
  open: boolean;
  /** The class is shown what came of it. */
  shared: boolean;
  /** Learner -> choice: the last one of each counts. */
  readonly votes: Map<string, number>;
}

export interface Standing {
  title: string;
  pace: Pace;
  paceSince: number;
  where?: CoursePlace;
  timer?: { label: string; endsAt: number };
  readonly polls: Poll[];
  readonly questions: Questions;
  readonly announcements: { id: string; text: string; at: number }[];
  /** What everybody was told; who joins is told it too. */
  readonly news: News[];
  ended: boolean;
}

export function standingAtFirst(title: string): Standing {
  return {
    title,
    pace: { mode: 'free' },
    paceSince: 0,
    polls: [],
    questions: new Questions(),
    announcements: [],
    news: [],
    ended: false,
  };
}

export function classNow(standing: Standing, now: number, present: number): ClassNow {
  const { title, pace, where, timer, ended } = standing;
  const poll = standing.polls.at(-1);
  return {
    title,
    pace,
    present,
    ended,
    ...(where === undefined ? {} : { where }),
    ...(timer === undefined || timer.endsAt <= now
      ? {}
      : { timer: { label: timer.label, leftMs: timer.endsAt - now } }),
    ...(poll === undefined ? {} : { poll: shownToAll(poll) }),
  };
}

function shownToAll(poll: Poll): PollShown {
  const { id, question, choices, open, shared } = poll;
  return { id, question, choices, open, ...(shared ? { votes: resultOf(poll).votes } : {}) };
}

/** Copies: what was handed out stays what it was. */
export function boardWithoutRows(standing: Standing, now: number): Omit<BoardState, 'rows'> {
  const { title, pace, where, timer, ended } = standing;
  return {
    title,
    pace,
    polls: standing.polls.map(resultOf),
    questions: standing.questions.shown(),
    announcements: [...standing.announcements],
    ended,
    now,
    ...(where === undefined ? {} : { where }),
    ...(timer === undefined ? {} : { timer }),
  };
}

function resultOf({ id, question, choices, votes, open, at }: Poll): PollResult {
  const counts = choices.map(() => 0);
  for (const choice of votes.values()) counts[choice]! += 1;
  return { id, question, choices, votes: counts, open, at };
}
