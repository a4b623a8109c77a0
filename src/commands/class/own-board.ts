/** The board of the host itself: on the terminal that holds the class. */
import type { ServedClass } from '../../class/host/serve.ts';
import type { WirebookError } from '../../lib/errors.ts';
import type { Words } from '../../page/words/choose.ts';
import type { Io } from '../io.ts';
import { linkTo } from './board.ts';

export interface OwnBoard {
  served: ServedClass;
  key: string;
  words: Words;
  /** How learners join; shown to all who see this screen. */
  invitation: readonly string[];
  /** What is for the instructor alone. */
  own: readonly string[];
  /** Given what tells of a trouble, for as long as the screen stands. */
  troubles: (tell: ((error: WirebookError | undefined) => void) | undefined) => void;
}

/** Until the class has ended, or the host is to stop. */
export async function onOwnBoard(
  { served, key, words, invitation, own, troubles }: OwnBoard,
  io: Io,
): Promise<WirebookError | undefined> {
  const { openBoard } = await import('../../tui/board/start.tsx');
  const link = linkTo(served.connect, key);
  const over = new AbortController();
  const stop = () => over.abort();
  io.signal.addEventListener('abort', stop, { once: true });
  if (io.signal.aborted) stop();
  const ended = served.ended.then((lost) => {
    // Who ended it sees that it has ended; a log that is lost is told by the error after the screen.
    if (lost !== undefined) stop();
    return lost;
  });
  try {
    await openBoard({
      ...io,
      words,
      link,
      host: { invitation, own },
      signal: over.signal,
      ready: (tell) =>
        troubles((error) => tell(error && [error.message, ...error.next].map(words.say).join(' '))),
    });
    return over.signal.aborted && !io.signal.aborted ? await ended : undefined;
  } finally {
    troubles(undefined);
    io.signal.removeEventListener('abort', stop);
    link.close();
  }
}
