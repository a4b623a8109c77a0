import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { newLesson } from '../../src/commands/new.ts';
import { lintPaths } from '../../src/lesson/lint.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-new-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(path: string, options: { lang?: string } = {}): Promise<string> {
  let out = '';
  await newLesson(path, options, { env: {}, cwd: folder, stdout: { write: (text) => (out += text) } });
  return out;
}

test('a translation begins beside its lesson, and is free of faults', async () => {
  await run('01-blue');
  const out = await run('01-blue', { lang: 'zh-CN' });
  expect(out).toContain('Wrote 01-blue/lesson.zh-CN.md');
  const text = readFileSync(join(folder, '01-blue/lesson.zh-CN.md'), 'utf8');
  expect(text).toContain('```sh {.task #cable points=2}');
  expect(text).not.toContain('.expect');
  expect(text).not.toContain('hosts:');
  expect(await lintPaths([folder], vocabulary)).toMatchObject({ files: 2, diagnostics: [] });
});

test('what stands once stays in the original: the network and the set-up too', async () => {
  const fences = [
    '```yaml {.topology}\nnamespaces: {blue: {}}\n```',
    '```sh {.setup}\ntrue\n```',
    '```sh {.run}\nls\n```\n```text {.output}\nfile\n```\n```yaml {.expect}\n- netns: red\n  says: It is red.\n```',
    '```md {.quiz}\nWhich?\n\n- [x] this\n- [ ] that\n```\n```md {.notes}\nSlowly.\n```',
  ];
  // What nobody sees begins no step, so none is lost with it.
  writeFileSync(join(folder, 'a.md'), `---\ntitle: T\n---\n${fences.join('\n\n## A step\n\n')}\n`);
  await run('a.md', { lang: 'de' });
  expect(readFileSync(join(folder, 'a.de.md'), 'utf8')).not.toMatch(/topology|setup|expect/);
  expect(await lintPaths([folder], vocabulary)).toMatchObject({ files: 2, diagnostics: [] });
});

test.each([
  ['01-blue', 'zh-CN', 'exists-already'],
  ['01-blue/lesson.zh-CN.md', 'de', 'belongs-to-original'],
  ['01-blue', '../x', 'bad-language'],
  ['01-blue', 'en', 'exists-already'],
])('%s --lang %s is refused: %s', async (path, lang, code) => {
  await run('01-blue');
  await run('01-blue', { lang: 'zh-CN' });
  const before = readFileSync(join(folder, '01-blue/lesson.zh-CN.md'), 'utf8');
  await expect(run(path, { lang })).rejects.toMatchObject({ code });
  expect(readFileSync(join(folder, '01-blue/lesson.zh-CN.md'), 'utf8')).toBe(before);
});

test('of a lesson with faults nothing is begun', async () => {
  writeFileSync(join(folder, 'a.md'), '---\ntitle: T\n---\n```sh {.rnu}\n```\n');
  await expect(run('a.md', { lang: 'de' })).rejects.toMatchObject({ code: 'lesson-faulty' });
});

test('what it says to do next can be pasted, and fits a terminal', async () => {
  expect(await run('my lesson')).toContain("  wirebook test 'my lesson/lesson.md'");
  const out = await run('a');
  expect(out).toContain('  wirebook preview a/lesson.md    the notebook, anew');
  for (const line of `${out}${await run('a-course-with-a-long-name/01-a-lesson-of-it')}`.split('\n'))
    expect(line.length).toBeLessThanOrEqual(80);
});

test('where no lesson is, a new one is written whatever the language', async () => {
  expect(await run('02-red', { lang: 'zh-CN' })).toContain('已写入 02-red/lesson.md');
});
