/** What `wirebook class join` asks a person, where there is one: their name, and what they agree to share. */
import { createInterface } from 'node:readline/promises';
import type { Consent } from '../../board/events.ts';
import { LIMITS } from '../../board/limits.ts';
import { InputError, Interrupted } from '../../lib/errors.ts';
import { type Line, lineText, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import type { ClassWords } from '../../page/words/class/en.ts';
import type { Io } from '../io.ts';

type AskIo = Pick<Io, 'stdin' | 'stderr' | 'signal'>;

export const canAsk = ({ stdin, stderr }: AskIo): boolean => Boolean(stdin.isTTY && stderr.isTTY);

/** Ctrl-C and Ctrl-D end it: nothing was said to anybody yet. */
async function ask<T>(
  io: AskIo,
  use: (question: (text: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  const ended = new AbortController();
  lines.once('close', () => ended.abort());
  const signal = AbortSignal.any([io.signal, ended.signal]);
  try {
    return await use((text) => lines.question(text, { signal }));
  } catch (error) {
    if (signal.aborted) throw new Interrupted('You are in no class.');
    throw error;
  } finally {
    lines.close();
  }
}

export function nameOf(text: string): string | undefined {
  const name = text.trim();
  return name === '' || name.length > LIMITS.name || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? undefined : name;
}

/** @throws InputError where nobody can be asked */
export async function askName(io: AskIo, words: ClassWords): Promise<string> {
  const { join } = words;
  if (!canAsk(io))
    throw new InputError('class-name', words.refused['name-needed'], [words.next['name-needed']]);
  return ask(io, async (question) => {
    for (;;) {
      const name = nameOf(await question(join.name));
      if (name !== undefined) return name;
      io.stderr.write(`${join.nameWrong(LIMITS.name)}\n`);
    }
  });
}

export const CONSENT_AT_FIRST: Consent = { progress: true, outputs: false, transcript: false };

/** Rows that stand where their first one begins. */
function indented(text: string, columns: number): Line[] {
  const blanks = [span(/^ */.exec(text)![0])];
  return wrapText(text.trimStart(), columns, '', { first: blanks, rest: blanks });
}

/** Says plainly what is shared, with whom, and how to stop it; asks for what is more than progress. */
export async function askConsent(io: AskIo, words: ClassWords, address: string): Promise<Consent> {
  const { join } = words;
  const text = [join.shares(address), join.progress, join.outputs, join.transcript, join.who];
  const columns = io.stderr.columns || 80;
  const lines = text.flatMap((one) => indented(one, columns));
  io.stderr.write(`${lines.map(lineText).join('\n')}\n`);
  if (!canAsk(io)) return CONSENT_AT_FIRST;
  return ask(io, async (question) => ({
    progress: true,
    outputs: join.yes.test(await question(join.askOutputs)),
    transcript: join.yes.test(await question(join.askTranscript)),
  }));
}

/** `--share progress,outputs`, `--share nothing`. */
export function parseShared(text: string): Consent {
  const parts = text.split(',').map((part) => part.trim());
  const known = ['nothing', 'progress', 'outputs', 'shells'];
  const strange = parts.find((part) => !known.includes(part));
  if (strange !== undefined)
    throw new InputError('class-share', `${JSON.stringify(strange)} is nothing that can be shared.`, [
      `Give one or more of ${known.slice(1).join(', ')} with commas between, or nothing.`,
    ]);
  if (parts.includes('nothing')) return { progress: false, outputs: false, transcript: false };
  return { progress: true, outputs: parts.includes('outputs'), transcript: parts.includes('shells') };
}
