import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test as it } from 'vitest';
import { type TestCommandOptions, test } from '../../src/commands/test.ts';
import { FakeDriver, type FakeOptions } from '../session/fake-sandbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, cells: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'lesson.md'), `---\ntitle: ${name}\n---\n## A step\n${cells}`);
}

const fence = (attributes: string, text: string, language = 'sh') =>
  `\`\`\`${language} {${attributes}}\n${text}\n\`\`\`\n\n`;
const touches = (path: string) =>
  fence(`.run #make${path.replaceAll('/', '-')}`, `touch ${path}`) +
  fence('.expect', `- file: ${path}`, 'yaml');

async function run(
  paths: string[],
  options: Partial<TestCommandOptions> = {},
  more: { fake?: FakeOptions; signal?: AbortSignal; env?: Record<string, string> } = {},
) {
  let out = '';
  let err = '';
  const driver = new FakeDriver(more.fake);
  const exit = await test(
    paths,
    { driver, reporters: [], ...options },
    {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      env: more.env ?? {},
      cwd: folder,
      color: false,
      signal: more.signal ?? new AbortController().signal,
      version: '0.1.0',
    },
  );
  return { exit, out, err, driver };
}

it('tests every lesson of a course, told in its order', async () => {
  write('01-slow', fence('.run #wait', 'takes 40') + touches('/a'));
  write('02-quick', touches('/b'));
  const { exit, out, driver } = await run(['.'], { jobs: 2 });
  expect(exit).toBe(0);
  expect(out).toMatch(/✓ 01-slow.*\n✓ 02-quick/);
  expect(out).toContain('lessons: 2 held');
  expect(driver.made).toHaveLength(2);
});

it.each([
  [1, fence('.run #one', 'status 3'), '01-one', 'status 3'],
  [
    1,
    touches('/a') + fence('.run #again', 'echo') + fence('.expect', '- file: /a', 'yaml'),
    '01-one',
    'invariant: true',
  ],
  [
    2,
    fence('.run #one', 'echo') + fence('.expect', '- fiel: /a', 'yaml'),
    '01-one',
    'not run: the lesson is wrong',
  ],
  [3, fence('.run #one', 'lost'), '01-one', 'on fire'],
])('exit %i', async (exit, cells, name, words) => {
  write(name, cells);
  const result = await run(['.']);
  expect(result.exit).toBe(exit);
  expect(result.out).toContain(words);
});

it('runs lessons with params once a seed, with their hidden checks', async () => {
  write('01-plain', touches('/a'));
  mkdirSync(join(folder, '02-seeded'));
  writeFileSync(
    join(folder, '02-seeded', 'lesson.md'),
    `---\ntitle: x\nparams: {file: {int: [1, 1000000]}}\n---\n${fence('.run #make', 'touch /{{file}}')}`,
  );
  writeFileSync(join(folder, '02-seeded', 'lesson.key.yaml'), 'make:\n  - file: /{{file}}\n');
  const { exit, out, driver } = await run(['.'], { seeds: ['1', '2'], jobs: 1 });
  expect(exit).toBe(0);
  expect(driver.made).toHaveLength(3);
  expect(out).toMatch(/01-plain .*\n✓ 02-seeded seed=1 .*\n✓ 02-seeded seed=2 /);
  writeFileSync(join(folder, '02-seeded', 'lesson.key.yaml'), 'make:\n  - file: /other\n');
  expect(await run(['02-seeded'])).toMatchObject({ exit: 1, out: expect.stringContaining('/other') });
  writeFileSync(join(folder, '02-seeded', 'lesson.key.yaml'), 'mkae:\n  - file: /other\n');
  expect(await run(['02-seeded'])).toMatchObject({
    exit: 2,
    out: expect.stringContaining('lesson.key.yaml:1:1'),
  });
});

it('a lesson without cells tests nothing: 2', async () => {
  write('01-prose', 'Only words.\n');
  expect((await run(['.'])).exit).toBe(2);
});

it('an interrupt is 130, and the report says that it is not the whole', async () => {
  write('01-one', fence('.run #one', 'hang'));
  const stop = new AbortController();
  const onRun = () => void setTimeout(() => stop.abort(), 5);
  const { exit, out } = await run(['.'], {}, { signal: stop.signal, fake: { onRun } });
  expect(exit).toBe(130);
  expect(out).toContain('this is not the whole');
});

