/**
 * Footnotes as on forges: `[^1]` in the text, `[^1]: words` on a line of its own. A lesson is drawn block by block, so
 * that the note stands where its author has put it, and the reference names it.
 */
import type MarkdownIt from 'markdown-it';

type Parser = InstanceType<typeof MarkdownIt>;

const REFERENCE = /^\[\^([^\]\s]{1,40})\]/;
const NOTE = /^\[\^([^\]\s]{1,40})\]:[ \t]+(?=\S)/;

/** Tokens: `footnote_ref` with the name as its content; `footnote_open` and `_close` around a paragraph, the name as `info`. */
export function footnotes(md: Parser): void {
  md.inline.ruler.before('link', 'footnote_ref', (state, silent) => {
    const name = REFERENCE.exec(state.src.slice(state.pos, state.pos + 44))?.[1];
    if (name === undefined) return false;
    if (!silent) state.push('footnote_ref', 'sup', 0).content = name;
    state.pos += name.length + 3;
    return true;
  });

  md.block.ruler.before(
    'reference',
    'footnote',
    (state, start, end, silent) => {
      const lineAt = (line: number) =>
        state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]);
      if (state.sCount[start]! - state.blkIndent >= 4) return false;
      const head = NOTE.exec(lineAt(start));
      if (!head) return false;
      if (silent) return true;
      const words = [lineAt(start).slice(head[0].length)];
      let next = start + 1;
      while (next < end && !state.isEmpty(next) && !NOTE.test(lineAt(next))) words.push(lineAt(next++));
      const open = state.push('footnote_open', 'div', 1);
      open.info = head[1]!;
      open.map = [start, next];
      state.push('paragraph_open', 'p', 1).map = [start, next];
      const inline = state.push('inline', '', 0);
      inline.content = words.join('\n');
      inline.map = [start, next];
      inline.children = [];
      state.push('paragraph_close', 'p', -1);
      state.push('footnote_close', 'div', -1);
      state.line = next;
      return true;
    },
    { alt: ['paragraph', 'list', 'blockquote'] },
  );
}
