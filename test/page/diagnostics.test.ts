/** What is wrong with a lesson's file is told in both languages: all that may be said of one, found in the sources. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { formatDiagnostics } from '../../src/lesson/diagnostic.ts';
import { LINT_REPORTERS } from '../../src/lesson/lint-reporters.ts';
import { FaultyLesson } from '../../src/lesson/load.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { sayCommandInChinese as say } from '../../src/page/said/zh-command.ts';
import { isPhrase, literalsOf, withoutCalls } from './helpers/literals.ts';

const HAN = /\p{Script=Han}/u;
const sourceOf = (file: string) => readFileSync(join(PACKAGE_ROOT, file), 'utf8');

/** The parser of lessons, and what else reads YAML that a person writes. */
const PARSER = globSync('src/lesson/**/*.ts', { cwd: PACKAGE_ROOT })
  // The reference, schemas, scripts that are run, and what is said by errors, which test/page/errors.test.ts holds.
  .filter(
    (file) =>
      !/lesson\/(reference|schema|files|load|diagnostic|values|lint-reporters|handbook)\.ts$/.test(file),
  )
  .filter((file) => !/topology\/(?:script\.ts|import\/)|translation\/skeleton/.test(file));
const CHECKS = [
  'src/check/vocabulary.ts',
  'src/check/fields.ts',
  'src/check/matcher/parse.ts',
  'src/check/path/spec.ts',
  'src/sandbox/ssh/inventory.ts',
];
const KINDS = globSync('src/check/kinds/*.ts', { cwd: PACKAGE_ROOT });

/** What the reference says of a field, and not a fault. */
const DOCUMENTED = /(?:\.meta|\b(?:role|share|define<[^(]*>))\(/;
const DESCRIBERS = ['src/check/fields.ts', 'src/check/path/spec.ts'].flatMap((file) =>
  [
    ...sourceOf(file).matchAll(/(?:function (\w+)(?:<[^(]*>)?|const (\w+) = )\(\s*(?:description|what)\b/g),
  ].map(([, name, other]) => name ?? other),
);
const DESCRIBED = new RegExp(`\\b(?:${DESCRIBERS.join('|')}|new RegExp)\\(\\s*$`);
const NAMED = /(?:\bfrom |\b(?:description|summary|title|example): )$/;

/** Words that are no part of any fault. */
const OTHER = /^(?:x1 x1|wirebook param 1|address of x1|int x1 x1|choice x1|ssh:x1|YAML: x1|\n# ~)/;

function phrases(file: string): string[] {
  const source = withoutCalls(sourceOf(file), DOCUMENTED);
  return literalsOf(source)
    .filter(({ at }) => !NAMED.test(source.slice(0, at)) && !DESCRIBED.test(source.slice(0, at)))
    .map(({ text }) => text)
    .filter((text) => isPhrase(text) && !OTHER.test(text));
}

/** Of a kind of check only what it refuses: all else that it says is of verdicts, which test/page/said.test.ts holds. */
function refusals(file: string): string[] {
  const source = sourceOf(file);
  return literalsOf(source)
    .filter(({ at }) => {
      const before = source.slice(0, at);
      if (NAMED.test(before)) return false;
      // A message of the schema, after what it is about; a return of `refuse`.
      return (
        /\.(?:regex|refine|min|max|int|array|record|union|strictObject|url|enum|literal|string)\((?:[^()]|\([^()]*\))*,\s*$/.test(
          before,
        ) ||
        (/\brefuse\b/.test(before) &&
          /(?:return|\?|:|=>)\s*$/.test(before) &&
          !/\bjudge\b/.test(before.slice(before.lastIndexOf('refuse'))))
      );
    })
    .map(({ text }) => text)
    .filter(isPhrase);
}

/** Of ours no word is left; what stands in backticks or is put in is the author's. */
const left = (text: string) =>
  say(text)
    .replace(/`[^`]*`/g, '')
    .replaceAll('x1', '');
const english = (texts: readonly string[]) =>
  texts.filter((text) => !HAN.test(say(text)) || /\b(?:the|is|of|not|and|a|are|has)\b/.test(left(text)));

describe('every fault of a lesson', () => {
  const parser = PARSER.map((file) => ({ file, texts: phrases(file) }));
  const checks = CHECKS.map((file) => ({ file, texts: phrases(file) }));
  const kinds = KINDS.map((file) => ({ file, texts: refusals(file) }));
  const count = (all: readonly { texts: readonly string[] }[]) => all.flatMap(({ texts }) => texts).length;

  test('is found in the sources', () => {
    expect(count(parser)).toBeGreaterThan(250);
    expect(count(checks)).toBeGreaterThan(25);
    expect(count(kinds)).toBeGreaterThan(35);
  });
  test('has words in Chinese', () => {
    const all = [...parser, ...checks, ...kinds].flatMap(({ file, texts }) =>
      english(texts).map((text) => `${file}: ${text} => ${say(text)}`),
    );
    expect(all).toEqual([]);
  });
});

const FAULTY = `---
title: 两端
hosts: [host, host]
---
## 网线

\`\`\`sh {.run timeout=0 colour=red}
ip link
\`\`\`
\`\`\`yaml {.expect}
- interfase: veth0
- interface: veth0
  stat: up
  mtu: {}
- ping: [1, 2]
\`\`\`
\`\`\`md {.hint when=none}
\`\`\`
\`\`\`yaml {.solution}
ip link
\`\`\`
`;
const parsed = parseLesson('two/lesson.md', FAULTY, vocabulary);
const diagnostics = parsed.ok ? parsed.warnings : parsed.diagnostics;
const told = formatDiagnostics(diagnostics, { say });

test('faults are told in Chinese, each where it stands and by its code', () => {
  expect(diagnostics.length).toBeGreaterThan(8);
  for (const { code, place, source } of diagnostics) {
    expect(told).toContain(`two/lesson.md:${place.line}:${place.column}: 错误：`);
    expect(told).toContain(`[${code}]`);
    expect(told).toContain(source);
  }
  // Latin words are those of the lesson, and codes.
  const rest = told
    .split('\n')
    .filter((line) => !/^ +\d* \|/.test(line))
    .map((line) => line.replace(/^two\S+|\[[\w-]+\]$|`[^`]*`/g, ''));
  for (const line of rest) expect(line).not.toMatch(/\b(?:the|is|of|not|and|a|are|has|no)\b/);
  expect(told).toMatchSnapshot();
});

test('a lesson with faults is refused in Chinese, with all of them', () => {
  const error = new FaultyLesson('two/lesson.md', diagnostics);
  expect(error.told(say)).toBe(
    `two/lesson.md 里有 ${diagnostics.length} 处错误，所以什么也没有运行。\n\n${told}`,
  );
  expect(error.told((sentence) => sentence)).toBe(error.message);
});

test('what programs read is the same in every language', () => {
  const result = { files: 1, diagnostics };
  for (const name of ['json', 'github']) {
    const report = LINT_REPORTERS[name]!;
    expect(report(result, { color: false, say })).toBe(report(result, { color: false }));
  }
  expect(LINT_REPORTERS.pretty!(result, { color: false, say })).toBe(
    `${told}\n\n1 个课程文件：${diagnostics.length} 处错误，没有警告\n`,
  );
});
