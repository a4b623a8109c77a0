import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { lessonFooter } from '../../src/tui/chrome/footer.ts';
import { windowLines } from '../../src/tui/chrome/window.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { lesson, started } from './started.ts';

const style = { theme: THEMES.plain, glyphs: chooseGlyphs({}), words: en };

function opened() {
  const all = started();
  const { screen, context } = all;
  const top = () => topRow(screen().view, screen().laid, 21);
  const rows = () => windowLines({ ...screen(), lesson: screen().session.lesson }, top(), 21, 79, style);
  /** What is shown in inverse. */
  const marked = () =>
    rows().flatMap((row) => row.filter((part) => /(^|;)7/.test(part.style)).map((part) => part.text));
  const footer = () => lineText(lessonFooter(screen().view, context(), 80, style));
  return { ...all, top, rows, marked, footer };
}

describe('searching', () => {
  test('finds while one types, marks what it found, and n and N go round', () => {
    const { press, screen, marked, rows, footer } = opened();
    press('/', ...'other end');
    expect(footer()).toContain('/other end');
    expect(marked()).toContain('other end');
    expect(footer()).toContain('1 of 1');
    press('escape', '/', ...'cable', 'enter');
    const first = screen().view.find!.at;
    expect(footer()).toMatch(/cable {2}1 of \d+/);
    press('n');
    expect(screen().view.find!.at).not.toEqual(first);
    expect(rows().filter((row) => lineText(row).includes('»'))).toHaveLength(1);
    press('N');
    expect(screen().view.find!.at).toEqual(first);
    press('N');
    expect(footer()).toMatch(/(\d+) of \1 /);
  });

  test('in reading keys are keys again; Esc ends the search and stays', () => {
    const { press, screen, marked, top } = opened();
    press('/', ...'carrier is there', 'enter');
    const there = top();
    expect(there).toBeGreaterThan(5);
    press('escape');
    expect(screen().view.find).toBeUndefined();
    expect(marked()).toEqual([]);
    expect(top()).toBe(there);
    const block = lesson.blocks[screen().view.current!];
    expect(block?.kind).toBe('quiz');
  });

  test('Esc while typing goes back to where the reader was', () => {
    const { press, screen } = opened();
    press('j', 'j');
    const before = screen().view;
    press('/', ...'carrier', 'escape');
    expect(screen().view).toEqual(before);
  });

  test('what is nowhere is said, and nothing moves', () => {
    const { press, screen, footer } = opened();
    press('/', ...'zebra');
    expect(footer()).toContain('not found');
    press('enter');
    expect(screen().view.notice).toBe(en.notice.notFound('zebra'));
    expect(screen().view.find).toBeUndefined();
  });

  test('what a fold hides is found, and folded again afterwards', async () => {
    const { press, screen, settle, reach, rows } = opened();
    reach('much');
    press('i', 'ctrl-u', ...'seq 1 300', 'ctrl-r');
    await settle();
    expect(rows().map(lineText).join('\n')).toContain('earlier lines');
    press('/', ...'217', 'enter');
    expect(rows().some((row) => lineText(row).replace(/[▌» ]/g, '').startsWith('│217'))).toBe(true);
    press('escape');
    expect(screen().laid.page.height).toBeLessThan(200);
  });

  test('a text that is pasted is looked for too, as one line', () => {
    const { press, screen, store } = opened();
    press('/');
    store.paste('other\nend');
    expect(screen().view.find).toMatchObject({ text: 'other end' });
    expect(screen().view.find!.at).toBeDefined();
  });

  test('keys that run are only letters while typing', () => {
    const { press, session } = opened();
    press('/', ...'arsxq', 'enter');
    expect(session.acted).toEqual([]);
  });
});
