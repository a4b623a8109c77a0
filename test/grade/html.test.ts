/** The instructor's page: well-formed, escaped, complete, and it loads and runs nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hardest, median } from '../../src/report/grades/figures.ts';
import { html } from '../../src/report/grades/html.ts';
import type { GradeReport } from '../../src/report/grades/model.ts';
import { type Element, readXml } from '../report/xml.ts';
import { anyReport, everyKind, gradeWith, plan, reportWith } from './reports.ts';

const options = { color: false, root: '/', token: 't', at: '2026-11-23T12:00:00.000Z' };
/** HTML that is XML but for its head line and its void elements is read strictly. */
function page(report: GradeReport): Element {
  const source = html(report, options);
  expect(source.startsWith('<!DOCTYPE html>\n')).toBe(true);
  const style = /<style>\n([^<]*)<\/style>/.exec(source)![1]!;
  expect(style).not.toMatch(/url\(|@import|expression/);
  return readXml(
    source
      .slice(16)
      .replace(style, '')
      .replace(/<(meta|br)((?: [a-z-]+="[^"<]*")*)>/g, '<$1$2/>')
      .trim(),
  );
}
const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];
const everything = (element: Element): Element[] => [element, ...element.children.flatMap(everything)];
const textOf = (element: Element): string => `${element.text}${element.children.map(textOf).join('')}`;

const ELEMENTS = new Set(
  'html head meta title style body a header h1 h2 h3 p br ul li b main section span div table thead tbody tr th td details summary dl dt dd code pre'.split(
    ' ',
  ),
);
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  lang: /^en$/,
  charset: /^utf-8$/,
  'http-equiv': /^Content-Security-Policy$/,
  content: /^[^<>]*$/,
  name: /^(viewport|generator)$/,
  class: /^[a-z ]+$/,
  id: /^[a-z]+(-\d+)?$/,
  href: /^#[a-z]+(-\d+)?$/,
  scope: /^(row|col|colgroup)$/,
  colspan: /^\d+$/,
  rowspan: /^\d+$/,
  role: /^(img|region|group)$/,
  tabindex: /^0$/,
  title: /^[\s\S]*$/,
  'aria-label': /^[a-z ]+$/,
  'aria-labelledby': /^[a-z]+$/,
  style: /^width:[\d.]+%$/,
};

test('any strings: well-formed, only known elements and attributes, every link leads somewhere', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const elements = everything(page(report));
      for (const { name, attributes } of elements) {
        expect(ELEMENTS).toContain(name);
        for (const [key, value] of Object.entries(attributes))
          expect(value).toMatch(ATTRIBUTES[key] ?? /^$unknown/);
      }
      const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { attributes } of elements)
        if (attributes.href !== undefined) expect(ids).toContain(attributes.href.slice(1));
      // A CSP that allows nothing but its own styles.
      expect(elements.find(({ attributes }) => attributes['http-equiv'])!.attributes.content).toMatch(
        /^default-src 'none'/,
      );
    }),
    { numRuns: 60 },
  );
});

describe('the table', () => {
  const root = page(reportWith(everyKind));
  const rows = all(all(root, 'tbody')[0]!, 'tr');
  test('has a row a learner and a column a check; no number where there is no grade', () => {
    expect(rows.map((row) => textOf(all(row, 'td')[0]!))).toEqual(['8', '6', '–', '–', '–']);
    expect(all(rows[0]!, 'td')).toHaveLength(plan.items.length + 1);
    expect(textOf(rows[3]!)).toContain('not read: di.md:3: There is no task called romms.');
  });
  test('shows each state by sign and word, not by colour alone', () => {
    const signs = all(rows[1]!, 'span').filter(({ attributes }) => attributes.role === 'img');
    expect(new Set(signs.map((sign) => `${textOf(sign)} ${sign.attributes['aria-label']}`))).toEqual(
      new Set(['✓ holds', '✗ does not hold', '↷ follows from an earlier failure']),
    );
  });
  test('leads to the evidence of each', () => {
    const details = all(root, 'details').find(({ attributes }) => attributes.id === 'learner-2')!;
    expect(textOf(details)).toContain('10.7.0.1/24');
    expect(textOf(details)).toContain('Nobody made it.');
    // What was handed in for a cell that something is said of stands below that.
    const answers = (id: string) =>
      all(root, 'details')
        .filter(({ attributes }) => attributes.id === id)
        .flatMap((one) => all(one, 'pre').map(textOf));
    expect(answers('learner-2')).toEqual(
      ['rooms', 'cable', 'addresses'].map((cell) => `rm -rf <b>all</b> of ${cell}`),
    );
    expect(answers('learner-1')).toEqual([]);
  });
});

test('hardest checks: by how many lost points there, not by what only followed', () => {
  const grades = [
    gradeWith('a', { blue: 'lost', b0: 'followed' }),
    gradeWith('b', { blue: 'lost', reach: 'lost' }),
    gradeWith('c'),
  ];
  expect(
    hardest(reportWith(grades)).map(({ check, failed, followed, of }) => [check, failed, followed, of]),
  ).toEqual([
    ['blue', 2, 0, 3],
    ['reach', 1, 0, 3],
    ['b0', 0, 1, 3],
  ]);
  expect([median([]), median([3]), median([1, 9]), median([5, 1, 9])]).toEqual([0, 3, 1, 5]);
});
