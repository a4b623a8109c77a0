/** The door by ssh: a terminal, and nothing else. Who they are is found out by ssh-login.ts. */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { whyRefused } from '../../lib/refusal.ts';
import type { OfferWords } from '../../page/words/offer/en.ts';
import { replaceFile } from '../../session/journal/files.ts';
import { Pending } from '../host/pending.ts';
import type { Tries } from '../host/tries.ts';
import type { People } from './people.ts';
import type { EndReason, Places, Screen, Sitting } from './places.ts';
import { authenticate, type Guest } from './ssh-login.ts';

const FILE = 'ssh_host_ed25519_key';
/** Of those that are let in; a place has one terminal, and some are about to be. */
const MORE_THAN_PLACES = 8;
const MOST_AUTHENTICATIONS = 12;
const SIZE = { columns: [20, 500], rows: [6, 200] } as const;

export interface SshOptions {
  folder: string;
  port: number;
  listen?: string;
  secret: string;
  /** As it is read out. */
  code: string;
  title: string;
  people: People;
  places: Pick<Places, 'hasRoomFor' | 'sit'>;
  most: number;
  tries: Tries;
  words: OfferWords;
  lang: string;
  /** How the host is called in a line of ssh. */
  address: string;
  trouble(error: Error): void;
}

export interface SshDoor {
  port: number;
  /** As ssh shows it when it asks. */
  fingerprint: string;
  close(): Promise<void>;
}

/** @throws InputError `ssh-port` */
export async function openSsh(given: SshOptions): Promise<SshDoor> {
  const options = { ...given };
  const hostKey = readHostKey(options.folder);
  const pending = new Pending(256, 60_000);
  const open = new Set<Socket>();
  const server = new ssh2.Server(
    {
      hostKeys: [hostKey],
      ident: 'Wirebook',
      keepaliveInterval: 15_000,
      keepaliveCountMax: 3,
    } as ssh2.ServerConfig,
    (client) => {
      const socket = (client as unknown as { _sock: Socket })._sock;
      serve(client, socket.remoteAddress ?? '', options, () => {
        doneOf.get(socket)?.();
        return open.size <= options.most + MORE_THAN_PLACES;
      });
    },
  );
  const doneOf = new WeakMap<Socket, () => void>();
  const net = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    const done = pending.add(socket.remoteAddress ?? '', { cut: () => socket.destroy() });
    doneOf.set(socket, () => {
      done();
      open.add(socket);
    });
    socket.once('close', () => {
      done();
      open.delete(socket);
    });
    server.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    net.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new InputError(
          'ssh-port',
          `Nothing can be listened to on port ${options.port} for ssh: ${whyRefused(error)}.`,
          ['Choose another one: --ssh-port NUMBER'],
        ),
      ),
    );
    net.listen({ port: options.port, host: options.listen }, () => resolve());
  });
  net.on('error', () => undefined);
  options.port = (net.address() as AddressInfo).port;
  return {
    port: options.port,
    fingerprint: fingerprintOf(hostKey),
    async close() {
      const closed = new Promise<void>((resolve) => net.close(() => resolve()));
      setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, 300).unref();
      pending.close();
      await closed;
    },
  };
}

function readHostKey(folder: string): string {
  const path = join(folder, FILE);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  makeFolder(folder, 0o700);
  const made = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'wirebook' });
  replaceFile(path, made.private);
  chmodSync(path, 0o600);
  return made.private;
}

