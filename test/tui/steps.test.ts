import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText, lineWidth } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { stepLines } from '../../src/tui/chrome/steps.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { lesson, started } from './started.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const blockOf = (id: string) =>
  lesson.blocks.findIndex((block) => block.kind === 'cell' && block.cell.id === id);

describe('the list of steps', () => {
  test('opens at the step of the reader, and Esc leaves everything as it was', () => {
    const { press, screen, reach, session } = started();
    reach('addresses');
    const before = screen().view;
    press('v');
    expect(screen().view.mode).toEqual({ name: 'steps', selected: 2 });
    session.acted.length = 0;
    press('down', 'escape');
    expect(screen().view).toEqual(before);
    expect(session.acted).toEqual([]);
  });

  test('Enter goes to the heading of the step, and its first cell is the current one', () => {
    const { press, screen, session } = started();
    press('v', 'enter');
    const { view, laid } = screen();
    expect(view.mode.name).toBe('read');
    expect(view.current).toBe(blockOf('lay-cable'));
    const top = topRow(view, laid, 21);
    const rows = laid.page.parts.flatMap((part) => part.lines).slice(top, top + 3);
    expect(rows.map(lineText).join('\n')).toContain('Lay the cable');
    expect(session.acted).toEqual([{ do: 'move', block: blockOf('lay-cable') }]);
  });

  test('a step that builds on cells that are not done asks, and runs them only when agreed', () => {
    const { press, screen, session } = started();
    press('v', '3', 'enter');
    expect(screen().view.mode).toEqual({ name: 'ask', question: 'catch-up', cells: 2 });
    expect(screen().view.current).toBe(blockOf('much'));
    press('n');
    expect(screen().view.mode.name).toBe('read');
    expect(session.acted.filter((action) => action.do === 'jump')).toEqual([]);
    press('v', 'enter', 'y');
    expect(session.acted.at(-1)).toEqual({ do: 'jump', cell: 'much' });
  });

  test('a step is begun afresh, from the list or where the reader is, when agreed', async () => {
    const { press, screen, session, settle, reach } = started();
    reach('lay-cable');
    press('a');
    await settle();
    press('v', '3', 'r');
    expect(screen().view.mode).toEqual({ name: 'ask', question: 'restore', step: 3 });
    press('n');
    expect(session.acted.some((action) => action.do === 'restore')).toBe(false);
    reach('much');
    press('r', 's');
    expect(session.acted).toContainEqual({ do: 'restore', step: 3 });
    expect(session.getState().cells['lay-cable']!.status).toBe('passed');
    expect(screen().view.current).toBe(blockOf('much'));
  });

  test('a cell is begun afresh, but the first one, where all begins', () => {
    const { press, screen, session, reach } = started();
    reach('lay-cable');
    press('r');
    expect(screen().view.mode).toEqual({ name: 'ask', question: 'reset' });
    press('n');
    reach('addresses');
    press('r', 'c');
    expect(session.acted.at(-1)).toMatchObject({ do: 'restore', cell: 'addresses' });
    expect(screen().view.current).toBe(blockOf('addresses'));
  });

  test('what is done already is not asked about', async () => {
    const { press, screen, settle, reach } = started();
    reach('lay-cable');
    press('a');
    await settle();
    press('v', '2', 'enter');
    expect(screen().view.mode.name).toBe('read');
  });

  test('nothing is asked while a cell runs', async () => {
    const { press, screen, settle, reach } = started();
    reach('slow');
    press('enter');
    await settle();
    press('v', '3', 'enter');
    expect(screen().view.mode.name).toBe('read');
    press('x');
  });
});

test.each([
  [40, 9],
  [80, 21],
  [160, 45],
])(
  'the list at %i by %i: no row is too wide, the chosen step is seen, states are words too',
  (columns, rows) => {
    const { screen } = started();
    for (const selected of lesson.steps.keys()) {
      const lines = stepLines(
        lesson,
        screen().state,
        { selected, current: undefined },
        { columns, rows, now: 0 },
        style,
      );
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
      const chosen = lines.map(lineText).find((text) => text.startsWith('▌'));
      expect(chosen).toContain(lesson.steps[selected]!.title.slice(0, 12));
      if (selected > 0) expect(chosen).toMatch(/0\/[12] cells/);
    }
  },
);
