/** What of a failed check stands out. */
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { verdictLines } from '../../src/page/layout/checks.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';

const style = { theme: THEMES.contrast, glyphs: chooseGlyphs({}), words: en };
const failed = (expected: string, found: string, title = 'it fits') =>
  ({ id: 'a', title, state: 'fail', expected, found, differences: [], points: 0 }) as unknown as Verdict;

/** Its rows, what is underlined in brackets. */
function rows(verdict: Verdict): string[] {
  return verdictLines(verdict, true, 76, style).map((line) =>
    line
      .map(({ text, style: look = '' }) => (look.split(';').includes('4') ? `[${text}]` : text))
      .join('')
      .trim(),
  );
}

test.each([
  ['address 10.0.0.11/24', 'address 10.0.0.12/24', 'address 10.0.0.[12]/24'],
  ['loss: 0 %', 'loss: 100 %', 'loss: [100] %'],
  ['mtu 1500', 'mtu 1400', 'mtu [1400]'],
  ['the namespace is server here', 'the names are client here', 'the [names are client] here'],
  ['mac 02:00:00:00:00:0a', 'mac 02:00:00:00:00:0b', 'mac 02:00:00:00:00:0[b]'],
  ['up', 'down', 'down'],
])('expected %j, found %j', (expected, found, shown) => {
  expect(rows(failed(expected, found)).at(-1)).toBe(`found     ${shown}`);
});

test('nothing stands out of what there is nothing to compare with', () => {
  const title = 'the network namespace server is on host';
  expect(rows(failed(title, 'the namespaces are client', title))).toEqual([
    `✗ ${title}`,
    'found     the namespaces are client',
  ]);
});

test('of a label the word alone is inverse', () => {
  const inverse = verdictLines(failed('1', '2'), true, 76, style)
    .flat()
    .filter(({ style: look = '' }) => look.split(';').includes('7'));
  expect(inverse.map(({ text }) => text)).toEqual(['✗', 'found']);
});
