/**
 * One learner's connection to the host of a class: made, kept alive, made again. Says hello, then what waits in the
 * outbox, in order and no faster than the host allows; tells what comes. It knows nothing of what is said.
 */
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { LIMITS } from '../../board/limits.ts';
import { type Hello, type RefusalCode, SOCKET, type ToLearner } from '../../board/messages.ts';
import type { Outbox } from './outbox.ts';

export interface Address {
  host: string;
  port: number;
  /** A socket by which the host is reached from here, whatever it is called elsewhere. */
  socket?: string | undefined;
}

export interface LinkOptions {
  address: Address;
  /** Whether this certificate (DER) is the one that the join code names. Nothing is said to a host before. */
  verify(certificate: Uint8Array): Promise<boolean>;
  hello(): Hello;
  outbox: Outbox;
  onMessage(message: ToLearner): void;
  onChange(state: LinkState): void;
  /** Milliseconds; tests are quicker. */
  pace?: Partial<Pace>;
}

export type LinkState =
  | { state: 'connected' }
  /** `because`: the first reason since the last connection, for whoever waits for the first one. */
  | { state: 'alone'; because: Trouble }
  | { state: 'over'; because: RefusalCode };

/** Why there is no connection: what the network said, another certificate than the code's, or the host itself for now. */
export type Trouble =
  | { kind: 'network'; code: string; message: string }
  | { kind: 'certificate' }
  | { kind: 'refused'; code: RefusalCode; again?: number };

export interface Pace {
  /** The first wait before another try, and the longest. */
  firstWaitMs: number;
  longestWaitMs: number;
  pingMs: number;
  /** Silence after which a connection is given up. */
  silenceMs: number;
  handshakeMs: number;
}

const PACE: Pace = {
  firstWaitMs: 500,
  longestWaitMs: 15_000,
  pingMs: 10_000,
  silenceMs: 25_000,
  handshakeMs: 10_000,
};

/** After these another try comes to the same. */
const OVER: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'protocol',
  'wrong-code',
  'name-taken',
  'name-needed',
  'not-on-roster',
  'unknown-learner',
  'removed',
  'ended',
  'elsewhere',
]);

/** Below what the host allows, by as much as clocks and a burst on the way may differ. */
const PER_SECOND = Math.floor(LIMITS.perSecond * 0.75);
const BURST = Math.floor(LIMITS.burst * 0.75);

export interface Link {
  /** Something new is in the outbox. */
  wake(): void;
  /** Resolves when nothing waits any more, or after so many milliseconds; then the connection is closed for good. */
  close(graceMs: number): Promise<void>;
}

