import { describe, expect, test } from 'vitest';
import { notesOf } from '../../src/board/notes.ts';
import { parseTranslation } from '../../src/lesson/translation/parse.ts';
import { translationSkeleton } from '../../src/lesson/translation/skeleton.ts';
import { lessonText } from '../../src/page/find/lesson-text.ts';
import { expectFaults, lessonOf } from './helpers/marked.ts';

const TEXT = `---
title: A cable
params:
  port: {int: [8000, 8999]}
---
Before.
\`\`\`md {.notes}
Ask who has seen one.
\`\`\`
## Lay it
\`\`\`sh {.run #lay}
ip link add a type veth peer name b
\`\`\`
\`\`\`md {.notes}
Port {{port}}.
\`\`\`
\`\`\`yaml {.expect}
- interface: a
\`\`\`
\`\`\`md {.notes}
Wait here.
\`\`\`
## Yours
Nothing.
`;

describe('speaker notes', () => {
  test('belong to the step they stand in, params filled in', () => {
    const lesson = lessonOf(TEXT);
    const { port } = lesson.params!.values;
    expect(lesson.notes).toMatchObject([
      { step: 0, markdown: 'Ask who has seen one.' },
      { step: 1, markdown: `Port ${port}.` },
      { step: 1, markdown: 'Wait here.' },
    ]);
  });

  test('go to a board by step', () => {
    expect(notesOf(lessonOf(TEXT)).map((notes) => notes.length)).toEqual([1, 2, 0]);
  });

  test('are nothing that a learner is shown, and do not come between a cell and its checks', () => {
    const lesson = lessonOf(TEXT);
    expect(lesson.cells[0]!.expects).toHaveLength(1);
    expect(JSON.stringify([lesson.blocks, lesson.cells])).not.toContain('Wait here');
    expect(lessonText(lesson)).not.toContain('Ask who');
  });

  test('have no id and no attributes, and say something', () => {
    expectFaults('---\ntitle: T\n---\n```md {.notes «#there»}\nx\n```\n', ['unknown-attribute']);
    expectFaults('---\ntitle: T\n---\n«```md {.notes}»\n\n```\n', ['empty-block']);
    expectFaults('---\ntitle: T\n---\n```md {«.note»}\nx\n```\n', ['unknown-role']);
  });
});

describe('in a translation', () => {
  const original = lessonOf(TEXT);
  const parse = (text: string) => parseTranslation('lessons/01-x/lesson.zh-CN.md', text, original);

  test('are its own, as many as it likes', () => {
    const parsed = parse(
      '---\ntitle: 线\n---\n```md {.notes}\n问。\n```\n## 接线\n```sh {.run #lay}\nip link add a type veth peer name b\n```\n```md {.notes}\n等。\n```\n## 你的\n',
    );
    expect(parsed).toMatchObject({
      ok: true,
      warnings: [],
      lesson: {
        notes: [
          { step: 0, markdown: '问。' },
          { step: 1, markdown: '等。' },
        ],
      },
    });
  });

  test('missing in a step, are those of the original, and that is told', () => {
    const parsed = parse(
      '---\ntitle: 线\n---\n## 零\n## 接线\n```sh {.run #lay}\nip link add a type veth peer name b\n```\n```md {.notes}\n等。\n```\n## 你的\n'.replace(
        '## 零',
        '前言。',
      ),
    );
    expect(parsed).toMatchObject({
      ok: true,
      warnings: [{ code: 'missing-notes', severity: 'warning' }],
      lesson: {
        notes: [
          { step: 0, markdown: 'Ask who has seen one.' },
          { step: 1, markdown: '等。' },
        ],
      },
    });
  });

  test('begin as those of the original', () => {
    expect(translationSkeleton(TEXT, original)).toContain('Ask who has seen one.');
  });
});
