/**
 * The class as one learner has it: folded from what the host tells and what they do themselves. What they say goes into
 * the outbox first; what is said to them is on disk before it counts as seen.
 */
import { createHash, randomUUID } from 'node:crypto';
import type {
  ClassAction,
  ClassMessage,
  Classroom,
  ClassroomState,
  Connection,
} from '../../board/classroom.ts';
import { isShared } from '../../board/consent.ts';
import type { Consent, LearnerEvent } from '../../board/events.ts';
import { LIMITS } from '../../board/limits.ts';
import { type ClassNow, type Hello, type News, PROTOCOL, type ToLearner } from '../../board/messages.ts';
import { harmless } from '../../lib/text.ts';
import { type Attendance, attendance } from './attendance.ts';
import { type Address, type Link, type LinkState, openLink, type Pace } from './link.ts';
import { KEPT, type Memory } from './memory.ts';
import { openOutbox } from './outbox.ts';

export interface LearnerOptions {
  memory: Memory;
  address: Address;
  /** The secret part of the code. */
  secret: string;
  /** Whether this certificate (DER) is the one that the code names; asked once for each certificate. */
  verify(certificate: Uint8Array): Promise<boolean>;
  /** Wirebook's own. */
  version: string;
  pace?: Partial<Pace>;
}

export interface LearnerClassroom extends Classroom {
  link(): LinkState;
  /** What was said is sent if that takes no more than this; the rest waits on the disk for the next time. */
  close(graceMs?: number): Promise<void>;
}

const GRACE_MS = 1500;

