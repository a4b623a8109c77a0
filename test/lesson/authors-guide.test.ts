import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseKey } from '../../src/lesson/key.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

const guide = readFileSync(join(PACKAGE_ROOT, 'docs', 'authors.md'), 'utf8');
const block = (fence: RegExp): string => fence.exec(guide)![1]!;

test('the lesson that the guide shows is one, and so is its key', () => {
  const parsed = parseLesson('01-cards/lesson.md', block(/^~~~~md\n([\s\S]*?)^~~~~$/m), vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  expect(parsed.warnings).toEqual([]);
  // The network that it begins with is no step of it.
  expect(parsed.lesson.steps.map(({ title }) => title)).toEqual(['A second face']);
  const key = parseKey('lesson.key.yaml', block(/^~~~yaml\n([\s\S]*?)^~~~$/m), parsed.lesson, vocabulary);
  expect(key).toMatchObject({ ok: true, warnings: [] });
});

test('what it names is there', () => {
  for (const [, file, anchor] of guide.matchAll(/\]\(([\w./-]+\.md)(?:#([\w-]+))?\)/g)) {
    const text = readFileSync(join(PACKAGE_ROOT, 'docs', file!), 'utf8');
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    if (anchor) expect(anchors).toContain(anchor);
  }
});