function fingerprintOf(key: string): string {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const [one] = [parsed].flat();
  return `SHA256:${createHash('sha256').update(one!.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
}

function serve(client: Connection, address: string, options: SshOptions, letIn: () => boolean): void {
  const guest: Guest = {};
  let tries = 0;
  client.on('error', () => client.end());
  client.on('authentication', (context) => {
    tries += 1;
    if (tries > MOST_AUTHENTICATIONS) {
      client.end();
      return;
    }
    authenticate(context, address, guest, options);
  });
  client.on('ready', () => {
    if (!letIn()) client.end();
  });
  let isSitting = false;
  client.on('session', (accept, reject) => {
    // One terminal a connection.
    if (isSitting) {
      reject();
      return;
    }
    isSitting = true;
    const session = accept();
    const size = { columns: 80, rows: 24, term: 'xterm-256color' };
    let resized: ((columns: number, rows: number) => void) | undefined;
    let hasTerminal = false;
    session.on('pty', (acceptPty, _reject, info) => {
      hasTerminal = true;
      const { term } = info as { term?: string };
      if (term !== undefined && /^[\w.+-]{1,40}$/.test(term)) size.term = term;
      Object.assign(size, sizeOf(info.cols, info.rows));
      acceptPty?.();
    });
    session.on('window-change', (acceptChange, _reject, info) => {
      Object.assign(size, sizeOf(info.cols, info.rows));
      resized?.(size.columns, size.rows);
      acceptChange?.();
    });
    session.on('shell', (acceptShell, rejectShell) => {
      if (resized !== undefined) {
        rejectShell?.();
        return;
      }
      const channel = acceptShell();
      if (!hasTerminal) {
        channel.stderr.write(`${options.words.needsTerminal}\r\n`);
        finish(channel, client, 1);
        return;
      }
      resized = () => undefined;
      show(channel, client, size, guest, options)
        .then((sitting) => {
          resized = (columns, rows) => sitting?.resize(columns, rows);
        })
        .catch((error: Error) => {
          options.trouble(error);
          channel.write(`${options.words.broken}\r\n`);
          finish(channel, client, 1);
        });
    });
    // Commands, files, agents, windows, variables: there are none. ssh2 refuses what nobody listens to.
  });
}

function sizeOf(columns: number, rows: number): { columns: number; rows: number } {
  const within = (value: number, [least, most]: readonly [number, number]): number =>
    Math.min(most, Math.max(least, Math.trunc(value) || least));
  return { columns: within(columns, SIZE.columns), rows: within(rows, SIZE.rows) };
}

async function show(
  channel: ServerChannel,
  client: Connection,
  size: { columns: number; rows: number; term: string },
  guest: Guest,
  options: SshOptions,
): Promise<Sitting | undefined> {
  const { people, places, words } = options;
  const say = (...lines: string[]): void => void channel.write(lines.map((line) => `${line}\r\n`).join(''));
  channel.on('error', () => undefined);
  if (!places.hasRoomFor(guest.person)) {
    say(words.full(options.most));
    finish(channel, client, 1);
    return undefined;
  }
  if (guest.name !== undefined && people.withName(guest.name) !== undefined) {
    say(words.nameTaken(guest.name));
    finish(channel, client, 1);
    return undefined;
  }
  let { person } = guest;
  let farewell: string[] = [];
  if (person === undefined) {
    const added = people.add(guest, Date.now());
    if (added === undefined) {
      say(words.full(options.most));
      finish(channel, client, 1);
      return undefined;
    }
    person = added.person;
    const line = `    ssh ${options.port === 22 ? '' : `-p ${options.port} `}${added.back}@${options.address}`;
    farewell = [words.back, line, ...(guest.key === undefined ? [] : [`    ${words.backByKey}`])];
    say(words.welcome(options.title), ...farewell, '');
  } else {
    if (guest.key !== undefined) people.addKey(person, guest.key);
    say(words.known);
  }
  say(words.starting);
  let sitting: Sitting | undefined;
  let isOver = false;
  const screen: Screen = {
    ...size,
    write: (data) => isOver || channel.write(data),
    end(reason: EndReason) {
      if (isOver) return;
      isOver = true;
      channel.write(
        `\r\n${[reason === 'left' ? words.left : words.ended[reason], ...farewell].join('\r\n')}\r\n`,
      );
      finish(channel, client, 0);
    },
  };
  channel.on('close', () => {
    isOver = true;
    sitting?.leave();
  });
  sitting = await places.sit({ person, name: guest.name, lang: options.lang, term: size.term, screen });
  if (sitting === undefined) {
    say(words.full(options.most));
    finish(channel, client, 1);
    return undefined;
  }
  const seated = sitting;
  if (isOver) seated.leave();
  channel.on('drain', () => seated.drained());
  channel.on('data', (data: Buffer) => {
    if (!seated.type(data)) channel.pause();
  });
  seated.onRoom(() => channel.resume());
  channel.on('end', () => channel.end());
  return seated;
}

function finish(channel: ServerChannel, client: Connection, status: number): void {
  channel.exit(status);
  channel.end();
  // ssh goes when its channel is closed; who does not is let go.
  setTimeout(() => client.end(), 1000).unref();
}
