/** What an instructor says, put into the class as it stands. */
import type { Change } from './change.ts';
import type { InstructorEvent } from './events.ts';
import type { Learner } from './learner.ts';
import type { News } from './messages.ts';
import type { Standing } from './standing.ts';

/** What an event may touch. */
export interface Members {
  get(id: string): Learner | undefined;
  all(): Iterable<Learner>;
  remove(id: string): void;
}

export function instructorSays(
  event: InstructorEvent,
  at: number,
  standing: Standing,
  members: Members,
): Omit<Change, 'counted'> {
  switch (event.type) {
    case 'pace':
      standing.pace = event.pace;
      standing.paceSince = at;
      return { class: true, board: true, everybody: true };
    case 'where':
      standing.where = event.place;
      if (standing.pace.mode === 'following') standing.paceSince = at;
      return { class: true, board: true, everybody: true };
    case 'announced': {
      if (standing.announcements.some(({ id }) => id === event.id)) return {};
      standing.announcements.push({ id: event.id, text: event.text, at });
      return {
        board: true,
        ...toEverybody({ kind: 'announcement', id: event.id, text: event.text, at }, standing, members),
      };
    }
    case 'hint': {
      const { id, text, lesson, cell } = event;
      const news: News = {
        kind: 'hint',
        id,
        text,
        at,
        ...(lesson === undefined ? {} : { lesson }),
        ...(cell === undefined ? {} : { cell }),
      };
      if (event.to === undefined) return toEverybody(news, standing, members);
      return toOne(event.to, news, members);
    }
    case 'timer':
      standing.timer = { label: event.label, endsAt: at + event.durationMs };
      return { class: true, board: true };
    case 'timer-stopped':
      delete standing.timer;
      return { class: true, board: true };
    case 'poll-opened': {
      if (standing.polls.some(({ id }) => id === event.id)) return {};
      // One at a time: who opens another has done with the one before.
      for (const poll of standing.polls) poll.open = false;
      const { id, question, choices, quiz } = event;
      standing.polls.push({
        id,
        question,
        choices,
        open: true,
        shared: false,
        at,
        votes: new Map(),
        ...(quiz === undefined ? {} : { quiz }),
      });
      return { class: true, board: true };
    }
    case 'poll-closed': {
      const poll = standing.polls.find(({ id }) => id === event.id);
      if (poll === undefined || !poll.open) return {};
      poll.open = false;
      poll.shared = event.share;
      return { class: true, board: true };
    }
    case 'hand-lowered': {
      const learner = members.get(event.learner);
      if (learner?.handSince === undefined) return {};
      learner.handSince = undefined;
      return { learner: learner.id, ...toOne(learner.id, { kind: 'hand-lowered', at }, members) };
    }
    case 'question-answered': {
      const asked = standing.questions.answer(event.learner, event.question);
      if (asked === undefined) return {};
      const { question, text } = event;
      const news: News = {
        kind: 'answer',
        id: question,
        question: asked.text,
        at,
        ...(text === undefined ? {} : { text }),
      };
      return { board: true, ...toOne(event.learner, news, members) };
    }
    case 'removed': {
      if (members.get(event.learner) === undefined) return {};
      members.remove(event.learner);
      return { learner: event.learner, member: 'removed', class: true, board: true };
    }
    case 'class-ended':
      standing.ended = true;
      delete standing.timer;
      return { class: true, board: true };
  }
}

function toOne(id: string, news: News, members: Members): Omit<Change, 'counted'> {
  const learner = members.get(id);
  if (learner === undefined) return {};
  learner.news.push(news);
  return { news: { to: id } };
}

/** Also to who comes later: they find it as everybody else does. */
function toEverybody(news: News, standing: Standing, members: Members): Omit<Change, 'counted'> {
  standing.news.push(news);
  for (const learner of members.all()) learner.news.push(news);
  return { news: { to: 'everybody' } };
}
