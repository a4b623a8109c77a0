/** The verdicts under a cell: one row each, and opened the difference, the way of the packet, and what to try. */
import type { Explanation, ExplanationStep, Verdict } from '../../check/model.ts';
import { clip, type Line, lineWidth, pressable, span } from '../text/line.ts';
import { textWidth } from '../text/width.ts';
import { wrapText, wrapWords } from '../text/wrap.ts';
import { verdictGlyph } from './status.ts';
import type { Style } from './style.ts';

const INDENT = '    ';

function labelled(
  label: string,
  text: string,
  column: number,
  width: number,
  labelStyle: string,
  style: Style,
): Line[] {
  const head = span(INDENT + label + ' '.repeat(Math.max(1, column - textWidth(label))), labelStyle);
  const rest = span(' '.repeat(lineWidth([head])));
  return text
    .split('\n')
    .flatMap((row, at) =>
      wrapWords([span(row, style.theme.text)], width, { first: [at === 0 ? head : rest], rest: [rest] }),
    );
}

/** Field by field where the kind names them, else the two sentences. */
function difference(verdict: Verdict, width: number, style: Style): Line[] {
  const { words, theme } = style;
  const column = Math.max(textWidth(words.expected), textWidth(words.found)) + 2;
  const pair = (expected: string, found: string) => [
    ...labelled(words.expected, expected, column, width, theme.pass, style),
    ...labelled(words.found, found, column, width, theme.fail, style),
  ];
  if (verdict.differences.length === 0) return pair(verdict.expected, verdict.found);
  return verdict.differences.flatMap((one) =>
    pair(`${one.field}: ${one.expected}`, `${one.field}: ${one.found}`),
  );
}

function step(one: ExplanationStep, width: number, style: Style): Line[] {
  const state = { ok: 'pass', wrong: 'fail', unknown: 'broken' } as const;
  const glyph = one.state === 'unknown' ? span('?', style.theme.dim) : verdictGlyph(state[one.state], style);
  return wrapWords(
    [
      span(`${one.question} `, style.theme.dim),
      span(one.answer, one.state === 'wrong' ? style.theme.strong : ''),
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
    ...wrapText(explanation.cause, width, style.theme.strong, indent),
    ...(explanation.advice
      ? labelled(
          `${style.words.try}:`,
          explanation.advice,
          textWidth(style.words.try) + 2,
          width,
          style.theme.hint,
          style,
        )
      : []),
  ];
}

export function verdictLines(verdict: Verdict, opened: boolean, width: number, style: Style): Line[] {
  const { theme, words, glyphs } = style;
  const glyph = verdictGlyph(verdict.state, style);
  const title = [span(verdict.title, verdict.state === 'pass' ? theme.text : theme.strong)];
  if (verdict.state !== 'pass') title.push(span(`  ${words.verdict[verdict.state]}`, glyph.style));
  if (verdict.points > 0) title.push(span(`  ${glyphs.dot} ${words.pointsOf(verdict.points)}`, theme.points));
  const lines = wrapWords(title, width, { first: [span('  '), glyph, span(' ')], rest: [span(INDENT)] });
  if (verdict.state === 'pass' || verdict.state === 'skipped') {
    return opened
      ? [
          ...lines,
          ...labelled(words.found, verdict.found, textWidth(words.found) + 2, width, theme.dim, style),
        ]
      : lines;
  }
  if (!opened)
    return [
      ...lines,
      ...labelled(words.found, verdict.found, textWidth(words.found) + 2, width, theme.dim, style),
    ];
  return [
    ...lines,
    ...difference(verdict, width, style),
    ...(verdict.explanation ? explained(verdict.explanation, width, style) : []),
  ];
}

export function checkLines(
  verdicts: readonly Verdict[],
  opened: boolean,
  width: number,
  style: Style,
): Line[] {
  const lines = verdicts.flatMap((verdict) => verdictLines(verdict, opened, width, style));
  const more = verdicts.some((one) => one.state === 'fail' || one.state === 'broken');
  if (more && !opened) lines.push(clip([span(INDENT + style.words.opens, style.theme.dim)], width));
  return lines.map((line) => pressable(line, 'o'));
}
