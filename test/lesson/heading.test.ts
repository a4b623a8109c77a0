import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCourse } from '../../src/lesson/course-file.ts';
import { glance } from '../../src/lesson/glance.ts';
import { headingOfCourse, headingOfLesson } from '../../src/lesson/heading.ts';

const head = (...fields: string[]) => ['---', ...fields, '---', '', 'Text.'].join('\n');

describe('of a lesson', () => {
  test.each([
    ['words', 'title: Two namespaces and a cable', 'Two namespaces and a cable'],
    ['words in quotes', 'title: "A packet’s way: part 1 # one"', 'A packet’s way: part 1 # one'],
    ['Chinese', 'title: "七种命名空间"', '七种命名空间'],
    ['blanks around', 'title:   A cable  ', 'A cable'],
  ])('%s', (_, field, title) => {
    expect(headingOfLesson(head(field, 'needs: [ip]'))).toEqual({ title });
  });

  test.each([
    ['an escape', 'title: "a\\tb"'],
    ['a comment', 'title: a # b'],
    ['a map', 'title: a: b'],
    ['another kind', 'title: true'],
    ['a number', 'title: 12'],
    ['nothing', 'title: ""'],
    ['single quotes', "title: 'a'"],
    ['a text of several lines', 'title: >-', '  a'],
    ['a line that goes on', 'title: a', '  b'],
    ['no title', 'summary: a'],
    ['a title twice', 'title: a', 'title: b'],
    ['a summary that must be read', 'title: a', 'summary: |', '  b'],
  ])('leaves %s to the reader of YAML', (_, ...fields) => {
    expect(headingOfLesson(head(...fields))).toBeUndefined();
  });

  test('says what the reader of YAML says, whatever stands there', () => {
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'aé网0 -:#"\'[]{},.!?&*|>%@`\\~'), maxLength: 12 }),
      fc.constantFrom('null', 'Yes', 'on', '~', '"a"', '"a" b', '1e3', '2026-01-01', '.inf', 'a\u00a0b'),
    );
    fc.assert(
      fc.property(value, fc.option(value), (title, summary) => {
        const text = head(`title: ${title}`, ...(summary === null ? [] : [`summary: ${summary}`]));
        const heading = headingOfLesson(text);
        if (heading) expect(glance('lesson.md', text)).toEqual({ summary: '', ...heading });
      }),
      { numRuns: 3000 },
    );
  });
});

describe('of a course', () => {
  test('is the title and the summary of a file with nothing else in it', () => {
    const text = '# The course\ntitle: "A packet’s way"\n\nsummary: From one cable to a cluster.\n';
    const heading = { title: 'A packet’s way', summary: 'From one cable to a cluster.' };
    expect(headingOfCourse(text)).toEqual(heading);
    expect(parseCourse('course.yaml', text)).toEqual({ fields: heading, diagnostics: [] });
  });

  test.each([
    ['a field that is none', 'title: a\ntitel: b\n'],
    ['a document’s mark', '---\ntitle: a\n'],
    ['nothing', ''],
  ])('leaves a file with %s to the reader of YAML', (_, text) => {
    expect(headingOfCourse(text)).toBeUndefined();
  });

  test('never passes over a fault', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'title: a',
        'title: "a"',
        'summary: b',
        '',
        '# c',
        'other: d',
        ' title: e',
        'title:f',
        '\ttitle: g',
      ),
      fc.string({ unit: fc.constantFrom(...'title:"# \tx'), maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = lines.join('\n');
        const heading = headingOfCourse(text);
        if (heading) expect(parseCourse('course.yaml', text)).toEqual({ fields: heading, diagnostics: [] });
      }),
      { numRuns: 3000 },
    );
  });
});
