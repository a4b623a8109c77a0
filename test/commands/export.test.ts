import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { type ExportIo, exportLesson } from '../../src/commands/export.ts';
import type { ExportOptions } from '../../src/commands/options.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { journalPath, openJournal } from '../../src/session/journal.ts';
import { openSession } from '../../src/session/open.ts';
import { readPage } from '../export/page.ts';
import { FakeDriver } from '../session/fake-sandbox.ts';

const TEXT = `---
title: A cable
---
## Lay it
\`\`\`sh {.run #lay}
printf '\\033[32mlaid\\033[0m\\n'; ip link add near type veth peer name far
\`\`\`
\`\`\`yaml {.expect}
- interface: near
  peer: far
\`\`\`
\`\`\`sh {.task #up}
# yours
\`\`\`
\`\`\`yaml {.expect}
- interface: near
  state: up
\`\`\`
\`\`\`sh {.solution}
ip link set near up
\`\`\`
`;

let folder: string;
let lesson: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-export-'));
  lesson = join(folder, 'course', '01-cable');
  mkdirSync(lesson, { recursive: true });
  writeFileSync(join(lesson, 'lesson.md'), TEXT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  options: Partial<ExportOptions> = {},
  more: { state?: string; env?: Record<string, string>; target?: string } = {},
) {
  let out = '';
  let err = '';
  const io: ExportIo = {
    env: { ...more.env, HOME: folder, XDG_STATE_HOME: join(folder, more.state ?? 'state') },
    cwd: folder,
    signal: new AbortController().signal,
    version: '1.2.3',
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  };
  const exit = await exportLesson(
    more.target ?? lesson,
    { driver: new FakeDriver(), source: 'any', ...options },
    io,
  );
  return { exit, out, err };
}

test('a lesson that nobody has walked is exported as it is, and that is said', async () => {
  const { exit, out, err } = await run();
  expect(exit).toBe(0);
  expect(err).toContain('has not been walked yet');
  expect(readPage(out).find(({ name }) => name === 'h3')!.text).toBe('Cell 1 lay not run');
});

test('the language that is asked for, else the locale’s; where it is not there that is said', async () => {
  const other = join(folder, 'tongues', '01-cable');
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, 'lesson.md'), '---\ntitle: A cable\n---\n');
  writeFileSync(join(other, 'lesson.zh-CN.md'), '---\ntitle: 一根网线\n---\n');
  const told = (options: Partial<ExportOptions>, env: Record<string, string>) =>
    run({ format: 'md', ...options }, { env, target: other });
  expect((await told({}, {})).out).toContain('# A cable');
  expect((await told({ lang: 'zh-CN' }, {})).out).toContain('# 一根网线');
  expect((await told({}, { LANG: 'zh_CN.UTF-8' })).out).toContain('# 一根网线');
  expect((await told({ lang: 'en' }, { LANG: 'zh_CN.UTF-8' })).out).toContain('# A cable');
  const { out, err } = await told({ lang: 'de' }, {});
  expect(out).toContain('# A cable');
  expect(err).toContain('01-cable is told as it was written, in en: not in de.\n');
});

test.each([{ source: 'session' as const }, { format: 'asciicast' }])(
  'without a session %j has nothing to export: 2, and what to do',
  async (options) => {
    await expect(run(options)).rejects.toMatchObject({ code: 'no-session', exit: 2 });
  },
);

test('a format that is none is refused before anything runs', async () => {
  const driver = new FakeDriver();
  await expect(run({ format: 'htlm', source: 'run', driver })).rejects.toMatchObject({
    code: 'unknown-format',
    next: ['Did you mean html?', 'Use one of: html, md, asciicast'],
  });
  expect(driver.made).toHaveLength(0);
});

test('a file whose ending is none of the formats is refused, and its formats are told', async () => {
  await expect(run({ output: 'walk.pdf' })).rejects.toMatchObject({
    code: 'unknown-format',
    next: [expect.stringContaining('.html'), 'Or name the format: --format html|md|asciicast'],
  });
  await run({ output: 'walk', format: 'md' });
  expect(readFileSync(join(folder, 'walk'), 'utf8')).toContain('# A cable');
});

