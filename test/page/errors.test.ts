/** What a user may be told of a failure is there in both languages: all errors that are thrown, found in the sources. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { privateKeyIn, publicKeyIn, rosterIn, secretIn } from '../../src/commands/given.ts';
import { WirebookError } from '../../src/lib/errors.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { REFUSALS } from '../../src/lib/refusal.ts';
import { notices } from '../../src/page/said/notices.ts';
import { sayInChinese } from '../../src/page/said/zh-CN.ts';
import { sayCommandInChinese } from '../../src/page/said/zh-command.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { FEATURES } from '../../src/sandbox/features.ts';
import { NOTICES, noticeOf } from '../../src/session/notices.ts';
import { literal } from './helpers/literals.ts';

/**
 * What who writes lessons, holds classes or grades is told: their commands say it (`commandSay`), never a notebook, whose
 * tables are loaded for everybody.
 */
const OF_COMMANDS =
  /^src\/(?:grade|record|queue|board|class\/(?!learner|code)|report|lib\/roster)|^src\/commands\/(?:grade|class\/(?!join|ask)|import|lint|new|record|test|write-output)/;
const sayOf = (file: string) => (OF_COMMANDS.test(file) ? sayCommandInChinese : sayInChinese);

/** The texts of a call's arguments, apart by commas; what is put into a template stands there as `x1`. */
function textsOf(source: string, open: number): string[][] {
  const all: string[][] = [[]];
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    const sign = source[at]!;
    if (sign === "'" || sign === '"' || sign === '`') {
      const { text, end } = literal(source, at);
      all.at(-1)!.push(text);
      at = end;
    } else if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) {
      depth--;
      if (depth === 0) return all;
    } else if (sign === ',' && depth === 1) all.push([]);
  }
  return all;
}

