/** The bytes of a file of answers, by its name's ending. */
import { extname } from 'node:path';
import type { Lesson } from '../../lesson/model.ts';
import { decodeText } from '../../lib/text.ts';
import { Unreadable } from './safe-read.ts';
import { readAnswers } from './text.ts';

/** @throws Unreadable with the line of the fault. */
export function answersIn(name: string, bytes: Uint8Array, lesson: Lesson): Record<string, string> {
  const text = decodeText(bytes);
  if (text.includes('\0')) throw new Unreadable(`${name} holds a NUL character, so it is no text`);
  const isMarkdown =
    /\.(md|markdown)$/i.test(extname(name)) || (/\.txt$/i.test(name) && text.includes('```'));
  const read = readAnswers(lesson, text, isMarkdown);
  if (!read.ok) throw new Unreadable(`${name}:${read.line}: ${read.message}`);
  return read.answers;
}
