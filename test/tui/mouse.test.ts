import { describe, expect, test } from 'vitest';
import { visible } from '../../src/page/layout/page.ts';
import { lineText } from '../../src/page/text/line.ts';
import { en } from '../../src/page/words/en.ts';
import { frameOf, GUTTER } from '../../src/tui/model/frame.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { createMouse, createReports } from '../../src/tui/terminal/mouse.ts';
import { started } from './started.ts';

test('reports of the terminal are read, and none of them is ever text', () => {
  const seen: unknown[] = [];
  const read = createReports((event) => seen.push(event));
  expect(read('a\x1b[<0;10;5M\x1b[<0;10;5mb\x1b[<64;1;1M')).toBe('ab');
  expect(read('\x1b[<2;10;5M\x1b[<35;1;1M')).toBe('');
  expect(read('x\x1b[<81;1')).toBe('x');
  expect(read(';1My')).toBe('y');
  expect(read('\x1b[A\x1b')).toBe('\x1b[A\x1b');
  expect(seen).toEqual([
    { does: 'click', bits: 0, down: true, x: 9, y: 4 },
    { does: 'other', bits: 0, down: false, x: 9, y: 4 },
    { does: 'wheel-up', bits: 64, down: true, x: 0, y: 0 },
    { does: 'other', bits: 2, down: true, x: 9, y: 4 },
    { does: 'other', bits: 35, down: true, x: 0, y: 0 },
    { does: 'wheel-down', bits: 81, down: true, x: 0, y: 0 },
  ]);
});

test('the terminal’s mouse is taken, given back, and left alone where it is not wanted', () => {
  let written = '';
  const write = (sequence: string) => {
    written += sequence;
  };
  const mouse = createMouse(write, {});
  mouse.take();
  expect(mouse.toggle()).toBe(false);
  mouse.take();
  expect(mouse.toggle()).toBe(true);
  mouse.give();
  expect(written).toBe(
    '\x1b[?1000h\x1b[?1006h\x1b[?1006l\x1b[?1000l\x1b[?1000h\x1b[?1006h\x1b[?1006l\x1b[?1000l',
  );
  written = '';
  mouse.take();
  mouse.follow('any');
  mouse.follow('any');
  mouse.follow('none');
  mouse.give();
  mouse.follow('drag');
  expect(written).toBe(
    '\x1b[?1000h\x1b[?1006h\x1b[?1006l\x1b[?1000l\x1b[?1003h\x1b[?1006h\x1b[?1006l\x1b[?1003l\x1b[?1000h\x1b[?1006h\x1b[?1006l\x1b[?1000l',
  );
  written = '';
  const none = createMouse(write, { WIREBOOK_MOUSE: '0' });
  none.take();
  none.give();
  expect(written).toBe('');
});

describe('a click', () => {
  /** Where the first row of the window that fits stands, as the terminal counts. */
  function find(on: ReturnType<typeof started>, wanted: RegExp): number {
    const { view, laid } = on.screen();
    const { rows } = frameOf(80, 24);
    const shown = visible(laid.page, topRow(view, laid, rows), rows);
    const at = shown.findIndex(({ line }) => wanted.test(lineText(line)));
    if (at < 0) throw new Error(`no ${wanted} in\n${shown.map(({ line }) => lineText(line)).join('\n')}`);
    return at + 2;
  }
  const click = (on: ReturnType<typeof started>, wanted: RegExp, x = 5) =>
    on.store.mouse({ does: 'click', bits: 0, down: true, x: x + GUTTER, y: find(on, wanted) });

  test('chooses a cell, and a second one on its head does what Enter does', async () => {
    const on = started();
    on.reach('addresses');
    on.press('n');
    expect(on.screen().view.current).not.toBe(undefined);
    click(on, /your turn/);
    expect(on.screen().session.lesson.blocks[on.screen().view.current!]).toMatchObject({
      cell: { id: 'addresses' },
    });
    expect(on.screen().view.mode.name).toBe('read');
    click(on, /your turn/);
    expect(on.screen().view.mode.name).toBe('write');
  });

  test('on a check opens it, on the footer presses the key that stands there', async () => {
    const on = started();
    on.reach('addresses');
    on.press('i', 'x', 'ctrl-r');
    await on.settle();
    click(on, /no route to/);
    expect(on.screen().view.opened.has('addresses')).toBe(true);
    click(on, /no route to|found/);
    expect(on.screen().view.opened.has('addresses')).toBe(false);
    // ` Enter try again   o why   h hint`
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 20, y: 23 });
    expect(on.screen().view.opened.has('addresses')).toBe(true);
  });

  test('answers a question', () => {
    const on = started();
    on.reach('state');
    click(on, /│ 2\. /);
    expect(on.session.acted).toContainEqual({ do: 'answer-quiz', quiz: 'state', choice: 1 });
  });

  test('goes to a step of the list', () => {
    const on = started();
    on.press('v');
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 10, y: 2 + 3 + 2 });
    expect(on.screen().view.mode.name).not.toBe('steps');
  });

  test('on prose, beside everything, or while writing changes nothing', () => {
    const on = started();
    const before = on.screen().view;
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 3, y: 3 });
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 79, y: 0 });
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 500, y: 500 });
    expect(on.screen().view).toEqual(before);
    on.reach('addresses');
    on.press('i');
    on.store.mouse({ does: 'click', bits: 0, down: true, x: 5, y: 8 });
    expect(on.screen().view.mode.name).toBe('write');
  });
});

test('the wheel scrolls by three rows; z gives the mouse back', () => {
  const { store, screen, press } = started();
  const top = () => topRow(screen().view, screen().laid, frameOf(80, 24).rows);
  store.mouse({ does: 'wheel-down', bits: 65, down: true, x: 5, y: 5 });
  expect(top()).toBe(3);
  store.mouse({ does: 'wheel-up', bits: 64, down: true, x: 5, y: 5 });
  expect(top()).toBe(0);
  press('z');
  expect(screen().view.notice).toBe(en.notice.mouseOff);
});