it('several reporters: one to stdout, the others to files that are there when it ends, and nothing else', async () => {
  write('01-one', touches('/a'));
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, 'before\n');
  const reporters = [
    { name: 'github' },
    { name: 'junit', file: 'out/junit.xml' },
    { name: 'tap', file: 'out/tap' },
  ];
  await run(['.'], { reporters }, { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(readdirSync(join(folder, 'out'))).toEqual(['junit.xml', 'tap']);
  expect(readFileSync(join(folder, 'out/tap'), 'utf8')).toContain('ok 1 - 01-one');
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## Wirebook/);
});

/** The same lesson in Chinese; `text` is what its cell says. */
function translate(name: string, text: string): void {
  const cell = fence('.run #make-a', text);
  writeFileSync(join(folder, name, 'lesson.zh-CN.md'), `---\ntitle: ${name}\n---\n## 一步\n${cell}`);
}

describe('languages', () => {
  it('the cells of the original are run, a translation is held against them', async () => {
    write('01-one', touches('/a'));
    translate('01-one', 'touch /a');
    const { exit, out, driver } = await run(['.']);
    expect(exit).toBe(0);
    expect(out).toMatch(/✓ 01-one .*the same in zh-CN\n/);
    expect(out).toContain('lessons: 1 held');
    expect(driver.made).toHaveLength(1);
  });

  it('a translation that differs is refused, and nothing of it is called the same', async () => {
    write('01-one', touches('/a'));
    translate('01-one', 'touch /b');
    const { exit, out } = await run(['.']);
    expect(exit).toBe(2);
    expect(out).toContain('01-one/lesson.zh-CN.md:6:1: error: This line is not that of `make-a`');
    expect(out).toContain('lessons: 1 held, 1 refused');
    expect(out).not.toContain('the same in');
  });

  it.each<[{ lang?: string }, string[], number]>([
    [{ lang: 'all' }, ['.'], 2],
    [{ lang: 'zh-CN' }, ['.'], 1],
    [{ lang: 'zh' }, ['.'], 1],
    [{ lang: 'en' }, ['.'], 1],
    [{}, ['01-one/lesson.zh-CN.md'], 1],
  ])('%j %j runs %i', async (options, paths, count) => {
    write('01-one', touches('/a'));
    translate('01-one', 'touch /a');
    const { exit, out, driver } = await run(paths, options);
    expect(exit).toBe(0);
    expect(driver.made).toHaveLength(count);
    if (options.lang?.startsWith('zh')) expect(out).toContain('✓ 01-one zh-CN ');
  });

  it('what is not there in a language is said; nothing there is refused', async () => {
    write('01-one', touches('/a'));
    translate('01-one', 'touch /a');
    write('02-two', touches('/b'));
    const { exit, err } = await run(['.'], { lang: 'zh-CN' });
    expect(exit).toBe(0);
    expect(err).toContain('没有测试，因为没有 zh-CN 的：02-two\n');
    await expect(run(['02-two'], { lang: 'zh-CN' })).rejects.toMatchObject({ code: 'nothing-in-language' });
  });

  it('the faults of an original are told once', async () => {
    write('01-one', '```sh {.rnu}\n```\n');
    translate('01-one', 'touch /a');
    const { exit, out } = await run(['.']);
    expect(exit).toBe(2);
    expect(out.match(/Unknown role/g)).toHaveLength(1);
  });
});

it('a wrong reporter, two to one place, a path without lessons: told before anything runs, and an old report stays', async () => {
  write('01-one', touches('/a'));
  writeFileSync(join(folder, 'old.xml'), 'old');
  const junit = { name: 'junit', file: 'old.xml' };
  await expect(run(['.'], { reporters: [junit, { name: 'tpa' }] })).rejects.toMatchObject({
    code: 'unknown-reporter',
  });
  await expect(run(['.'], { reporters: [{ name: 'tap' }, { name: 'json' }] })).rejects.toMatchObject({
    code: 'reporters-together',
  });
  await expect(run(['nowhere'], { reporters: [junit] })).rejects.toMatchObject({ exit: 2 });
  await expect(run([], {})).rejects.toMatchObject({ code: 'no-paths' });
  expect(readFileSync(join(folder, 'old.xml'), 'utf8')).toBe('old');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('lessons and cells are chosen by their exact names', async () => {
  write('01-one', touches('/a') + touches('/b'));
  write('02-one', touches('/c'));
  const chosen = await run(['.'], { lessons: ['01-one'], cells: ['make-a'] });
  expect(chosen.driver.made.map((sandbox) => sandbox.ran)).toEqual([['touch /a']]);
  await expect(run(['.'], { lessons: ['01'] })).rejects.toMatchObject({ code: 'unknown-lesson' });
  await expect(run(['.'], { cells: ['make'] })).rejects.toMatchObject({ code: 'unknown-cell' });
});
