/** The verdicts under a cell: one row each, and opened the difference, the way of the packet, and what to try. */
import type { Explanation, ExplanationStep, Verdict } from '../../check/model.ts';
import type { Cell } from '../../lesson/model.ts';
import type { CellState } from '../../session/state.ts';
import { renderInline } from '../markdown/render.ts';
import { clip, type Line, lineWidth, mix, pressable, span } from '../text/line.ts';
import { graphemes, textWidth } from '../text/width.ts';
import { wrapText, wrapWords } from '../text/wrap.ts';
import { limit } from '../words/time.ts';
import { verdictGlyph } from './status.ts';
import type { Style } from './style.ts';

const INDENT = '    ';

/** Where two texts part and meet again, as offsets from both ends of each. */
function parting(one: string, other: string): { start: number; end: number } {
  const [a, b] = [graphemes(one), graphemes(other)];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return { start: a.slice(0, start).join('').length, end: end > 0 ? a.slice(-end).join('').length : 0 };
}

/** The same without cutting what says nothing by half: a number, and a word where several are otherwise. */
function wholeParting(text: string, other: string): { start: number; end: number } {
  const { start, end } = parting(text, other);
  const differs = text.slice(start, text.length - end);
  const several = /\s/.test(differs);
  const [toLeft, toRight] = several ? [/\S*$/, /^\S*/] : [/\d*$/, /^\d*/];
  if (!several && !/^\d+$/.test(differs)) return { start, end };
  const before = toLeft.exec(text.slice(0, start))![0];
  const after = toRight.exec(text.slice(text.length - end))![0];
  return { start: start - before.length, end: end - after.length };
}

/** What is otherwise than in the other text stands out, without relying on colour; all of it, when they share little. */
function marked(text: string, other: string, colour: string): Line {
  const { start, end } = wholeParting(text, other);
  const shared = start + end;
  const differs = text.slice(start, text.length - end);
  if (shared < 3 || differs === '') return [span(text)];
  return [
    span(text.slice(0, start)),
    span(differs, mix(colour, '1;4')),
    span(end > 0 ? text.slice(-end) : ''),
  ];
}

/** All that is said of a check begins in one column, whatever is said. */
function column({ words }: Style): number {
  return Math.max(...[words.expected, words.found, words.why, words.try].map(textWidth)) + 2;
}

/** A label, and beside it what it is about, row for row. */
function labelled(
  label: string,
  content: string | Line,
  width: number,
  labelStyle: string,
  style: Style,
  { text = style.theme.text, wide = column(style) } = {},
): Line[] {
  // What is inverse is the word alone.
  const head = [
    span(INDENT),
    span(label, labelStyle),
    span(' '.repeat(Math.max(1, wide - textWidth(label)))),
  ];
  const rest = span(' '.repeat(lineWidth(head)));
  const rows = typeof content === 'string' ? content.split('\n').map((row) => [span(row, text)]) : [content];
  return rows.flatMap((row, at) => wrapWords(row, width, { first: at === 0 ? head : [rest], rest: [rest] }));
}

/** Field by field where the kind names them, else the two sentences. What the title has said already is not said again. */
function difference(verdict: Verdict, width: number, style: Style): Line[] {
  const { words, theme } = style;
  const pair = (expected: string, found: string, field = '') => {
    const name = field === '' ? [] : [span(`${field}: `, theme.dim)];
    const [wanted, there] = [words.say(expected), words.say(found)];
    const one = (label: string, text: Line, look: string) =>
      labelled(label, [...name, ...text], width, look, style);
    if (expected === verdict.title) return one(words.found, [span(there)], theme.fail);
    return [
      ...one(words.expected, marked(wanted, there, theme.pass), theme.pass),
      ...one(words.found, marked(there, wanted, theme.fail), theme.fail),
    ];
  };
  if (verdict.differences.length === 0) return pair(verdict.expected, verdict.found);
  return verdict.differences.flatMap((one) => pair(one.expected, one.found, one.field));
}

function step(one: ExplanationStep, width: number, style: Style): Line[] {
  const state = { ok: 'pass', wrong: 'fail', unknown: 'broken' } as const;
  const glyph = one.state === 'unknown' ? span('?', style.theme.dim) : verdictGlyph(state[one.state], style);
  const indent = ' '.repeat(INDENT.length + column(style));
  return wrapWords(
    [
      span(`${style.words.say(one.question)} `, style.theme.dim),
      span(style.words.say(one.answer), one.state === 'wrong' ? '' : style.theme.dim),
    ],
    width,
    { first: [span(indent), glyph, span(' ')], rest: [span(`${indent}  `)] },
  );
}

