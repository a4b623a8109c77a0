/** What a learner says, put into what is known of them. */
import type { Change } from './change.ts';
import type { Consent, LearnerEvent } from './events.ts';
import type { Learner } from './learner.ts';
import type { Places } from './places.ts';
import type { CellMark } from './rows.ts';
import type { SharedCells } from './shared.ts';
import type { Standing } from './standing.ts';

/** Of shells of their own: the last so many UTF-16 code units. */
const TRANSCRIPT = 32 * 1024;

type Changed = Omit<Change, 'counted'>;

export function learnerSays(
  event: LearnerEvent,
  at: number,
  learner: Learner,
  standing: Standing,
  places: Places,
  shared: SharedCells,
): Changed {
  learner.activeAt = at;
  const changed: Changed = { learner: learner.id };
  if (event.type !== 'left') learner.leftAt = undefined;
  switch (event.type) {
    case 'lesson-opened':
      if (learner.place?.lesson !== event.lesson) move(learner, event.lesson, 0, at, places);
      return changed;
    case 'moved':
      move(learner, event.lesson, event.step, at, places);
      return changed;
    case 'cell': {
      const key = cellSaid(event, at, learner, places);
      return key === undefined ? changed : { ...changed, cell: key };
    }
    case 'lesson-finished':
      if (places.has(event.lesson)) learner.finished.set(event.lesson, { at, activeMs: event.activeMs });
      return changed;
    case 'quiz': {
      const poll = standing.polls.findLast(
        ({ open, quiz }) => open && quiz?.lesson === event.lesson && quiz.quiz === event.quiz,
      );
      return poll === undefined ? changed : { ...changed, ...vote(poll.id, event.choice, learner, standing) };
    }
    case 'vote':
      return { ...changed, ...vote(event.poll, event.choice, learner, standing) };
    case 'withdrawn':
      return changed;
    case 'consent':
      agree(learner, event.consent, shared);
      return changed;
    case 'output':
      if (learner.consent.outputs && places.cell(event.lesson, event.cell) !== undefined)
        shared.set(learner.id, `${event.lesson}/${event.cell}`, { text: event.text, output: event.output });
      return changed;
    case 'transcript': {
      if (!learner.consent.transcript || !places.has(event.lesson)) return changed;
      const key = `${event.lesson}/`;
      const before = shared.get(learner.id, key)?.output ?? '';
      shared.set(learner.id, key, { text: '', output: (before + event.text).slice(-TRANSCRIPT) });
      return changed;
    }
    case 'hand':
      if (!event.up) learner.handSince = undefined;
      else learner.handSince ??= at;
      return changed;
    case 'reaction':
      learner.reaction = { reaction: event.reaction, at };
      return changed;
    case 'question': {
      const { id, text, place } = event;
      const isNew = standing.questions.ask({
        id,
        learner: learner.id,
        name: learner.name,
        text,
        at,
        answered: false,
        ...(place === undefined ? {} : { place }),
      });
      return isNew ? { ...changed, board: true } : changed;
    }
    case 'left':
      learner.leftAt = at;
      learner.handSince = undefined;
      return changed;
  }
}

function move(learner: Learner, lesson: string, step: number, at: number, places: Places): void {
  if (!places.has(lesson)) return;
  const { place } = learner;
  if (place?.lesson === lesson && place.step === step) return;
  learner.place = { lesson, step: Math.min(step, places.lastStep(lesson)) };
  learner.progressAt = at;
}

function vote(id: string, choice: number, learner: Learner, standing: Standing): Changed {
  const poll = standing.polls.find((one) => one.id === id);
  if (poll === undefined || !poll.open || choice >= poll.choices.length) return {};
  poll.votes.set(learner.id, choice);
  return { board: true };
}

/** What they no longer share is forgotten at once, not only hidden. */
function agree(learner: Learner, consent: Consent, shared: SharedCells): void {
  learner.consent = consent;
  if (!consent.outputs) shared.forget(learner.id, (key) => !key.endsWith('/'));
  if (!consent.transcript) shared.forget(learner.id, (key) => key.endsWith('/'));
}

/** The cell that is another now. Cells that the course does not have are no one's: a table of them would have no end. */
function cellSaid(
  event: Extract<LearnerEvent, { type: 'cell' }>,
  at: number,
  learner: Learner,
  places: Places,
): string | undefined {
  const { lesson, cell, status, attempts, failing, solution, hints } = event;
  const where = places.cell(lesson, cell);
  if (where === undefined) return undefined;
  const key = `${lesson}/${cell}`;
  const before = learner.cells[key];
  const earnedMilli = Math.round(event.earned * 1000);
  learner.pointsMilli += (status === 'waiting' ? 0 : earnedMilli) - Math.round((before?.earned ?? 0) * 1000);
  learner.hintsTotal += hints - (learner.hints.get(key) ?? 0);
  learner.hints.set(key, hints);
  if (status === 'waiting') {
    const { [key]: _, ...rest } = learner.cells;
    learner.cells = rest;
  } else {
    const mark: CellMark = {
      status,
      attempts,
      earned: earnedMilli / 1000,
      ...(solution ? { solution: true as const } : {}),
    };
    learner.cells = { ...learner.cells, [key]: mark };
  }
  if (learner.place?.lesson !== lesson) move(learner, lesson, where.step, at, places);
  const settled = status === 'passed' || status === 'skipped';
  if (settled && before?.status !== status) {
    learner.settledAt = at;
    learner.progressAt = at;
  }
  const { stuckOn } = learner;
  const isSame = stuckOn?.lesson === lesson && stuckOn.cell === cell;
  if (status === 'failed' || status === 'broken')
    learner.stuckOn = { lesson, cell, since: isSame ? stuckOn.since : at, attempts, failing };
  else if (isSame && status !== 'running') learner.stuckOn = undefined;
  // Done with a later one: they have gone on. An earlier one that is run once more is a way to look for the fault.
  else if (stuckOn !== undefined && settled && places.isAfter(where, stuckOn)) learner.stuckOn = undefined;
  return key;
}
