/** Inline Markdown (emphasis, code, links, images) as styled spans. A hard break becomes a new line. */
import type { Token } from 'markdown-it';
import { mix, type Span, span } from '../text/line.ts';
import type { Theme } from '../theme.ts';

/** Only links a reader may follow: never `file:`, `javascript:` or an escape sequence in disguise. */
function safeLink(href: string): string | undefined {
  return /^(?:https?|mailto):[^\s\x00-\x1f\x7f-\x9f]*$/i.test(href) ? href : undefined;
}

interface Marks {
  style: string[];
  link?: string;
}

const OPENS: Readonly<Record<string, 'strong' | 'emphasis' | 'deleted'>> = {
  strong_open: 'strong',
  em_open: 'emphasis',
  s_open: 'deleted',
};

const WIDE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}，。、；：！？（）「」『』《》【】“”]';
const ENDS_WIDE = new RegExp(`${WIDE}$`, 'u');
const BEGINS_WIDE = new RegExp(`^${WIDE}`, 'u');

/** A line's end in the source is a blank, but between Chinese or Japanese characters nothing: there are no blanks there. */
function joint(before: readonly Span[], after: readonly Token[] = []): string {
  const next = after.find((token) => token.content !== '');
  const isText = next?.type === 'text' && BEGINS_WIDE.test(next.content);
  return ENDS_WIDE.test(before.at(-1)?.text ?? '') && isText ? '' : ' ';
}

/** Spans by line: a hard break starts the next one. `base` is the style of the surrounding block. */
export function inlineLines(children: readonly Token[] | null, theme: Theme, base = ''): Span[][] {
  const lines: Span[][] = [[]];
  const marks: Marks = { style: [base] };
  const put = (text: string, style = '') => {
    if (text !== '') lines.at(-1)!.push(span(text, mix(...marks.style, style), marks.link));
  };
  for (const [at, token] of (children ?? []).entries()) {
    const opens = OPENS[token.type];
    if (opens) marks.style.push(theme[opens]);
    else if (token.type === 'link_open') {
      marks.style.push(theme.link);
      marks.link = safeLink(String(token.attrGet('href') ?? ''));
    } else if (token.type === 'link_close') {
      marks.style.pop();
      delete marks.link;
    } else if (token.type.endsWith('_close')) marks.style.pop();
    else if (token.type === 'code_inline') put(token.content, theme.code);
    else if (token.type === 'footnote_ref') put(`[${token.content}]`, theme.dim);
    else if (token.type === 'softbreak') put(joint(lines.at(-1)!, children?.slice(at + 1)));
    else if (token.type === 'hardbreak') lines.push([]);
    else if (token.type === 'image') put(`[${token.content}]`, theme.emphasis);
    else put(token.content);
  }
  return lines;
}
