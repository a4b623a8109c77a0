/**
 * Markdown to the pieces that a lesson is made of: prose, level-2 headings and fences, each with its exact lines.
 * markdown-it decides what is a fence (not a regex), so that one in a comment or in a longer fence is none.
 */
import MarkdownIt, { type Token } from 'markdown-it';

export interface Fence {
  kind: 'fence';
  /** Of the opening line, from 1. */
  line: number;
  /** Of its first backtick, from 1. */
  column: number;
  /** The opening line's words after the backticks. */
  info: string;
  /** Column of `info`'s first character, from 1. */
  infoColumn: number;
  /** The content, line by line. */
  lines: readonly string[];
  /** Column in the file at which each content line begins: more than 1 where the fence is indented. */
  columns: readonly number[];
  closed: boolean;
  /** In a list or a quotation. */
  nested: boolean;
}

export type Piece = Fence | { kind: 'prose'; markdown: string; line: number; heading?: string };

const markdown = new MarkdownIt({ html: true });
// Only blocks matter here; the screen reads the inline part of what it draws.
markdown.core.ruler.disable(['inline', 'linkify', 'replacements', 'smartquotes', 'text_join']);

function toFence(token: Token, lines: readonly string[]): Fence {
  const [start, end] = token.map!;
  const opening = lines[start]!;
  const column = Math.max(0, opening.indexOf(token.markup)) + 1;
  const infoColumn = column + token.markup.length;
  const content = token.content.split('\n');
  if (content.at(-1) === '') content.pop();
  const columns = content.map((text, i) => {
    const whole = lines[start + 1 + i] ?? '';
    return whole.endsWith(text) ? whole.length - text.length + 1 : 1;
  });
  return {
    kind: 'fence',
    line: start + 1,
    column,
    info: opening.slice(infoColumn - 1),
    infoColumn,
    lines: content,
    columns,
    // Its lines are the opening, the content and the closing one.
    closed: end - start === content.length + 2,
    nested: token.level > 0,
  };
}

/** A heading's text without its marks: `## Lay the \`veth\`` is "Lay the veth". */
function plain(inline: Token | undefined): string {
  const out: Token[] = [];
  markdown.inline.parse(inline?.content ?? '', markdown, {}, out);
  return out
    .map((token) => (token.type === 'softbreak' ? ' ' : token.content))
    .join('')
    .trim();
}

/** `from` and `to` are line numbers from 0, `to` not included; undefined when only blank lines are there. */
function prose(lines: readonly string[], from: number, to: number, heading?: string): Piece | undefined {
  while (from < to && lines[from]!.trim() === '') from++;
  while (to > from && lines[to - 1]!.trim() === '') to--;
  if (from === to) return undefined;
  const piece: Piece = { kind: 'prose', markdown: lines.slice(from, to).join('\n'), line: from + 1 };
  return heading === undefined ? piece : { ...piece, heading };
}

/**
 * The pieces from line `skip` (from 0) on, in order. A nested fence is told twice: as itself, for the parser to refuse
 * when it has a role, and within the prose that it stands in.
 */
export function readPieces(lines: readonly string[], skip: number): Piece[] {
  // The front matter's lines stay as blank ones: so every line number is the file's.
  const text = lines.map((line, i) => (i < skip ? '' : line)).join('\n');
  const tokens = markdown.parse(text, {});
  const pieces: Piece[] = [];
  let from = skip;
  let heading: string | undefined;
  const flush = (to: number) => {
    const piece = prose(lines, from, to, heading);
    if (piece) pieces.push(piece);
    heading = undefined;
  };
  for (const [i, token] of tokens.entries()) {
    if (!token.map) continue;
    const top = token.level === 0;
    if (token.type === 'fence') {
      if (top) {
        flush(token.map[0]);
        from = token.map[1];
      }
      pieces.push(toFence(token, lines));
    } else if (top && token.type === 'heading_open' && token.tag === 'h2') {
      flush(token.map[0]);
      from = token.map[0];
      heading = plain(tokens[i + 1]);
    }
  }
  flush(lines.length);
  return pieces;
}
