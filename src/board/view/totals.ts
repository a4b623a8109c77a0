/** The class in a few numbers, and what of it wants an answer. */
import type { Reaction } from '../events.ts';
import type { BoardState, LearnerRow, LearnerStatus, PollResult, QuestionShown } from '../rows.ts';

export interface Totals {
  /** Who is connected. */
  present: number;
  /** All but those who have left. */
  all: number;
  hands: number;
  by: Readonly<Record<LearnerStatus, number>>;
}

export function totalsOf(rows: readonly LearnerRow[]): Totals {
  const by = { working: 0, stuck: 0, done: 0, waiting: 0, idle: 0, away: 0, left: 0 };
  let hands = 0;
  for (const { status, hand } of rows) {
    by[status]++;
    if (hand) hands++;
  }
  const all = rows.length - by.left;
  return { present: all - by.away, all, hands, by };
}

/** Hands in the order in which they went up. */
export function handsOf(rows: readonly LearnerRow[]): (LearnerRow & { hand: { since: number } })[] {
  return rows
    .filter((row): row is LearnerRow & { hand: { since: number } } => row.hand !== undefined)
    .sort((a, b) => a.hand.since - b.hand.since);
}

/** Open ones first, the oldest of them at the head; then those that are answered, the latest first. */
export function questionsOf({ questions }: BoardState): QuestionShown[] {
  const open = questions.filter(({ answered }) => !answered).sort((a, b) => a.at - b.at);
  const answered = questions.filter((one) => one.answered).sort((a, b) => b.at - a.at);
  return [...open, ...answered];
}

/** What was said longer ago says nothing of now. */
const REACTION_LASTS_MS = 3 * 60_000;

export function reactionsOf(rows: readonly LearnerRow[], now: number): Readonly<Record<Reaction, number>> {
  const counts = { understood: 0, lost: 0, slower: 0, faster: 0, applause: 0 };
  for (const { reaction } of rows)
    if (reaction && now - reaction.at < REACTION_LASTS_MS) counts[reaction.reaction]++;
  return counts;
}

export interface PollBar {
  choice: string;
  votes: number;
  /** 0 to 1, of all votes. */
  share: number;
}

export function pollBars({ choices, votes }: PollResult): { bars: PollBar[]; all: number } {
  const all = votes.reduce((sum, one) => sum + one, 0);
  const bars = choices.map((choice, at) => ({
    choice,
    votes: votes[at] ?? 0,
    share: all > 0 ? (votes[at] ?? 0) / all : 0,
  }));
  return { bars, all };
}

/** The newest first; of two of one moment the later one. */
export const pollsOf = ({ polls }: BoardState): PollResult[] =>
  polls.toReversed().sort((a, b) => b.at - a.at);
