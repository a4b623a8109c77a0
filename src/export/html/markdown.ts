/**
 * The lesson's prose as HTML. A page of its own asks nothing of the network and runs nothing: HTML in the prose is shown as
 * text, images are their words, and only links to pages and addresses stay links.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import { attribute, text } from './escape.ts';

const parser = new MarkdownIt({ html: false, linkify: false });
const { rules } = parser.renderer;

/** What leads out of the page and stays true wherever the file lies. */
const LINK = /^(?:https?:\/\/|mailto:)/i;

const leads = (token: Token): boolean => LINK.test(String(token.attrGet('href') ?? ''));

rules.link_open = (tokens, at) => {
  const href = String(tokens[at]!.attrGet('href') ?? '');
  return leads(tokens[at]!) ? `<a href="${attribute(href)}" rel="noreferrer">` : '<span class="link">';
};
rules.link_close = (tokens, at) => {
  // Links do not nest: the last one that was opened is this one.
  const opened = tokens.slice(0, at).findLast((token) => token.type === 'link_open');
  return opened !== undefined && leads(opened) ? '</a>' : '</span>';
};
rules.image = (tokens, at) => {
  const { children, content } = tokens[at]!;
  const words = (children ?? []).map((child) => child.content).join('') || content;
  return `<span class="image">${text(words)}</span>`;
};
rules.text = (tokens, at) => text(tokens[at]!.content);
rules.code_inline = (tokens, at) => `<code>${text(tokens[at]!.content)}</code>`;
rules.fence = (tokens, at) => codeHtml(tokens[at]!.content);
rules.code_block = (tokens, at) => codeHtml(tokens[at]!.content);

/** Scrolls sideways where it is wide, so it must be reached by the keyboard too. */
export function codeHtml(content: string, label?: string, kind = 'code'): string {
  const name = label === undefined ? '' : ` role="group" aria-label="${attribute(label)}"`;
  return `<pre class="${kind}" tabindex="0"${name}><code>${text(content.replace(/\n$/, ''))}</code></pre>\n`;
}

export interface MarkdownPlace {
  /** No heading stands above this level: the page has its own. */
  from?: number;
  /** Id of the level-2 heading that the text begins with, if it does: a step's. */
  id?: string;
}

export function markdownHtml(markdown: string, { from = 2, id }: MarkdownPlace = {}): string {
  const tokens = parser.parse(markdown, {});
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    if (at === 0 && token.tag === 'h2' && id !== undefined) token.attrSet('id', id);
    token.tag = `h${Math.max(from, Number(token.tag[1]))}`;
  }
  return parser.renderer.render(tokens, parser.options, {});
}
