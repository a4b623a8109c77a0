/**
 * The places that the host offers: who sits there, which terminal they look through, and for how long a place is kept for who is
 * away. One who does not read holds up their own notebook and nobody else's.
 */
import { join } from 'node:path';
import type { Rootfs } from '../../sandbox/rootfs/rootfs.ts';
import { dropHome, readyHome, sizeOfHome } from './home.ts';
import { type Held, NOTEBOOK_HEAP_MIB, type SeatLimits } from './limits.ts';
import { openLine, type SeatLine } from './line.ts';
import { createModes, type Modes, RESTORE } from './modes.ts';
import type { Person } from './people.ts';
import { createRedraw, type Redraw } from './redraw.ts';
import { openSeat, type Seat, seatBase } from './seat.ts';
import { INSIDE, viewOf } from './view.ts';

/** Why a terminal is let go. */
export type EndReason = 'left' | 'elsewhere' | 'gone' | 'kept' | 'over' | 'slow';

/** A terminal somewhere. */
export interface Screen {
  columns: number;
  rows: number;
  /** False when it has enough for now: `drained` of the sitting says when it has not. */
  write(data: Buffer | string): boolean;
  /** Nothing more comes. */
  end(reason: EndReason): void;
}

export interface Sitting {
  type(data: Uint8Array): boolean;
  /** Calls back when more can be typed. */
  onRoom(listener: () => void): void;
  resize(columns: number, rows: number): void;
  drained(): void;
  /** The terminal is gone; the place is kept for a while. */
  leave(): void;
}

export interface PlacesOptions {
  /** Of what is kept of the offer. */
  folder: string;
  most: number;
  /** A place is free again when its learner was away for so long. */
  absenceMs: number;
  limits: SeatLimits;
  held: Held;
  rootfs: Rootfs;
  /** The copy of the course, and which part of it is opened. */
  course: string;
  target: string;
  /** Where the class is, from here and as it is shown. */
  host: string;
  port: number;
  address: string;
  code: string;
  isRoot: boolean;
}

interface Place {
  person: Person;
  number: number;
  seat: Seat;
  line: SeatLine;
  screen?: Screen;
  isPaused: boolean;
  pausedAt: number;
  modes: Modes;
  /** Which sitting it is now; those of before have nothing to say any more. */
  turn: number;
  absence?: NodeJS.Timeout;
  why?: EndReason;
  onRoom?: () => void;
  redraw: Redraw;
}

const LOOK_MS = 5000;
/** A terminal that has read nothing for so long is as good as gone. */
const STALLED_MS = 60_000;

export interface Coming {
  person: Person;
  name?: string;
  lang: string;
  term: string;
  screen: Screen;
}

