import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { lineText } from '../../src/page/text/line.ts';
import { en } from '../../src/page/words/en.ts';
import { Printout } from '../../src/session/printout/printout.ts';
import { type PrintoutMode, placed } from '../../src/tui/model/printout.ts';
import { seek } from '../../src/tui/printout/seek.ts';
import { createSheet } from '../../src/tui/printout/sheet.ts';
import { started } from './started.ts';

const sheetOf = (text: string) => createSheet(Printout.of(text), true);

/** At the cell that prints 100,000 lines, which has run. */
async function printed() {
  const notebook = started();
  notebook.reach('much');
  notebook.press('a');
  await notebook.settle();
  const mode = () => {
    const { mode } = notebook.screen().view;
    if (mode.name !== 'printout') throw new Error(`it is ${mode.name}`);
    return mode;
  };
  const here = () => {
    const { sheet } = notebook.screen();
    const { at } = placed(mode(), sheet!, { columns: 80, rows: 20 });
    return lineText(sheet!.line(at));
  };
  const type = (text: string) => notebook.press(...text);
  return { ...notebook, mode, here, type };
}

describe('all that a cell has printed', () => {
  test('is scrolled to its ends and by pages', async () => {
    const { press, here, mode } = await printed();
    press('F');
    expect(here()).toBe('1');
    press('j', 'j');
    expect(here()).toBe('3');
    press(' ');
    expect(mode().top).toBe(19);
    press('b');
    expect(mode().top).toBe(0);
    press('G');
    expect(here()).toBe('100000');
    press('k');
    expect(here()).toBe('99999');
    press('j', 'j', 'j');
    expect(mode().at).toBe(Infinity);
    press('g');
    expect(here()).toBe('1');
  });

  test('is looked through, on and back, from the end to the beginning', async () => {
    const { press, here, type, screen, mode } = await printed();
    press('F', '/');
    type('4321');
    press('enter');
    await vi.waitFor(() => expect(here()).toBe('4321'));
    press('n');
    await vi.waitFor(() => expect(here()).toBe('14321'));
    press('N', 'N');
    await vi.waitFor(() => expect(here()).toBe('94321'));
    press('n');
    await vi.waitFor(() => expect(here()).toBe('4321'));
    press('/');
    type('nowhere');
    press('enter');
    await vi.waitFor(() => expect(screen().view.notice).toBe(en.printout.notFound('nowhere')));
    expect(mode().find).toBeUndefined();
  });

  test('is copied in part, which leaves what was marked', async () => {
    const { press, copies, screen, mode } = await printed();
    press('F', 'j', 'v', 'j', 'j', 'y');
    expect(copies).toEqual(['2\n3\n4']);
    expect(mode().mark).toBeUndefined();
    press('g', 'v', 'G', 'y');
    expect(copies).toHaveLength(1);
    expect(screen().view.notice).toBe(en.notice.tooLong);
  });

  test('goes to a pager, and to a file that is not there yet', async () => {
    const { press, type, taken, screen, settle } = await printed();
    press('P');
    await settle();
    expect(taken).toEqual([{ path: '/kept/much.txt' }]);
    press('W');
    expect(screen().view.mode).toMatchObject({ typing: { what: 'file', text: 'fake-3.txt' } });
    press('ctrl-u');
    type('there.txt');
    press('enter');
    await settle();
    expect(screen().view.notice).toBe(en.printout.exists('there.txt'));
    press('W', 'enter');
    await settle();
    expect(screen().view.notice).toBe(en.printout.saved('fake-3.txt', 7));
    expect(taken).toHaveLength(2);
  });

  test('of a cell that prints little is what the page has', async () => {
    const { press, reach, settle, here, taken, screen, mode } = await printed();
    reach('lay-cable');
    press('F');
    expect(screen().view.notice).toBe(en.notice.noOutput);
    press('a');
    await settle();
    press('F');
    expect(here()).toBe('veth-client@veth-server: UP');
    press('P');
    await settle();
    expect(taken).toEqual([{ text: 'veth-client@veth-server: \x1b[32mUP\x1b[0m\n' }]);
    expect(mode().cell).toBe('lay-cable');
    press('escape');
    expect(screen().view.mode.name).toBe('read');
  });

  test('first ends what was begun in it, then itself', async () => {
    const { press, mode, screen } = await printed();
    press('F', 'v', 'escape');
    expect(mode().mark).toBeUndefined();
    press('/', 'x', 'escape');
    expect(mode().typing).toBeUndefined();
    press('q');
    expect(screen().view.mode.name).toBe('read');
  });
});

const MODE: PrintoutMode = { name: 'printout', cell: 'c', at: 0, top: 0, skip: 0 };

test('what the reader is at is always in the window, and the window is full where there is enough', () => {
  const lines = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(
      lines,
      fc.nat(80),
      fc.nat(80),
      fc.nat(12),
      fc.integer({ min: 3, max: 30 }),
      (lengths, at, top, skip, rows) => {
        const sheet = sheetOf(lengths.map((length) => `${'x'.repeat(length)}\n`).join(''));
        const size = { columns: 42, rows };
        const place = placed({ ...MODE, at, top, skip }, sheet, size);
        const heights = lengths.map((_, piece) => sheet.rows(piece, 40).length);
        const above = (piece: number) => heights.slice(0, piece).reduce((sum, height) => sum + height, 0);
        const first = above(place.top) + place.skip;
        expect(place.at).toBe(Math.min(at, lengths.length - 1));
        if (heights[place.at]! <= rows) {
          expect(above(place.at)).toBeGreaterThanOrEqual(first);
          expect(above(place.at + 1)).toBeLessThanOrEqual(first + rows);
        } else expect(place.top).toBe(place.at);
        expect(first + rows).toBeLessThanOrEqual(Math.max(above(lengths.length), rows));
      },
    ),
  );
});

test('a search finds what is there and nothing else, from any place in any direction', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'needle', '\x1b[1mnee\x1b[0mdle', 'b'.repeat(1200), 'x needle'), {
        minLength: 1,
        maxLength: 700,
        size: 'max',
      }),
      fc.nat(700),
      fc.constantFrom(1 as const, -1 as const),
      async (lines, start, by) => {
        const sheet = sheetOf(`${lines.join('\n')}\n`);
        const from = Math.min(start, sheet.pieces - 1);
        const all = Array.from({ length: sheet.pieces }, (_, at) => at).filter((at) =>
          lineText(sheet.line(at)).includes('needle'),
        );
        const wanted =
          by === 1
            ? (all.find((at) => at > from) ?? all[0])
            : (all.findLast((at) => at < from) ?? all.at(-1));
        expect(await seek(sheet, { pattern: /needle/giu, from, by, goOn: () => true })).toBe(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

test('a sequence that never ends takes no lines with it', () => {
  const sheet = sheetOf('one\n\x1b]0;title\ntwo\nthree\n');
  expect(sheet.pieces).toBe(4);
  expect(lineText(sheet.line(3))).toBe('three');
});
