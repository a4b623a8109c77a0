/** A Markdown table: columns as wide as they need, narrowed together when the screen is not. */
import type { Token } from 'markdown-it';
import { fit, type Line, lineWidth, type Span, span } from '../text/line.ts';
import { wrapWords } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import { inlineLines } from './inline.ts';

const GAP = 2;

interface Row {
  head: boolean;
  cells: { spans: Span[]; right: boolean }[];
}

function rowsOf(tokens: readonly Token[], theme: Theme): Row[] {
  const rows: Row[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'tr_open') rows.push({ head: false, cells: [] });
    if (token.type !== 'th_open' && token.type !== 'td_open') continue;
    const head = token.type === 'th_open';
    const row = rows.at(-1)!;
    row.head = head;
    const spans = inlineLines(tokens[at + 1]!.children, theme, head ? theme.strong : '').flat();
    row.cells.push({ spans, right: String(token.attrGet('style') ?? '').includes('right') });
  }
  return rows;
}

/** Widths that fit: the widest columns give way first. */
function columnWidths(rows: readonly Row[], room: number): number[] {
  const count = Math.max(...rows.map((row) => row.cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.map((row) => lineWidth(row.cells[column]?.spans ?? []))),
  );
  const available = Math.max(count, room - GAP * (count - 1));
  for (let total = widths.reduce((a, b) => a + b, 0); total > available; total--) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= 1) break;
    widths[widest]!--;
  }
  return widths;
}

export function tableLines(tokens: readonly Token[], columns: number, theme: Theme, rule: string): Line[] {
  const rows = rowsOf(tokens, theme);
  if (rows.length === 0) return [];
  const widths = columnWidths(rows, columns);
  const lines: Line[] = [];
  for (const row of rows) {
    const wrapped = widths.map((width, column) => wrapWords(row.cells[column]?.spans ?? [], width));
    const height = Math.max(...wrapped.map((cell) => cell.length));
    for (let at = 0; at < height; at++) {
      const line: Span[] = [];
      for (const [column, width] of widths.entries()) {
        const cell = wrapped[column]![at] ?? [];
        const space = span(' '.repeat(Math.max(0, width - lineWidth(cell))));
        line.push(
          ...(row.cells[column]?.right
            ? [space, ...cell]
            : column < widths.length - 1
              ? fit(cell, width)
              : cell),
        );
        if (column < widths.length - 1) line.push(span(' '.repeat(GAP)));
      }
      lines.push(line);
    }
    if (row.head)
      lines.push(
        widths.flatMap((width, at) => [
          span(at > 0 ? ' '.repeat(GAP) : ''),
          span(rule.repeat(width), theme.border),
        ]),
      );
  }
  return lines;
}
