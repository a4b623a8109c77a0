/** The first message of a connection: who it is, and whether they may come in. */
import { createHash, randomBytes } from 'node:crypto';
import {
  type Hello,
  helloSchema,
  type Invitation,
  PROTOCOL,
  type RefusalCode,
} from '../../board/messages.ts';
import type { CourseNotes } from '../../board/notes.ts';
import { isSameText } from '../code.ts';
import type { ReportFile } from '../report/formats.ts';
import { BoardLine } from './board-line.ts';
import type { Boards } from './boards.ts';
import { Bucket } from './bucket.ts';
import { cleanName } from './clean.ts';
import type { Hub } from './hub.ts';
import { LearnerLine } from './learner-line.ts';
import type { Line, Peer } from './peer.ts';
import { objectIn, refuse } from './refuse.ts';
import type { Rooms } from './rooms.ts';
import type { RosterEntry, Rosters } from './roster.ts';
import type { Shown } from './shown.ts';
import type { Tries } from './tries.ts';

export interface DoorOptions {
  hub: Hub;
  rooms: Rooms;
  boards: Boards;
  shown: Shown;
  /** The secret part of the class's code. */
  secret: string;
  /** SHA-256, hexadecimal. */
  instructorKeyHash: string | readonly string[];
  roster?: Rosters;
  /** Learners at the most. */
  max: number;
  notes?: CourseNotes;
  invitation(): Invitation | undefined;
  /** Shared with whatever other doors the class has. */
  tries: Tries;
  report(format: string): Promise<ReportFile>;
}

interface Refused {
  refused: RefusalCode;
  againMs?: number;
}

/** Codes of a roster are guessed as well as that of the class. */
const GUESSED: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['wrong-code', 'not-on-roster']);

const COMINGS = { perSecond: 0.5, burst: 30 } as const;

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export class Door {
  readonly #options: DoorOptions;
  readonly #courseText: string;
  /** How often each learner comes in: each time costs a handshake, and two lines of the log. */
  readonly #comings = new Map<string, Bucket>();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#courseText = JSON.stringify(options.hub.book.course);
  }

  /** @param address of who comes; absent: a board of this process */
  open(peer: Peer, address: string | undefined, letIn: (as: 'learner' | 'board') => void): Line {
    let line: Line | undefined;
    let isOver = false;
    let isAsked = false;
    const ask = async (text: string): Promise<void> => {
      isAsked = true;
      peer.pause();
      const answered = await this.#answer(text, peer, address);
      if ('refused' in answered) refuse(peer, answered.refused, answered.againMs);
      else if (isOver) answered.closed();
      else {
        line = answered;
        letIn(line instanceof BoardLine ? 'board' : 'learner');
      }
    };
    return {
      message: (text) => {
        if (line !== undefined) line.message(text);
        // Who does not wait for the answer.
        else if (isAsked) refuse(peer, 'malformed');
        else
          ask(text)
            .catch(() => peer.cut())
            .finally(() => peer.resume());
      },
      closed: () => {
        isOver = true;
        line?.closed();
      },
    };
  }

  /** The line of who has come in, or why they have not. */
  async #answer(text: string, peer: Peer, address: string | undefined): Promise<Line | Refused> {
    const said = objectIn(text) as { protocol?: unknown } | undefined;
    const { data: hello } = helloSchema.safeParse(said);
    if (typeof said?.protocol === 'number' && said.protocol !== PROTOCOL) return { refused: 'protocol' };
    if (hello === undefined) return { refused: 'malformed' };
    // Tokens and keys have 256 bits and need no counting: who has one comes in, whatever others of their address do.
    if (hello.as !== 'new-learner' || address === undefined) return this.#hear(hello, peer);
    const againMs = this.#options.tries.waitMs(address, performance.now());
    if (againMs > 0) return { refused: 'too-many-tries', againMs };
    const answered = await this.#hear(hello, peer);
    if ('refused' in answered && GUESSED.has(answered.refused))
      this.#options.tries.wrong(address, performance.now());
    return answered;
  }

  async #hear(hello: Hello, peer: Peer): Promise<Line | Refused> {
    switch (hello.as) {
      case 'instructor': {
        const { instructorKeyHash } = this.#options;
        const hash = hashOf(hello.key);
        if (![instructorKeyHash].flat().some((one) => isSameText(hash, one)))
          return { refused: 'wrong-code' };
        if (!/^[\w.-]+$/.test(hello.board)) return { refused: 'malformed' };
        const invitation = this.#options.invitation();
        return new BoardLine({ ...this.#options, invitation, peer, board: hello.board });
      }
      case 'learner': {
        const { book } = this.#options.hub;
        const learner = book.learner(hello.learner);
        if (book.wasRemoved(hello.learner)) return { refused: 'removed' };
        // Compared also where there is nobody: the time says nothing of who is in the class.
        const isTheirs = isSameText(hashOf(hello.token), learner?.tokenHash ?? hashOf(''));
        if (learner === undefined || !isTheirs) return { refused: 'unknown-learner' };
        return this.#sit(peer, learner.id, hello.seen, hello.clock);
      }
      case 'new-learner': {
        if (!isSameText(hello.secret, this.#options.secret)) return { refused: 'wrong-code' };
        return this.#join(hello, peer);
      }
    }
  }

  async #join(hello: Extract<Hello, { as: 'new-learner' }>, peer: Peer): Promise<Line | Refused> {
    const { hub, roster, max } = this.#options;
    const { book } = hub;
    const tokenHash = hashOf(hello.token);
    const known = book.withToken(tokenHash);
    // The welcome of before did not reach them.
    if (known !== undefined) return this.#sit(peer, known.id, 0, hello.clock);
    if (book.ended) return { refused: 'ended' };
    const given = cleanName(hello.name ?? '');
    let entry: RosterEntry | undefined;
    if (roster !== undefined) {
      entry = roster.find(hello.roster, given);
      if (entry === undefined) return { refused: 'not-on-roster' };
    }
    const name = cleanName(entry?.name ?? '') || given || cleanName(entry?.id ?? '');
    if (name === '') return { refused: 'name-needed' };
    if (book.withName(name) !== undefined) return { refused: 'name-taken' };
    if (entry !== undefined && book.withRoster(entry.id) !== undefined) return { refused: 'name-taken' };
    if (book.size >= max) return { refused: 'full' };
    const learner = randomBytes(9).toString('base64url');
    await hub.sayOwn(learner, {
      type: 'joined',
      learner,
      name,
      consent: hello.consent,
      tokenHash,
      ...(entry === undefined ? {} : { roster: entry.id }),
    });
    // Two at the same moment, here or with another host: the log says who was first.
    const mine = book.withToken(tokenHash);
    if (mine === undefined) return { refused: 'name-taken' };
    return this.#sit(peer, mine.id, 0, hello.clock);
  }

  #sit(peer: Peer, learner: string, seen: number, clock: number): Line | Refused {
    const { hub, rooms } = this.#options;
    const now = performance.now();
    const comings = this.#comings.get(learner) ?? new Bucket(COMINGS.perSecond, COMINGS.burst, now);
    this.#comings.set(learner, comings);
    const againMs = comings.waitMs(now);
    if (againMs > 0) return { refused: 'too-fast', againMs };
    comings.take(now);
    return new LearnerLine({ hub, rooms, peer, learner, seen, clock, courseText: this.#courseText });
  }
}
