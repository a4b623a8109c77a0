/** Reports for people are told in both languages; what programs read is the same in each. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { sayCommandInChinese as say } from '../../src/page/said/zh-command.ts';
import { FORMATS } from '../../src/report/grades/formats.ts';
import { REPORTERS } from '../../src/report/reporters.ts';
import { everyKind, HIDDEN, reportWith } from '../grade/reports.ts';
import { eventsOf, everyState } from '../report/reports.ts';
import { isPhrase, literalsOf } from './helpers/literals.ts';

const HAN = /\p{Script=Han}/u;

/** What reports say themselves, and what is said in them of what was graded. */
const SOURCES = [
  'src/report/pretty.ts',
  'src/report/cases.ts',
  'src/report/grades/html.ts',
  'src/report/grades/pretty.ts',
  'src/commands/grade/explain.ts',
  'src/commands/grade/grade.ts',
  'src/commands/grade/submit.ts',
  'src/grade/attempt.ts',
  'src/grade/grade-all.ts',
  'src/grade/bundle/read.ts',
  'src/grade/bundle/verify.ts',
  'src/grade/score/items.ts',
  'src/grade/score/score.ts',
  'src/grade/similarity/similarity.ts',
  'src/grade/submission/archive.ts',
  'src/grade/submission/find.ts',
  'src/grade/submission/safe-read.ts',
  'src/grade/submission/text-file.ts',
  'src/grade/submission/text.ts',
  'src/session/test-cell.ts',
  'src/session/test-lesson.ts',
];
/** Put together of phrases that have words, or not told in a report. */
const PARTS =
  /^(?:x1|[\s:;,.()]|node:\w+)*$|^x1 of x1$|^x1 of x1 x1$|^wirebook |^\(now: x1\)$|^, (?:judged again|status) x1$|^not chosen$|^(?:expected|found|cause|try): x1$/;
/** The beginnings of sentences, as what they are the beginnings of. */
const WHOLE = (text: string): readonly string[] => [
  text,
  `${text}.`,
  `${text}: x1`,
  `${text}: fail, after 2 looks and 3 ms`,
  `ran ${text} words (x1)`,
  text.replace('put inx1', 'put in'),
  text.replace('lesson. x1', 'lesson. Did you mean x1?'),
  text.replace('x1: x1, after x1 lookx1', 'As it was handed in: fail, after 2 looks'),
  text.replace('ran x1 words', "ran the learner's words"),
];

test('why an import has left something out has words in Chinese', () => {
  const why = globSync('src/lesson/topology/import/*.ts', { cwd: PACKAGE_ROOT }).flatMap((file) =>
    literalsOf(readFileSync(join(PACKAGE_ROOT, file), 'utf8')).flatMap(
      ({ text }) => text.match(/\([a-z][^()]* [^()]*\)/g) ?? [],
    ),
  );
  expect(why.length).toBeGreaterThan(4);
  expect(why.filter((text) => !HAN.test(say(text)))).toEqual([]);
});

describe('every phrase of a report', () => {
  const all = SOURCES.flatMap((file) =>
    literalsOf(readFileSync(join(PACKAGE_ROOT, file), 'utf8'))
      .map(({ text }) =>
        text
          .replace(/<[^>]*>/g, ' ')
          .trim()
          .replace(/^note: /, ''),
      )
      .filter((text) => isPhrase(text) && !PARTS.test(text))
      .map((text) => ({ file, text })),
  );
  test('is found in the sources', () => expect(all.length).toBeGreaterThan(80));
  test('has words in Chinese', () => {
    // A word that is left over would be of a sentence that only looks like another one.
    const isSaid = (text: string) =>
      HAN.test(text) && !/\b(?:the|is|of|not|and|a|are|has|it|no)\b/i.test(text.replace(/`[^`]*`|@\w+/g, ''));
    const told = all.map(({ file, text }) => `${file}: ${WHOLE(text).map(say).find(isSaid) ?? text}`);
    expect(told.filter((text) => !isSaid(text.replace(/^\S+: /, '')))).toEqual([]);
  });
});

const common = { root: '/course', token: 'TOKEN-1' };
const grade = { ...common, at: '2026-11-23T12:00:00.000Z' };
const written = (name: string, more: object) =>
  eventsOf(everyState)
    .map((event) => REPORTERS[name]!(event, { ...common, color: false, ...more }))
    .join('');
const graded = (name: string, more: object) => {
  const options = { ...grade, color: false, ...more };
  const report = reportWith(FORMATS[name]!.single ? [everyKind[1]!] : everyKind);
  return `${report.grades.map((one) => FORMATS[name]!.each?.(one, options) ?? '').join('')}${FORMATS[name]!.end(report, options)}`;
};

test('the report of a test is told in Chinese', () => {
  expect(written('pretty', { say })).toMatchSnapshot();
  expect(written('pretty', { say: (sentence: string) => sentence })).toBe(written('pretty', {}));
});

test('the report of a class is told in Chinese', () => {
  expect(graded('pretty', { say })).toMatchSnapshot();
  expect(graded('pretty', { say: (sentence: string) => sentence })).toBe(graded('pretty', {}));
});

test('the page for instructors is told in Chinese', () => {
  const page = graded('html', { say, language: 'zh-CN' });
  expect(page).toContain('<html lang="zh-CN">');
  expect(graded('html', { say: (sentence: string) => sentence, language: 'en' })).toBe(graded('html', {}));
  // Its own words, without those of the lesson, of learners and of what was found.
  const own = [...page.matchAll(/<(?:h2|th scope="col"|p class="(?:soft|notice)|li><b>)[^>]*>([^<]*)/g)].map(
    ([, told]) => told!,
  );
  expect(own.length).toBeGreaterThan(10);
  for (const told of own.filter((one) => !one.includes(HIDDEN)))
    expect(told).not.toMatch(/\b(?:the|of|is|graded|learners?|checks?|hidden|nothing)\b/i);
});

test('what programs read is the same in every language', () => {
  for (const name of Object.keys(REPORTERS).filter((one) => one !== 'pretty'))
    expect(written(name, { say }), name).toBe(written(name, {}));
  for (const name of Object.keys(FORMATS).filter((one) => one !== 'pretty' && one !== 'html'))
    expect(graded(name, { say }), name).toBe(graded(name, {}));
});