/** What to try may name commands. */
function advised(advice: string, width: number, style: Style): Line[] {
  const [head = []] = labelled(style.words.try, '', width, style.theme.hint, style);
  const rest = [span(' '.repeat(INDENT.length + column(style)))];
  return renderInline(advice, width, { first: head, rest, style: style.theme.text }, style);
}

/** What it comes to first, then the questions that led there, then what to try. */
function explained({ cause, steps, advice }: Explanation, width: number, style: Style): Line[] {
  const { words, theme } = style;
  // Where the way ended says the same words: once is enough.
  const way = steps.filter(({ answer }) => answer !== cause);
  return [
    ...labelled(words.why, words.say(cause), width, theme.notice, style, { text: theme.strong }),
    ...way.flatMap((one) => step(one, width, style)),
    ...(advice ? advised(words.say(advice), width, style) : []),
  ];
}

/** @param hinted a hint that was not shown yet speaks to this check */
export function verdictLines(
  verdict: Verdict,
  opened: boolean,
  width: number,
  style: Style,
  hinted = false,
): Line[] {
  const { theme, words, glyphs } = style;
  const glyph = verdictGlyph(verdict.state, style);
  const title = [span(words.say(verdict.title), verdict.state === 'pass' ? theme.text : theme.strong)];
  // Whether it holds its sign has said.
  if (verdict.state === 'broken' || verdict.state === 'skipped')
    title.push(span(` ${glyphs.dot} ${words.verdict[verdict.state]}`, glyph.style));
  if (verdict.points > 0) title.push(span(` ${glyphs.dot} ${words.pointsOf(verdict.points)}`, theme.points));
  const lines = wrapWords(title, width, { first: [span('  '), glyph, span(' ')], rest: [span(INDENT)] });
  // Alone it needs no column.
  const wide = textWidth(words.found) + 2;
  const found = () => labelled(words.found, words.say(verdict.found), width, theme.dim, style, { wide });
  if (verdict.state === 'pass' || verdict.state === 'skipped') return opened ? [...lines, ...found()] : lines;
  if (!opened) return [...lines, ...found()];
  return [
    ...lines,
    ...difference(verdict, width, style),
    ...(verdict.explanation ? explained(verdict.explanation, width, style) : []),
    ...(hinted
      ? wrapText(words.hintFor, width, theme.hint, { first: [span(INDENT)], rest: [span(INDENT)] })
      : []),
  ];
}

/** What opening failed checks shows besides what is seen already: a reason, only what was expected, or nothing. */
export function whatOpens(verdicts: readonly Verdict[]): 'why' | 'expected' | undefined {
  const failed = verdicts.filter(({ state }) => state === 'fail' || state === 'broken');
  if (failed.some(({ explanation }) => explanation !== undefined)) return 'why';
  return failed.some(({ differences, expected, title }) => differences.length > 0 || expected !== title)
    ? 'expected'
    : undefined;
}

export function checkLines(
  verdicts: readonly Verdict[],
  opened: boolean,
  width: number,
  style: Style,
  hinted: ReadonlySet<string> = new Set(),
): Line[] {
  const lines = verdicts.flatMap((verdict) =>
    verdictLines(verdict, opened, width, style, hinted.has(verdict.check)),
  );
  const more = opened ? undefined : whatOpens(verdicts);
  const said = more === 'why' ? style.words.opens : style.words.opensMore;
  if (more) lines.push(clip([span(INDENT + said, style.theme.dim)], width));
  return lines.map((line) => pressable(line, 'o'));
}

/** How many checks are still looked at, and how long that may take: who waits knows what for. */
export function pendingLines(cell: Cell, state: CellState, width: number, style: Style): Line[] {
  if (state.status !== 'checking') return [];
  const known = new Set(state.verdicts.map(({ check }) => check));
  const open = cell.expects.filter(({ id }) => !known.has(id));
  if (open.length === 0) return [];
  const longest = Math.max(...open.map(({ withinMs }) => withinMs));
  const { words, theme, glyphs } = style;
  const said = words.looking(open.length, longest > 0 ? limit(longest) : '');
  return wrapText(said, width, theme.dim, {
    first: [span('  '), span(`${glyphs.waiting} `, theme.running)],
    rest: [span(INDENT)],
  });
}
