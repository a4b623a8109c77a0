/** The door by a browser: a page with a terminal in it, and the socket that it speaks on. */
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { LANGUAGES } from '../../lib/languages.ts';
import type { OfferWords } from '../../page/words/offer/en.ts';
import { isSameText, parseCode } from '../code.ts';
import { cleanName } from '../host/clean.ts';
import type { MoreNet } from '../host/net.ts';
import type { Tries } from '../host/tries.ts';
import { createPage, type PageFiles } from '../web/answer.ts';
import { type People, type Person, readBack } from './people.ts';
import type { Places, Screen, Sitting } from './places.ts';
import { JOIN_PATH, JOIN_SOCKET, type Told } from './socket.ts';

const FILES: PageFiles = {
  [JOIN_PATH]: ['join.html', 'text/html; charset=utf-8'],
  [`${JOIN_PATH}/join.js`]: ['join.js', 'text/javascript; charset=utf-8'],
  [`${JOIN_PATH}/join.css`]: ['join.css', 'text/css; charset=utf-8'],
};

const size = { columns: z.int().min(10).max(500), rows: z.int().min(4).max(200) };
const helloSchema = z.strictObject({
  type: z.literal('hello'),
  code: z.string().max(64).optional(),
  back: z.string().max(64).optional(),
  name: z.string().max(256).optional(),
  lang: z.enum(LANGUAGES),
  ...size,
});
const saysSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('size'), ...size }),
  /** So many bytes of what was shown are drawn. */
  z.strictObject({
    type: z.literal('drawn'),
    bytes: z
      .int()
      .min(0)
      .max(2 ** 31),
  }),
]);

/** Sent and not drawn yet: a browser reads what it cannot draw, so it says how far it is. */
const MOST_UNDRAWN = 256 * 1024;
const PING_MS = 15_000;

export interface WebOptions {
  secret: string;
  code: string;
  people: People;
  places: Pick<Places, 'hasRoomFor' | 'sit'>;
  most: number;
  tries: Tries;
  words: OfferWords;
  trouble(error: Error): void;
}

export function webDoor(options: WebOptions): MoreNet & { close(): void } {
  const open = new Set<WebSocket>();
  return {
    page: createPage(undefined, FILES),
    path: JOIN_SOCKET,
    open(socket, address, letIn) {
      if (open.size >= options.most + 16) {
        socket.terminate();
        return;
      }
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      serve(socket, address, options, letIn);
    },
    close() {
      for (const socket of open) socket.close(1001);
    },
  };
}

function serve(socket: WebSocket, address: string, options: WebOptions, letIn: () => void): void {
  let sitting: Sitting | undefined;
  let isAsked = false;
  let undrawn = 0;
  let isAlive = true;
  const tell = (told: Told): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(told));
  };
  const close = (): void => {
    socket.close(1000);
    setTimeout(() => socket.terminate(), 2000).unref();
  };
  const refuse = (told: Told): void => {
    tell(told);
    close();
  };
  const ping = setInterval(() => {
    if (!isAlive) socket.terminate();
    else if (socket.isPaused) return;
    isAlive = false;
    socket.ping();
  }, PING_MS);
  ping.unref();
  const screen: Screen = {
    columns: 80,
    rows: 24,
    write(data) {
      if (socket.readyState !== socket.OPEN) return true;
      const bytes = typeof data === 'string' ? Buffer.from(data) : data;
      undrawn += bytes.length;
      socket.send(bytes, { binary: true });
      return undrawn < MOST_UNDRAWN;
    },
    end(reason) {
      refuse({ type: 'over', why: reason });
    },
  };

  const enter = async (text: string): Promise<void> => {
    const { data: hello } = helloSchema.safeParse(parsed(text));
    if (hello === undefined) return socket.terminate();
    Object.assign(screen, { columns: hello.columns, rows: hello.rows });
    const found = find(hello, address, options);
    if ('type' in found) return refuse(found);
    const { places, people } = options;
    if (!places.hasRoomFor(found.person))
      return refuse({ type: 'refused', why: 'full', places: options.most });
    let { person } = found;
    let back: string | undefined;
    if (person === undefined) {
      const added = people.add({ name: found.name }, Date.now());
      if (added === undefined) return refuse({ type: 'refused', why: 'full', places: options.most });
      person = added.person;
      back = added.back;
    }
    letIn();
    tell({ type: 'welcome', ...(back === undefined ? {} : { back }) });
    const seated = await places.sit({
      person,
      name: found.name ?? person.name,
      lang: hello.lang,
      term: 'xterm-256color',
      screen,
    });
    if (seated === undefined) return refuse({ type: 'refused', why: 'full', places: options.most });
    sitting = seated;
    if (socket.readyState !== socket.OPEN) return seated.leave();
    seated.resize(screen.columns, screen.rows);
    seated.onRoom(() => socket.resume());
  };

  socket.on('message', (data, isBinary) => {
    isAlive = true;
    if (isBinary) {
      if (sitting !== undefined && !sitting.type(data as Buffer)) socket.pause();
      return;
    }
    const text = String(data);
    if (!isAsked) {
      isAsked = true;
      enter(text).catch((error: Error) => {
        options.trouble(error);
        refuse({ type: 'refused', why: 'broken' });
      });
      return;
    }
    const { data: said } = saysSchema.safeParse(parsed(text));
    if (said === undefined) return socket.terminate();
    if (said.type === 'size') {
      Object.assign(screen, { columns: said.columns, rows: said.rows });
      sitting?.resize(said.columns, said.rows);
      return;
    }
    undrawn = Math.max(0, undrawn - said.bytes);
    if (undrawn < MOST_UNDRAWN / 2) sitting?.drained();
  });
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    sitting?.leave();
  });
}

/** Who it is; or why they may not come in. */
function find(
  { code, back, name }: z.infer<typeof helloSchema>,
  address: string,
  { people, tries, code: own }: WebOptions,
): { person?: Person; name?: string } | Extract<Told, { type: 'refused' }> {
  const againMs = tries.waitMs(address, performance.now());
  if (againMs > 0) return { type: 'refused', why: 'too-many-tries', again: Math.ceil(againMs / 1000) };
  const wrong = (why: 'wrong-code' | 'wrong-back') => {
    tries.wrong(address, performance.now());
    return { type: 'refused', why } as const;
  };
  if (back !== undefined) {
    const letters = readBack(back);
    const person = letters === undefined ? undefined : people.withBack(letters);
    return person === undefined ? wrong('wrong-back') : { person };
  }
  if (code === undefined || !isCode(code, own)) return wrong('wrong-code');
  const clean = cleanName(name ?? '');
  if (clean === '') return { type: 'refused', why: 'name-needed' };
  return people.withName(clean) === undefined ? { name: clean } : { type: 'refused', why: 'name-taken' };
}

function isCode(text: string, own: string): boolean {
  try {
    const [given, right] = [parseCode(text), parseCode(own)];
    return isSameText(given.secret + given.print, right.secret + right.print);
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
