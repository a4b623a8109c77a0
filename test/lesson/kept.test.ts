import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { loadCourse } from '../../src/lesson/course.ts';
import { type Keep, keptLessons } from '../../src/lesson/kept.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

let folder: string;
let file: string;
let parses: number;
const keep = () => ({ folder: join(folder, 'cache'), build: 'one', root: join(folder, 'root') });
const kept = () => readdirSync(keep().folder).filter((name) => !name.endsWith('.new'));
const text = (title: string) => `---\ntitle: ${title}\n---\n## A step\n\n\`\`\`sh {.run}\ntrue\n\`\`\`\n`;

/** As another start of Wirebook would read it: what it remembers is on the disk alone. */
async function read(options: { seed?: string; build?: string; path?: string } = {}) {
  const { seed, build = 'one', path = file } = options;
  const lessons = keptLessons({ ...keep(), build });
  const parse = () => {
    parses++;
    return requireLesson(path, vocabulary, seed === undefined ? {} : { seed });
  };
  const lesson = await lessons.get(path, seed, parse);
  await lessons.settled();
  return lesson;
}

/** Once read, and kept. */
async function readOnce(): Promise<void> {
  await read();
  expect(kept()).toHaveLength(1);
  parses = 0;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-kept-'));
  file = join(folder, 'lesson.md');
  writeFileSync(file, text('One'));
  parses = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['en', 'zh-CN'])('every lesson in %s is the same when it comes back', async (language) => {
  const { lessons } = await loadCourse(join(PACKAGE_ROOT, 'lessons'), { language });
  for (const [at, { file }] of lessons.entries()) {
    const lesson = await requireLesson(file, vocabulary);
    expect(await read({ path: file })).toEqual(lesson);
    expect(kept()).toHaveLength(at + 1);
    const again = await read({ path: file });
    expect(again).toEqual(lesson);
    // Cells are the same objects in the list of blocks and in their own.
    const inBlocks = again.blocks.flatMap((block) => (block.kind === 'cell' ? [block.cell] : []));
    expect(inBlocks.every((cell, index) => cell === again.cells[index])).toBe(true);
  }
  expect(parses).toBe(lessons.length);
});

describe('it is parsed anew', () => {
  beforeEach(readOnce);

  test('not when nothing has changed', async () => {
    expect((await read()).title).toBe('One');
    expect(parses).toBe(0);
  });

  test('when the file says something else, also at the same time and of the same length', async () => {
    const { atime, mtime } = statSync(file);
    writeFileSync(file, text('Two'));
    utimesSync(file, atime, mtime);
    expect((await read()).title).toBe('Two');
  });

  test('for another seed, and by another build', async () => {
    await read({ seed: '7' });
    await read({ build: 'two' });
    expect(parses).toBe(2);
  });

  test.each([
    ['is cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['is empty', () => Buffer.alloc(0)],
    [
      'has another byte',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]),
    ],
  ])('when what was kept %s, which is mended', async (_, spoil) => {
    const path = join(keep().folder, kept()[0]!);
    const whole = readFileSync(path);
    writeFileSync(path, spoil(whole));
    expect((await read()).title).toBe('One');
    expect(parses).toBe(1);
    expect(readFileSync(path)).toEqual(whole);
  });

  test.skipIf(process.getuid?.() !== 0)('when what was kept is not ours', async () => {
    chownSync(join(keep().folder, kept()[0]!), 1234, 1234);
    expect((await read()).title).toBe('One');
    expect(parses).toBe(1);
  });
});

test('a translation is parsed anew when its original has changed', async () => {
  const path = join(folder, 'lesson.zh-CN.md');
  writeFileSync(path, text('一'));
  await read({ path });
  expect(kept()).toHaveLength(1);
  writeFileSync(file, text('One\nhosts: [host, node01]'));
  expect((await read({ path })).hosts).toHaveLength(2);
});

test('nothing is kept of a lesson with faults, and of a file that is saved while it is read', async () => {
  writeFileSync(file, 'no lesson');
  await expect(read()).rejects.toThrow(/fault/);
  writeFileSync(file, text('One'));
  const lessons = keptLessons(keep());
  const lesson = await lessons.get(file, undefined, async () => {
    const parsed = await requireLesson(file, vocabulary);
    writeFileSync(file, text('Two'));
    return parsed;
  });
  await lessons.settled();
  expect(lesson.title).toBe('One');
  expect((await read()).title).toBe('Two');
});

test('where nothing can be kept, lessons are read all the same', async () => {
  writeFileSync(join(folder, 'cache'), 'a file in the place of the folder');
  expect((await read()).title).toBe('One');
  expect((await read()).title).toBe('One');
  expect(parses).toBe(2);
  rmSync(join(folder, 'cache'));
  const readOnly = join(folder, 'read-only');
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o500);
  const lessons = keptLessons({ ...keep(), folder: join(readOnly, 'cache') });
  expect((await lessons.get(file, undefined, () => requireLesson(file, vocabulary))).title).toBe('One');
});

test('what was read last is remembered where nothing is kept', async () => {
  const lessons = keptLessons(undefined);
  const get = () =>
    lessons.get(file, undefined, () => {
      parses++;
      return requireLesson(file, vocabulary);
    });
  expect(await get()).toBe(await get());
  expect(parses).toBe(1);
  writeFileSync(file, text('Two'));
  expect((await get()).title).toBe('Two');
});

test('the older ones are cleared up when there are many', async () => {
  await readOnce();
  for (let at = 0; at < 300; at++) writeFileSync(join(keep().folder, `old-${at}`), '');
  writeFileSync(file, text('Two'));
  await read();
  expect(kept().length).toBeLessThan(200);
  await read();
  expect(parses).toBe(1);
});

test('what comes with a build serves wherever that is put, as long as the lesson is the same', async () => {
  const [here, there] = [join(folder, 'here'), join(folder, 'there')];
  const rooted = (root: string) => join(root, 'lessons', 'one', 'lesson.md');
  const get = async (root: string, keep: Pick<Keep, 'folder' | 'shipped'>) => {
    const lessons = keptLessons({ ...keep, build: 'one', root });
    const lesson = await lessons.get(rooted(root), undefined, () => {
      parses++;
      return requireLesson(rooted(root), vocabulary);
    });
    await lessons.settled();
    return lesson;
  };
  for (const root of [here, there]) {
    mkdirSync(join(root, 'lessons', 'one'), { recursive: true });
    writeFileSync(rooted(root), text('One').replace('true', `echo ${root}/lessons is no path of ours`));
  }
  writeFileSync(rooted(there), readFileSync(rooted(here)));
  const shipped = join(folder, 'shipped');
  await get(here, { folder: shipped });
  expect(parses).toBe(1);

  const cache = join(folder, 'cache');
  const lesson = await get(there, { folder: cache, shipped });
  expect(parses).toBe(1);
  expect(lesson).toEqual(await requireLesson(rooted(there), vocabulary));
  expect(lesson.cells[0]!.place.file).toBe(rooted(there));
  expect(existsSync(cache)).toBe(false);

  writeFileSync(rooted(there), text('Two'));
  expect((await get(there, { folder: cache, shipped })).title).toBe('Two');
  expect(readdirSync(shipped)).toHaveLength(1);
});
