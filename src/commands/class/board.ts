/** `wirebook class board URL`: one more board of a class that is held elsewhere, on the screen or on lines. */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { type Connect, createLink, type Link } from '../../board/link.ts';
import { PROTOCOL } from '../../board/socket.ts';
import {
  type BoardAddress,
  connectBoard,
  lookAtHost,
  readBoardAddress,
  readPrint,
} from '../../class/board/connect.ts';
import { InputError, Interrupted } from '../../lib/errors.ts';
import { commandSay } from '../../page/said/command.ts';
import { chooseWords } from '../../page/words/choose.ts';
import type { ExitCode, Io } from '../io.ts';
import type { ClassGiven } from './arguments.ts';
import { boardOnLines } from './board-lines.ts';

export const linkTo = (connect: Connect, key: string): Link =>
  createLink({
    connect,
    key,
    board: randomUUID(),
    protocol: PROTOCOL,
    now: () => Date.now(),
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });

/** The print of the certificate that the host must have; undefined where it is signed and none was given. */
export async function knownPrint(
  address: BoardAddress,
  { fingerprint, lang }: Pick<ClassGiven, 'fingerprint' | 'lang'>,
  io: Io,
): Promise<string | undefined> {
  if (fingerprint !== undefined) return readPrint(fingerprint);
  const { print, signed } = await lookAtHost(address);
  if (signed) return undefined;
  const next = `Give the one that \`wirebook class host\` printed: --fingerprint ${print}`;
  if (!io.stdin.isTTY || !io.stdout.isTTY)
    throw new InputError(
      'certificate-unknown',
      'The host has made its certificate itself, and nobody has said which one it must be.',
      [next],
    );
  const say = await commandSay(lang, io.env);
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const question = [
      say('The host has made its certificate itself. Its SHA-256 is'),
      `  ${print}`,
      say('Is it the one that the host has printed? (y/n)'),
    ];
    const answer = await lines.question(`${question.join('\n')} `, { signal: io.signal });
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new InputError(
        'certificate-unknown',
        'Then another one stands between you and the host, and nothing was said to it.',
      );
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw new Interrupted();
    throw error;
  } finally {
    lines.close();
  }
  return print;
}

export async function classBoard(url: string, given: ClassGiven, io: Io): Promise<ExitCode> {
  const address = readBoardAddress(url);
  const print = await knownPrint(address, given, io);
  const words = await chooseWords(given.lang, io.env);
  const link = linkTo(connectBoard(address, print), address.key);
  try {
    if (given.plain || given.reporter !== undefined || !io.stdin.isTTY || !io.stdout.isTTY)
      return await boardOnLines(link, words, given.reporter, io);
    const { openBoard } = await import('../../tui/board/start.tsx');
    await openBoard({ ...io, words, link });
    return 0;
  } finally {
    link.close();
  }
}
