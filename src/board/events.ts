/**
 * What happens in a class: an ordered log of these, from which the board is folded (book.ts). Plain JSON, checked at the
 * door by these schemas; `at` is milliseconds since the epoch by the clock of who says it.
 *
 * Whoever speaks numbers what they say (`n` = 1, 2, 3 ...): so a thing said again after a lost connection, or delivered
 * twice by a queue, counts once. There are no gaps: a host that is told another than the next number has lost one, and
 * lets the connection go rather than acknowledge it.
 */
import { z } from 'zod';
import { LIMITS } from './limits.ts';

const id = z.string().min(1).max(LIMITS.id);
const count = z.int().min(0).max(1_000_000);
const text = z.string().min(1).max(LIMITS.text);
const place = z.strictObject({ lesson: id, step: count });

/** What a learner lets others see. Progress is verdicts and places; all else is off until they agree. */
export const consentSchema = z.strictObject({
  progress: z.boolean(),
  /** What their cells print, and what they wrote into them. */
  outputs: z.boolean(),
  /** What they type and see in shells of their own. */
  transcript: z.boolean(),
});
export type Consent = z.infer<typeof consentSchema>;
export const CONSENT_AT_FIRST: Consent = { progress: true, outputs: false, transcript: false };

export const REACTIONS = ['understood', 'lost', 'slower', 'faster', 'applause'] as const;
export type Reaction = (typeof REACTIONS)[number];

const failing = z.strictObject({
  check: id,
  kind: id,
  state: z.enum(['fail', 'broken']),
  title: z.string().max(LIMITS.title),
  /** The first thing on the way that is wrong, in one line. */
  because: z.string().max(LIMITS.title).optional(),
});
export type Failing = z.infer<typeof failing>;

/** What a learner may say, and only of themselves. */
export const learnerEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('lesson-opened'), lesson: id, hash: id }),
  z.strictObject({ type: z.literal('moved'), ...place.shape }),
  z.strictObject({
    type: z.literal('cell'),
    lesson: id,
    cell: id,
    status: z.enum(['waiting', 'running', 'passed', 'failed', 'broken', 'skipped']),
    attempts: count,
    hints: count,
    solution: z.boolean(),
    /** Points of the cell and its checks that hold. */
    earned: z.number().min(0).max(1e6),
    /** Checks of it that hold, of all. */
    holding: count,
    failing: z.array(failing).max(LIMITS.failing),
  }),
  z.strictObject({
    type: z.literal('lesson-finished'),
    lesson: id,
    activeMs: z.int().min(0).max(1e12),
    points: z.strictObject({ earned: z.number().min(0), possible: z.number().min(0) }),
  }),
  z.strictObject({ type: z.literal('quiz'), lesson: id, quiz: id, choice: count, right: z.boolean() }),
  z.strictObject({ type: z.literal('consent'), consent: consentSchema }),
  /** Only where they agree; the host refuses it otherwise. `text`: what was written into the cell. */
  z.strictObject({
    type: z.literal('output'),
    lesson: id,
    cell: id,
    text: z.string().max(LIMITS.output),
    output: z.string().max(LIMITS.output),
  }),
  z.strictObject({ type: z.literal('transcript'), lesson: id, text: z.string().max(LIMITS.output) }),
  z.strictObject({ type: z.literal('hand'), up: z.boolean() }),
  z.strictObject({ type: z.literal('reaction'), reaction: z.enum(REACTIONS) }),
  z.strictObject({ type: z.literal('question'), id, text, place: place.optional() }),
  z.strictObject({ type: z.literal('vote'), poll: id, choice: count }),
  /** Stands in the place of something that was withdrawn before it was sent, so that the numbers have no gap. Says nothing. */
  z.strictObject({ type: z.literal('withdrawn') }),
  /** They closed it themselves; who only lost the connection says nothing. */
  z.strictObject({ type: z.literal('left') }),
]);
export type LearnerEvent = z.infer<typeof learnerEventSchema>;

export const paceSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('free') }),
  /** Up to and with this step. */
  z.strictObject({ mode: z.literal('gated'), upTo: place }),
  /** Everybody is where the instructor is (`where`). */
  z.strictObject({ mode: z.literal('following') }),
]);
export type Pace = z.infer<typeof paceSchema>;

export const instructorEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pace'), pace: paceSchema }),
  /** Where the class is. */
  z.strictObject({ type: z.literal('where'), place }),
  z.strictObject({ type: z.literal('announced'), id, text }),
  /** To one learner, or to all when `to` is absent; `cell`: the one that it speaks of. */
  z.strictObject({
    type: z.literal('hint'),
    id,
    to: id.optional(),
    lesson: id.optional(),
    cell: id.optional(),
    text,
  }),
  /** By the host's clock, milliseconds since the epoch; clients are told what is left, not when. */
  z.strictObject({
    type: z.literal('timer'),
    label: z.string().max(LIMITS.title),
    durationMs: z
      .int()
      .min(1000)
      .max(24 * 3600_000),
  }),
  z.strictObject({ type: z.literal('timer-stopped') }),
  z.strictObject({
    type: z.literal('poll-opened'),
    id,
    question: text,
    choices: z.array(z.string().min(1).max(LIMITS.title)).min(2).max(LIMITS.choices),
    /** The quiz of the lesson that it was made of. */
    quiz: z.strictObject({ lesson: id, quiz: id }).optional(),
  }),
  /** `share`: the class is shown how often each choice was taken. */
  z.strictObject({ type: z.literal('poll-closed'), id, share: z.boolean() }),
  z.strictObject({ type: z.literal('hand-lowered'), learner: id }),
  z.strictObject({ type: z.literal('question-answered'), learner: id, question: id, text: text.optional() }),
  /** Their place is free again, and what they hold to come back by is worth nothing. */
  z.strictObject({ type: z.literal('removed'), learner: id }),
  z.strictObject({ type: z.literal('class-ended') }),
]);
export type InstructorEvent = z.infer<typeof instructorEventSchema>;

/** What the host itself writes down. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('class-opened'), id, title: z.string().max(LIMITS.title) }),
  z.strictObject({
    type: z.literal('joined'),
    learner: id,
    name: z.string().min(1).max(LIMITS.name),
    /** Their entry of the roster, where there is one. */
    roster: id.optional(),
    /** What they agreed to as they came. */
    consent: consentSchema,
    /** SHA-256, hexadecimal, of what they come back by; a read of the log gives nobody in. */
    tokenHash: z.string().length(64),
  }),
  /**
   * For the attendance. `host`: the start of a host (as in its presence) that the connection is with. A learner may be with
   * another host before this one has noticed; and of a host that was killed, who finds that out says `disconnected`: the others,
   * or the same one when it starts again, with the last moment at which it was known to be there.
   */
  z.strictObject({ type: z.literal('connected'), learner: id, host: id }),
  z.strictObject({ type: z.literal('disconnected'), learner: id, host: id }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

export type ClassEvent = LearnerEvent | InstructorEvent | HostEvent;

/** Who says it: `host`, `instructor:<board>`, or `learner:<id>`. */
export type Speaker = 'host' | `host:${string}` | `instructor:${string}` | `learner:${string}`;

/** One line of the log. */
export interface Entry {
  from: Speaker;
  n: number;
  at: number;
  event: ClassEvent;
}
