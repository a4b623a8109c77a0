/**
 * A class whose learners the test speaks for: the real book and the real page behind a socket, and nothing else. It stands on
 * 127.0.0.1, and what a board says to it is kept for the test to look at.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Book } from '../../../src/board/book.ts';
import type { ClassEvent, InstructorEvent, Speaker } from '../../../src/board/events.ts';
import { fromInstructorSchema, helloSchema, type ToInstructor } from '../../../src/board/messages.ts';
import type { CourseNotes } from '../../../src/board/notes.ts';
import type { CourseOutline } from '../../../src/board/outline.ts';
import type { RowPatch } from '../../../src/board/patch.ts';
import { SOCKET } from '../../../src/board/socket.ts';
import { createPage } from '../../../src/class/web/answer.ts';

export const KEY = 'the-instructor’s key/+';

export interface ScriptedOptions {
  course: CourseOutline;
  title?: string;
  notes?: CourseNotes;
  /** Folder of the built page. */
  page?: string;
  port?: number;
  /** The same book as before: a host that was ended and started again. */
  book?: Book;
  /** What learners share; see `look`. */
  shared?: Readonly<Record<string, { text?: string; output?: string }>>;
}

export interface ScriptedHost extends AsyncDisposable {
  port: number;
  book: Book;
  /** What boards said that counted. */
  said: InstructorEvent[];
  join(
    learner: string,
    name: string,
    more?: { consent?: { progress: boolean; outputs: boolean; transcript: boolean }; at?: number },
  ): void;
  tell(learner: string, event: ClassEvent, at?: number): void;
  /** A batch as one patch. */
  quietly(work: () => void): void;
  /** Who is connected; without it everybody is. */
  away(learner: string, since?: number): void;
  boards(): number;
  stop(): Promise<void>;
}

const TICK_MS = 60;

export async function scriptedHost({
  course,
  title = 'Networks, Thursday',
  notes,
  page,
  port = 0,
  book = new Book(course),
  shared = {},
}: ScriptedOptions): Promise<ScriptedHost> {
  const answer = createPage(page);
  const server = createServer((request, response) => {
    const given = answer({
      path: new URL(request.url ?? '/', 'http://host').pathname,
      acceptEncoding: String(request.headers['accept-encoding'] ?? ''),
      ifNoneMatch: request.headers['if-none-match'],
    });
    if (!given) return void response.writeHead(404).end();
    response.writeHead(given.status, given.headers).end(given.body);
  });
  const sockets = new WebSocketServer({ server, path: SOCKET.path });
  const welcomed = new Set<WebSocket>();
  const gone = new Map<string, number>();
  const said: InstructorEvent[] = [];
  const changed = new Set<string>();
  const removed = new Set<string>();
  const counts = new Map<Speaker, number>();
  let whole = false;

  const presence = (id: string) => ({
    here: !gone.has(id),
    since: gone.get(id) ?? 0,
  });
  const row = (id: string) => book.row(id, Date.now(), presence(id));
  const send = (socket: WebSocket, message: ToInstructor) => socket.send(JSON.stringify(message));

  const apply = (
    from: Speaker,
    event: ClassEvent,
    at = Date.now(),
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
    const rows = [...changed].flatMap((id) => (book.learner(id) ? [row(id) as RowPatch] : []));
    const message: ToInstructor = {
      type: 'patch',
      rows,
      gone: [...removed],
      board: book.boardWithoutRows(Date.now()),
    };
    changed.clear();
    removed.clear();
    whole = false;
    for (const socket of welcomed) send(socket, message);
  }, TICK_MS);

  sockets.on('connection', (socket) => {
    let from: Speaker | undefined;
    socket.on('close', () => welcomed.delete(socket));
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (from === undefined) {
        const hello = helloSchema.parse(message);
        if (hello.as !== 'instructor') return socket.close();
        if (hello.key !== KEY) {
          send(socket, { type: 'refused', code: 'wrong-code', next: ['Ask for the link.'] });
          return socket.close();
        }
        from = `instructor:${hello.board}`;
        send(socket, {
          type: 'welcome',
          course,
          board: book.board(Date.now(), presence),
          heard: book.heard(from),
          ...(notes ? { notes } : {}),
        });
        welcomed.add(socket);
        return;
      }
      const known = fromInstructorSchema.parse(message);
      if (known.type === 'ping') return send(socket, { type: 'pong' });
      if (known.type === 'look') {
        const { learner, lesson, cell } = known;
        const agreed = book.learner(learner)?.consent.outputs ?? false;
        const own = agreed ? (shared[`${learner}/${lesson}/${cell}`] ?? {}) : {};
        return send(socket, { type: 'cell', learner, lesson, cell, agreed, ...own });
      }
      const { event, n, at } = known;
      if (apply(from, event, at, n).counted) said.push(event);
      if (event.type === 'removed') removed.add(event.learner);
      for (const { id } of book.learners()) changed.add(id);
      send(socket, { type: 'heard', n });
    });
  });

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    clearInterval(tick);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  if (book.id === undefined) apply('host', { type: 'class-opened', id: 'class', title });
  return {
    port: (server.address() as AddressInfo).port,
    book,
    said,
    join(learner, name, { consent = { progress: true, outputs: false, transcript: false }, at } = {}) {
      apply(
        'host',
        {
          type: 'joined',
          learner,
          name,
          consent,
          tokenHash: createHash('sha256').update(learner).digest('hex'),
        },
        at,
      );
    },
    tell: (learner, event, at) => void apply(`learner:${learner}`, event, at),
    quietly: (work) => work(),
    away(learner, since = Date.now()) {
      gone.set(learner, since);
      changed.add(learner);
    },
    boards: () => welcomed.size,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
