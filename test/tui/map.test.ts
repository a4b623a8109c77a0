import { describe, expect, test } from 'vitest';
import type { Need, Observation } from '../../src/check/observation.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText, span } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import type { Screen } from '../../src/tui/model/app.ts';
import { mapLines, mapPage, visibleMap } from '../../src/tui/model/map.ts';
import { NO_PICTURE } from '../../src/tui/model/map-view.ts';
import { createEmulator } from '../../src/tui/shell/emulator.ts';
import { createStore } from '../../src/tui/store.ts';
import { type Fixture, recorded } from '../map/fixture.ts';
import { fakeLesson } from './fake-lesson.ts';
import { FakeSession } from './fake-session.ts';

const lesson = fakeLesson();
const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };

/** A notebook over a sandbox that looks as was recorded: one after the other, the last one for good. */
function started(columns: number, ...looks: (Fixture | Error)[]) {
  const asked: (readonly Need[])[] = [];
  let at = 0;
  const observe = async (needs: readonly Need[]): Promise<Observation> => {
    asked.push(needs);
    const settings = needs.every((need) => need.read === 'sysctl');
    const look = looks[Math.min(settings ? at - 1 : at++, looks.length - 1)]!;
    if (look instanceof Error) throw look;
    return recorded(look);
  };
  const session = new FakeSession(lesson, { takesMs: 0, observe });
  const crashes: unknown[] = [];
  const store = createStore({
    library: undefined,
    style,
    outside: {
      page: async () => {},
      save: async (_, path) => ({ path, bytes: 0 }),
      createEmulator,
      editor: async (text) => text,
      copy: () => true,
      mouse: () => false,
      quit: () => {},
      crash: (error) => void crashes.push(error),
      size: () => ({ columns, rows: 24 }),
      now: () => 0,
    },
  });
  store.showSession(session);
  const screen = () => store.getState().screen as Extract<Screen, { name: 'lesson' }>;
  const press = (char: string, name: 'char' | 'down' | 'escape' = 'char') =>
    store.press({ name, char: name === 'char' ? char : '', ctrl: false, alt: false, shift: false });
  /** The look takes no time; on a busy machine what comes of it is drawn somewhat later. */
  const settle = async () => {
    const end = performance.now() + 10_000;
    do await new Promise((resolve) => setTimeout(resolve, 80));
    while (
      screen().view.map &&
      (screen().map === NO_PICTURE || screen().map.looking) &&
      performance.now() < end
    );
  };
  const text = () => mapLines(mapPage(screen(), screen().view.map!), 60, style).map(lineText).join('\n');
  const run = async () => {
    session.act({ do: 'run-cell', cell: lesson.cells[0]!.id });
    await settle();
  };
  return { asked, session, store, screen, press, settle, text, run, crashes };
}

describe('the map', () => {
  test('is not looked at while it is closed', async () => {
    const { asked, run, screen } = started(160, 'cable');
    await run();
    expect(asked).toEqual([]);
    expect(screen().view.map).toBeUndefined();
  });

  test('opens with a look at all hosts, and follows each cell with what it changed', async () => {
    const { asked, press, settle, text, run, screen, crashes } = started(160, 'cable-half', 'cable');
    press('m');
    await settle();
    expect(asked[0]!.map((need) => need.read)).toEqual(expect.arrayContaining(['ip', 'bridge', 'nft']));
    expect(text()).toMatch(/ ◐ veth-client/);
    expect(text()).not.toContain('~');
    await run();
    expect(text()).toMatch(/~● veth-client/);
    expect(text()).toMatch(/\+ {2}10\.0\.0\.12\/24/);
    const looks = asked.length;
    press('m');
    expect(screen().view.map).toBeUndefined();
    await run();
    expect(asked).toHaveLength(looks);
    expect(crashes).toEqual([]);
  });

  test('opened again after other cells, it points nothing out', async () => {
    const { press, settle, text, run } = started(160, 'cable-half', 'cable');
    press('m');
    await settle();
    press('m');
    await run();
    press('m');
    await settle();
    expect(text()).toContain('● veth-client');
    expect(text()).not.toMatch(/[+~]/);
  });

  test('after a reset it points nothing out: another sandbox is no cell’s doing', async () => {
    const { press, settle, text, run, session } = started(160, 'cable-half', 'cable', 'cable-half');
    press('m');
    await settle();
    await run();
    expect(text()).toMatch(/[+~]/);
    session.act({ do: 'reset' });
    await settle();
    expect(text()).toMatch(/ ◐ veth-client/);
    expect(text()).not.toMatch(/[+~]|Gone/);
  });

  test('says why there is none, and draws it when there is one again', async () => {
    const { press, settle, text, run } = started(160, new Error('There is no sandbox to look at.'), 'cable');
    press('m');
    await settle();
    expect(text()).toBe('There is no sandbox to look at.');
    await run();
    expect(text()).toContain('veth-client');
  });

  test('lists what the checks of the current cell still miss', async () => {
    const { press, settle, text } = started(160, 'cable');
    press('m');
    await settle();
    expect(text()).toContain('Still missing');
  });
});

describe('keys', () => {
  test('beside the lesson they stay the lesson’s; brackets scroll the map', async () => {
    const { press, settle, screen } = started(160, 'three-hosts');
    press('m');
    await settle();
    const before = screen().view.anchor;
    press('', 'down');
    expect(screen().view.anchor).not.toEqual(before);
    expect(screen().view.map!.top).toBe(0);
    press(']');
    expect(screen().view.map!.top).toBeGreaterThan(0);
    press('[');
    expect(screen().view.map!.top).toBe(0);
  });

  test('in the place of the lesson they scroll the map, to its end and no further', async () => {
    const { press, settle, screen, session } = started(80, 'three-hosts');
    press('m');
    await settle();
    const before = screen().view.anchor;
    press('', 'down');
    expect(screen().view).toMatchObject({ anchor: before, map: { top: 1 } });
    press('G');
    const end = screen().view.map!.top;
    press('', 'down');
    expect(screen().view.map!.top).toBe(end);
    // What is not seen is not run.
    press('a');
    expect(session.acted.filter((action) => action.do === 'run-cell')).toEqual([]);
    press('', 'escape');
    expect(screen().view.map).toBeUndefined();
  });

  test('M shows routes', async () => {
    const { press, settle, text } = started(160, 'way-out');
    press('m');
    await settle();
    expect(text()).not.toContain('default via');
    press('M');
    expect(text()).toContain('default via');
  });
});

test('the window never shows beyond the end', () => {
  const lines = [[{ text: 'a', style: '' }], [{ text: 'b', style: '' }]];
  expect(visibleMap(lines, { top: 99, routes: false }, 1).map(lineText)).toEqual(['b']);
  expect(visibleMap(lines, { top: 0, routes: false }, 3).map(lineText)).toEqual(['a', 'b', '']);
});

test('the window follows the packet, below what is said of its hop', () => {
  const row = (text: string) => [span(text)];
  const said = ['hop 3 of 9', 'ARP', 'host: in floor-2', '', ''].map(row);
  const map = Array.from({ length: 30 }, (_, at) =>
    at === 20 ? [span(' '), span('▶'), span('● gita')] : row(`${at}`),
  );
  const shown = visibleMap([...said, ...map], { top: 0, routes: false, hop: 2 }, 15).map(lineText);
  expect(shown).toHaveLength(15);
  expect(shown.slice(0, 3)).toEqual(['hop 3 of 9', 'ARP', 'host: in floor-2']);
  expect(shown.some((text) => text.includes('▶● gita'))).toBe(true);
});
