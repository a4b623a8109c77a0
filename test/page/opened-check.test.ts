import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { checkLines, pendingLines } from '../../src/page/layout/checks.ts';
import { shownVerdicts } from '../../src/page/layout/status.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { initialState } from '../../src/session/reduce.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const verdict = (more: Partial<Verdict> = {}): Verdict => ({
  check: 'a',
  kind: 'interface',
  state: 'fail',
  title: 'eth0 has mtu 1400',
  expected: 'eth0 has mtu 1400',
  found: 'mtu is 1500',
  differences: [],
  points: 0,
  looks: 1,
  durationMs: 1,
  host: 'host',
  netns: '',
  place: { file: 'l.md', line: 1, column: 1 },
  ...more,
});
const opened = (one: Verdict) => checkLines([one], true, 76, style);
const texts = (one: Verdict) => opened(one).map((line) => lineText(line).trimEnd());
/** What stands out in a row. */
const marked = (row: string, one: Verdict) =>
  opened(one)
    .filter((line) => lineText(line).includes(row))
    .flatMap((line) => line.filter((part) => part.style.includes('1;4')).map(({ text }) => text));

describe('an opened check', () => {
  test('does not say again what its title says', () => {
    expect(texts(verdict())).toEqual(['  ✗ eth0 has mtu 1400', '    found     mtu is 1500']);
    expect(texts(verdict({ title: 'the cable is narrow' }))).toContain('    expected  eth0 has mtu 1400');
  });

  test('begins everything that is said in one column, the cause before the questions that led there', () => {
    const explanation = {
      cause: 'eth0 is DOWN.',
      advice: 'Set it up with `ip link set`.',
      steps: [
        { question: 'Is there a cable?', answer: 'Yes.', state: 'ok' as const },
        { question: 'Is it up?', answer: 'No.', state: 'wrong' as const },
      ],
    };
    expect(texts(verdict({ explanation }))).toEqual([
      '  ✗ eth0 has mtu 1400',
      '    found     mtu is 1500',
      '    why       eth0 is DOWN.',
      '              ✓ Is there a cable? Yes.',
      '              ✗ Is it up? No.',
      '    try       Set it up with ip link set.',
    ]);
  });

  test('marks whole words where they differ', () => {
    const one = verdict({
      title: 'narrow',
      differences: [{ field: 'mtu', expected: 'it is 1400 now', found: 'it is 1500 now' }],
    });
    expect(marked('expected', one)).toEqual(['1400']);
    expect(marked('found', one)).toEqual(['1500']);
    const address = { field: 'address', expected: '10.0.0.12/24', found: '10.0.0.12/32' };
    expect(marked('found', verdict({ title: 'x', differences: [address] }))).toEqual(['32']);
  });

  test('says nothing of what is not shown', () => {
    expect(marked('found', verdict({ found: 'eth0 has mtu 1500' }))).toEqual([]);
  });
});

test('what is still looked at is counted, and the checks stand in the author’s order', () => {
  const lesson = fakeLesson();
  const cell = lesson.cells.find(({ expects }) => expects.length > 0)!;
  const [first] = cell.expects;
  const more = { ...cell, expects: [first!, { ...first!, id: 'second', withinMs: 5000 }] };
  const state = { ...initialState(lesson, 0).cells[cell.id]!, status: 'checking' as const };
  expect(pendingLines(more, state, 76, style).map(lineText)).toEqual([
    '  ○ looking at 2 more checks, for up to 5 s',
  ]);
  const known = { ...state, verdicts: [verdict({ check: 'second' }), verdict({ check: first!.id })] };
  expect(pendingLines(more, known, 76, style)).toEqual([]);
  expect(shownVerdicts(more, known).map(({ check }) => check)).toEqual([first!.id, 'second']);
});
