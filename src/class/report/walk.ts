/** One learner's way through the class, followed through the log; changed in place by make.ts and by nobody else. */
import type { HostEvent, LearnerEvent } from '../../board/events.ts';
import { Presence } from './presence.ts';

type Joined = Extract<HostEvent, { type: 'joined' }>;
type CellSaid = Extract<LearnerEvent, { type: 'cell' }>;

export interface Failure {
  lesson: string;
  cell: string;
  check: string;
  kind: string;
  title: string;
  /** Runs in which it did not hold. */
  fails: number;
  /** Runs in which it could not be looked at. */
  broken: number;
  because: Map<string, number>;
}

export class Walk {
  readonly joined: Joined;
  readonly joinedAt: number;
  readonly presence = new Presence();
  removed = false;
  leftAt: number | undefined;
  place: { lesson: string; step: number } | undefined;
  hands = 0;
  questions = 0;
  readonly finished = new Set<string>();
  readonly started = new Set<string>();
  /** The last word on each, by `<lesson>/<cell>`. */
  readonly cells = new Map<string, CellSaid>();
  /** By `<lesson>/<step>`. */
  readonly workedMs = new Map<string, number>();
  readonly failures = new Map<string, Failure>();
  /** Attempts of a cell whose failures were counted: one is told of again when a hint is opened. */
  readonly #counted = new Map<string, number>();

  constructor(joined: Joined, at: number) {
    this.joined = joined;
    this.joinedAt = at;
  }

  /** Taken out: what their machine does from now on is of no account. */
  remove(at: number): void {
    this.removed = true;
    this.presence.ended(at);
  }

  /** @param stepOf of a cell, where the course has it */
  says(
    event: LearnerEvent,
    at: number,
    stepOf: (lesson: string, cell: string) => number | undefined,
    hasLesson: (lesson: string) => boolean,
  ): void {
    const worked = this.presence.acted(at);
    if (this.place !== undefined && worked > 0) {
      const key = `${this.place.lesson}/${this.place.step}`;
      this.workedMs.set(key, (this.workedMs.get(key) ?? 0) + worked);
    }
    if (event.type !== 'left') this.leftAt = undefined;
    switch (event.type) {
      case 'lesson-opened':
        if (!hasLesson(event.lesson)) return;
        this.started.add(event.lesson);
        if (this.place?.lesson !== event.lesson) this.place = { lesson: event.lesson, step: 0 };
        return;
      case 'moved':
        if (hasLesson(event.lesson)) this.place = { lesson: event.lesson, step: event.step };
        return;
      case 'cell': {
        const step = stepOf(event.lesson, event.cell);
        if (step === undefined) return;
        this.started.add(event.lesson);
        if (this.place?.lesson !== event.lesson) this.place = { lesson: event.lesson, step };
        this.#cell(event);
        return;
      }
      case 'lesson-finished':
        if (hasLesson(event.lesson)) this.finished.add(event.lesson);
        return;
      case 'hand':
        if (event.up) this.hands += 1;
        return;
      case 'question':
        this.questions += 1;
        return;
      case 'left':
        this.leftAt = at;
        return;
    }
  }

  #cell(event: CellSaid): void {
    const key = `${event.lesson}/${event.cell}`;
    this.cells.set(key, event);
    if (event.status !== 'failed' && event.status !== 'broken') return;
    if (this.#counted.get(key) === event.attempts) return;
    this.#counted.set(key, event.attempts);
    for (const { check, kind, title, state, because } of event.failing) {
      const name = `${key} ${check}`;
      const known = this.failures.get(name) ?? {
        lesson: event.lesson,
        cell: event.cell,
        check,
        kind,
        title,
        fails: 0,
        broken: 0,
        because: new Map<string, number>(),
      };
      this.failures.set(name, known);
      known.title = title;
      if (state === 'broken') known.broken += 1;
      else {
        known.fails += 1;
        if (because !== undefined) known.because.set(because, (known.because.get(because) ?? 0) + 1);
      }
    }
  }
}
