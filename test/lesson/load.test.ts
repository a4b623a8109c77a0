import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCourse } from '../../src/lesson/course.ts';
import { lintPaths } from '../../src/lesson/lint.ts';
import { LINT_REPORTERS } from '../../src/lesson/lint-reporters.ts';
import { FaultyLesson, loadLesson, requireLesson } from '../../src/lesson/load.ts';
import { InputError } from '../../src/lib/errors.ts';
import { HEAD } from './helpers/marked.ts';
import { vocabulary } from './helpers/vocabulary.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wirebook-load-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function put(path: string, text: string | Uint8Array = HEAD): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const load = (path: string, language?: string) => loadLesson(join(root, path), vocabulary, { language });

async function refusal(promise: Promise<unknown>): Promise<InputError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe('loadLesson', () => {
  test('a file', async () => {
    await put('01-a/lesson.md');
    expect(await load('01-a/lesson.md')).toMatchObject({ ok: true, lesson: { id: '01-a', language: 'en' } });
  });

  test.each([
    [undefined, 'en'],
    ['en', 'en'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['de', 'en'],
  ])('a folder, in the language %s', async (wanted, language) => {
    await put('01-a/lesson.md');
    await put('01-a/lesson.zh-CN.md');
    expect(await load('01-a', wanted)).toMatchObject({ ok: true, lesson: { id: '01-a', language } });
  });

  test('a translation together with its original, whose faults are its own', async () => {
    const cell = '```sh {.run #a}\nls\n```\n';
    const setup = '```sh {.setup}\ntrue\n```\n';
    await put('01-a/lesson.md', `${HEAD}${setup}${cell}`);
    await put('01-a/lesson.zh-CN.md', `${HEAD}${cell}`);
    expect(await load('01-a/lesson.zh-CN.md')).toMatchObject({
      ok: true,
      lesson: { language: 'zh-CN', setups: [{ text: 'true' }], cells: [{ id: 'a' }] },
    });
    const original = await put('01-a/lesson.md', `${HEAD}\`\`\`sh {.rnu}\n\`\`\`\n`);
    expect(await load('01-a/lesson.zh-CN.md')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'unknown-role', place: { file: original } }],
    });
    expect((await lintPaths([root], vocabulary)).diagnostics).toHaveLength(1);
  });

  test('a translation with a value in the place of a param, though it is the value of this seed', async () => {
    const cell = (text: string) => `\`\`\`sh {.run #a}\necho ${text}\n\`\`\`\n`;
    await put('01-a/lesson.md', `---\ntitle: T\nparams:\n  n: {int: [10, 99]}\n---\n${cell('{{n}}')}`);
    const file = await put('01-a/lesson.zh-CN.md', `${HEAD}${cell('{{n}}')}`);
    const parsed = await load('01-a/lesson.zh-CN.md');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const [{ text } = { text: '' }] = parsed.lesson.cells;
    expect(text).toMatch(/^echo \d\d$/);
    await put('01-a/lesson.zh-CN.md', `${HEAD}${cell(text.slice(5))}`);
    expect(await load('01-a/lesson.zh-CN.md')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'differs-from-original', place: { file, line: 5 } }],
    });
  });

  test('where every file names its language the English one is the original; alone a file is its own', async () => {
    await put('a.en.md');
    await put('a.zh-CN.md', '---\ntitle: T\nneeds: [ip]\n---\n');
    await put('b.zh-CN.md', '---\ntitle: T\nneeds: [ip]\n---\n');
    expect(await load('a.zh-CN.md')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'belongs-to-original' }],
    });
    expect(await load('a.en.md')).toMatchObject({ ok: true });
    expect(await load('b.zh-CN.md')).toMatchObject({ ok: true, lesson: { needs: ['ip'] } });
  });

  test('faults of the file are data, or an error that shows them', async () => {
    const file = await put('a.md', `${HEAD}\`\`\`sh {.rnu}\n\`\`\`\n`);
    expect(await load('a.md')).toMatchObject({ ok: false, diagnostics: [{ code: 'unknown-role' }] });
    const error = await refusal(requireLesson(file, vocabulary));
    expect(error).toBeInstanceOf(FaultyLesson);
    expect(error.message).toContain('a.md:4:8: error: Unknown role `.rnu`.');
    expect(await requireLesson(await put('b.md'), vocabulary)).toMatchObject({ id: 'b' });
  });

  test('a file that is too big is not read', async () => {
    await put('a.md', new Uint8Array(10 * 1024 * 1024));
    const parsed = await load('a.md');
    expect(parsed).toMatchObject({ ok: false, diagnostics: [{ code: 'too-big' }] });
    expect(!parsed.ok && parsed.diagnostics[0]!.message).toContain('10.0 MiB');
  });

  test('a path that is not there, with the nearest one that is', async () => {
    await put('01-cable/lesson.md');
    expect(await refusal(load('01-cabel'))).toMatchObject({
      code: 'lesson-not-found',
      next: [`Did you mean ${join(root, '01-cable')}?`],
    });
    expect((await refusal(load('01-cabel/lesson.md'))).next).toEqual([
      `Did you mean ${join(root, '01-cable')}?`,
    ]);
    expect((await refusal(load('01-cable/lesson.md/x'))).code).toBe('lesson-not-found');
    expect((await refusal(load('zebra'))).message).toBe(`${join(root, 'zebra')} is not there.`);
  });

  test('a folder without lessons, a course, a device, a long path, a loop', async () => {
    await put('empty/README.md', '# House');
    await put('course/01-a/lesson.md');
    await put('course/02-b/lesson.md');
    await symlink('loop', join(root, 'loop'));
    expect(await refusal(load('empty'))).toMatchObject({ code: 'no-lessons' });
    const course = await refusal(load('course'));
    expect(course.code).toBe('lesson-is-course');
    expect(course.next).toContain(join(root, 'course/02-b/lesson.md'));
    expect(await refusal(loadLesson('/dev/null', vocabulary))).toMatchObject({ code: 'not-a-file' });
    expect(await refusal(load('x'.repeat(5000)))).toMatchObject({ code: 'lesson-not-found' });
    expect(await refusal(load('loop'))).toMatchObject({ code: 'lesson-not-found' });
  });

  // Root reads everything, so this says nothing there.
  test.skipIf(process.getuid?.() === 0)('a file without the right to read it', async () => {
    await chmod(await put('a.md'), 0);
    expect(await refusal(load('a.md'))).toMatchObject({ code: 'lesson-not-readable' });
  });
});

