import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseKey } from '../../src/lesson/key.ts';
import { lintPaths } from '../../src/lesson/lint.ts';
import { readKeyed, readLesson } from '../../src/lesson/load.ts';
import { type LessonTexts, parseTexts } from '../../src/lesson/texts.ts';
import { lessonOf } from './helpers/marked.ts';
import { vocabulary } from './helpers/vocabulary.ts';

const TEXT = `---
title: T
params: {lan: {subnet: 10.0.0.0/8}, web: {address: lan}}
---
\`\`\`sh {.run #build}
x
\`\`\`
\`\`\`yaml {.expect}
- ping: a
  id: seen
\`\`\`
\`\`\`sh {.run #use on=host}
y
\`\`\`
`;
/** The same in Chinese. */
const TRANSLATION = TEXT.replace(/^params.*\n/m, '').replace(/```yaml[^`]*```\n/, '');
const KEY = `build:
  - ping: "{{web}}"
    points: 2
    says: "it answers"
  - interface: eth0
    mtu: 1500
use:
  - ping: b
    id: used
`;

const lesson = lessonOf(TEXT);
const parse = (text: string) => parseKey('lessons/01-x/lesson.key.yaml', text, lesson, vocabulary);

test('a key is checks by cell, with the values of the params', () => {
  const parsed = parse(KEY);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const build = parsed.key.checks.get('build')!;
  expect(build).toMatchObject([
    {
      id: 'build/key-1',
      kind: 'ping',
      points: 2,
      says: 'it answers',
      hidden: true,
      host: 'host',
      place: { line: 2, column: 5 },
    },
    { id: 'build/key-2', kind: 'interface', hidden: true },
  ]);
  expect(build[0]!.spec).toEqual({ ping: lesson.params!.values.web });
  expect(parsed.key.checks.get('use')).toMatchObject([{ id: 'used' }]);
});

describe('a key that is wrong', () => {
  test.each([
    ['an unknown cell', 'biuld:\n  - ping: a\n', 'unknown-cell', 1, 1, 'did you mean `build`?'],
    ['an unknown field', 'build:\n  - ping: a\n    los: 0\n', 'unknown-field', 3, 5, 'did you mean `loss`?'],
    ['an unknown kind', 'build:\n  - pign: a\n', 'unknown-kind', 2, 5, 'did you mean `ping`?'],
    ['an id of the lesson', 'build:\n  - ping: a\n    id: seen\n', 'duplicate-id', 3, 9, ''],
    ['a list', '- ping: a\n', 'not-a-map', 1, 1, ''],
    ['an empty list', 'build: []\n', 'not-a-list', 1, 1, ''],
    ['no value', 'build:\n', 'not-a-list', 1, 1, ''],
    ['an unknown param', 'build:\n  - ping: "{{wbe}}"\n', 'unknown-param', 2, 12, 'did you mean `{{web}}`?'],
    ['an undeclared host', 'build:\n  - ping: a\n    on: node01\n', 'undeclared-host', 3, 9, ''],
    ['no YAML', 'build: [\n', 'yaml', 1, 8, 'close it'],
    ['nothing', '', 'empty', 1, 1, 'begin it with'],
  ])('%s', (_, text, code, line, column, instead) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, diagnostics: [{ code, place: { line, column } }] });
    if (!parsed.ok) expect(parsed.diagnostics[0]!.instead ?? '').toContain(instead);
  });
});

describe('on the disk', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wirebook-key-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function put(path: string, text: string): Promise<string> {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  test('it belongs to all languages of a lesson; the notebook never reads it', async () => {
    await put('01-x/lesson.key.yaml', KEY);
    for (const name of ['lesson.md', 'lesson.zh-CN.md']) {
      const file = await put(`01-x/${name}`, name === 'lesson.md' ? TEXT : TRANSLATION);
      const keyed = await readKeyed(file, vocabulary);
      const plain = await readLesson(file, vocabulary);
      if (!keyed.ok || !plain.ok) throw new Error('faults');
      expect(keyed.lesson.cells.map(({ expects }) => expects.map(({ id }) => id))).toEqual([
        ['seen', 'build/key-1', 'build/key-2'],
        ['used'],
      ]);
      expect(keyed.lesson.blocks[0]).toMatchObject({ cell: keyed.lesson.cells[0] });
      expect(plain.lesson.cells.map(({ expects }) => expects.length)).toEqual([1, 0]);
    }
  });

  test('its words in another language, held to its checks; only for the translation', async () => {
    await put('01-x/lesson.key.yaml', KEY);
    await put('01-x/lesson.md', TEXT);
    const file = await put('01-x/lesson.zh-CN.md', TRANSLATION);
    const said = async (name: string) => {
      const parsed = await readKeyed(join(root, '01-x', name), vocabulary);
      return parsed.ok
        ? parsed.lesson.cells[0]!.expects.map(({ says }) => says)
        : parsed.diagnostics.map(({ code, place }) => `${code} ${place.line}:${place.column}`);
    };
    expect(await said('lesson.zh-CN.md')).toEqual([undefined, 'it answers', undefined]);
    await put('01-x/lesson.key.zh-CN.yaml', 'build/key-1: "{{web}} 有回复"\n');
    expect(await said('lesson.zh-CN.md')).toEqual([
      undefined,
      expect.stringMatching(/^10\..* 有回复$/),
      undefined,
    ]);
    expect(await said('lesson.md')).toEqual([undefined, 'it answers', undefined]);
    expect((await lintPaths([root], vocabulary)).diagnostics).toEqual([]);
    await put('01-x/lesson.key.zh-CN.yaml', 'used: 用过\nbuild/key-7: x\n');
    expect(await said('lesson.zh-CN.md')).toEqual(['missing-words 1:1', 'unknown-check 2:1']);
    await put('01-x/lesson.key.de.yaml', 'used: x\n');
    expect((await lintPaths([file], vocabulary)).diagnostics.map(({ code }) => code)).toContain(
      'key-without-lesson',
    );
  });

  test('a translation with its key from their texts alone, as a worker gets them', () => {
    const original = { file: 'x/lesson.md', text: TEXT };
    const key = { file: 'x/lesson.key.yaml', text: KEY };
    const keyWords = { file: 'x/lesson.key.zh-CN.yaml', text: 'build/key-1: 有回复\nused: 用过\n' };
    const texts = { file: 'x/lesson.zh-CN.md', text: TRANSLATION, original, key };
    const said = (all: LessonTexts) => {
      const parsed = parseTexts(all, vocabulary, { seed: 'x' });
      return parsed.ok
        ? parsed.lesson.cells[0]!.expects.map((check) => check.says)
        : parsed.diagnostics[0]!.code;
    };
    expect(said(texts)).toEqual([undefined, 'it answers', undefined]);
    expect(said({ ...texts, keyWords })).toEqual([undefined, '有回复', undefined]);
    expect(said({ ...texts, original: undefined })).toBe('unknown-param');
    expect(said(original)).toEqual([undefined]);
    expect(said({ ...texts, key: { ...key, text: 'biuld: []' } })).toBe('unknown-cell');
  });

  test('a lesson that is one file', async () => {
    const file = await put('cable.md', TEXT);
    await put('cable.key.yaml', KEY);
    expect(await readKeyed(file, vocabulary)).toMatchObject({
      ok: true,
      lesson: { cells: [{ expects: [{}, {}, {}] }, {}] },
    });
  });

  test('lint tells its faults once, and of a key that no lesson has', async () => {
    await put('01-x/lesson.md', TEXT);
    await put('01-x/lesson.zh-CN.md', TRANSLATION);
    await put('01-x/lesson.key.yaml', 'biuld:\n  - ping: a\n');
    await put('01-x/lessons.key.yaml', KEY);
    const { diagnostics } = await lintPaths([root], vocabulary);
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-cell', 'key-without-lesson']);
  });
});
