/** The state of a session, its events going in, its listeners told at most once a batch. */
import type { Lesson } from '../lesson/model.ts';
import type { SessionEvent } from './events.ts';
import type { Journal } from './journal/journal.ts';
import { reduce } from './reduce.ts';
import type { SessionState } from './state.ts';

/** Distributes over the union, so that each event keeps its own fields. */
type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;
/** An event before somebody has written down when it was. */
export type Fact = WithoutTime<SessionEvent>;

/** Streamed output is drawn once a frame; everything else at the end of the current task. */
const FRAME_MS = 16;

export class Store {
  readonly #lesson: Lesson;
  readonly #journal: Journal | undefined;
  readonly #onEvent: ((event: SessionEvent) => void) | undefined;
  readonly #listeners = new Set<() => void>();
  #state: SessionState;
  #frame: NodeJS.Timeout | undefined;
  #soon = false;

  constructor(
    lesson: Lesson,
    state: SessionState,
    journal?: Journal,
    onEvent?: (event: SessionEvent) => void,
  ) {
    this.#lesson = lesson;
    this.#state = state;
    this.#journal = journal;
    this.#onEvent = onEvent;
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SessionEvent): void {
    const before = this.#state;
    this.#state = reduce(before, event, this.#lesson);
    this.#journal?.append(event, this.#state);
    this.#onEvent?.(event);
    if (this.#state === before) return;
    if (event.type === 'output') this.#frame ??= setTimeout(() => this.#notify(), FRAME_MS);
    else if (!this.#soon) {
      this.#soon = true;
      queueMicrotask(() => this.#notify());
    }
  }

  /** There is more to be seen than the state tells. */
  touch(): void {
    this.#frame ??= setTimeout(() => this.#notify(), FRAME_MS);
  }

  #notify(): void {
    clearTimeout(this.#frame);
    this.#frame = undefined;
    this.#soon = false;
    for (const listener of this.#listeners) listener();
  }

  /** No listener is called any more. */
  close(): void {
    this.#listeners.clear();
    clearTimeout(this.#frame);
  }
}
