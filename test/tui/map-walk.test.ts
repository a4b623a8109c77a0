/** A packet of the cell's checks is followed over the map, hop by hop. */
import { afterEach, expect, test, vi } from 'vitest';
import { type Need, needKey, type Observation } from '../../src/check/observation.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import type { Check } from '../../src/lesson/model.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import type { Screen } from '../../src/tui/model/app.ts';
import { mapLines, mapPage } from '../../src/tui/model/map.ts';
import { createEmulator } from '../../src/tui/shell/emulator.ts';
import { createStore } from '../../src/tui/store.ts';
import { recorded as network } from '../map/fixture.ts';
import { recorded } from '../trace/recorded.ts';
import { fakeLesson } from './fake-lesson.ts';
import { FakeSession } from './fake-session.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };

function pingCheck(): Check {
  const parsed = vocabulary.parse('ping', { ping: '8.8.8.8' });
  if (!parsed.ok) throw new Error('ping');
  const common = { withinMs: 0, holdsMs: 0, not: false, points: 0, invariant: false, variables: [] };
  return {
    id: 'p',
    kind: 'ping',
    host: 'host',
    netns: '',
    spec: parsed.spec,
    place: { file: '', line: 1, column: 1 },
    ...common,
  };
}

afterEach(() => vi.useRealTimers());

function started(expects: readonly Check[], still = false) {
  const lesson = fakeLesson();
  for (const cell of lesson.cells) Object.assign(cell, { expects });
  const traced: Need[] = [];
  const observe = async (needs: readonly Need[]): Promise<Observation> => {
    const need = needs.find(({ read }) => read === 'trace');
    if (need === undefined) return network('cable');
    traced.push(need);
    return { at: '', hosts: {}, probes: {}, traces: { [needKey(need)]: recorded('dropped') } };
  };
  const store = createStore({
    library: undefined,
    style,
    still,
    outside: {
      page: async () => {},
      save: async (_, path) => ({ path, bytes: 0 }),
      createEmulator,
      editor: async (text) => text,
      copy: () => true,
      mouse: () => false,
      quit: () => {},
      crash: (error) => {
        throw error;
      },
      size: () => ({ columns: 160, rows: 40 }),
      now: () => 0,
    },
  });
  const session = new FakeSession(lesson, { takesMs: 0, observe });
  store.showSession(session);
  const screen = () => store.getState().screen as Extract<Screen, { name: 'lesson' }>;
  const text = () => mapLines(mapPage(screen(), screen().view.map!), 70, style).map(lineText).join('\n');
  const press = (char: string) => store.press({ name: 'char', char, ctrl: false, alt: false, shift: false });
  const said = () => screen().view.notice;
  return { press, text, traced, session, said };
}

test('the first press sends it, the next ones go on and back, the last word says how it ended', async () => {
  const { press, text, traced } = started([pingCheck()]);
  press('m');
  press('>');
  await expect.poll(text).toMatch(/hop 1 of 6/);
  expect(traced).toHaveLength(1);
  expect(text()).toMatch(/→ ICMP echo request 1 {2}172\.30\.0\.11 → 8\.8\.8\.8/);
  expect(text()).toMatch(/client1: out eth0/);
  press('>');
  await expect.poll(text).toMatch(/hop 2 of 6/);
  press('<');
  await expect.poll(text).toMatch(/hop 1 of 6/);
  for (let i = 0; i < 5; i++) press('>');
  await expect.poll(text).toMatch(/dropped in host at forward by the rule/);
  expect(traced).toHaveLength(1);
  press('>');
  await expect.poll(() => traced.length).toBe(2);
  await expect.poll(text).toMatch(/hop 1 of 6/);
  press('<');
  await expect.poll(text).not.toMatch(/hop /);
});

test('where no check sends a packet, that is said', async () => {
  const { press, text, traced } = started([]);
  press('m');
  press('>');
  await expect.poll(text).toMatch(/No check of this cell sends a packet/);
  expect(traced).toEqual([]);
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('it walks by itself to its end and stands there; a key stops it, others change the pace', async () => {
  vi.useFakeTimers();
  const { press, text, traced } = started([pingCheck()]);
  press('m');
  await pass(100);
  press('.');
  await pass(100);
  expect(text()).toMatch(/hop 1 of 6 {3}2 s a hop: \+ faster, - slower, \. stops/);
  await pass(2000);
  expect(text()).toMatch(/hop 2 of 6/);
  press('+');
  expect(text()).toMatch(/1 s a hop/);
  await pass(1000);
  expect(text()).toMatch(/hop 3 of 6/);
  press('.');
  await pass(20_000);
  expect(text()).toMatch(/hop 3 of 6 {3}> on/);
  press('.');
  await pass(20_000);
  expect(text()).toMatch(/hop 6 of 6 {3}> on/);
  expect(traced).toHaveLength(1);
  press('.');
  await pass(100);
  expect(traced).toHaveLength(2);
  expect(text()).toMatch(/hop 1 of 6/);
  // a hop by hand is the walker's own pace from then on
  press('>');
  await pass(20_000);
  expect(text()).toMatch(/hop 2 of 6 {3}> on/);
});

test('where less motion is wanted nothing walks by itself, and that is said', async () => {
  const { press, traced, said } = started([pingCheck()], true);
  press('m');
  press('.');
  expect(said()).toMatch(/Less motion is wanted/);
  expect(traced).toEqual([]);
});
