/** Markdown as lines of a given width. Nothing of it is obeyed: HTML is shown as text, images as their words. */
import MarkdownIt, { type Token } from 'markdown-it';
import type { Glyphs } from '../glyphs.ts';
import { highlight } from '../highlight/index.ts';
import { clip, EMPTY, hardWrap, type Line, lineWidth, mix, span } from '../text/line.ts';
import { wrapWords } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import { type Admonition, admonition } from './admonition.ts';
import { footnotes } from './footnote.ts';
import { inlineLines } from './inline.ts';
import { tableLines } from './table.ts';

const parser = new MarkdownIt({ html: false, linkify: false }).use(footnotes);

export interface Look {
  theme: Theme;
  glyphs: Glyphs;
  words: { admonition: Readonly<Record<Admonition, string>> };
}

interface Frame {
  /** What stands before the rows of a block: quote bars, list indents. */
  first: Line;
  rest: Line;
  style: string;
}

/** The index of the token that closes the one at `at`. */
function closing(tokens: readonly Token[], at: number): number {
  const level = tokens[at]!.level;
  const end = tokens.findIndex((token, index) => index > at && token.level === level && token.nesting === -1);
  return end < 0 ? tokens.length : end;
}

function heading(token: Token, inline: Token, columns: number, frame: Frame, look: Look): Line[] {
  const { theme, glyphs } = look;
  const level = Number(token.tag.slice(1));
  const style = level <= 2 ? theme.heading : theme.subheading;
  const rows = inlineLines(inline.children, theme, style).flatMap((line) => wrapWords(line, columns, frame));
  if (level > 2) return rows;
  const width = Math.min(columns, Math.max(...rows.map(lineWidth)));
  return [...rows, [...frame.rest, span(glyphs.rule.repeat(width), theme.border)]];
}

function list(tokens: readonly Token[], columns: number, frame: Frame, look: Look): Line[] {
  const ordered = tokens[0]!.type === 'ordered_list_open';
  const start = Number(tokens[0]!.attrGet('start') ?? 1);
  const lines: Line[] = [];
  let number = 0;
  // Items of a loose list (blank lines between them) keep their distance.
  const loose = tokens.some(
    (token) => token.type === 'paragraph_open' && token.level === tokens[0]!.level + 2 && !token.hidden,
  );
  for (let at = 1; at < tokens.length - 1; at++) {
    if (tokens[at]!.type !== 'list_item_open') continue;
    const end = closing(tokens, at);
    const mark = ordered ? `${start + number}. ` : `${look.glyphs.bullet} `;
    const inner: Frame = {
      first: [...(number === 0 ? frame.first : frame.rest), span(mark, look.theme.bullet)],
      rest: [...frame.rest, span(' '.repeat(mark.length))],
      style: frame.style,
    };
    if (loose && number > 0) lines.push(frame.rest);
    lines.push(...blocks(tokens.slice(at + 1, end), columns, inner, look));
    number++;
    at = end;
  }
  return lines;
}

export function codeLines(text: string, language: string, columns: number, look: Look): Line[] {
  const room = Math.max(1, columns - 2);
  return highlight(text, language, look.theme).flatMap((line) =>
    hardWrap(line, room).map((row) => [span('  '), ...row]),
  );
}

function blocks(tokens: readonly Token[], columns: number, frame: Frame, look: Look): Line[] {
  const { theme, glyphs } = look;
  const lines: Line[] = [];
  let current = frame;
  const add = (rows: readonly Line[], tight = false) => {
    if (lines.length > 0 && rows.length > 0 && !tight) lines.push(frame.rest);
    lines.push(...rows);
    // Only the first block of an item stands beside its bullet.
    if (rows.length > 0) current = { ...frame, first: frame.rest };
  };
  const indent = (rows: readonly Line[]) =>
    rows.map((row, at) => [...(at === 0 ? current.first : current.rest), ...row]);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const end = token.nesting === 1 ? closing(tokens, at) : at;
    const inside = tokens.slice(at, end + 1);
    const room = Math.max(1, columns - lineWidth(current.rest));
    if (token.type === 'heading_open') add(heading(token, tokens[at + 1]!, columns, current, look));
    else if (token.type === 'paragraph_open') {
      const rows = inlineLines(tokens[at + 1]!.children, theme, current.style);
      add(
        rows.flatMap((row, index) =>
          wrapWords(row, columns, index === 0 ? current : { first: current.rest, rest: current.rest }),
        ),
        token.hidden,
      );
    } else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open')
      add(list(inside, columns, current, look), token.level > 0 && tokens[at - 1]?.hidden === true);
    else if (token.type === 'blockquote_open') {
      const told = admonition(tokens.slice(at + 1, end));
      const urgent = told?.kind === 'warning' || told?.kind === 'caution';
      const colour = told ? (urgent ? theme.notice : theme.hint) : theme.border;
      const bar = span(`${glyphs.quote} `, colour);
      const inner: Frame = {
        first: [...current.first, bar],
        rest: [...current.rest, bar],
        style: told ? current.style : mix(current.style, theme.quote),
      };
      if (told) {
        const title = span(
          `${urgent ? '! ' : ''}${look.words.admonition[told.kind]}`,
          mix(theme.strong, colour),
        );
        const rows = blocks(told.inside, columns, { ...inner, first: inner.rest }, look);
        add([[...inner.first, title], ...rows]);
      } else add(blocks(tokens.slice(at + 1, end), columns, inner, look));
    } else if (token.type === 'footnote_open') {
      const mark = span(`[${token.info}] `, theme.dim);
      const room = span(' '.repeat(lineWidth([mark])));
      const inner = {
        first: [...current.first, mark],
        rest: [...current.rest, room],
        style: mix(current.style, theme.dim),
      };
      // Notes that follow one another stand together.
      add(blocks(tokens.slice(at + 1, end), columns, inner, look), tokens[at - 1]?.type === 'footnote_close');
    } else if (token.type === 'fence' || token.type === 'code_block')
      add(indent(codeLines(token.content, token.info.trim().split(/\s/)[0] ?? '', room, look)));
    else if (token.type === 'table_open')
      add(indent(tableLines(inside, room, theme, glyphs.rule).map((row) => clip(row, room))));
    else if (token.type === 'hr') add(indent([[span(glyphs.rule.repeat(Math.min(room, 24)), theme.border)]]));
    at = end;
  }
  return lines;
}

/** Words within a line, wrapped as a paragraph is: a quiz's choice, its reason. */
export function renderInline(
  markdown: string,
  columns: number,
  frame: { first: Line; rest: Line; style: string },
  look: Look,
): Line[] {
  const inline = parser.parseInline(markdown, {})[0];
  return inlineLines(inline?.children ?? null, look.theme, frame.style).flatMap((row, at) =>
    wrapWords(row, Math.max(1, columns), at === 0 ? frame : { first: frame.rest, rest: frame.rest }),
  );
}

export function renderMarkdown(markdown: string, columns: number, look: Look): Line[] {
  return blocks(
    parser.parse(markdown, {}),
    Math.max(1, columns),
    { first: EMPTY, rest: EMPTY, style: '' },
    look,
  );
}
