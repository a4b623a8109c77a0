/**
 * A board's end of the line to the host: says hello, numbers what the instructor says, says again what the host has not
 * heard, and comes back by itself when the connection is lost. The same in a browser and in a terminal: what carries the
 * messages is given (`connect`), and so is the time.
 */
import type { InstructorEvent } from './events.ts';
import type { FromInstructor, Invitation, RefusalCode, ToInstructor } from './messages.ts';
import type { CourseNotes } from './notes.ts';
import type { CourseOutline } from './outline.ts';
import { applyPatch } from './patch.ts';
import type { Offered } from './reports.ts';
import type { BoardState } from './rows.ts';
import type { ShownMap } from './shown-map.ts';

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
  invitation?: Invitation;
  /** The host's clock less ours. */
  skewMs: number;
  /** What was said and is not yet kept by the host. */
  unheard: number;
  /** What was looked at last, as it is now. */
  looked?: CellLooked;
  /** The last report that was asked for: on its way, here, or why there is none. */
  report?: { format: Offered } | ReportGot;
  /** What is presented; absent until the host has told it, an empty one where nobody presents. */
  shown?: { map?: ShownMap };
}

export interface Link {
  getState(): LinkState;
  subscribe(listener: () => void): () => void;
  say(event: InstructorEvent): void;
  /** Asked for again whenever something of that learner changes, until another look or `lookAway`. An empty `cell`: shells. */
  look(learner: string, lesson: string, cell: string): void;
  lookAway(): void;
  /** Asks for what the class comes to so far, as a file. */
  report(format: Offered): void;
  /** Shows the class a map, from now on and after each cut, until it is called with nothing. */
  show(map: ShownMap | undefined): void;
  /** Asks to be told what is shown, or to be told no more. */
  watch(on: boolean): void;
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

/** They share it no longer, or are gone: at once, and whatever the host has still on its way. */
function asAgreed(looked: CellLooked | undefined, { rows }: BoardState): { looked?: CellLooked } {
  if (looked === undefined) return {};
  const { learner, lesson, cell } = looked;
  const row = rows.find(({ id }) => id === learner);
  if (row === undefined) return {};
  const agrees = cell === '' ? row.consent.transcript : row.consent.outputs;
  return { looked: agrees ? looked : { type: 'cell', learner, lesson, cell, agreed: false } };
}

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;
/** Something comes at least this often, since it is asked for; else the line is dead and nobody has told. */
const PING_MS = 8000;
const SILENCE_MS = 20_000;
/** Who types is looked at no more often than this. */
const LOOK_MS = 500;
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
  let showing: ShownMap | undefined;
  let watching = false;
  let looking: { learner: string; lesson: string; cell: string } | undefined;
  /** It was asked for, or will be in a moment; `old`: something has changed since it was. */
  let look: { waits: boolean; old: boolean } = { waits: false, old: false };
  let stopLook = () => {};
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

  const askLook = () => {
    stopLook();
    look = { waits: looking !== undefined && state.connection === 'open', old: false };
    if (look.waits) send({ type: 'look', ...looking });
  };
  const lookSoon = () => {
    look.old = true;
    if (look.waits || looking === undefined) return;
    look.waits = true;
    stopLook = after(LOOK_MS, askLook);
  };

  const receive = (message: ToInstructor) => {
    heardAt = now();
    switch (message.type) {
      case 'welcome': {
        tries = 0;
        const { course, notes, invitation, board: whole, heard } = message;
        // The host has heard this board before it lost it; numbers go on from there.
        counted = Math.max(counted, heard);
        const left = forget(heard);
        for (const one of unheard) send(one);
        // What was asked for before is not answered on this connection.
        const { refused: _, againAt: __, why: ___, report: ____, looked, ...kept } = state;
        const skewMs = whole.now - now();
        told = whole;
        const board = asSaid(whole, unheard);
        const shared = asAgreed(looked, whole);
        set({
          ...kept,
          ...shared,
          connection: 'open',
          course,
          notes,
          invitation,
          board,
          skewMs,
          unheard: left,
        });
        if (showing) send({ type: 'show', map: showing });
        if (watching) send({ type: 'watch', on: true });
        return askLook();
      }
      case 'patch': {
        if (!told) return;
        const skewMs = message.board ? message.board.now - now() : state.skewMs;
        told = applyPatch(told, message);
        const { looked, ...kept } = state;
        set({ ...kept, ...asAgreed(looked, told), board: asSaid(told, unheard), skewMs });
        if (message.rows.some(({ id }) => id === looking?.learner)) lookSoon();
        return;
      }
      case 'heard':
        return set({ ...state, unheard: forget(message.n) });
      case 'cell': {
        const { learner, lesson, cell } = message;
        // Of an earlier look: nobody waits for it any more.
        if (learner !== looking?.learner || lesson !== looking.lesson || cell !== looking.cell) return;
        set({ ...state, ...(told ? asAgreed(message, told) : {}) });
        look.waits = false;
        if (look.old) lookSoon();
        return;
      }
      case 'report':
        return set({ ...state, report: message });
      case 'shown': {
        const { map } = message;
        // Told while we said that we watch no more.
        return watching ? set({ ...state, shown: map ? { map } : {} }) : undefined;
      }
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
      looking = { learner, lesson, cell };
      set(without);
      askLook();
    },
    lookAway() {
      if (looking === undefined) return;
      looking = undefined;
      stopLook();
      const { looked: _, ...without } = state;
      set(without);
    },
    report(format) {
      if (state.connection !== 'open') return;
      set({ ...state, report: { format } });
      send({ type: 'report', format });
    },
    show(map) {
      if (map === undefined && showing === undefined) return;
      showing = map;
      if (state.connection === 'open') send({ type: 'show', ...(map ? { map } : {}) });
    },
    watch(on) {
      if (on === watching) return;
      watching = on;
      if (state.connection === 'open') send({ type: 'watch', on });
      const { shown: _, ...without } = state;
      if (!on) set(without);
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
      stopLook();
      stopTimer();
      stopPing();
      wire?.close();
    },
  };
}
