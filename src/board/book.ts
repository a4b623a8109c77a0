/**
 * The log of a class, folded: entries go in, in the log's order, and rows, boards and news come out. The same log gives the
 * same book, on whichever host and however often parts of it are delivered. It reads no clock: time is that of the entries,
 * and `now` of who asks. It is changed in place, since two thousand learners say something each second; what it hands out
 * is not changed afterwards.
 */
import { type Change, NOTHING } from './change.ts';
import type { Entry, HostEvent, InstructorEvent, LearnerEvent, Speaker } from './events.ts';
import { instructorSays, type Members } from './instructor-says.ts';
import type { Learner, Presence } from './learner.ts';
import { learnerSays } from './learner-says.ts';
import type { ClassNow, News } from './messages.ts';
import type { CourseOutline } from './outline.ts';
import { Places } from './places.ts';
import type { BoardState, LearnerRow } from './rows.ts';
import { type Shared, SharedCells } from './shared.ts';
import { boardWithoutRows, classNow, type Standing, standingAtFirst } from './standing.ts';
import { statusOf } from './status.ts';

export type PresenceOf = (learner: string) => Presence | undefined;

export class Book {
  readonly course: CourseOutline;
  /** Of the class; undefined before it was opened. */
  id: string | undefined;
  openedAt: number | undefined;
  readonly #places: Places;
  readonly #shared = new SharedCells();
  readonly #standing: Standing;
  /** The last number of each who spoke. */
  readonly #heard = new Map<Speaker, number>();
  readonly #learners = new Map<string, Learner>();
  readonly #removed = new Set<string>();
  /** By what a name, or an entry of the roster, is compared. */
  readonly #names = new Map<string, string>();
  readonly #rosters = new Map<string, string>();
  readonly #tokens = new Map<string, string>();

  constructor(course: CourseOutline) {
    this.course = course;
    this.#places = new Places(course);
    this.#standing = standingAtFirst(course.title);
  }

