/**
 * A fault as a person reads it:
 *
 *     lessons/02-cable/lesson.md:14:3: error: Unknown field `sate`. [unknown-field]
 *       14 |   sate: down
 *          |   ^~~~
 *          did you mean `state`?
 */
// Not string-width, which the screen has: loading it costs as much as starting Node, and `test` and `lint` load this.
import stringWidth from 'fast-string-width';
import { harmless } from '../lib/text.ts';
import { wrapLine } from '../lib/wrap.ts';
import type { Diagnostic } from './model.ts';

export interface FormatOptions {
  color?: boolean;
  /** Columns of the terminal; absent: lines are as long as they are, for editors that read them. */
  width?: number | undefined;
  /** Its sentences in the reader's language; its code and its place are the same in all. */
  say?: (sentence: string) => string;
}

const TAB = 8;
/** Columns of a terminal that a line may take; of a longer one the part around the fault is shown. */
const WINDOW = 100;

const COLORS = { error: 31, warning: 33, marker: 36, dim: 2, bold: 1 } as const;

function paint(text: string, color: keyof typeof COLORS, on: boolean): string {
  return on ? `\x1b[${COLORS[color]}m${text}\x1b[0m` : text;
}

/** Tabs become blanks up to the next stop, so that what stands under the line is under it on any terminal. */
function expand(text: string, from = 0): string {
  let out = '';
  let width = from;
  for (const piece of text.split(/(\t)/)) {
    const shown = piece === '\t' ? ' '.repeat(TAB - (width % TAB)) : harmless(piece);
    out += shown;
    width += piece === '\t' ? shown.length : stringWidth(shown);
  }
  return out;
}

/** The part of a line that is shown, and where in it the fault stands, in columns of the terminal. */
function shown(source: string, column: number, length: number) {
  const start = column - 1;
  const skip = source.length > WINDOW && start > WINDOW / 2 ? start - WINDOW / 4 : 0;
  const head = skip > 0 ? '…' : '';
  const before = head + expand(source.slice(skip, start), head.length);
  const indent = stringWidth(before);
  const fault = expand(source.slice(start, Math.min(start + length, skip + WINDOW)), indent);
  const width = stringWidth(fault);
  const after = expand(source.slice(start + length, skip + WINDOW), indent + width);
  const tail = source.length > skip + WINDOW ? '…' : '';
  return { line: `${before}${fault}${after}${tail}`.trimEnd(), indent, width: Math.max(1, width) };
}

export function formatDiagnostic(
  diagnostic: Diagnostic,
  { color = false, width, say = (sentence) => sentence }: FormatOptions = {},
): string {
  const { place, severity, code, message, source, length, instead } = diagnostic;
  const where = paint(harmless(`${place.file}:${place.line}:${place.column}:`), 'bold', color);
  const tag = paint(`[${code}]`, 'dim', color);
  const kind = say(`${severity}:`);
  const apart = kind.endsWith(':') ? ' ' : '';
  const head = `${where} ${paint(kind, severity, color)}${apart}${harmless(say(message))} ${tag}`;
  const out = [wrapLine(head, width, 4)];
  const number = String(place.line).padStart(5);
  const blank = ' '.repeat(number.length);
  if (source !== '') {
    const { line, indent, width: marked } = shown(source, place.column, length);
    const marker = `^${'~'.repeat(marked - 1)}`;
    out.push(`${paint(`${number} |`, 'dim', color)} ${line}`.trimEnd());
    out.push(`${paint(`${blank} |`, 'dim', color)} ${' '.repeat(indent)}${paint(marker, 'marker', color)}`);
  }
  if (instead) out.push(wrapLine(`${source === '' ? '     ' : blank}   ${harmless(say(instead))}`, width, 0));
  return out.join('\n');
}

/** In the order of the files and of their lines. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions = {}): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, options)).join('\n\n');
}
