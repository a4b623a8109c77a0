/**
 * `{{name}}` in a lesson's text is a value of its `params`. It is put in before the Markdown is read, so it may stand
 * anywhere: in prose, cells, checks, hints, solutions. Columns of faults are turned back to those of the file.
 *
 * Two braces are what template languages use: their words (`{{end}}`), and whatever has a blank or a dot after the braces,
 * are left alone.
 */
import { suggest } from '../lib/suggest.ts';
import type { Faults, Span } from './faults.ts';
import { TEMPLATE_WORDS } from './params.ts';
import type { ParamValues } from './values.ts';

const PLACEHOLDER = /\{\{([ \t]*)([A-Za-z_][\w-]*)([ \t]*)\}\}/g;

/** Where a value was put in: its column in the new line, its length, and the length of what stood there. */
interface Stretch {
  column: number;
  length: number;
  was: number;
}

export interface Filled {
  lines: readonly string[];
  /** A span of the new lines as one of the file's. */
  back(span: Span): Span;
}

function unknown(name: string, names: readonly string[], span: Span, faults: Faults): void {
  const near = suggest(name, names);
  const instead = near
    ? `did you mean \`{{${near}}}\`?`
    : names.length > 0
      ? `the params are: ${names.join(', ')}`
      : `declare it in the front matter, \`params: {${name.toLowerCase()}: {int: [1, 9]}}\`; or write \`{{ ${name} }}\`, which is left alone`;
  faults.error('unknown-param', span, `The lesson has no param \`${name}\`.`, instead);
}

/** The file's column of a column of the new line; within a value it is the placeholder's own beginning. */
function columnBack(column: number, stretches: readonly Stretch[]): number {
  let shift = 0;
  for (const stretch of stretches) {
    if (column < stretch.column) break;
    if (column < stretch.column + stretch.length) return stretch.column + shift;
    shift += stretch.was - stretch.length;
  }
  return column + shift;
}

/**
 * @param skip lines at the head that are not filled in: the front matter, where a placeholder is a fault
 * @param values undefined: the params have faults of their own; then nothing is called unknown
 */
export function fillPlaceholders(
  lines: readonly string[],
  skip: number,
  values: ParamValues | undefined,
  faults: Faults,
): Filled {
  const names = Object.keys(values ?? {});
  const stretches = new Map<number, Stretch[]>();
  const filled = lines.map((line, index) => {
    if (!line.includes('{{')) return line;
    const own: Stretch[] = [];
    let grown = 0;
    const text = line.replace(
      PLACEHOLDER,
      (whole, before: string, name: string, after: string, at: number) => {
        const span = { line: index + 1, column: at + 1, length: whole.length };
        const known = names.includes(name);
        const blanks = before !== '' || after !== '';
        if (index < skip) {
          if (known && !blanks)
            faults.error(
              'param-in-front-matter',
              span,
              'Params are not put into the front matter.',
              'write it below',
            );
        } else if (known && blanks)
          faults.error(
            'param-with-blanks',
            span,
            'A param has no blanks in its braces.',
            `write \`{{${name}}}\``,
          );
        else if (known) {
          const value = values![name]!;
          own.push({ column: at + 1 + grown, length: value.length, was: whole.length });
          grown += value.length - whole.length;
          return value;
        } else if (values && !blanks && !TEMPLATE_WORDS.has(name)) unknown(name, names, span, faults);
        return whole;
      },
    );
    if (own.length > 0) stretches.set(index + 1, own);
    return text;
  });
  const back = (span: Span): Span => {
    const own = stretches.get(span.line);
    if (!own) return span;
    const column = columnBack(span.column, own);
    if (!Number.isFinite(span.length)) return { ...span, column };
    const last = columnBack(span.column + span.length - 1, own);
    const at = own.find((one) => one.column + one.was > last && columnBack(one.column, own) === last);
    return { ...span, column, length: Math.max(1, last - column + (at?.was ?? 1)) };
  };
  return { lines: filled, back };
}

/** Shorter values are found by chance. */
const SHORTEST = 3;

/**
 * The other way: a text in which values stand, with their placeholders. Whole values only, the longest first; what is drawn
 * from a text of three letters or less stays.
 */
export function withPlaceholders(text: string, values: ParamValues): string {
  const names = new Map(Object.entries(values).map(([name, value]) => [value, name]));
  const found = [...names.keys()].filter((value) => value.length >= SHORTEST);
  if (found.length === 0) return text;
  const pattern = (value: string): string => {
    const own = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    // A word may be a part of a name, `to-oak`; a number or an address is never a part of another.
    if (/^\d+(?:\.\d+){3}$/.test(value))
      // A port may follow an address.
      return `(?<![\\p{L}\\p{N}_.:-])${own}(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}]|:(?=[\\p{L}\\p{N}:])(?!\\d{1,5}(?![\\p{L}\\p{N}_:.])))`;
    return /^\p{L}/u.test(value)
      ? `(?<![\\p{L}\\p{N}_])${own}(?![\\p{L}\\p{N}_])`
      : `(?<![\\p{L}\\p{N}_.:-])${own}(?![\\p{L}\\p{N}_]|[.:-][\\p{L}\\p{N}])`;
  };
  const any = found.sort((one, other) => other.length - one.length).map(pattern);
  const whole = new RegExp(any.join('|'), 'gu');
  return text.replace(whole, (value) => `{{${names.get(value)}}}`);
}
