/**
 * A board's end of the line to the host: says hello, numbers what the instructor says, says again what the host has not
 * heard, and comes back by itself when the connection is lost. The same in a browser and in a terminal: what carries the
 * messages is given (`connect`), and so is the time.
 */
import type { InstructorEvent } from './events.ts';
import type { FromInstructor, RefusalCode, ToInstructor } from './messages.ts';
import type { CourseNotes } from './notes.ts';
import type { CourseOutline } from './outline.ts';
import { applyPatch } from './patch.ts';
import type { Offered } from './reports.ts';
import type { BoardState } from './rows.ts';

export interface Wire {
  send(text: string): void;
  close(): void;
}
export interface WireEvents {
  opened(): void;
  message(text: string): void;
  /** Also when it never opened. */
  closed(why?: string): void;
}
export type Connect = (on: WireEvents) => Wire;

export type CellLooked = Extract<ToInstructor, { type: 'cell' }>;

export type ReportGot = Extract<ToInstructor, { type: 'report' }>;

export interface LinkState {
  /** `refused`: nothing is tried again until somebody says so. */
  connection: 'connecting' | 'open' | 'lost' | 'refused';
  /** Milliseconds since the epoch, by our clock: when it is tried again. */
  againAt?: number;
  /** Why it was lost, as what carries the messages says it. */
  why?: string;
  refused?: { code: RefusalCode; next: readonly string[] };
  course?: CourseOutline;
  notes?: CourseNotes;
  board?: BoardState;
  /** The host's clock less ours. */
  skewMs: number;
  /** What was said and is not yet kept by the host. */
  unheard: number;
  looked?: CellLooked;
  /** The last report that was asked for: on its way, here, or why there is none. */
  report?: { format: Offered } | ReportGot;
}

export interface Link {
  getState(): LinkState;
  subscribe(listener: () => void): () => void;
  say(event: InstructorEvent): void;
  look(learner: string, lesson: string, cell: string): void;
  /** Asks for what the class comes to so far, as a file. */
  report(format: Offered): void;
  /** Tries again at once. */
  retry(): void;
  close(): void;
}

export interface LinkOptions {
  connect: Connect;
  key: string;
  /** Names this board among others; made anew for each. */
  board: string;
  protocol: number;
  now: () => number;
  /** Calls back after so long; what it returns takes it back. */
  after: (ms: number, then: () => void) => () => void;
}

/** Who presses twice means two steps, also where the first is still on its way. */
function asSaid(board: BoardState, said: readonly { event: InstructorEvent }[]): BoardState {
  let { where, pace } = board;
  for (const { event } of said) {
    if (event.type === 'where') where = event.place;
    else if (event.type === 'pace') pace = event.pace;
  }
  return where === board.where && pace === board.pace
    ? board
    : { ...board, pace, ...(where ? { where } : {}) };
}

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;
/** Something comes at least this often, since it is asked for; else the line is dead and nobody has told. */
const PING_MS = 8000;
const SILENCE_MS = 20_000;
/** What more of an answer can change; for the others somebody has to do something first. */
const PASSING: readonly RefusalCode[] = ['too-fast', 'too-many-tries', 'full'];

export function createLink({ connect, key, board, protocol, now, after }: LinkOptions): Link {
  let state: LinkState = { connection: 'connecting', skewMs: 0, unheard: 0 };
  const listeners = new Set<() => void>();
  let wire: Wire | undefined;
  let closed = false;
  let tries = 0;
  let counted = 0;
  let heardAt = 0;
  let unheard: Extract<FromInstructor, { type: 'say' }>[] = [];
  /** As the host has told it; shown is what it will be with what is on its way there. */
  let told: BoardState | undefined;
  let stopTimer = () => {};
  let stopPing = () => {};

  const set = (next: LinkState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const send = (message: object) => wire?.send(JSON.stringify(message));

  const forget = (heard: number) => {
    unheard = unheard.filter(({ n }) => n > heard);
    return unheard.length;
  };

  const ping = () => {
    stopPing = after(PING_MS, () => {
      if (now() - heardAt > SILENCE_MS) wire?.close();
      else {
        send({ type: 'ping' });
        ping();
      }
    });
  };

  const lost = (why: string | undefined, waitMs?: number) => {
    stopPing();
    wire = undefined;
    if (closed || state.connection === 'refused') return;
    // Who comes back all at the same moment would bring a host down that has just started.
    const usual =
      Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries++) * (0.75 + 0.5 * ((now() % 97) / 97));
    const wait = waitMs ?? usual;
    set({ ...state, connection: 'lost', againAt: now() + wait, why });
    stopTimer = after(wait, start);
  };

  const receive = (message: ToInstructor) => {
    heardAt = now();
    switch (message.type) {
      case 'welcome': {
        tries = 0;
        const { course, notes, board: whole, heard } = message;
        // The host has heard this board before it lost it; numbers go on from there.
        counted = Math.max(counted, heard);
        const left = forget(heard);
        for (const one of unheard) send(one);
        // What was asked for before is not answered on this connection.
        const { refused: _, againAt: __, why: ___, report: ____, ...kept } = state;
        const skewMs = whole.now - now();
        told = whole;
        const board = asSaid(whole, unheard);
        set({ ...kept, connection: 'open', course, notes, board, skewMs, unheard: left });
        return;
      }
      case 'patch': {
        if (!told) return;
        const skewMs = message.board ? message.board.now - now() : state.skewMs;
        told = applyPatch(told, message);
        return set({ ...state, board: asSaid(told, unheard), skewMs });
      }
      case 'heard':
        return set({ ...state, unheard: forget(message.n) });
      case 'cell':
        return set({ ...state, looked: message });
      case 'report':
        return set({ ...state, report: message });
      case 'refused': {
        const { code, next, again } = message;
        if (PASSING.includes(code)) {
          const old = wire;
          wire = undefined;
          old?.close();
          return lost(undefined, (again ?? 2) * 1000);
        }
        return set({ ...state, connection: 'refused', refused: { code, next } });
      }
    }
  };

  function start(): void {
    if (closed) return;
    stopTimer();
    let own: Wire | undefined;
    // What an earlier connection still has to say is no longer ours.
    const current = () => own === undefined || own === wire;
    own = connect({
      opened() {
        heardAt = now();
        send({ type: 'hello', as: 'instructor', protocol, key, board });
        ping();
      },
      message(text) {
        if (current()) receive(JSON.parse(text) as ToInstructor);
      },
      closed(why) {
        if (current()) lost(why);
      },
    });
    wire = own;
  }
  start();

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say(event) {
      const message = { type: 'say', n: ++counted, at: Math.round(now() + state.skewMs), event } as const;
      unheard.push(message);
      if (state.connection === 'open') send(message);
      set({ ...state, board: state.board && asSaid(state.board, [message]), unheard: unheard.length });
    },
    look(learner, lesson, cell) {
      const { looked: _, ...without } = state;
      set(without);
      if (state.connection === 'open') send({ type: 'look', learner, lesson, cell });
    },
    report(format) {
      if (state.connection !== 'open') return;
      set({ ...state, report: { format } });
      send({ type: 'report', format });
    },
    retry() {
      const old = wire;
      wire = undefined;
      old?.close();
      stopPing();
      tries = 0;
      const { refused: _, againAt: __, ...kept } = state;
      set({ ...kept, connection: 'connecting' });
      start();
    },
    close() {
      closed = true;
      stopTimer();
      stopPing();
      wire?.close();
    },
  };
}
