/** A class whose learners the test speaks for: the real book, and boards that are connected to it by function calls. */
import { createHash } from 'node:crypto';
import { Book } from '../../../src/board/book.ts';
import type { ClassEvent, Consent, InstructorEvent, Speaker } from '../../../src/board/events.ts';
import type { Connect } from '../../../src/board/link.ts';
import {
  fromInstructorSchema,
  helloSchema,
  type Invitation,
  type ToInstructor,
} from '../../../src/board/messages.ts';
import type { CourseNotes } from '../../../src/board/notes.ts';
import type { CourseOutline } from '../../../src/board/outline.ts';
import type { RowPatch } from '../../../src/board/patch.ts';
import type { ShownMap } from '../../../src/board/shown-map.ts';

export const KEY = 'the-instructor’s key/+';

export interface ScriptedOptions {
  course: CourseOutline;
  title?: string;
  notes?: CourseNotes;
  invitation?: Invitation;
  /** The same book as before: a host that was ended and started again. */
  book?: Book;
  /** What learners share; see `look`. */
  shared?: Readonly<Record<string, { text?: string; output?: string }>>;
  now?: () => number;
}

export interface ScriptedClass {
  book: Book;
  now: () => number;
  /** What boards said that counted. */
  said: InstructorEvent[];
  join(learner: string, name: string, more?: { consent?: Consent; at?: number }): void;
  tell(learner: string, event: ClassEvent, at?: number): void;
  away(learner: string, since?: number): void;
  /** By another board. */
  instruct(event: InstructorEvent): void;
  boards(): number;
  /** What is presented, to those boards that have asked. */
  show(map: ShownMap | undefined): void;
  connect: Connect;
  stop(): void;
}

const TICK_MS = 60;

export function scriptedClass({
  course,
  title = 'Networks, Thursday',
  notes,
  invitation,
  book = new Book(course),
  shared = {},
  now = Date.now,
}: ScriptedOptions): ScriptedClass {
  const welcomed = new Set<(message: ToInstructor) => void>();
  const gone = new Map<string, number>();
  const said: InstructorEvent[] = [];
  const changed = new Set<string>();
  const removed = new Set<string>();
  const counts = new Map<Speaker, number>();
  let whole = false;
  let shown: ShownMap | undefined;
  const watching = new Set<(message: ToInstructor) => void>();
  const whatIsShown = (): ToInstructor => ({ type: 'shown', ...(shown ? { map: shown } : {}) });

  const presence = (id: string) => ({ here: !gone.has(id), since: gone.get(id) ?? 0 });
  const apply = (
    from: Speaker,
    event: ClassEvent,
    at = now(),
    n = (counts.get(from) ?? book.heard(from)) + 1,
  ) => {
    counts.set(from, n);
    const change = book.apply({ from, n, at, event });
    if (change.learner !== undefined) changed.add(change.learner);
    whole = true;
    return change;
  };

  const tick = setInterval(() => {
    if (changed.size === 0 && removed.size === 0 && !whole) return;
    const rows = [...changed].flatMap((id) =>
      book.learner(id) ? [book.row(id, now(), presence(id)) as RowPatch] : [],
    );
    const message: ToInstructor = {
      type: 'patch',
      rows,
      gone: [...removed],
      board: book.boardWithoutRows(now()),
    };
    changed.clear();
    removed.clear();
    whole = false;
    for (const send of welcomed) send(message);
  }, TICK_MS);

  if (book.id === undefined) apply('host', { type: 'class-opened', id: 'class', title });
  return {
    book,
    now,
    said,
    join(learner, name, { consent = { progress: true, outputs: false, transcript: false }, at } = {}) {
      const tokenHash = createHash('sha256').update(learner).digest('hex');
      apply('host', { type: 'joined', learner, name, consent, tokenHash }, at);
    },
    tell: (learner, event, at) => void apply(`learner:${learner}`, event, at),
    instruct: (event) => void apply('instructor:other', event),
    away(learner, since = now()) {
      gone.set(learner, since);
      changed.add(learner);
    },
    boards: () => welcomed.size,
    show(map) {
      shown = map;
      for (const send of watching) send(whatIsShown());
    },
    connect(on) {
      let from: Speaker | undefined;
      const send = (message: ToInstructor) => on.message(JSON.stringify(message));
      const leave = () => {
        welcomed.delete(send);
        watching.delete(send);
        on.closed();
      };
      queueMicrotask(() => on.opened());
      return {
        close: leave,
        send(text) {
          const message = JSON.parse(text);
          if (from === undefined) {
            const hello = helloSchema.parse(message);
            if (hello.as !== 'instructor' || hello.key !== KEY) {
              send({ type: 'refused', code: 'wrong-code', next: ['Ask for the link.'] });
              return leave();
            }
            from = `instructor:${hello.board}`;
            send({
              type: 'welcome',
              course,
              board: book.board(now(), presence),
              heard: book.heard(from),
              ...(notes ? { notes } : {}),
              ...(invitation ? { invitation } : {}),
            });
            welcomed.add(send);
            return;
          }
          const known = fromInstructorSchema.parse(message);
          if (known.type === 'ping') return send({ type: 'pong' });
          if (known.type === 'show') return;
          if (known.type === 'watch') {
            if (!known.on) return void watching.delete(send);
            watching.add(send);
            return send(whatIsShown());
          }
          if (known.type === 'look') {
            const { learner, lesson, cell } = known;
            const consent = book.learner(learner)?.consent;
            const agreed = (cell === '' ? consent?.transcript : consent?.outputs) ?? false;
            const own = agreed
              ? (shared[`${learner}/${lesson}/${cell}`] ?? book.shared(learner, lesson, cell) ?? {})
              : {};
            return send({ type: 'cell', learner, lesson, cell, agreed, ...own });
          }
          if (known.type === 'report') {
            const { format } = known;
            return send({
              type: 'report',
              format,
              name: `class-${format}.txt`,
              mime: 'text/plain',
              text: `as ${format}`,
            });
          }
          const { event, n, at } = known;
          if (apply(from, event, at, n).counted) said.push(event);
          if (event.type === 'removed') removed.add(event.learner);
          for (const { id } of book.learners()) changed.add(id);
          send({ type: 'heard', n });
        },
      };
    },
    stop: () => clearInterval(tick),
  };
}
