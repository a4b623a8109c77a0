/** Of the course itself: whatever is changed in a line that runs, or in the shape of a lesson, its translation is refused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { parseTranslation } from '../../src/lesson/translation/parse.ts';
import { codeOf } from '../../src/lesson/translation/same-code.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

const LESSONS = join(PACKAGE_ROOT, 'lessons');
const pairs = await Promise.all(
  readdirSync(LESSONS)
    .map((name) => join(LESSONS, name, 'lesson.zh-CN.md'))
    .filter((file) => existsSync(file))
    .map(async (file) => ({
      file,
      lines: readFileSync(file, 'utf8').split('\n'),
      original: await requireLesson(file.replace('.zh-CN', ''), vocabulary),
    })),
);

interface Place {
  pair: (typeof pairs)[number];
  /** Index of a line of the translation. */
  at: number;
}

/** The lines of `.run` and `.solution` blocks that run. */
function codeLines(pair: Place['pair']): Place[] {
  const found: Place[] = [];
  for (const [start, line] of pair.lines.entries()) {
    if (!/^```sh \{\.(run|solution)/.test(line)) continue;
    const end = pair.lines.indexOf('```', start);
    for (const { index } of codeOf(pair.lines.slice(start + 1, end)))
      found.push({ pair, at: start + 1 + index });
  }
  return found;
}

/** What makes the shape: the fences of cells, hints, quizzes, and the headings of steps. */
const shapeLines = (pair: Place['pair']): Place[] =>
  pair.lines.flatMap((line, at) =>
    /^(```(sh|md) \{\.(run|task|hint|quiz)|## )/.test(line) ? [{ pair, at }] : [],
  );

const accepted = ({ pair, at }: Place, line: string | undefined): boolean => {
  const lines = pair.lines.toSpliced(at, 1, ...(line === undefined ? [] : [line]));
  return parseTranslation(pair.file, lines.join('\n'), pair.original).ok;
};

test('the translations as they are: accepted', () => {
  expect(pairs.length).toBeGreaterThan(6);
  for (const pair of pairs) expect(accepted({ pair, at: 0 }, pair.lines[0])).toBe(true);
});

/** By `file:line`: what a failure shows is then the place, and not whole lessons. */
const placed = (places: readonly Place[]) =>
  new Map(places.map((place) => [`${place.pair.file}:${place.at + 1}`, place]));

test('a line that runs, changed or taken away: refused', () => {
  const places = placed(pairs.flatMap(codeLines));
  const changes: Record<string, (line: string) => string | undefined> = {
    longer: (line) => `${line} x`,
    comment: (line) => `# ${line}`,
    letter: (line) => line.replace(/[a-z0-9]/, (sign) => (sign === 'q' ? 'z' : 'q')),
    gone: () => undefined,
  };
  fc.assert(
    fc.property(fc.constantFrom(...places.keys()), fc.constantFrom(...Object.keys(changes)), (key, name) => {
      const where = places.get(key)!;
      const line = where.pair.lines[where.at]!;
      const next = changes[name]!(line);
      fc.pre(next !== line);
      expect(accepted(where, next)).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test('a fence or a heading taken away: refused', () => {
  const places = placed(pairs.flatMap(shapeLines));
  fc.assert(
    fc.property(fc.constantFrom(...places.keys()), (key) => {
      expect(accepted(places.get(key)!, undefined)).toBe(false);
    }),
    { numRuns: 150 },
  );
});