test('--run runs it in a fresh sandbox, tasks by their solutions; the file’s ending is the format', async () => {
  const { exit, out } = await run({ source: 'run', driver: embedded, output: 'walk.html' });
  expect([exit, out]).toEqual([0, '']);
  const page = readPage(readFileSync(join(folder, 'walk.html'), 'utf8'));
  const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
  expect(texts('h3')).toEqual(['Cell 1 lay passed', 'Cell 2 (task) up passed']);
  expect(texts('samp')).toEqual(['laid']);
  expect(texts('code')).toContain('ip link set near up');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a sandbox that breaks is a broken sandbox, and no file is written', async () => {
  writeFileSync(join(folder, 'kept.md'), 'before');
  const driver = new FakeDriver();
  driver.create = () => Promise.reject(new Error('on fire'));
  await expect(run({ source: 'run', driver, output: 'kept.md' })).rejects.toMatchObject({ exit: 3 });
  expect(readFileSync(join(folder, 'kept.md'), 'utf8')).toBe('before');
});

test('where it cannot be written is told', async () => {
  await expect(run({ output: 'no/where/x.html' })).rejects.toMatchObject({
    code: 'output-not-writable',
    exit: 2,
    message: 'no/where/x.html cannot be written: its folder is not there.',
  });
});

test('a journal of a newer Wirebook is not guessed at', async () => {
  const path = journalPath({ state: join(folder, 'newer', 'wirebook'), course: lesson, lesson: '01-cable' });
  mkdirSync(join(path, '..'), { recursive: true });
  const header = { wirebook: 'journal', version: 99, hash: '', steps: 0, possible: 0, cells: [] };
  writeFileSync(path, `${JSON.stringify(header)}\n`);
  await expect(run({}, { state: 'newer' })).rejects.toMatchObject({ code: 'journal-newer', exit: 2 });
});

test.each(['course', 'lesson'])(
  'a session that was opened from its %s is found, while it is open too',
  async (from) => {
    const state = `state-of-${from}`;
    const course = from === 'course' ? join(folder, 'course') : lesson;
    const read = await requireLesson(lesson, vocabulary);
    const path = journalPath({ state: join(folder, state, 'wirebook'), course, lesson: read.id });
    mkdirSync(join(path, '..'), { recursive: true });
    const session = openSession({
      lesson: read,
      driver: embedded,
      journal: openJournal({ path, lesson: read }),
      version: '0',
    });
    try {
      session.act({ do: 'run-cell', cell: 'lay' });
      session.act({ do: 'run-cell', cell: 'up', text: 'ip link show near | grep -c UP' });
      await session.idle();
      const page = readPage((await run({ source: 'session' }, { state })).out);
      expect(page.filter(({ name }) => name === 'h3').map(({ text }) => text)).toEqual([
        'Cell 1 lay passed',
        'Cell 2 (task) up failed',
      ]);
      expect(page.find(({ name, text }) => name === 'span' && text === 'laid')!.attributes.class).toBe('fg2');
      const cast = (await run({ format: 'asciicast' }, { state })).out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(
        cast
          .slice(1)
          .filter(([, code]) => code === 'm')
          .map(([, , name]) => name),
      ).toEqual(['lay', 'up']);
      const markdown = (await run({ format: 'md' }, { state })).out;
      expect(markdown).toContain('**Cell 2** (task) `up`: failed');
      expect(markdown).toContain('```sh\nip link show near | grep -c UP\n```');
    } finally {
      await session.close();
    }
  },
);

test('of a lesson with params the numbers of the walk, or those of a seed; never its key', async () => {
  const own = join(folder, 'course', '02-own');
  mkdirSync(own);
  writeFileSync(
    join(own, 'lesson.md'),
    '---\ntitle: Own\nparams: {mtu: {int: [1000, 9999]}}\n---\nThe number is {{mtu}}.\n\n```sh {.run #a}\necho {{mtu}}\n```\n',
  );
  writeFileSync(
    join(own, 'lesson.key.yaml'),
    'a:\n  - file: /secret\n    id: hidden-one\n    says: "nobody may see this"\n',
  );
  const of = async (options: Partial<ExportOptions>) => (await run(options, { target: own })).out;
  const number = (page: string) => /The number is (\d+)/.exec(page)![1]!;
  const ada = await of({ seed: 'ada' });
  expect(number(ada)).not.toBe(number(await of({})));
  for (const format of ['html', 'md']) {
    for (const source of ['any', 'run'] as const) {
      const page = await of({ format, source, seed: 'ada' });
      expect(page).toContain(number(ada));
      expect(page).not.toMatch(/secret|hidden-one|nobody may see/);
    }
  }
  const journal = journalPath({ state: join(folder, 'state', 'wirebook'), course: own, lesson: '02-own' });
  mkdirSync(join(journal, '..'), { recursive: true });
  openJournal({ path: journal, lesson: await requireLesson(own, vocabulary, { seed: 'ada' }) }).close();
  expect(number(await of({}))).toBe(number(ada));
  expect(readFileSync(journal, 'utf8')).not.toMatch(/secret|hidden-one/);
});