/** @throws Error when the outbox cannot be written: without it nothing that is said is safe. */
export function openClassroom(options: LearnerOptions): LearnerClassroom {
  const { memory, address, secret, version } = options;
  const outbox = openOutbox(`${memory.folder}/outbox.ndjson`);
  const listeners = new Set<() => void>();
  let connection: Connection = { state: 'alone' };
  let linkState: LinkState = { state: 'alone', because: { kind: 'network', code: '', message: '' } };
  let now: ClassNow | undefined;
  let timer: ClassroomState['timer'];
  let hand = false;
  let attended: Attendance | undefined;
  let cached: ClassroomState | undefined;
  let closed = false;

  const changed = () => {
    cached = undefined;
    for (const listener of [...listeners]) listener();
  };

  const say = (event: LearnerEvent) => {
    // Nobody will ever hear it.
    if (closed || memory.get().ended || linkState.state === 'over') return;
    if (!isShared(event, memory.get().consent)) return;
    outbox.say(event, Date.now());
    link.wake();
    changed();
  };

  const hello = (): Hello => {
    const { learner, token, seen, name, roster, consent } = memory.get();
    const common = { type: 'hello', protocol: PROTOCOL, token, clock: Date.now(), version } as const;
    if (learner !== undefined) return { ...common, as: 'learner', learner, seen };
    return {
      ...common,
      as: 'new-learner',
      secret,
      consent,
      ...(name === undefined ? {} : { name }),
      ...(roster === undefined ? {} : { roster }),
    };
  };

  const heardNews = (seq: number, news: News) => {
    const { seen, messages, unread } = memory.get();
    // Given again after a connection that was lost before we could say so.
    if (seq <= seen) return;
    if (news.kind === 'hand-lowered') {
      hand = false;
      memory.set({ seen: seq });
      return;
    }
    const message = messageOf(news);
    memory.set({
      seen: seq,
      messages: [...messages, message].slice(-KEPT),
      unread: Math.min(KEPT, unread + 1),
    });
  };

  const classNow = (told: ClassNow) => {
    now = { ...told, title: clean(told.title) };
    const { pace, where, ended = false } = memory.get();
    const kept = { pace: told.pace, where: told.where, ended: told.ended };
    if (JSON.stringify({ pace, where, ended }) !== JSON.stringify(kept)) memory.set(kept);
    timer = told.timer
      ? { label: clean(told.timer.label), endsAt: Date.now() + told.timer.leftMs }
      : undefined;
  };

  const take = (message: ToLearner) => {
    switch (message.type) {
      case 'welcome':
        memory.set({
          learner: message.learner,
          name: clean(message.name),
          title: clean(message.class.title),
          course: message.course,
        });
        hand = lastHand() ?? message.hand;
        classNow(message.class);
        // What was agreed to while nobody heard it is in the outbox; what the host has is of before.
        break;
      case 'class':
        classNow(message.class);
        break;
      case 'news':
        heardNews(message.seq, message.news);
        break;
    }
    if (memory.get().ended && outbox.pending().length === 0) void link.close(0);
    changed();
  };

  /** What was last said of it and not heard yet. */
  const lastHand = () => {
    const said = outbox.pending().findLast(({ event }) => event.type === 'hand')?.event;
    return said?.type === 'hand' ? said.up : undefined;
  };

  const share = (consent: Consent) => {
    memory.set({ consent });
    outbox.drop((event) => !isShared(event, consent));
    say({ type: 'consent', consent });
    attended?.consented();
  };

  const act = (action: ClassAction) => {
    if (closed) return;
    attended?.look();
    switch (action.do) {
      case 'hand':
        hand = action.up;
        return say({ type: 'hand', up: action.up });
      case 'react':
        return say({ type: 'reaction', reaction: action.reaction });
      case 'ask': {
        const text = action.text.trim().slice(0, LIMITS.text);
        if (text === '') return;
        const { place } = action;
        return say({ type: 'question', id: randomUUID(), text, ...(place ? { place } : {}) });
      }
      case 'vote':
        memory.set({ votes: { ...memory.get().votes, [action.poll]: action.choice } });
        return say({ type: 'vote', poll: action.poll, choice: action.choice });
      case 'share':
        return share(action.consent);
      case 'read':
        if (memory.get().unread === 0) return;
        memory.set({ unread: 0 });
        return changed();
    }
  };

  const stateNow = (): ClassroomState => {
    const { name = '', title = '', course, consent, messages, unread, votes, ...kept } = memory.get();
    const where = now ? now.where : kept.where;
    const poll = now?.poll;
    const chosen = poll && votes[poll.id];
    return {
      title: now?.title ?? title,
      name,
      course: course ?? { title: '', lessons: [] },
      // What is still to be said goes its way behind this.
      connection: kept.ended ? { state: 'over', because: 'ended' } : connection,
      unsent: outbox.pending().length,
      consent,
      hand,
      pace: now?.pace ?? kept.pace ?? { mode: 'free' },
      ...(where ? { where } : {}),
      ...(timer ? { timer } : {}),
      ...(poll
        ? {
            poll: {
              ...poll,
              question: clean(poll.question),
              choices: poll.choices.map(clean),
              ...(chosen === undefined ? {} : { chosen }),
            },
          }
        : {}),
      present: now?.present ?? 0,
      messages,
      unread,
    };
  };

  const onChange = (state: LinkState) => {
    linkState = state;
    if (state.state === 'connected') connection = { state: 'connected' };
    else if (state.state === 'over') connection = { state: 'over', because: state.because };
    else
      connection = {
        state: 'alone',
        ...(state.because.kind === 'certificate' ? { certificate: true } : {}),
      };
    changed();
  };

  /** The code's print takes a while to make, on purpose; what it has said of a certificate is remembered. */
  const verify = async (certificate: Uint8Array) => {
    const digest = createHash('sha256').update(certificate).digest('hex');
    if (memory.get().certificate === digest) return true;
    const theirs = await options.verify(certificate);
    if (theirs && !closed) memory.set({ certificate: digest });
    return theirs;
  };

  hand = lastHand() ?? false;
  const link: Link = openLink({
    address,
    verify,
    hello,
    outbox,
    onMessage: take,
    onChange,
    ...(options.pace ? { pace: options.pace } : {}),
  });

  return {
    link: () => linkState,
    getState: () => {
      cached ??= stateNow();
      return cached;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    act,
    attend(session) {
      attended = attendance(session, () => memory.get().consent, say);
      return attended.session;
    },
    async close(graceMs = GRACE_MS) {
      if (closed) return;
      if (connection.state === 'connected') say({ type: 'left' });
      closed = true;
      listeners.clear();
      await link.close(graceMs);
      outbox.close();
      memory.close();
    },
  };
}

/** Of the instructor's, but still from somewhere else: it must not move the cursor. Line ends stay. */
const clean = (text: string) => harmless(text.replaceAll('\r', '').replaceAll('\t', ' '));

function messageOf(news: Exclude<News, { kind: 'hand-lowered' }>): ClassMessage {
  const { id, at } = news;
  switch (news.kind) {
    case 'announcement':
      return { kind: 'announcement', id, at, text: clean(news.text) };
    case 'hint':
      return {
        kind: 'hint',
        id,
        at,
        text: clean(news.text),
        ...(news.lesson === undefined ? {} : { lesson: news.lesson }),
        ...(news.cell === undefined ? {} : { cell: news.cell }),
      };
    case 'answer':
      return {
        kind: 'answer',
        id,
        at,
        text: clean(news.text ?? ''),
        question: clean(news.question),
      };
  }
}
