import { describe, expect, test } from 'vitest';
import type { ParsedLesson } from '../../src/lesson/model.ts';
import { parseTranslation } from '../../src/lesson/translation/parse.ts';
import { codeDifference } from '../../src/lesson/translation/same-code.ts';
import { lessonOf, unmark } from './helpers/marked.ts';

const ORIGINAL = lessonOf(
  `---
title: A cable
summary: Lay it.
hosts: [host, node01]
needs: [ip]
---
Before.
## Lay it
\`\`\`sh {.run #lay on=node01 points=2}
# lay it
ip link add a type veth peer name b
\`\`\`
\`\`\`yaml {.expect}
- interface: a
  id: there
  says: the cable is there
- ping: 10.0.0.1
  id: reply
\`\`\`
## Yours
\`\`\`sh {.task #up}
# bring it up
\`\`\`
\`\`\`yaml {.expect}
- interface: a
  id: is-up
  state: up
\`\`\`
\`\`\`md {.hint}
One.
\`\`\`
\`\`\`md {.hint when=is-up}
Two.
\`\`\`
\`\`\`sh {.solution}
ip link set a up
\`\`\`
\`\`\`md {.quiz #why}
Why?
- [ ] no -- not so
- [x] yes -- so it is
\`\`\`
`,
  'course/01-x/lesson.md',
);

const HEAD = '---\ntitle: 一根网线\nsummary: 拉好它。\n---\n前面。\n## 拉线\n';
const LAY = `\`\`\`sh {.run #lay}
# 拉好它
ip link add a type veth peer name b
\`\`\`
\`\`\`yaml {.says}
there: 网线在那里
\`\`\`
`;
const UP = `\`\`\`sh {.task #up}
# 启用它
\`\`\`
\`\`\`md {.hint}
一。
\`\`\`
\`\`\`md {.hint when=is-up}
二。
\`\`\`
`;
const QUIZ = '```md {.quiz #why}\n为什么？\n- [ ] 不 -- 不是\n- [x] 是 -- 是的\n```\n';
const WHOLE = `${HEAD}${LAY}## 你来\n${UP}${QUIZ}`;
const FILE = 'course/01-x/lesson.zh-CN.md';

const parse = (text: string): ParsedLesson => parseTranslation(FILE, text, ORIGINAL);

/** The translation has exactly these faults, in this order, each where «...» stands; none makes it a lesson. */
function expectFaults(marked: string, codes: readonly string[]) {
  const { text, marks } = unmark(marked);
  const parsed = parse(text);
  const faults = parsed.ok ? [] : parsed.diagnostics;
  expect(
    faults.map(({ code, place, length }) => ({ code, line: place.line, column: place.column, length })),
  ).toEqual(codes.map((code, i) => ({ code, ...marks[i] })));
  for (const { place } of faults) expect(place.file).toBe(FILE);
  return faults;
}

describe('a translation', () => {
  test('has the words of its own file, and all that runs and is checked of the original', () => {
    const parsed = parse(WHOLE);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const { lesson } = parsed;
    expect(lesson).toMatchObject({
      file: FILE,
      id: '01-x',
      language: 'zh-CN',
      title: '一根网线',
      summary: '拉好它。',
      hosts: ORIGINAL.hosts,
      needs: ['ip'],
      setups: ORIGINAL.setups,
    });
    expect(lesson.hash).not.toBe(ORIGINAL.hash);
    expect(lesson.steps.map((step) => step.title)).toEqual(['一根网线', '拉线', '你来']);
    const [lay, up] = lesson.cells;
    expect(lay).toMatchObject({
      id: 'lay',
      host: 'node01',
      points: 2,
      step: 1,
      place: { file: FILE, line: 7 },
    });
    expect(lay!.text).toBe('# 拉好它\nip link add a type veth peer name b');
    expect(lay!.originalText).toBe(ORIGINAL.cells[0]!.text);
    expect(lay!.expects).toEqual([
      { ...ORIGINAL.cells[0]!.expects[0]!, says: '网线在那里' },
      ORIGINAL.cells[0]!.expects[1],
    ]);
    expect(up).toMatchObject({
      text: '# 启用它',
      solution: 'ip link set a up',
      expects: ORIGINAL.cells[1]!.expects,
    });
    expect(up!.hints).toMatchObject([{ markdown: '一。' }, { markdown: '二。', when: 'is-up' }]);
    expect(up!.hints[0]).not.toHaveProperty('when');
    const [quiz] = lesson.blocks.flatMap((block) => (block.kind === 'quiz' ? [block.quiz] : []));
    expect(quiz).toMatchObject({
      id: 'why',
      question: '为什么？',
      choices: [{ right: false }, { right: true, because: '是的' }],
    });
    // The cells of the blocks are those of the list.
    expect(lesson.blocks.flatMap((block) => (block.kind === 'cell' ? [block.cell] : []))).toEqual(
      lesson.cells,
    );
    expect(lesson.steps.map(({ from, to }) => to - from)).toEqual(
      ORIGINAL.steps.map(({ from, to }) => to - from),
    );
  });

  test('may give words to any check, and its attributes and solutions again', () => {
    const more = WHOLE.replace('{.run #lay}', '{.run #lay on=node01 points=2}')
      .replace('there: 网线在那里', 'there: 网线在那里\nreply: 有回复')
      .replace(QUIZ, `\`\`\`sh {.solution}\n# 这样\nip link set a up\n\`\`\`\n${QUIZ}`);
    const parsed = parse(more);
    expect(parsed.ok && parsed.lesson.cells[0]!.expects[1]!.says).toBe('有回复');
    expect(parsed.ok && parsed.lesson.cells[1]!.solution).toBe('# 这样\nip link set a up');
  });
});