  /**
   * Of what is said twice the first counts: a number that is not above the speaker's last one changes nothing. Nor does what a
   * speaker has no right to say, whoever wrote it into the log.
   */
  apply({ from, n, at, event }: Entry): Change {
    if (n <= this.heard(from)) return NOTHING;
    this.#heard.set(from, n);
    const [who, id = ''] = from.split(/:(.*)/s, 2) as [string, string?];
    if (who === 'learner') {
      const learner = this.#learners.get(id);
      if (learner === undefined || !LEARNER_EVENTS.has(event.type)) return NOTHING;
      const { learner: row, ...rest } = learnerSays(
        event as LearnerEvent,
        at,
        learner,
        this.#standing,
        this.#places,
        this.#shared,
      );
      return { counted: true, learner: row!, ...rest };
    }
    if (who === 'instructor' && INSTRUCTOR_EVENTS.has(event.type)) {
      const changed = instructorSays(event as InstructorEvent, at, this.#standing, this.#members);
      return { counted: true, ...changed };
    }
    if (who === 'host' && HOST_EVENTS.has(event.type)) {
      return this.#hostSays(event as HostEvent, at);
    }
    return NOTHING;
  }

  /** The number of the last thing that counted of this speaker; 0 before the first. */
  heard(from: Speaker): number {
    return this.#heard.get(from) ?? 0;
  }

  get ended(): boolean {
    return this.#standing.ended;
  }

  get size(): number {
    return this.#learners.size;
  }

  /** In the order in which they came. */
  learners(): IterableIterator<Readonly<Learner>> {
    return this.#learners.values();
  }

  learner(id: string): Readonly<Learner> | undefined {
    return this.#learners.get(id);
  }

  wasRemoved(id: string): boolean {
    return this.#removed.has(id);
  }

  /** Who has this name, or one that looks like it. */
  withName(name: string): Readonly<Learner> | undefined {
    return this.#learners.get(this.#names.get(keyOf(name)) ?? '');
  }

  withRoster(entry: string): Readonly<Learner> | undefined {
    return this.#learners.get(this.#rosters.get(entry) ?? '');
  }

  /** Who comes back by this: SHA-256, hexadecimal. */
  withToken(tokenHash: string): Readonly<Learner> | undefined {
    return this.#learners.get(this.#tokens.get(tokenHash) ?? '');
  }

  /** @throws TypeError when there is no such learner */
  row(id: string, now: number, presence?: Presence): LearnerRow {
    const learner = this.#learners.get(id);
    if (learner === undefined) throw new TypeError(`No learner ${id}`);
    const { name, roster, place, cells, stuckOn, handSince, reaction, consent } = learner;
    return {
      id,
      name,
      ...(roster === undefined ? {} : { roster }),
      ...this.status(id, now, presence),
      ...(place === undefined ? {} : { place }),
      cells,
      ...(stuckOn === undefined ? {} : { stuckOn }),
      ...(handSince === undefined ? {} : { hand: { since: handSince } }),
      ...(reaction === undefined ? {} : { reaction }),
      consent,
      points: learner.pointsMilli / 1000,
      hints: learner.hintsTotal,
    };
  }

  status(id: string, now: number, presence?: Presence): Pick<LearnerRow, 'status' | 'since'> {
    const { pace, paceSince, where } = this.#standing;
    return statusOf(this.course, this.#learners.get(id)!, now, { pace, since: paceSince, where }, presence);
  }

  board(now: number, presenceOf: PresenceOf = () => undefined): BoardState {
    const rows = [...this.#learners.keys()].map((id) => this.row(id, now, presenceOf(id)));
    return { ...this.boardWithoutRows(now), rows };
  }

  boardWithoutRows(now: number): Omit<BoardState, 'rows'> {
    return boardWithoutRows(this.#standing, now);
  }

  /** @param present how many learners are connected */
  classNow(now: number, present: number): ClassNow {
    return classNow(this.#standing, now, present);
  }

  /** What a learner has not seen yet: all with a number above `seen`. */
  news(id: string, seen = 0): { seq: number; news: News }[] {
    const all = this.#learners.get(id)?.news ?? [];
    return all.slice(seen).map((news, at) => ({ seq: seen + at + 1, news }));
  }

  /** What they share of a cell, as far as they agree now. An empty `cell`: of shells of their own. */
  shared(id: string, lesson: string, cell: string): Shared | undefined {
    return this.#shared.get(id, `${lesson}/${cell}`);
  }

  #hostSays(event: HostEvent, at: number): Change {
    if (event.type === 'class-opened') {
      if (this.id !== undefined) return { counted: true };
      this.id = event.id;
      this.openedAt = at;
      this.#standing.title = event.title;
      return { counted: true, class: true, board: true };
    }
    // Of the report (attendance): who is there now is told by the hosts, and not of the log.
    if (event.type !== 'joined') return { counted: true };
    const { learner: id, name, roster, tokenHash } = event;
    const isTaken =
      this.#learners.has(id) ||
      this.#tokens.has(tokenHash) ||
      this.#removed.has(id) ||
      this.withName(name) !== undefined ||
      (roster !== undefined && this.withRoster(roster) !== undefined);
    // Two hosts may have let two in at the same time: the log's order says who has the name.
    if (isTaken) return { counted: true };
    this.#names.set(keyOf(name), id);
    this.#tokens.set(tokenHash, id);
    if (roster !== undefined) this.#rosters.set(roster, id);
    this.#learners.set(id, {
      id,
      name,
      roster,
      tokenHash,
      consent: event.consent,
      place: undefined,
      cells: {},
      hints: new Map(),
      hintsTotal: 0,
      pointsMilli: 0,
      stuckOn: undefined,
      finished: new Map(),
      progressAt: at,
      settledAt: at,
      activeAt: at,
      leftAt: undefined,
      handSince: undefined,
      reaction: undefined,
      news: [...this.#standing.news],
    });
    return { counted: true, learner: id, member: 'joined', class: true };
  }

  readonly #members: Members = {
    get: (id) => this.#learners.get(id),
    all: () => this.#learners.values(),
    remove: (id) => {
      const { name, roster, tokenHash } = this.#learners.get(id)!;
      this.#names.delete(keyOf(name));
      this.#tokens.delete(tokenHash);
      if (roster !== undefined) this.#rosters.delete(roster);
      this.#learners.delete(id);
      this.#removed.add(id);
      this.#shared.forget(id);
      this.#standing.questions.forget(id);
      for (const { votes } of this.#standing.polls) votes.delete(id);
    },
  };
}

/** Names that a reader cannot tell apart are one name. */
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const LEARNER_EVENTS: ReadonlySet<string> = new Set<LearnerEvent['type']>([
  'lesson-opened',
  'moved',
  'cell',
  'lesson-finished',
  'quiz',
  'consent',
  'output',
  'transcript',
  'hand',
  'reaction',
  'question',
  'vote',
  'left',
]);
const INSTRUCTOR_EVENTS: ReadonlySet<string> = new Set<InstructorEvent['type']>([
  'pace',
  'where',
  'announced',
  'hint',
  'timer',
  'timer-stopped',
  'poll-opened',
  'poll-closed',
  'hand-lowered',
  'question-answered',
  'removed',
  'class-ended',
]);
const HOST_EVENTS: ReadonlySet<string> = new Set<HostEvent['type']>([
  'class-opened',
  'joined',
  'connected',
  'disconnected',
]);
