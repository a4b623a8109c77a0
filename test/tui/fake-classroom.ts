/** A class in memory: what the instructor does is set, what the learner does is written down. */
import type { ClassAction, Classroom, ClassroomState } from '../../src/board/classroom.ts';
import { outlineOf } from '../../src/board/outline.ts';
import type { Lesson } from '../../src/lesson/model.ts';

export class FakeClassroom implements Classroom {
  readonly acted: ClassAction[] = [];
  #state: ClassroomState;
  readonly #listeners = new Set<() => void>();

  constructor(lesson: Lesson, state: Partial<ClassroomState> = {}) {
    const own = outlineOf(lesson);
    this.#state = {
      title: 'Networks, 3 March',
      name: 'Ada',
      course: {
        title: 'A packet’s way',
        lessons: [own, { ...own, id: 'bridge', title: 'A bridge instead of a cable for every pair' }],
      },
      connection: { state: 'connected' },
      unsent: 0,
      consent: { progress: true, outputs: false, transcript: false },
      hand: false,
      pace: { mode: 'free' },
      present: 23,
      messages: [],
      unread: 0,
      ...state,
    };
  }

  getState = () => this.#state;
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  attend: Classroom['attend'] = (session) => session;

  set(change: Partial<ClassroomState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  act = (action: ClassAction) => {
    this.acted.push(action);
    if (action.do === 'hand') this.set({ hand: action.up });
    if (action.do === 'share') this.set({ consent: action.consent });
    if (action.do === 'read') this.set({ unread: 0 });
    const { poll } = this.#state;
    if (action.do === 'vote' && poll) this.set({ poll: { ...poll, chosen: action.choice } });
  };
}
