/** The terminal's board on a learner's own shells: the keys, and the rows of it. */
import { expect, test } from 'vitest';
import type { Consent } from '../../src/board/events.ts';
import type { CellLooked } from '../../src/board/link.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText, lineWidth } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { boardWords } from '../../src/page/words/board/choose.ts';
import { en } from '../../src/page/words/en.ts';
import { bodyLines } from '../../src/tui/board/body-lines.ts';
import { press } from '../../src/tui/board/press.ts';
import { type BoardView, FIRST_VIEW, seenOf } from '../../src/tui/board/view.ts';
import { board, COURSE, learner, NOW } from '../board/people.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const PLACE = { lesson: '02-cable', step: 2 };

function at(consent: Partial<Consent>, view: Partial<BoardView>, shared?: Partial<CellLooked>) {
  const row = learner('s', 'Sven Larsen', {
    place: PLACE,
    consent: { progress: true, outputs: false, transcript: false, ...consent },
  });
  const looked = { type: 'cell' as const, learner: 's', lesson: '02-cable', cell: '', agreed: true };
  const link = {
    connection: 'open' as const,
    course: COURSE,
    board: board({ rows: [row] }),
    skewMs: 0,
    unheard: 0,
    ...(shared ? { looked: { ...looked, ...shared } } : {}),
  };
  const whole = { ...FIRST_VIEW, open: 's', ...view };
  const seen = seenOf(whole, link, boardWords('en'), { columns: 80, rows: 24, now: NOW })!;
  const key = (char: string) =>
    press(seen, { name: 'char', char, ctrl: false, alt: false, shift: false }, () => 'id');
  return { seen, key, rows: () => bodyLines(seen, style).map(lineText), lines: () => bodyLines(seen, style) };
}

test('the last of what can be looked at are their shells, and Enter asks for them', () => {
  const { view } = at({ transcript: true }, {}).key('G');
  const { rows, key } = at({ transcript: true }, view);
  expect(rows()).toContainEqual(expect.stringMatching(/^▌ \$ {5}Shells$/));
  expect(key('o').effects).toEqual([{ effect: 'look', learner: 's', lesson: '02-cable', cell: '' }]);
});

test('who has not agreed is not asked about, whatever else they share; it says so', () => {
  const { key, rows } = at({ outputs: true }, { cell: 7 });
  expect(rows()).toContainEqual(expect.stringMatching(/Shells {2}Shares no shells\./));
  const { effects, view } = key('o');
  expect(effects).toEqual([]);
  expect(view.notice).toMatch(/^Shares no shells\./);
  // And the other way round.
  expect(at({ transcript: true }, { cell: 6 }).key('o')).toMatchObject({
    effects: [],
    view: { notice: expect.stringMatching(/^Shares no cells\./) },
  });
});

test('the end of it is in sight, as text, inside the screen', () => {
  const output = `${Array.from({ length: 90 }, (_, n) => `row ${n}`).join('\n')}\n\x1b[2J\x1b]0;owned\x07\x1b[31m# ${'é'.repeat(300)}end`;
  const { rows, lines } = at({ transcript: true }, { cell: 7 }, { output });
  expect(rows()).toContainEqual(expect.stringContaining('Shells'));
  expect(rows().at(-1)).toMatch(/éend$/);
  expect(rows().join('\n')).not.toMatch(/[\x1b\x07]|owned/);
  for (const line of lines()) expect(lineWidth(line)).toBeLessThanOrEqual(80);
});

test('nothing yet; and nothing of what was shared before once they have stopped', () => {
  const nothing = at({ transcript: true }, { cell: 7 }, { output: '' }).rows().join('\n');
  expect(nothing).toContain('Nothing of a shell in this lesson was shared yet.');
  const stopped = at({}, { cell: 7 }, { agreed: false }).rows().join('\n');
  expect(stopped.match(/Shares no shells/g)).toHaveLength(1);
});
