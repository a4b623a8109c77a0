import { expect, test } from 'vitest';
import { parseHandbook } from '../../src/lesson/handbook.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import type { Library } from '../../src/page/library.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { overlayLines } from '../../src/tui/chrome/overlay.ts';
import { listed } from '../../src/tui/model/handbook.ts';
import { started } from './started.ts';

const handbook = parseHandbook(`
**zebra** — An animal.

**cable** — A veth pair.

**address** — What an interface is called.

- \`ip link add NAME type veth\` — makes a cable.
- \`ip addr add ADDRESS\` — gives an address.
`);

const library: Library = {
  title: 'Course',
  summary: '',
  items: async () => [],
  open: () => Promise.reject(new Error('none')),
  handbook: async () => handbook,
};

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };

function opened(withLibrary = true) {
  const all = started(withLibrary ? { library } : {});
  const shown = () =>
    overlayLines(all.store.getState(), all.screen(), 21, style)!.map((line) => lineText(line).trimEnd());
  return { ...all, shown };
}

test('opens on the words of the current step, with the meaning of the first', async () => {
  const { press, settle, reach, shown, screen } = opened();
  reach('lay-cable');
  press('w');
  expect(shown().join('\n')).toContain('reading');
  await settle();
  expect(screen().view.mode).toMatchObject({ name: 'handbook', kind: 'word', selected: 0 });
  const lines = shown();
  const at = (word: string) => lines.findIndex((line) => line.includes(word));
  expect(lines[at('cable')]).toContain('in this step');
  expect(at('cable')).toBeLessThan(at('zebra'));
  expect(lines[at('zebra')]).not.toContain('in this step');
  expect(lines.at(-1)).toContain('A veth pair.');
});

test('the arrows choose, letters look for one, Tab goes to the commands, Escape ends it', async () => {
  const { press, store, settle, screen, shown } = opened();
  press('w');
  await settle();
  press(...'zeb');
  expect(shown().join('\n')).toContain('An animal.');
  expect(shown().join('\n')).not.toContain('cable');
  store.press({ name: 'tab', char: '', ctrl: false, alt: false, shift: false });
  press('ctrl-u');
  expect(shown().join('\n')).toContain('ip addr add ADDRESS');
  press('down', 'down', 'down');
  expect(screen().view.mode).toMatchObject({ kind: 'command', selected: 1 });
  press('escape');
  expect(screen().view.mode.name).toBe('read');
  expect(store.getState().screen.name).toBe('lesson');
});

test('what nothing fits, and a lesson without a course, say so', async () => {
  const one = opened();
  one.press('w');
  await one.settle();
  one.press(...'qqq', 'down');
  expect(one.shown().join('\n')).toContain('not found');
  const alone = opened(false);
  alone.press('w');
  await alone.settle();
  expect(alone.shown().join('\n')).toContain(en.handbook.empty);
});

test('a click on a row chooses it; pasted text is looked for', async () => {
  const { press, store, settle, screen, shown } = opened();
  press('w');
  await settle();
  const row = shown().findIndex((line) => line.includes('zebra'));
  const { lesson } = screen().session;
  const list = listed({ text: '', kind: 'word' }, screen().view.current, { lesson, handbook });
  // How many rows the header has is not this test's question: one of these clicks is on zebra.
  const chosen = [0, 1, 2, 3].map((header) => {
    store.mouse({ does: 'click', bits: 0, down: true, x: 4, y: row + header });
    const { mode } = screen().view;
    return mode.name === 'handbook' ? list[mode.selected]!.entry.name : '';
  });
  expect(chosen).toContain('zebra');
  store.paste('addr\ness');
  expect(screen().view.mode).toMatchObject({ text: 'addr ess' });
});
