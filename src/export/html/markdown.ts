/**
 * The lesson's prose as HTML. A page of its own asks nothing of the network and runs nothing: HTML in the prose is shown as
 * text, images are their words, and only links to pages and addresses stay links.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import { type Admonition, admonition } from '../../page/markdown/admonition.ts';
import { footnotes } from '../../page/markdown/footnote.ts';
import { en } from '../../page/words/en.ts';
import { attribute, text } from './escape.ts';

const parser = new MarkdownIt({ html: false, linkify: false }).use(footnotes);
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

rules.footnote_ref = (tokens, at) => `<sup>${text(tokens[at]!.content)}</sup>`;
rules.footnote_open = (tokens, at) => `<div class="footnote"><sup>${text(tokens[at]!.info)}</sup>\n`;
rules.footnote_close = () => '</div>\n';
rules.admonition_title = (tokens, at) => `<p class="title">${text(tokens[at]!.content)}</p>\n`;

/** A quote that is a note, a tip or a warning says so in words and in its class. */
function withAdmonitions(tokens: readonly Token[], titles: Readonly<Record<Admonition, string>>): Token[] {
  const all: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const end = tokens.findIndex((other, i) => i > at && other.level === token.level && other.nesting === -1);
    const told = token.type === 'blockquote_open' ? admonition(tokens.slice(at + 1, end)) : undefined;
    all.push(token);
    if (!told) continue;
    token.attrJoin('class', `note ${told.kind}`);
    const title = new (token.constructor as new (type: string, tag: string, nesting: 0) => Token)(
      'admonition_title',
      '',
      0,
    );
    title.content = titles[told.kind];
    all.push(title, ...withAdmonitions(told.inside, titles));
    at = end - 1;
  }
  return all;
}

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
  /** What notes and warnings are called; English when absent. */
  titles?: Readonly<Record<Admonition, string>>;
}

/** Words within a line: a quiz's choice, its reason. */
export const inlineHtml = (markdown: string): string => parser.renderInline(markdown, {});

export function markdownHtml(
  markdown: string,
  { from = 2, id, titles = en.admonition }: MarkdownPlace = {},
): string {
  const tokens = withAdmonitions(parser.parse(markdown, {}), titles);
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    if (at === 0 && token.tag === 'h2' && id !== undefined) token.attrSet('id', id);
    token.tag = `h${Math.max(from, Number(token.tag[1]))}`;
  }
  return parser.renderer.render(tokens, parser.options, {});
}
