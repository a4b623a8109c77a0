/**
 * What a learner's notebook knows of the live class that it is in, and what can be done in it. The screen and the lines
 * see this alone; who speaks to the host stands behind it (src/class/learner).
 */
import type { Session } from '../session/session.ts';
import type { Consent, Pace, Reaction } from './events.ts';
import type { PollShown, RefusalCode } from './messages.ts';
import type { CourseOutline, CoursePlace } from './outline.ts';

/**
 * `alone`: the connection is lost and sought again, `certificate`: for whoever answers there is not the host of the join
 * code; `over`: it will not come back by itself.
 */
export type Connection =
  | { state: 'connected' }
  | { state: 'alone'; certificate?: boolean }
  | { state: 'over'; because: RefusalCode };

/** What came from the instructor, to be read again. */
export type ClassMessage = { id: string; at: number; text: string } & (
  | { kind: 'announcement' }
  | { kind: 'hint'; lesson?: string; cell?: string }
  /** `question`: what was asked; `text` is empty where it was only marked as answered. */
  | { kind: 'answer'; question: string }
);

export interface ClassroomState {
  title: string;
  /** The learner's own, as the class knows them. */
  name: string;
  course: CourseOutline;
  connection: Connection;
  /** Said, and not yet kept by the host. */
  unsent: number;
  consent: Consent;
  hand: boolean;
  pace: Pace;
  where?: CoursePlace;
  /** By this machine's clock. */
  timer?: { label: string; endsAt: number };
  /** `chosen`: the learner's own vote. */
  poll?: PollShown & { chosen?: number };
  present: number;
  /** Oldest first. */
  messages: readonly ClassMessage[];
  unread: number;
}

export type ClassAction =
  | { do: 'hand'; up: boolean }
  | { do: 'react'; reaction: Reaction }
  | { do: 'ask'; text: string; place?: CoursePlace }
  | { do: 'vote'; poll: string; choice: number }
  /** What may be shared from now on; what waits to be sent and is not agreed to any more is dropped. */
  | { do: 'share'; consent: Consent }
  /** All messages have been seen. */
  | { do: 'read' };

export interface Classroom {
  getState(): ClassroomState;
  /** Listeners are called after the state changed. */
  subscribe(listener: () => void): () => void;
  act(action: ClassAction): void;
  /** What happens in this session is told to the class, as far as the learner agrees, until it is closed. */
  attend(session: Session): Session;
}

export const NOTHING_SHARED: Consent = { progress: false, outputs: false, transcript: false };