const HAN = /\p{Script=Han}/u;
/** A sentence and not a name, a command or what a tool has said. */
const isSentence = (text: string) =>
  /^(?:x1|[A-Z`/]|\S+ (?:is|has|may|could|cannot|knows|does)\b)/.test(text) && /[a-z]{2,} [a-z]/.test(text);

/** Every class of errors for users, also one that is made tomorrow; and what such a class says itself. */
const classes = globSync('src/**/*.ts', { cwd: PACKAGE_ROOT }).flatMap((file) => {
  const source = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
  return [...source.matchAll(/class (\w+) extends (?:\w+Error)\b/g)].map(([, name]) => name!);
});
const CALLS = new RegExp(`new (?:${classes.join('|')})\\(|\\bsuper\\((?=\\s*')`, 'g');

/** A text that several places share stands in a constant of the file. */
function withConstants(source: string): string {
  const known = new Map(
    [...source.matchAll(/^(?:export )?const ([A-Z_]+) =\s+('(?:[^'\\\n]|\\.)*');$/gm)].map(
      ([, name, text]) => [name!, text!],
    ),
  );
  return source.replace(/(?<=[[,]\s*)[A-Z_]+(?=\s*[\],])/g, (name) => known.get(name) ?? name);
}

function thrown(): { file: string; code: string; texts: string[] }[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: PACKAGE_ROOT }).flatMap((file) => {
    const source = withConstants(readFileSync(join(PACKAGE_ROOT, file), 'utf8'));
    return [...source.matchAll(CALLS)].map((found) => {
      const [code = [], ...rest] = textsOf(source, found.index + found[0].length - 1);
      const texts = rest
        .slice(0, 2)
        .flat()
        .flatMap((text) => text.split('\n')[0]!.replace(/\.x1$/, '.'));
      return { file, code: code[0] ?? '', texts };
    });
  });
}

describe('every error that a user may meet', () => {
  const all = thrown();
  test('is found in the sources', () => expect(all.length).toBeGreaterThan(180));
  test('is of a class that is known', () =>
    expect(classes).toEqual(
      expect.arrayContaining(['InputError', 'SandboxError', 'QueueError', 'FaultyLesson']),
    ));
  test('has words in Chinese, and so has what to do', () => {
    const english = all.flatMap(({ file, code, texts }) =>
      texts
        .filter((text) => isSentence(text) && !HAN.test(sayOf(file)(text)))
        .map((text) => `${file} ${code}: ${text}`),
    );
    expect(english).toEqual([]);
  });
});

test('every line that a command tells has words in Chinese', () => {
  const all = globSync('src/commands/**/*.ts', { cwd: PACKAGE_ROOT }).flatMap((file) => {
    // Help is held by test/cli/help.test.ts; drills have a tongue of their own, which test/drill holds.
    // What is told of one point is put together of phrases: test/page/reports.test.ts.
    if (/commands\/(help|drill|grade\/explain)\.ts$/.test(file)) return [];
    const source = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
    return [...source.matchAll(/\b(?:say|row|tell|sayLines)\(/g)].flatMap(({ index, 0: call }) =>
      textsOf(source, index + call.length - 1)
        .slice(0, 2)
        .flat()
        // Sentences, and not commands or the names of events.
        .filter(
          (text) => /[a-z]{2}[ :]/.test(text.replaceAll('x1', '')) && !/^(wirebook|ssh|https:)/.test(text),
        )
        .map((text) => ({ file, text })),
    );
  });
  expect(all.length).toBeGreaterThan(50);
  const english = all.filter(({ text }) => !HAN.test(sayCommandInChinese(text)));
  expect(english).toEqual([]);
});

test('every feature of a kernel that the doctor tells of has words in Chinese', () => {
  const told = Object.values(FEATURES).flatMap(({ summary, next }) => [summary, ...next]);
  expect(told.filter((text) => !/^sudo /.test(text) && !HAN.test(sayCommandInChinese(text)))).toEqual([]);
});

test('every refusal of the system has words in Chinese', () => {
  const english = Object.values(REFUSALS).filter((phrase) => !HAN.test(sayInChinese(phrase)));
  expect(english).toEqual([]);
  expect(Object.keys(REFUSALS).length).toBeGreaterThan(20);
});

test('whatever is wrong with a file that was given is told in Chinese, with what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-words-'));
  try {
    writeFileSync(join(folder, 'latin.csv'), Buffer.from([0x69, 0x64, 0x0a, 0xe9, 0x0a]));
    writeFileSync(join(folder, 'wide.csv'), Buffer.from('\ufeffid', 'utf16le'));
    const wanted = [rosterIn, secretIn, privateKeyIn, publicKeyIn];
    for (const file of ['none.csv', '.', '/dev/zero', 'latin.csv', 'wide.csv', 'x'.repeat(300)])
      for (const read of wanted) {
        const error = caught(() => read(file, folder));
        for (const text of [error.message, ...error.next]) expect(sayInChinese(text)).toMatch(HAN);
        // Names of files are the only words of Latin letters left, and those of formats.
        expect(sayInChinese(error.message)).not.toMatch(/\b(cannot|the|is|not|of|line)\b/i);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function caught(work: () => unknown): WirebookError {
  try {
    work();
  } catch (error) {
    if (error instanceof WirebookError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** Tables of known troubles: their sentences are not in the call that throws. */
test.each([
  'src/sandbox/vagrant/explain.ts',
  'src/sandbox/docker/engine.ts',
  'src/sandbox/remote/ssh-errors.ts',
  'src/sandbox/embedded/remedies.ts',
])('the troubles of %s have words in Chinese', (file) => {
  const source = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
  const fields = [...source.matchAll(/^ +(?:message|summary|next):/gm)];
  expect(fields.length).toBeGreaterThan(2);
  const english = fields.flatMap(({ index, 0: head }) => {
    // Up to the next field or the end of the entry, as the arguments of a call.
    const rest = source.slice(index + head.length);
    const end = rest.search(/\n +(?:\w+:|\}[,;])/);
    const [texts = []] = textsOf(`{{${rest.slice(0, end)}}}`, 0);
    return texts.filter((text) => isSentence(text) && !HAN.test(sayInChinese(text)));
  });
  expect(english).toEqual([]);
});

describe('every notice of the session', () => {
  const values = {
    cells: 3,
    cell: 'cable',
    checks: 'up, peer',
    quiz: 'q',
    choice: 2,
    lines: 2,
    path: '/p',
    why: 'no room',
    tools: 'vim',
    commands: 'vim note',
    host: 'h',
  };
  test.each(Object.keys(NOTICES) as (keyof typeof NOTICES)[])('%s has words in both languages', (code) => {
    const { message, next } = noticeOf(code, values);
    expect(message).toMatch(/^[A-Z\w].*\w/);
    expect(`${message}${next.join('')}`).not.toContain('undefined');
    const told = zhCN.told({ code, values, message, next });
    expect(told).toEqual(notices[code](values));
    expect(told.next).toHaveLength(next.length);
    for (const text of [told.message, ...told.next]) {
      expect(text).toMatch(HAN);
      expect(text).not.toContain('undefined');
    }
  });
  test('one without a code, kept by another version, is said all the same', () => {
    expect(zhCN.told({ message: 'The sandbox ended.', next: [] })).toEqual({
      message: '沙盒结束了。',
      next: [],
    });
  });
});