describe('is refused where it differs from its original', () => {
  test('in a line that runs', () => {
    const [fault] = expectFaults(
      WHOLE.replace(/(ip link add.*)/, '«$1 »'.replace(' »', '»')).replace('name b', 'name c'),
      ['differs-from-original'],
    );
    expect(fault!.instead).toBe('write `ip link add a type veth peer name b`');
    expect(fault!.message).toContain('`lay` (lesson.md:9)');
  });

  test('in a line too many, or missing', () => {
    expectFaults(WHOLE.replace('# 启用它', '# 启用它\n«rm -rf /»'), ['differs-from-original']);
    expectFaults(WHOLE.replace('```sh {.run #lay}', '«```sh {.run #lay}»').replace(/ip link add.*\n/, ''), [
      'differs-from-original',
    ]);
    expectFaults(WHOLE.replace(QUIZ, `\`\`\`sh {.solution}\n«ip link set b up»\n\`\`\`\n${QUIZ}`), [
      'differs-from-original',
    ]);
  });

  test('in attributes', () => {
    expectFaults(WHOLE.replace('#lay}', '#lay on=«host» points=«3»}'), [
      'differs-from-original',
      'differs-from-original',
    ]);
  });

  test('in the front matter', () => {
    expectFaults(WHOLE.replace('summary', 'needs: «[ip]»\nsummary'), ['belongs-to-original']);
    expectFaults(WHOLE.replace('summary: 拉好它。\n', '').replace('---', '«---»'), ['missing-field']);
  });

  test('in a cell or a quiz that is missing, told where the next one stands', () => {
    const [fault] = expectFaults(
      `${HEAD}## 你来\n${UP.replace('```sh {.task #up}', '«```sh {.task #up}»')}${QUIZ}`,
      ['missing-block'],
    );
    expect(fault!.message).toContain('`{.run #lay}` (lesson.md:9)');
    expectFaults(`${HEAD}${LAY}## 你来\n${UP.replace(/```\n$/, '«```»\n')}`, ['missing-block']);
  });

  test('in a cell that is unknown, of another role, or in another place', () => {
    const [fault] = expectFaults(WHOLE.replace('.run #lay', '.run «#lays»'), ['unknown-block']);
    expect(fault!.instead).toContain('`{.run #lay}` (lesson.md:9)');
    expectFaults(
      WHOLE.replace('.run #lay', '.run «#zebra»').replace('```sh {.task #up}', '«```sh {.task #up}»'),
      ['unknown-block', 'missing-block'],
    );
    expectFaults(`${HEAD}«\`\`\`md {.hint}»\n一。\n\`\`\`\n${LAY}## 你来\n${UP}${QUIZ}`, ['no-cell']);
    expectFaults(WHOLE.replace('```sh {.task #up}', '«```sh {.run #up}»'), ['differs-from-original']);
    expectFaults(`${HEAD}${LAY}${LAY.replace('#lay', '«#lay»')}## 你来\n${UP}${QUIZ}`, ['misplaced-block']);
  });

  test('in its steps', () => {
    const [fault] = expectFaults(
      WHOLE.replace('## 你来\n', '').replace('```sh {.task #up}', '«```sh {.task #up}»'),
      ['steps-differ'],
    );
    expect(fault!.message).toContain('step 3, “Yours”; here in step 2');
    expectFaults(`${WHOLE}«## 完»\n`, ['steps-differ']);
  });

  test('in hints: too few, too many, for another check', () => {
    expectFaults(
      WHOLE.replace(/```md {.hint when=is-up}[^`]*```\n/, '').replace(
        '```sh {.task #up}',
        '«```sh {.task #up}»',
      ),
      ['missing-block'],
    );
    expectFaults(WHOLE.replace(QUIZ, `«\`\`\`md {.hint}»\n三。\n\`\`\`\n${QUIZ}`), ['differs-from-original']);
    expectFaults(WHOLE.replace('when=is-up', 'when=«there»'), ['differs-from-original']);
  });

  test('in a quiz with other choices, or another right one', () => {
    const bad = WHOLE.replace('```md {.quiz #why}', '«```md {.quiz #why}»');
    const [fault] = expectFaults(bad.replace('- [ ] 不', '- [x] 不').replace('- [x] 是', '- [ ] 是'), [
      'differs-from-original',
    ]);
    expect(fault!.instead).toBe('right (x) are in the original: _ x');
    expectFaults(bad.replace('- [ ] 不', '- [ ] 也许\n- [ ] 不'), ['differs-from-original']);
  });

  test('in checks of its own, words for none, and missing words', () => {
    expectFaults(WHOLE.replace(QUIZ, `«\`\`\`yaml {.expect}»\n- ping: 10.0.0.1\n\`\`\`\n${QUIZ}`), [
      'belongs-to-original',
    ]);
    expectFaults(
      WHOLE.replace('there: 网', '«their»: 网').replace('```sh {.run #lay}', '«```sh {.run #lay}»'),
      ['missing-words', 'unknown-check'],
    );
    expectFaults(
      WHOLE.replace('there: 网线在那里', 'there: «5»').replace('```sh {.run #lay}', '«```sh {.run #lay}»'),
      ['missing-words', 'bad-value'],
    );
    expectFaults(
      WHOLE.replace('there: 网线在那里', '«[]»').replace('```sh {.run #lay}', '«```sh {.run #lay}»'),
      ['missing-words', 'not-a-map'],
    );
  });

  test('as any lesson is: a fence that is never closed, a block in a list', () => {
    expectFaults(`${WHOLE}«\`\`\`sh»\nx\n`, ['unclosed-fence']);
    expectFaults(`${WHOLE}- x\n  «\`\`\`sh {.run #y}»\n  x\n  \`\`\`\n`, ['nested-block']);
    expect(parse('')).toMatchObject({ ok: false, diagnostics: [{ code: 'empty' }] });
  });
});

describe('code is the same', () => {
  const same = (a: string, b: string) => codeDifference(a.split('\n'), b.split('\n')) === undefined;
  test.each([
    ['# a\nls', '# b\n# c\nls', true],
    ['ls   ', 'ls', true],
    ['ls # a', 'ls # b', false],
    ['#!/bin/sh', '#!/bin/bash', false],
    ['cat <<EOF\n# a\nEOF\n# x', 'cat <<EOF\n# a\nEOF\n# y', true],
    ['cat <<EOF\n# a\nEOF', 'cat <<EOF\n# b\nEOF', false],
    ["cat <<-'E' > f\n\t# a\n\tE\n# x", "cat <<-'E' > f\n\t# a\n\tE\n# y", true],
    ["sh -c '\n# a\n'", "sh -c '\n# b\n'", false],
    ['echo "it\'s"\n# a', 'echo "it\'s"\n# b', true],
    ["ls # it's\n# a", "ls # it's\n# b", true],
    ["echo \\'\n# a", "echo \\'\n# b", true],
    // A comment after a backslash would end the command before its last line.
    ['ls \\\n  -l', 'ls \\\n# a\n  -l', false],
    ['cat <<< word\n# a', 'cat <<< word\n# b', true],
    ['', '# only words', true],
    ['ls', '', false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(same(a, b)).toBe(expected);
  });
});

test('a block of words is refused in an original, with what to write instead', () => {
  const marked = '---\ntitle: T\n---\n```sh {.run}\nls\n```\n```yaml {.says}\na: b\n```\n';
  expect(() => lessonOf(marked)).toThrow('only-in-translation');
});
