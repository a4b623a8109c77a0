import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import type { LintOptions } from '../../src/commands/options.ts';
import { HEAD } from './helpers/marked.ts';

vi.mock('../../src/check/vocabulary.ts', async () => {
  const { vocabulary } = await import('./helpers/vocabulary.ts');
  return { vocabulary: { ...vocabulary, jsonSchema: () => ({ type: 'array', $defs: {} }) } };
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirebook-lint-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function run(text: string, options: Partial<LintOptions> = {}) {
  await writeFile(join(folder, 'a.md'), text);
  let stdout = '';
  const io = { stdout: { write: (chunk: string) => (stdout += chunk) }, cwd: folder };
  const exit = await lint(['a.md'], { reporters: [], jsonSchema: false, ...options }, io);
  return { exit, stdout };
}

test('0 for a lesson without errors, its warnings told', async () => {
  const { exit, stdout } = await run(`${HEAD}\`\`\`sh {.task}\n\`\`\`\n`);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/1 lesson file: no errors, 2 warnings\n$/);
});

test('2 for a faulty one, in as many forms as are asked', async () => {
  const reporters = [{ name: 'github' }, { name: 'json', file: 'out.json' }];
  const { exit, stdout } = await run('# no front matter', { reporters });
  expect(exit).toBe(2);
  expect(stdout).toMatch(/^::error file=.*a\.md,line=1,endLine=1,col=1,endColumn=2,title=no-front-matter::/);
  expect(JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'))).toMatchObject({ errors: 1 });
});

test('faults are told in the language that is asked for', async () => {
  const { stdout } = await run(`${HEAD}\`\`\`sh {.task}\n\`\`\`\n`, { lang: 'zh-CN' });
  expect(stdout).toMatch(/a\.md:\d+:1: 警告：这个任务没有答案。 \[no-solution\]\n/);
  expect(stdout).toMatch(/1 个课程文件：没有错误，2 处警告\n$/);
});

test('the JSON Schema is one document whose parts keep their own references', async () => {
  const { exit, stdout } = await run(HEAD, { jsonSchema: true });
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $defs: {
      frontMatter: { $id: 'urn:wirebook:front-matter', required: ['title'] },
      course: { $id: 'urn:wirebook:course' },
      expect: { $id: 'urn:wirebook:expect', type: 'array' },
      key: { $id: 'urn:wirebook:key', additionalProperties: { $ref: 'urn:wirebook:expect' } },
    },
  });
});

test('no paths, and a reporter that is not there, are told', async () => {
  const io = { stdout: { write: () => true } };
  await expect(lint([], { reporters: [], jsonSchema: false }, io)).rejects.toMatchObject({
    code: 'no-paths',
  });
  await expect(run(HEAD, { reporters: [{ name: 'constructor' }] })).rejects.toMatchObject({
    code: 'unknown-reporter',
  });
});
