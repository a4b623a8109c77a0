/** A translation is told when the words that it was made from have changed. */
import { describe, expect, test } from 'vitest';
import { digestsOf, stepWords } from '../../src/lesson/translation/digest.ts';
import { parseTranslation } from '../../src/lesson/translation/parse.ts';
import { translationSkeleton } from '../../src/lesson/translation/skeleton.ts';
import { lessonOf } from './helpers/marked.ts';

const FILE = 'course/01-x/lesson.md';
const ORIGINAL = `---
title: A cable
summary: Lay it.
---
Before.

## Lay it
A cable has two ends,
and both are made at once.
\`\`\`sh {.run #lay}
ip link add a type veth peer name b
\`\`\`
\`\`\`yaml {.expect}
- interface: a
\`\`\`

## Yours
\`\`\`sh {.task #up}
# bring it up
\`\`\`
\`\`\`yaml {.expect}
- interface: a
  state: up
\`\`\`
\`\`\`md {.hint}
One.
\`\`\`
\`\`\`sh {.solution}
ip link set a up
\`\`\`
`;

/** What is told of a translation that was made of the original, once the original is another one. */
function told(change: (text: string) => string) {
  const made = translationSkeleton(ORIGINAL, lessonOf(ORIGINAL, FILE));
  const now = change(ORIGINAL);
  const parsed = parseTranslation('course/01-x/lesson.zh-CN.md', made, lessonOf(now, FILE), now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return { made, now, warnings: parsed.warnings };
}

describe('the words of the original', () => {
  test('are those that a translation begins with, so nothing is told', () => {
    const { made, warnings } = told((text) => text);
    expect(made).toContain(`of: "${digestsOf(stepWords(ORIGINAL))}"`);
    expect(stepWords(ORIGINAL)).toHaveLength(3);
    expect(warnings).toEqual([]);
  });
  test('in other lines, or with another check, are the same', () => {
    expect(told((text) => text.replace('two ends,\nand', 'two ends, and')).warnings).toEqual([]);
    expect(told((text) => text.replace('  state: up\n', '  state: up\n  mtu: 1500\n')).warnings).toEqual([]);
  });
  test.each([
    ['prose', (text: string) => text.replace('has two ends', 'has three ends'), 1],
    ['a heading', (text: string) => text.replace('## Lay it', '## Lay them'), 1],
    ['a hint', (text: string) => text.replace('One.', 'One more.'), 2],
    ['the task', (text: string) => text.replace('# bring it up', '# bring it down'), 2],
  ])('are others when %s has changed: the step is told, and what to write then', (_, change, step) => {
    const { made, now, warnings } = told(change);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'original-changed', severity: 'warning' });
    expect(warnings[0]!.place.line).toBe(stepWords(made)[step]!.line);
    expect(warnings[0]!.message).toContain(`lesson.md:${stepWords(now)[step]!.line}`);
    expect(warnings[0]!.instead).toContain(digestsOf(stepWords(now)));
  });
  test('all of them others: one warning, at the digests', () => {
    const { warnings } = told((text) =>
      text.replace('A cable\n', 'A rope\n').replace('two ends', 'no end').replace('One.', 'Two.'),
    );
    expect(warnings.map(({ place }) => place.line)).toEqual([4]);
  });
});

test('an original has no digests, and a translation only such', () => {
  const { made } = told((text) => text);
  expect(() => lessonOf(made.replace('title: "A cable"', 'title: x'), FILE)).toThrow();
  const odd = made.replace(/^of: .*/m, 'of: yesterday');
  const parsed = parseTranslation('course/01-x/lesson.zh-CN.md', odd, lessonOf(ORIGINAL, FILE), ORIGINAL);
  expect(parsed.ok ? [] : parsed.diagnostics.map(({ message }) => message).join()).toContain('wirebook lint');
});
