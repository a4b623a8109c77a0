import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { markdown } from '../../src/export/markdown.ts';
import { code, fenced, plain } from '../../src/export/marked.ts';
import { outputText } from '../../src/export/output.ts';
import { terminalSafe } from '../../src/report/safe.ts';
import { hostile } from './hostile.ts';
import { FAILED, OPTIONS, ran, verdictOf, walkOf } from './walks.ts';

// A forge reads HTML too: nothing of an output may become it.
const reader = new MarkdownIt({ html: true });
const inside = (token: Token): Token[] => [token, ...(token.children ?? []).flatMap(inside)];
const tokensOf = (text: string) => reader.parse(text, {}).flatMap(inside);
/** What markdown-it does to any text before it reads it. */
const normal = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');

test('tells the lesson, its cells, what they printed, and what holds', () => {
  const walk = walkOf([
    ...ran('lay', 0, { stdout: 'a \x1b[31mred\x1b[0m word\n```\n', verdicts: [FAILED] }),
    ...ran('up', 5000, { text: 'ip link set near up', verdicts: [verdictOf({ check: 'up/1' })] }),
  ]);
  expect(markdown(walk, OPTIONS)).toBe(`# A cable \\& more

Two ends, \\<one\\> cable.

- Lesson: \`01-cable\`, a walk through the lesson
- Walked: 2026-11-23 12:00 UTC
- Points: 2 / 2

Before the first heading. [A page](https://example.com/?a=1&b=2), [a neighbour](../02-next/lesson.md),
![a picture](https://example.com/x.png) and <b>no markup</b>.

## Lay \`it\`

**Cell 1** \`lay\`: failed, on host, took 40 ms

\`\`\`sh
ip link
\`\`\`

Output:

\`\`\`\`text
a red word
\`\`\`
\`\`\`\`

Checks:

- ✗ does not hold: interface near on host is UP
  - Expected: \`interface near on host is UP\`
  - Found: \`near <BROADCAST,MULTICAST> mtu 1500\`
  - state: Expected \`UP\`, Found \`DOWN\`
  - Why: near is DOWN.
    - Is there near? Yes.
  - What to try: Bring it up.

**Cell 2** (task) \`up\`: passed, on host, took 40 ms

\`\`\`sh
ip link set near up
\`\`\`

Checks:

- ✓ holds: there is an interface near on host

\`\`\`text
only shown
\`\`\`

Which end is up?

- [ ] both \`ends\`
- [ ] near

## The end
Nothing more.

---

Exported by Wirebook 1.2.3.
`);
});

describe('nothing gets out of', () => {
  test('a fence', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tokens = tokensOf(`before\n\n${fenced('text', text)}\n\nafter\n`);
        expect(
          tokens.filter(({ type }) => type === 'fence').map(({ content }) => content.replace(/\n$/, '')),
        ).toEqual([normal(terminalSafe(text).replace(/\n$/, ''))]);
        expect(tokens.map(({ type }) => type).filter((type) => type === 'paragraph_open')).toHaveLength(2);
      }),
    );
  });

  test('a code span, or a line of words', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tokens = tokensOf(
          `- ${code(text)}\n- ${plain(text)}\n- x ${plain(text)}\n\n# ${plain(text)}\n`,
        );
        const types = new Set(tokens.map(({ type }) => type));
        for (const type of [
          'html_block',
          'html_inline',
          'link_open',
          'image',
          'fence',
          'em_open',
          'strong_open',
          'hr',
          'table_open',
        ])
          expect(types).not.toContain(type);
        expect(tokens.filter(({ type }) => type === 'list_item_open')).toHaveLength(3);
        expect(tokens.filter(({ type }) => type === 'heading_open')).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test('an output: a forge shows what the terminal showed, and the lesson goes on behind it', () => {
    fc.assert(
      fc.property(hostile, hostile, (stdout, found) => {
        const verdict = verdictOf({ state: 'fail', found, expected: found, title: found });
        const walk = walkOf(ran('lay', 0, { stdout, verdicts: [verdict] }));
        const tokens = reader.parse(markdown(walk, OPTIONS), {});
        const fences = tokens.filter(({ type, info }) => type === 'fence' && info === 'text');
        const shown = outputText(walk.state.cells.lay!.output);
        expect(fences).toHaveLength(shown === '' ? 1 : 2);
        if (shown !== '') expect(fences[0]!.content).toBe(`${normal(terminalSafe(shown))}\n`);
        const headings = tokens.flatMap(({ type }, at) =>
          type === 'heading_open' ? tokens[at + 1]!.content : [],
        );
        expect(headings).toEqual(['A cable \\& more', 'Lay `it`', 'The end']);
        expect(tokens.filter(({ type }) => type === 'html_block')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
