/**
 * Which words of its original a translation was made from: one short digest a step stands in the translation's front
 * matter. Who changes the original's words and nothing else is told by it which step to look at again. Line breaks and
 * what stands once (cells, checks, outputs, solutions) do not count. Pure.
 */
import { createHash } from 'node:crypto';
import { Faults } from '../faults.ts';
import { type Piece, readPieces } from '../fences.ts';
import { readFrontMatter } from '../frontmatter.ts';
import { readHeader } from '../header.ts';
import { isUnseen } from '../unseen.ts';

export interface StepWords {
  /** Where the step begins. */
  line: number;
  digest: string;
}

const DIGITS = 4;

/** As it stands in the front matter. */
export const DIGESTS = new RegExp(`^[0-9a-f]{${DIGITS}}(?: [0-9a-f]{${DIGITS}})*$`);

const lines = (text: string): string[] => text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);

/** What of a piece is translated. */
function wordsOf(piece: Piece, faults: Faults): string {
  if (piece.kind === 'prose') return piece.markdown;
  const role = piece.nested ? undefined : readHeader(piece, faults).header?.role;
  const text = piece.lines.join('\n');
  if (role === 'hint' || role === 'quiz') return text;
  // Of a task, the comments that say what is to be done.
  if (role === 'task') return piece.lines.filter((line) => /^\s*#/.test(line)).join('\n');
  return '';
}

/** @param text of the original as its file has it: its params unfilled */
export function stepWords(text: string): StepWords[] {
  const all = lines(text);
  // The lesson is read elsewhere, and its faults are told there.
  const faults = new Faults('', all);
  const front = readFrontMatter(all, faults);
  const steps: { line: number; words: string[] }[] = [
    { line: 1, words: [front.fields?.title ?? '', front.fields?.summary ?? ''] },
  ];
  let begun = false;
  for (const piece of readPieces(all, front.length)) {
    if (piece.kind === 'prose' && piece.heading !== undefined && begun)
      steps.push({ line: piece.line, words: [] });
    begun ||= !isUnseen(piece);
    steps.at(-1)!.words.push(wordsOf(piece, faults));
  }
  return steps.map(({ line, words }) => {
    const plain = words.join('\n').replace(/\s+/g, ' ').trim();
    return { line, digest: createHash('sha256').update(plain).digest('hex').slice(0, DIGITS) };
  });
}

export const digestsOf = (steps: readonly StepWords[]): string => steps.map(({ digest }) => digest).join(' ');

/** Tells of each step of the original that has other words now. */
export function tellChanged(
  made: string,
  original: readonly StepWords[],
  own: readonly StepWords[],
  at: (line: number) => string,
  span: { line: number; column: number; length: number },
  faults: Faults,
): void {
  const now = digestsOf(original);
  if (made === now) return;
  const before = made.split(' ');
  const changed = original.flatMap((step, index) => (step.digest === before[index] ? [] : [{ step, index }]));
  const instead = `look at it again, then write \`of: "${now}"\``;
  if (before.length !== original.length || changed.length === original.length) {
    const message =
      'The original has other steps, or other words in all of them, than when this was translated.';
    faults.warning('original-changed', span, message, instead);
    return;
  }
  for (const { step, index } of changed)
    faults.warning(
      'original-changed',
      { line: own[index]?.line ?? span.line, column: 1, length: Number.POSITIVE_INFINITY },
      `The words of this step have changed in the original (${at(step.line)}) since it was translated.`,
      instead,
    );
}
