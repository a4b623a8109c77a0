/**
 * What goes over the wire between the host of a class and its learners and boards: one JSON object a WebSocket message
 * (RFC 6455, text). Clients are never trusted: the host checks what comes by these schemas; clients trust the host, whose
 * certificate they know.
 */
import { z } from 'zod';
import {
  type Consent,
  consentSchema,
  type InstructorEvent,
  instructorEventSchema,
  learnerEventSchema,
  type Pace,
} from './events.ts';
import { LIMITS } from './limits.ts';
import type { CourseNotes } from './notes.ts';
import type { CourseOutline, CoursePlace } from './outline.ts';
import type { BoardPatch } from './patch.ts';
import { OFFERED, type Offered } from './reports.ts';
import type { BoardState } from './rows.ts';
import { type ShownMap, shownMapSchema } from './shown-map.ts';

export { PROTOCOL, SOCKET } from './socket.ts';

const said = { n: z.int().min(1), at: z.int().min(0) };
/** The client's own clock as it says this: by it the host puts what they did without connection at its right time. */
const clock = z.int().min(0);

/** The first message of each connection; nothing else is answered before it. */
export const helloSchema = z.discriminatedUnion('as', [
  /** For the first time: the secret part of the class's code, and a name or their code of the roster. */
  z.strictObject({
    type: z.literal('hello'),
    as: z.literal('new-learner'),
    protocol: z.int(),
    secret: z.string().max(64),
    /**
     * Made by the learner's machine, and what they come back by. Who says hello again with it, because the connection
     * was lost before the welcome came, gets the place that they have: no second one, and no `name-taken`.
     */
    token: z.string().min(32).max(128),
    name: z.string().max(LIMITS.name).optional(),
    roster: z.string().max(LIMITS.id).optional(),
    consent: consentSchema,
    clock,
    version: z.string().max(64),
  }),
  /** Again: by the id that `welcome` gave. `seen`: the number of the last `news` that they have. */
  z.strictObject({
    type: z.literal('hello'),
    as: z.literal('learner'),
    protocol: z.int(),
    learner: z.string().max(LIMITS.id),
    token: z.string().max(128),
    seen: z.int().min(0),
    clock,
    version: z.string().max(64),
  }),
  z.strictObject({
    type: z.literal('hello'),
    as: z.literal('instructor'),
    protocol: z.int(),
    key: z.string().max(128),
    /** Made by each board for itself: it numbers what it says. */
    board: z.string().min(1).max(64),
  }),
]);
export type Hello = z.infer<typeof helloSchema>;

export const fromLearnerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('say'), ...said, event: learnerEventSchema }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type FromLearner = z.infer<typeof fromLearnerSchema>;

export const fromInstructorSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('say'), ...said, event: instructorEventSchema }),
  /** What one learner shares of one cell; answered by `cell`. An empty `cell`: of the shells of their own. */
  z.strictObject({
    type: z.literal('look'),
    learner: z.string().max(LIMITS.id),
    lesson: z.string().max(LIMITS.id),
    cell: z.string().max(LIMITS.id),
  }),
  /** What the class comes to so far, as a file; answered by `report`. */
  z.strictObject({ type: z.literal('report'), format: z.enum(OFFERED) }),
  /** The network of who presents, as it is now; without `map`: they show none any more. It is gone with the connection. */
  z.strictObject({ type: z.literal('show'), map: shownMapSchema.optional() }),
  /** Whether what is shown is to be told; answered by `shown`, and by another one whenever it is another. */
  z.strictObject({ type: z.literal('watch'), on: z.boolean() }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type FromInstructor = z.infer<typeof fromInstructorSchema>;

/** Stable; what a client does next hangs on it. */
export type RefusalCode =
  | 'protocol'
  | 'malformed'
  | 'too-large'
  | 'too-fast'
  | 'wrong-code'
  | 'too-many-tries'
  | 'name-taken'
  | 'name-needed'
  | 'not-on-roster'
  | 'unknown-learner'
  | 'removed'
  | 'ended'
  | 'full'
  | 'elsewhere'
  | 'not-agreed';

export interface PollShown {
  id: string;
  question: string;
  choices: readonly string[];
  open: boolean;
  /** How often each was chosen, once it is closed and the instructor shares that. */
  votes?: readonly number[];
}

/** How the class stands, as every learner may know it. */
export interface ClassNow {
  title: string;
  pace: Pace;
  where?: CoursePlace;
  /** Milliseconds left when this was sent. */
  timer?: { label: string; leftMs: number };
  poll?: PollShown;
  /** How many are there. */
  present: number;
  ended: boolean;
}

/** Kept by the host and given again to who comes back: numbered by the host from 1 for each learner. */
export type News =
  | { kind: 'announcement'; id: string; text: string; at: number }
  | { kind: 'hint'; id: string; text: string; at: number; lesson?: string; cell?: string }
  /** `id` is the question's; `question`: what was asked. */
  | { kind: 'answer'; id: string; question: string; text?: string; at: number }
  | { kind: 'hand-lowered'; at: number };

export type ToLearner =
  | {
      type: 'welcome';
      learner: string;
      name: string;
      /** The host has all that they said up to this number. */
      heard: number;
      consent: Consent;
      hand: boolean;
      course: CourseOutline;
      class: ClassNow;
    }
  /**
   * `again`: seconds, after which another try may go better. The connection is closed after it, but for `not-agreed`: what they
   * shared without having agreed was dropped, and all else goes on.
   */
  | { type: 'refused'; code: RefusalCode; again?: number; next: readonly string[] }
  /** On disk (or in the stream) up to and with `n`. */
  | { type: 'heard'; n: number }
  | { type: 'class'; class: ClassNow }
  | { type: 'news'; seq: number; news: News }
  | { type: 'pong' };

/** How learners join. */
export interface Invitation {
  code: string;
  /** As the host knows itself: with its port where that is not the usual one. */
  address: string;
  /** The host has places for those who come with a browser alone. */
  places: boolean;
}

export type ToInstructor =
  | {
      type: 'welcome';
      course: CourseOutline;
      board: BoardState;
      heard: number;
      /** Of the steps that have some; learners are never sent them. */
      notes?: CourseNotes;
      invitation?: Invitation;
    }
  | { type: 'refused'; code: RefusalCode; again?: number; next: readonly string[] }
  | { type: 'heard'; n: number }
  /** What changed since the last one, at most ten a second: `applyPatch` (patch.ts) makes the new state of it. */
  | ({ type: 'patch' } & BoardPatch)
  | {
      type: 'cell';
      learner: string;
      lesson: string;
      cell: string;
      text?: string;
      output?: string;
      agreed: boolean;
    }
  /** `name`: what it may be called on a disk; `mime`: what it is. */
  | { type: 'report'; format: Offered; name: string; mime: string; text: string }
  | { type: 'report'; format: Offered; because: string }
  /** Without `map`: nobody presents. */
  | { type: 'shown'; map?: ShownMap }
  | { type: 'pong' };

export type SayInstructor = InstructorEvent;
