/** The board without a screen: what changes, a line each; for people (`--plain`) or for programs (`--reporter ndjson`). */
import type { Link } from '../../board/link.ts';
import { changesOf } from '../../board/view/changes.ts';
import { totalsOf } from '../../board/view/totals.ts';
import { InputError } from '../../lib/errors.ts';
import { harmless } from '../../lib/text.ts';
import { boardWords } from '../../page/words/board/choose.ts';
import type { Words } from '../../page/words/choose.ts';
import type { ExitCode, Io } from '../io.ts';
import type { ReporterChoice } from '../options.ts';

export async function boardOnLines(
  link: Link,
  notebook: Words,
  reporters: readonly ReporterChoice[] | undefined,
  io: Io,
): Promise<ExitCode> {
  const words = { ...boardWords(notebook.name), inWords: notebook.say };
  const wrong = reporters?.find(({ name, file }) => name !== 'ndjson' || file !== undefined);
  if (wrong)
    throw new InputError('no-such-reporter', `A board is not told as ${wrong.name}.`, [
      'There is: --reporter ndjson, to standard output.',
    ]);
  const asJson = reporters !== undefined;
  const end = Promise.withResolvers<ExitCode>();
  let before = link.getState();
  let told: string | undefined = '';
  const line = (text: string) => {
    const time = new Date(Date.now() + link.getState().skewMs).toTimeString().slice(0, 8);
    io.stdout.write(`${time} ${harmless(text.replace(/[\r\n\t]+/g, ' '))}\n`);
  };
  const follow = () => {
    const now = link.getState();
    const { board, course, connection, skewMs, refused } = now;
    if (refused)
      end.reject(new InputError(`board-${refused.code}`, words.refused[refused.code], refused.next));
    // Told once; each further try that fails for the same reason says nothing new.
    if (connection === 'lost' && (before.connection === 'open' || now.why !== told)) {
      told = now.why;
      const lost = before.board ? [words.connection.lost] : [];
      io.stderr.write(
        `${harmless([...lost, ...(now.why ? [now.why] : [])].join(' ') || words.connection.lost)}\n`,
      );
    }
    if (connection === 'open' && before.connection === 'lost' && before.board)
      io.stderr.write(`${words.connection.back}\n`);
    if (board && course && board !== before.board) {
      const at = Date.now() + skewMs;
      if (before.board)
        for (const { text, ...change } of changesOf(before.board, board, course, at, words)) {
          if (asJson) io.stdout.write(`${JSON.stringify({ at: Math.round(at), ...change })}\n`);
          else line(text);
        }
      else if (asJson)
        io.stdout.write(
          `${JSON.stringify({ at: Math.round(at), type: 'board', title: board.title, rows: board.rows })}\n`,
        );
      else line(words.line.connected(board.title, totalsOf(board.rows).all));
      if (board.ended) end.resolve(0);
    }
    before = now;
  };
  const stop = link.subscribe(follow);
  io.signal.addEventListener('abort', () => end.resolve(130), { once: true });
  if (io.signal.aborted) end.resolve(130);
  try {
    follow();
    return await end.promise;
  } finally {
    stop();
  }
}
