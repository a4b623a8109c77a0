import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { glanceAt } from '../../src/commands/glance-at.ts';
import { loadCourse } from '../../src/lesson/course.ts';
import { readLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-glance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['en', 'zh-CN'])('says of every lesson in %s what the whole file says', async (language) => {
  for (const { file } of (await loadCourse(join(PACKAGE_ROOT, 'lessons'), { language })).lessons) {
    const read = await readLesson(file, vocabulary);
    if (!read.ok) throw new Error(file);
    const { title, summary } = read.lesson;
    expect(await glanceAt(file)).toEqual({ title, summary });
  }
});

test.each([
  ['no front matter', '## Only\n'],
  ['a fault', '---\ntitel: x\n---\n'],
  ['no end', `---\ntitle: x\n${'# long\n'.repeat(2000)}`],
])('leaves a file with %s to whoever reads all of it', async (_, text) => {
  const file = join(folder, 'lesson.md');
  writeFileSync(file, text);
  expect(await glanceAt(file)).toBeUndefined();
});

test('leaves a file that is not there to them too', async () => {
  expect(await glanceAt(join(folder, 'none.md'))).toBeUndefined();
});
