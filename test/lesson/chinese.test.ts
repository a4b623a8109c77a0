/** What the Chinese lessons keep throughout: every check speaks, and the signs and blanks are set in one way. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { formatDiagnostics } from '../../src/lesson/diagnostic.ts';
import { readKeyed, requireLesson } from '../../src/lesson/load.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { parseTranslation } from '../../src/lesson/translation/parse.ts';
import { translationSkeleton } from '../../src/lesson/translation/skeleton.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { textWidth } from '../../src/page/text/width.ts';

const LESSONS = join(PACKAGE_ROOT, 'lessons');
const files = readdirSync(LESSONS, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.zh-CN\.(md|yaml)$/.test(name))
  .map((name) => join(LESSONS, name));
const lessons = files.filter((file) => file.endsWith('lesson.zh-CN.md'));

const HAN = '\\p{Script=Han}';
const FULL = '，。、；：？！（）“”《》';

/** Sign rules after the practice of Chinese technical writing (W3C's CLREQ, and a blank between Han and Latin). */
const RULES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a blank is missing between Han and Latin', new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9]${HAN}`, 'u')],
  ['a blank beside a full-width sign', new RegExp(`[^\\s|-] +[${FULL}]|[${FULL}] +\\S`, 'u')],
  ['a blank between two Han characters', new RegExp(`${HAN} +${HAN}`, 'u')],
  ['a half-width sign in Chinese text', new RegExp(`${HAN}[,;:?!()"]|[,;?!()"]${HAN}`, 'u')],
  ['an exclamation mark', /！/],
];

/** Lines that a reader reads as text: code spans become a Latin word, marks of emphasis and links go. */
function textLines(file: string): { line: number; text: string }[] {
  let fence: string | undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((raw, i) => {
      const opening = /^```(\S.*)$/.exec(raw);
      if (opening) fence = opening[1];
      else if (raw === '```') fence = undefined;
      const isCode = fence !== undefined && !/\.(quiz|hint|says|task)/.test(fence);
      const text = raw
        .replace(/`[^`]*`|\{\{\w+\}\}/g, 'code')
        // The blank after a sentence in bold is Markdown's: without it the bold has no end.
        .replace(/([。？])\*\* /g, '$1')
        .replace(/\*+/g, '')
        .replace(/^([\w/-]+: *)"(.*)"$/, '$1$2')
        .replace(/^(> ?| *#+| *[-*] \[[ x]\]| *-|\||title:|summary:|[\w/-]+:) */, '')
        .replace(/ -- | — /g, '\u2028')
        .replace(/ *\| */g, '\u2028');
      return { line: i + 1, text: isCode || opening ? '' : text };
    });
}

describe.each(files.map((file) => [relative(LESSONS, file), file] as const))('%s', (_, file) => {
  test('signs and blanks are set in one way', () => {
    const wrong = textLines(file).flatMap(({ line, text }) =>
      RULES.flatMap(([name, pattern]) => {
        const found = pattern.exec(text);
        return found
          ? [`${line}: ${name}: ${text.slice(Math.max(0, found.index - 8), found.index + 12)}`]
          : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test.skipIf(file.endsWith('.yaml'))('every mark of emphasis is one', () => {
    const left: string[] = [];
    const walk = (tokens: readonly Token[]) => {
      for (const token of tokens) {
        if (token.type === 'text' && token.content.includes('*')) left.push(token.content);
        walk(token.children ?? []);
      }
    };
    const markdown = new MarkdownIt();
    const tokens = markdown.parse(readFileSync(file, 'utf8'), {});
    walk(tokens);
    for (const token of tokens)
      if (token.type === 'fence' && /\.(quiz|hint)/.test(token.info)) walk(markdown.parse(token.content, {}));
    expect(left).toEqual([]);
  });
});

test.each(lessons.map((file) => [relative(LESSONS, file), file] as const))(
  '%s has Chinese words for every check, hint and choice',
  async (_, file) => {
    // With the hidden checks, whose words a grader tells.
    const parsed = await readKeyed(file, vocabulary);
    if (!parsed.ok) throw new Error(formatDiagnostics(parsed.diagnostics));
    const { lesson } = parsed;
    const han = /\p{Script=Han}/u;
    const silent = lesson.cells.flatMap((cell) => [
      ...cell.expects.filter((check) => !han.test(check.says ?? '')).map((check) => check.id),
      ...cell.hints
        .filter(
          (hint) =>
            !han.test(hint.markdown) && /[a-z]{3,} [a-z]{3,}/.test(hint.markdown.replace(/`[^`]*`/g, '')),
        )
        .map(() => `a hint of ${cell.id}`),
      ...(cell.role === 'task' && !han.test(cell.text) ? [`the task ${cell.id}`] : []),
    ]);
    for (const block of lesson.blocks)
      if (block.kind === 'quiz' && !block.quiz.choices.every(({ because = '' }) => han.test(because)))
        silent.push(block.quiz.id);
    expect(silent).toEqual([]);
  },
);

test('there are Chinese lessons', () => expect(lessons.length).toBeGreaterThan(0));

test.each(lessons.map((file) => [relative(LESSONS, file), file] as const))(
  '%s: what a task asks fits into a cell on a screen of 80 columns',
  async (_, file) => {
    const lesson = await requireLesson(file, vocabulary);
    const rows = lesson.cells.filter(({ role }) => role === 'task').flatMap(({ text }) => text.split('\n'));
    // Code is cut where the cell ends, so a comma could begin a row.
    expect(rows.filter((row) => textWidth(row) > 74)).toEqual([]);
  },
);

const originals = readdirSync(LESSONS)
  .map((name) => join(LESSONS, name, 'lesson.md'))
  .filter((file) => existsSync(file));

test.each(originals.map((file) => [relative(LESSONS, file), file] as const))(
  '%s: what its translation begins as is a translation',
  async (_, file) => {
    const lesson = await requireLesson(file, vocabulary);
    const text = translationSkeleton(readFileSync(file, 'utf8'), lesson);
    const parsed = parseTranslation(file.replace(/md$/, 'de.md'), text, lesson);
    if (!parsed.ok) throw new Error(formatDiagnostics(parsed.diagnostics));
    const words = (one: Lesson) => one.cells.map(({ expects }) => expects.map(({ says }) => says));
    expect(words(parsed.lesson)).toEqual(words(lesson));
  },
);

test('all of Part 1 is there in Chinese', () => {
  const part1 = originals.filter((file) => /\/0[1-7]-/.test(file));
  expect(part1.length).toBeGreaterThanOrEqual(7);
  expect(part1.filter((file) => !existsSync(file.replace(/md$/, 'zh-CN.md')))).toEqual([]);
});

test('the glossary has the same terms in both languages, in the same order', () => {
  const terms = (name: string) =>
    [...readFileSync(join(LESSONS, name), 'utf8').matchAll(/^\*\*(.+?)\*\* — /gm)].map(([, term]) => term!);
  const english = terms('GLOSSARY.md');
  const chinese = terms('GLOSSARY.zh-CN.md');
  // 地址（address）: the English term is in brackets, or alone.
  expect(chinese.map((term, i) => (term.includes(english[i]!) ? english[i] : term))).toEqual(english);
});