describe('loadCourse', () => {
  test('lessons in the order of their numbers, one language each', async () => {
    await put('course.yaml', 'title: A way\nsummary: Of a packet.\n');
    await put('10-c/lesson.md');
    await put('2-b/lesson.md');
    await put('2-b/lesson.zh-CN.md');
    await put('1-a.md');
    await put('README.md', '# House');
    await put('README.zh-cn.md', '# House');
    await put('notes/todo.txt', 'x');
    await put('.hidden/lesson.md');
    expect(await loadCourse(root, { language: 'zh-CN' })).toEqual({
      path: root,
      title: 'A way',
      summary: 'Of a packet.',
      lessons: [
        { id: '1-a', file: join(root, '1-a.md'), language: 'en' },
        { id: '2-b', file: join(root, '2-b/lesson.zh-CN.md'), language: 'zh-CN' },
        { id: '10-c', file: join(root, '10-c/lesson.md'), language: 'en' },
      ],
    });
  });

  test('without a course.yaml it is called after its folder; one lesson is a course of one', async () => {
    const file = await put('way/01-a/lesson.md');
    expect(await loadCourse(join(root, 'way'))).toMatchObject({ title: 'way', lessons: [{ id: '01-a' }] });
    expect(await loadCourse(dirname(file))).toMatchObject({ title: '01-a', lessons: [{ id: '01-a', file }] });
    expect(await loadCourse(file)).toMatchObject({ path: dirname(file), title: '01-a', lessons: [{ file }] });
  });

  test('its name in the wanted language, where there is one', async () => {
    await put('course.yaml', 'title: A way\n');
    await put('course.zh-CN.yaml', 'title: 一条路\n');
    await put('1-a.md');
    expect(await loadCourse(root, { language: 'zh' })).toMatchObject({ title: '一条路' });
    expect(await loadCourse(root, { language: 'de' })).toMatchObject({ title: 'A way' });
    await put('course.zh-CN.yaml', 'titel: 一条路\n');
    expect((await refusal(loadCourse(root, { language: 'zh' }))).message).toContain('course.zh-CN.yaml:1:1');
    expect(await loadCourse(root)).toMatchObject({ title: 'A way' });
    expect((await lintPaths([root], vocabulary)).diagnostics).toMatchObject([{ code: 'unknown-field' }]);
  });

  test('faults of course.yaml', async () => {
    await put('course.yaml', 'titel: A way\n');
    await put('1-a.md');
    const error = await refusal(loadCourse(root));
    expect(error.message).toMatch(/course\.yaml:1:1: error: Unknown field `titel`/);
  });
});

describe('lint', () => {
  test('every language of every lesson, the course file, and paths that are wrong', async () => {
    await put('course.yaml', 'title: 5\n');
    await put('01-a/lesson.md');
    await put('01-a/lesson.zh-CN.md', `${HEAD}\`\`\`sh {.rnu}\n\`\`\`\n`);
    const result = await lintPaths([root, join(root, 'nope')], vocabulary);
    expect(result.files).toBe(2);
    expect(result.diagnostics.map((fault) => [fault.code, fault.place.file, fault.place.line])).toEqual([
      ['bad-value', join(root, 'course.yaml'), 1],
      ['unknown-role', join(root, '01-a/lesson.zh-CN.md'), 4],
      ['lesson-not-found', join(root, 'nope'), 1],
    ]);
  });

  test('reporters', async () => {
    const file = await put('a,b.md', `${HEAD}\`\`\`sh {.rnu}\n\`\`\`\n`);
    const result = await lintPaths([file], vocabulary);
    expect(LINT_REPORTERS.github!(result, { color: false })).toBe(
      `::error file=${file.replace(',', '%2C')},line=4,endLine=4,col=8,endColumn=12,title=unknown-role::Unknown role \`.rnu\`.%0Adid you mean \`.run\`?\n`,
    );
    expect(JSON.parse(LINT_REPORTERS.json!(result, { color: false }))).toMatchObject({
      files: 1,
      errors: 1,
      warnings: 0,
      diagnostics: [{ code: 'unknown-role', place: { line: 4, column: 8 } }],
    });
    expect(LINT_REPORTERS.pretty!(result, { color: false })).toMatch(
      /\n1 lesson file: 1 error, no warnings\n$/,
    );
  });
});
