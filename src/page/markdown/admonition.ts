/** `> [!NOTE]` as on forges: a quote that says what kind of word it has for the reader. */
import type { Token } from 'markdown-it';

export const ADMONITIONS = ['note', 'tip', 'important', 'warning', 'caution'] as const;
export type Admonition = (typeof ADMONITIONS)[number];

const MARK = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$/i;

/**
 * The kind of a quote's first paragraph and what follows its mark; undefined when it is a quote like any other.
 * @param tokens those inside the quote
 */
export function admonition(tokens: readonly Token[]): { kind: Admonition; inside: Token[] } | undefined {
  const [open, inline, close, ...rest] = tokens;
  if (open?.type !== 'paragraph_open' || !inline?.children || !close) return undefined;
  const { children } = inline;
  // The mark stands on a line of its own.
  const end = children.findIndex((token) => token.type === 'softbreak' || token.type === 'hardbreak');
  const first = end < 0 ? children : children.slice(0, end);
  if (first.some((token) => token.type !== 'text')) return undefined;
  const found = MARK.exec(first.map((token) => token.content).join(''));
  if (!found) return undefined;
  const kind = found[1]!.toLowerCase() as Admonition;
  if (end < 0) return { kind, inside: rest };
  const body = Object.assign(Object.create(Object.getPrototypeOf(inline)) as Token, inline, {
    children: children.slice(end + 1),
  });
  return { kind, inside: [open, body, close, ...rest] };
}
