/** The verdicts under a cell: one row each, and opened the difference, the way of the packet, and what to try. */
import type { Explanation, ExplanationStep, Verdict } from '../../check/model.ts';
import { clip, type Line, lineWidth, mix, pressable, span } from '../text/line.ts';
import { graphemes, textWidth } from '../text/width.ts';
import { wrapText, wrapWords } from '../text/wrap.ts';
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

/** What is otherwise than in the other text stands out, without relying on colour; all of it, when they share little. */
function marked(text: string, other: string, colour: string): Line {
  const { start, end } = parting(text, other);
  const shared = start + end;
  const differs = text.slice(start, text.length - end);
  if (shared < 3 || differs === '') return [span(text)];
  return [
    span(text.slice(0, start)),
    span(differs, mix(colour, '1;4')),
    span(end > 0 ? text.slice(-end) : ''),
  ];
}

function labelled(
  label: string,
  content: string | Line,
  column: number,
  width: number,
  labelStyle: string,
  style: Style,
): Line[] {
  const head = span(
    INDENT + label + ' '.repeat(Math.max(/：$/.test(label) ? 0 : 1, column - textWidth(label))),
    labelStyle,
  );
  const rest = span(' '.repeat(lineWidth([head])));
  if (typeof content !== 'string') return wrapWords(content, width, { first: [head], rest: [rest] });
  return content
    .split('\n')
    .flatMap((row, at) =>
      wrapWords([span(row, style.theme.text)], width, { first: [at === 0 ? head : rest], rest: [rest] }),
    );
}

/** Field by field where the kind names them, else the two sentences. */
function difference(verdict: Verdict, width: number, style: Style): Line[] {
  const { words, theme } = style;
  const column = Math.max(textWidth(words.expected), textWidth(words.found)) + 2;
  const pair = (expected: string, found: string, field = '') => {
    const name = field === '' ? [] : [span(`${field}: `, theme.dim)];
    const [wanted, there] = [words.say(expected), words.say(found)];
    return [
      ...labelled(
        words.expected,
        [...name, ...marked(wanted, there, theme.pass)],
        column,
        width,
        theme.pass,
        style,
      ),
      ...labelled(
        words.found,
        [...name, ...marked(there, wanted, theme.fail)],
        column,
        width,
        theme.fail,
        style,
      ),
    ];
  };
  if (verdict.differences.length === 0) return pair(verdict.expected, verdict.found);
  return verdict.differences.flatMap((one) => pair(one.expected, one.found, one.field));
}

function step(one: ExplanationStep, width: number, style: Style): Line[] {
  const state = { ok: 'pass', wrong: 'fail', unknown: 'broken' } as const;
  const glyph = one.state === 'unknown' ? span('?', style.theme.dim) : verdictGlyph(state[one.state], style);
  return wrapWords(
    [
      span(`${style.words.say(one.question)} `, style.theme.dim),
      span(style.words.say(one.answer), one.state === 'wrong' ? style.theme.strong : ''),
    ],
    width,
    {
      first: [span(INDENT), glyph, span(' ')],
      rest: [span(`${INDENT}  `)],
    },
  );
}

function explained(explanation: Explanation, width: number, style: Style): Line[] {
  const indent = { first: [span(INDENT)], rest: [span(INDENT)] };
  return [
    ...explanation.steps.flatMap((one) => step(one, width, style)),
    // Where the way ended says the same words: once is enough.
    ...(explanation.steps.some(({ answer }) => answer === explanation.cause)
      ? []
      : wrapText(style.words.say(explanation.cause), width, style.theme.strong, indent)),
    ...(explanation.advice
      ? labelled(
          style.words.try + style.words.colon.trimEnd(),
          style.words.say(explanation.advice),
          textWidth(style.words.try + style.words.colon),
          width,
          style.theme.hint,
          style,
        )
      : []),
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
  if (verdict.state !== 'pass')
    title.push(span(` ${glyphs.dot} ${words.verdict[verdict.state]}`, glyph.style));
  if (verdict.points > 0) title.push(span(`  ${glyphs.dot} ${words.pointsOf(verdict.points)}`, theme.points));
  const lines = wrapWords(title, width, { first: [span('  '), glyph, span(' ')], rest: [span(INDENT)] });
  if (verdict.state === 'pass' || verdict.state === 'skipped') {
    return opened
      ? [
          ...lines,
          ...labelled(
            words.found,
            words.say(verdict.found),
            textWidth(words.found) + 2,
            width,
            theme.dim,
            style,
          ),
        ]
      : lines;
  }
  if (!opened)
    return [
      ...lines,
      ...labelled(words.found, words.say(verdict.found), textWidth(words.found) + 2, width, theme.dim, style),
    ];
  return [
    ...lines,
    ...difference(verdict, width, style),
    ...(verdict.explanation ? explained(verdict.explanation, width, style) : []),
    ...(hinted
      ? wrapText(words.hintFor, width, theme.hint, { first: [span(INDENT)], rest: [span(INDENT)] })
      : []),
  ];
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
  const more = verdicts.some((one) => one.state === 'fail' || one.state === 'broken');
  if (more && !opened) lines.push(clip([span(INDENT + style.words.opens, style.theme.dim)], width));
  return lines.map((line) => pressable(line, 'o'));
}
