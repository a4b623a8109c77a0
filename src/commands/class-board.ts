/** The board in the terminal of the host itself, until the instructor leaves it. */
import { randomUUID } from 'node:crypto';
import { createLink } from '../board/link.ts';
import { PROTOCOL } from '../board/socket.ts';
import type { ServedClass } from '../class/host/serve.ts';
import type { WirebookError } from '../lib/errors.ts';
import { chooseWords } from '../page/words/choose.ts';
import type { Io } from './io.ts';

export interface BoardOptions {
  served: ServedClass;
  key: string;
  lang: string | undefined;
  invitation: readonly string[];
  /** Given what tells of a trouble while the screen is there. */
  ready(tell: (text: string | undefined) => void): void;
}

/** Why the class can be held no more, where that is so. */
export async function onScreen(options: BoardOptions, io: Io): Promise<WirebookError | undefined> {
  const { served, key, lang, invitation, ready } = options;
  const { openBoard } = await import('../tui/board/start.tsx');
  const lost = new AbortController();
  let why: WirebookError | undefined;
  void served.ended.then((error) => {
    why = error;
    // An end that somebody wanted is shown until they have seen it.
    if (error !== undefined) lost.abort();
  });
  const link = createLink({
    connect: served.connect,
    key,
    board: `terminal-${randomUUID()}`,
    protocol: PROTOCOL,
    now: Date.now,
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  try {
    await openBoard({
      stdin: io.stdin,
      stdout: io.stdout,
      stderr: io.stderr,
      env: io.env,
      color: io.color,
      words: chooseWords(lang, io.env),
      link,
      host: { invitation },
      ready,
      signal: AbortSignal.any([io.signal, lost.signal]),
    });
  } finally {
    link.close();
  }
  return why;
}