export class Places {
  readonly #options: PlacesOptions;
  readonly #places = new Map<string, Place>();
  /** Numbers that are taken, also by who is about to sit. */
  readonly #numbers = new Set<number>();
  /** One after the other for one person. */
  readonly #coming = new Map<string, Promise<unknown>>();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  get taken(): number {
    return this.#numbers.size;
  }

  /** Whether there is one for them. To be asked before they are made known. */
  hasRoomFor(person: Person | undefined): boolean {
    return (
      !this.#isClosed &&
      ((person !== undefined && this.#places.has(person.id)) || this.#numbers.size < this.#options.most)
    );
  }

  /** Undefined when all are taken. @throws SandboxError `seat-not-made` */
  sit(coming: Coming): Promise<Sitting | undefined> {
    const { id } = coming.person;
    const before = this.#coming.get(id) ?? Promise.resolve();
    const now = before.catch(() => undefined).then(() => this.#sit(coming));
    this.#coming.set(id, now);
    const done = (): void => {
      if (this.#coming.get(id) === now) this.#coming.delete(id);
    };
    now.then(done, done);
    return now;
  }

  async #sit(coming: Coming): Promise<Sitting | undefined> {
    if (!this.hasRoomFor(coming.person)) return undefined;
    const { screen } = coming;
    const known = this.#places.get(coming.person.id);
    if (known !== undefined) {
      this.#show(known, screen);
      return this.#sitting(known);
    }
    const place = await this.#make(coming);
    this.#show(place, screen, true);
    return this.#sitting(place);
  }

  async #make({ person, name, lang, term, screen }: Coming): Promise<Place> {
    const options = this.#options;
    const { limits, rootfs, isRoot } = options;
    const number = free(this.#numbers);
    this.#numbers.add(number);
    const folder = join(options.folder, 'people', person.id);
    const lineFolder = join(options.folder, 'lines', String(number));
    let line: SeatLine | undefined;
    try {
      const home = join(folder, 'home');
      readyHome(home, isRoot ? seatBase(number) : undefined);
      line = await openLine({ folder: lineFolder, host: options.host, port: options.port, number });
      const seat = await openSeat({
        rootfs,
        view: viewOf({ course: options.course, home, line: lineFolder, rootfs }),
        groups: options.held.groups,
        limits,
        number,
        argv: [
          INSIDE.node,
          `--max-old-space-size=${NOTEBOOK_HEAP_MIB}`,
          join(INSIDE.package, 'dist', 'cli.js'),
          ...['class', 'join', options.address, options.code, join(INSIDE.course, options.target)],
          ...['--lang', lang, '--sandbox', 'embedded'],
          ...(name === undefined ? [] : ['--name', name]),
        ],
        env: {
          HOME: INSIDE.home,
          XDG_CACHE_HOME: INSIDE.cache,
          XDG_RUNTIME_DIR: INSIDE.runtime,
          PATH: '/nonexistent',
          LANG: 'C.UTF-8',
          TERM: term,
          COLORTERM: 'truecolor',
          WIREBOOK_SEAT: '1',
          WIREBOOK_CLASS_LINE: join(INSIDE.line, 'class'),
          WIREBOOK_SANDBOX_LIMITS: `processes=${limits.processes},memory=${limits.memory},disk=${limits.disk}`,
          ...(process.env.TZ === undefined ? {} : { TZ: process.env.TZ }),
        },
        columns: screen.columns,
        rows: screen.rows,
      });
      const modes = createModes();
      const redraw = createRedraw((columns, rows) => seat.resize(columns, rows));
      const place: Place = {
        person,
        number,
        seat,
        line,
        isPaused: false,
        pausedAt: 0,
        turn: 0,
        modes,
        redraw,
      };
      this.#places.set(person.id, place);
      seat.onShown((data) => {
        modes.see(data);
        place.redraw.see(data);
        if (place.screen !== undefined && !place.screen.write(data)) this.#pause(place);
      });
      seat.onRoom(() => place.onRoom?.());
      void seat.ended.then(() => this.#ended(place));
      return place;
    } catch (error) {
      line?.close();
      this.#numbers.delete(number);
      throw error;
    }
  }

  /** This terminal looks at it from now on. */
  #show(place: Place, screen: Screen, isNew = false): void {
    clearTimeout(place.absence);
    const before = place.screen;
    place.screen = screen;
    place.turn += 1;
    place.onRoom = undefined;
    before?.end('elsewhere');
    this.#resume(place);
    if (isNew) return;
    // A terminal that begins, brought to what the program believes it to be.
    screen.write(`${place.modes.sequence()}\x1b[2J\x1b[H`);
    void place.redraw.begin(
      () => screen,
      () => place.screen === screen,
    );
  }

  #sitting(place: Place): Sitting {
    const { turn, seat } = place;
    const isMine = (): boolean => place.turn === turn && this.#places.get(place.person.id) === place;
    const { screen } = place;
    return {
      type: (data) => !isMine() || seat.type(data),
      onRoom: (listener) => {
        if (isMine()) place.onRoom = listener;
      },
      resize: (columns, rows) => {
        if (!isMine() || screen === undefined) return;
        screen.columns = columns;
        screen.rows = rows;
        seat.resize(columns, rows);
      },
      drained: () => {
        if (isMine()) this.#resume(place);
      },
      leave: () => {
        if (isMine()) this.#absent(place);
      },
    };
  }

  #pause(place: Place): void {
    if (place.isPaused) return;
    place.isPaused = true;
    place.pausedAt = performance.now();
    place.seat.pause();
  }

  #resume(place: Place): void {
    if (!place.isPaused) return;
    place.isPaused = false;
    place.seat.resume();
  }

  #absent(place: Place): void {
    place.screen = undefined;
    place.turn += 1;
    place.onRoom = undefined;
    // Nobody looks: what it shows is dropped, so that it goes on.
    this.#resume(place);
    clearTimeout(place.absence);
    place.absence = setTimeout(() => place.seat.end(), this.#options.absenceMs);
    place.absence.unref();
  }

  #look(): void {
    const now = performance.now();
    for (const place of this.#places.values()) {
      if (place.isPaused && now - place.pausedAt > STALLED_MS) {
        const { screen } = place;
        this.#absent(place);
        screen?.end('slow');
      }
      const home = join(this.#options.folder, 'people', place.person.id, 'home');
      if (sizeOfHome(home) > this.#options.limits.kept) {
        place.why = 'kept';
        place.seat.end();
      }
    }
  }

  #ended(place: Place): void {
    clearTimeout(place.absence);
    this.#places.delete(place.person.id);
    this.#numbers.delete(place.number);
    place.line.close();
    const { screen, why } = place;
    place.screen = undefined;
    const folder = join(this.#options.folder, 'people', place.person.id, 'home');
    // What was too much goes; there would be no coming back.
    if (why === 'kept') dropHome(folder);
    if (screen === undefined) return;
    screen.write(RESTORE);
    void place.seat.ended.then((status) =>
      screen.end(why ?? (this.#isClosed ? 'over' : status === 0 ? 'left' : 'gone')),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await Promise.allSettled(this.#coming.values());
    const all = [...this.#places.values()];
    for (const { seat } of all) seat.end();
    await Promise.all(all.map(({ seat }) => seat.ended));
  }
}

function free(taken: ReadonlySet<number>): number {
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}