export function openLink(options: LinkOptions): Link {
  const { address, outbox } = options;
  const pace: Pace = { ...PACE, ...options.pace };
  let socket: WebSocket | undefined;
  let welcomed = false;
  let closed = false;
  let tries = 0;
  let trouble: Trouble | undefined;
  let handed = 0;
  let tokens: number = BURST;
  let filledAt = performance.now();
  let heardAt = 0;
  const timers: { retry?: NodeJS.Timeout; ping?: NodeJS.Timeout; more?: NodeJS.Timeout } = {};
  let drained: (() => void) | undefined;

  const send = (message: unknown) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  const mayWait = () => {
    const now = performance.now();
    tokens = Math.min(BURST, tokens + ((now - filledAt) / 1000) * PER_SECOND);
    filledAt = now;
  };

  /** What the outbox has and this connection was not given yet. */
  const flush = () => {
    if (!welcomed || timers.more) return;
    mayWait();
    for (const { n, at, event } of outbox.pending()) {
      if (n <= handed) continue;
      if (tokens < 1) {
        timers.more = setTimeout(() => {
          delete timers.more;
          flush();
        }, 1000 / PER_SECOND);
        return;
      }
      tokens -= 1;
      send({ type: 'say', n, at, event });
      outbox.sent(n);
      handed = n;
    }
  };

  const settle = () => {
    if (outbox.pending().length === 0) drained?.();
  };

  const take = (message: ToLearner) => {
    switch (message.type) {
      case 'welcome':
        outbox.welcomed(message.heard);
        welcomed = true;
        tries = 0;
        handed = 0;
        trouble = undefined;
        options.onMessage(message);
        options.onChange({ state: 'connected' });
        flush();
        return settle();
      case 'heard':
        outbox.heard(message.n);
        options.onMessage(message);
        return settle();
      case 'refused':
        return refused(message.code, message.again);
      case 'pong':
        return;
      default:
        options.onMessage(message);
    }
  };

  const refused = (code: RefusalCode, again: number | undefined) => {
    // Before the welcome it is our own connection of before, whose loss the host has not seen yet.
    if (OVER.has(code) && (code !== 'elsewhere' || welcomed)) {
      over(code);
      return;
    }
    if (code === 'not-agreed') {
      // The host goes on without it; it must not come again with the next connection.
      outbox.drop(({ type }) => type === 'output' || type === 'transcript');
      return;
    }
    trouble ??= { kind: 'refused', code, ...(again === undefined ? {} : { again }) };
    socket?.close();
    lost(again === undefined ? undefined : again * 1000);
  };

  const over = (because: RefusalCode) => {
    closed = true;
    forget();
    options.onChange({ state: 'over', because });
    drained?.();
  };

  /** Lets go of the socket; what it still says is not listened to. */
  const forget = () => {
    clearInterval(timers.ping);
    clearTimeout(timers.more);
    clearTimeout(timers.retry);
    delete timers.more;
    const old = socket;
    socket = undefined;
    welcomed = false;
    if (!old) return;
    old.removeAllListeners();
    // A socket that is given up while it connects still tells an error.
    old.on('error', () => {});
    if (old.readyState === WebSocket.OPEN) old.close();
    else old.terminate();
  };

  const lost = (least = 0) => {
    forget();
    if (closed) {
      drained?.();
      return;
    }
    options.onChange({ state: 'alone', because: trouble ?? { kind: 'network', code: '', message: '' } });
    const most = Math.min(pace.longestWaitMs, pace.firstWaitMs * 2 ** tries);
    tries += 1;
    // Anywhere up to the longest: a class that lost its host together does not come back in one moment.
    timers.retry = setTimeout(open, least + most / 4 + Math.random() * most * 0.75);
  };

  const open = () => {
    const host = address.host.includes(':') ? `[${address.host}]` : address.host;
    const known = Promise.withResolvers<boolean>();
    const one = new WebSocket(`wss://${host}:${address.port}${SOCKET.path}`, {
      perMessageDeflate: false,
      maxPayload: 16 * 1024 * 1024,
      handshakeTimeout: pace.handshakeMs,
      // The certificate is the host's own; by whom it is signed says nothing. What it must be, the code says.
      rejectUnauthorized: false,
      createConnection: (given: object) => {
        const tls = connectTls({
          ...given,
          ...(address.socket === undefined
            ? { host: address.host, port: address.port }
            : { path: address.socket, host: undefined, port: undefined }),
          rejectUnauthorized: false,
          // A session taken up again shows no certificate.
          session: undefined,
        });
        tls.once('secureConnect', () => {
          const certificate = tls.getPeerX509Certificate()?.raw;
          if (certificate)
            options.verify(certificate).then(known.resolve, (error: Error) => {
              trouble = { kind: 'network', code: '', message: error.message };
              one.terminate();
            });
          else known.resolve(false);
        });
        return tls;
      },
    });
    socket = one;
    const alive = () => {
      heardAt = performance.now();
    };
    one.on('error', (error: NodeJS.ErrnoException) => {
      trouble ??= { kind: 'network', code: error.code ?? '', message: error.message };
    });
    one.on('close', () => {
      if (socket === one) lost();
    });
    one.on('open', async () => {
      alive();
      const theirs = await known.promise;
      if (socket !== one) return;
      if (!theirs) {
        trouble = { kind: 'certificate' };
        return one.terminate();
      }
      one.send(JSON.stringify(options.hello()));
      timers.ping = setInterval(() => {
        if (performance.now() - heardAt > pace.silenceMs) one.terminate();
        // Who does not wait for the answer to their hello is taken for somebody else.
        else if (welcomed) send({ type: 'ping' });
      }, pace.pingMs);
    });
    one.on('message', (data) => {
      alive();
      const message = parsed(String(data));
      if (message) take(message);
      else one.terminate();
    });
  };

  open();
  return {
    wake: flush,
    async close(graceMs) {
      if (!closed && welcomed && outbox.pending().length > 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        drained = resolve;
        const timer = setTimeout(resolve, graceMs);
        await promise;
        clearTimeout(timer);
      }
      closed = true;
      forget();
    },
  };
}

function parsed(text: string): ToLearner | undefined {
  try {
    const message = JSON.parse(text) as ToLearner;
    return typeof message?.type === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
