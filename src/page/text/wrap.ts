/** Word wrap over styled spans. Chinese and Japanese may break between any two characters, but not before a closing mark. */
import { hardWrap, type Line, lineWidth, type Span, span } from './line.ts';
import { graphemes, textWidth } from './width.ts';

// What may not begin a row, and what may not end one, after the W3C's requirements for Chinese and Japanese text.
const CLOSING = /^[，。、；：！？）」』》】〉〕〗］｝”’…·～％‰℃々ー,.;:!?)\]}%]/u;
const OPENING = /[（「『《【〈〔〖［｛“‘¥￥$([{]$/u;

interface Word {
  spans: Span[];
  width: number;
  space: boolean;
}

/** The smallest pieces of a line that stay whole. `glued`: no break is allowed before this one. */
function* pieces(line: Line): Generator<{ text: string; part: Span; wide: boolean }> {
  for (const part of line) {
    for (const run of part.text.split(/( +)/)) {
      if (run.startsWith(' ')) {
        yield { text: run, part, wide: false };
        continue;
      }
      let narrow = '';
      for (const grapheme of graphemes(run)) {
        if (textWidth(grapheme) < 2) {
          narrow += grapheme;
          continue;
        }
        if (narrow !== '') yield { text: narrow, part, wide: false };
        narrow = '';
        yield { text: grapheme, part, wide: true };
      }
      if (narrow !== '') yield { text: narrow, part, wide: false };
    }
  }
}

/** Words, spaces and single wide characters, whatever spans they came from. */
function words(line: Line): Word[] {
  const list: Word[] = [];
  let wideBefore = false;
  for (const { text, part, wide } of pieces(line)) {
    const space = text.startsWith(' ');
    const last = list.at(-1);
    const before = last?.spans.at(-1)?.text ?? '';
    const mayBreak = (wide || wideBefore) && !CLOSING.test(text) && !OPENING.test(before);
    if (last && last.space === space && !mayBreak) {
      last.spans.push({ ...part, text });
      last.width += textWidth(text);
    } else list.push({ spans: [{ ...part, text }], width: textWidth(text), space });
    wideBefore = wide;
  }
  return list;
}

/** Neighbours of one style become one span again, so that a row is drawn with few sequences. */
function joined(spans: readonly Span[]): Line {
  const row: Span[] = [];
  for (const part of spans) {
    const last = row.at(-1);
    if (last && last.style === part.style && last.link === part.link && last.press === part.press) {
      row[row.length - 1] = { ...last, text: last.text + part.text };
    } else row.push(part);
  }
  return row;
}

export interface Indent {
  first: Line;
  rest: Line;
}

/** Rows of at most `columns`, the indents included. An empty line stays one row. */
export function wrapWords(line: Line, columns: number, indent: Indent = { first: [], rest: [] }): Line[] {
  const rows: Line[] = [];
  let spans: Span[] = [];
  let used = 0;
  const start = () => (rows.length === 0 ? indent.first : indent.rest);
  const room = () => Math.max(1, columns - lineWidth(start()));
  const flush = () => {
    // Spaces at the end of a row are not drawn: an underline would show them.
    while (spans.length > 0 && /^ *$/.test(spans.at(-1)!.text)) spans.pop();
    rows.push([...start(), ...joined(spans)]);
    spans = [];
    used = 0;
  };
  for (const word of words(line)) {
    if (used + word.width > room() && used > 0) flush();
    if (word.space && used === 0 && rows.length > 0) continue;
    if (word.width > room()) {
      const parts = hardWrap(word.spans, room());
      for (const part of parts.slice(0, -1)) {
        spans = [...part];
        flush();
      }
      spans = [...(parts.at(-1) ?? [])];
      used = lineWidth(spans);
      continue;
    }
    spans.push(...word.spans);
    used += word.width;
  }
  if (used > 0 || rows.length === 0) flush();
  return rows;
}

/** Plain text as wrapped rows of one style. */
export function wrapText(text: string, columns: number, style = '', indent?: Indent): Line[] {
  return text.split('\n').flatMap((row) => wrapWords([span(row, style)], columns, indent));
}
