/** What the keys ask of a cell's whole output, carried out: looked through, handed to a pager, saved. */

import { InputError } from '../../lib/errors.ts';
import { isRefusal, whyRefused } from '../../lib/refusal.ts';
import { findPattern } from '../../page/find/pattern.ts';
import type { Words } from '../../page/words/choose.ts';
import { oneLine } from '../../report/safe.ts';
import { Printout } from '../../session/printout/printout.ts';
import type { Session } from '../../session/session.ts';
import type { CellState } from '../../session/state.ts';
import type { Effect } from '../model/effect.ts';
import type { PrintoutMode } from '../model/printout.ts';
import type { LessonView } from '../model/view.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { seek } from './seek.ts';
import { createSheet, type Sheet } from './sheet.ts';

/** All of it: a file that has it, or the text. */
export type Whole = { path: string } | { text: string };

/** What the world does with it. */
export interface Taken {
  /** Resolves when the reader is back; rejects with why there was no pager. */
  page(whole: Whole): Promise<void>;
  /** Resolves with the file's name and size. */
  save(whole: Whole, path: string): Promise<{ path: string; bytes: number }>;
}

export interface PrintoutControl {
  carryOut(effect: Effect): boolean;
  /** Of the cell that is looked at; undefined while none is. */
  sheet(view: LessonView): Sheet | undefined;
  stop(): void;
}

export interface PrintoutOptions {
  session: Session;
  colours: boolean;
  words: Words;
  taken: Taken;
  view: () => LessonView | undefined;
  show: (view: LessonView, effects?: readonly Effect[]) => void;
  /** Why something failed, in words. */
  reason: (error: unknown) => string;
}

/** Pieces; what is further away is shown with so many above it. */
const NEAR = 12;
const ABOVE = 6;
const isNotHere = (error: unknown) => error instanceof InputError && error.code === 'editor-not-here';

/** Milliseconds after which a search says how far it is. */
const TELL_MS = 150;

export function printoutControl({
  session,
  colours,
  words,
  taken,
  view,
  show,
  reason,
}: PrintoutOptions): PrintoutControl {
  const said = words.printout;
  let last: { of: Printout | CellState['output']; sheet: Sheet } | undefined;
  /** One after the other: a key pressed twice goes on from what the first has found. */
  let searching: Promise<void> = Promise.resolve();
  let stopped = false;

  const outputOf = (cell: string) => session.getState().cells[cell]?.output ?? [];

  const textOf = (cell: string) =>
    outputOf(cell)
      .map(({ text, omitted }) => (omitted === undefined ? text : `\n... ${words.leftOut(omitted)} ...\n`))
      .join('');

  const sheetOf = (cell: string): Sheet => {
    const kept = session.printout?.(cell)?.printout;
    const of = kept ?? outputOf(cell);
    if (last?.of !== of) last = { of, sheet: createSheet(kept ?? Printout.of(textOf(cell)), colours) };
    return last.sheet;
  };

  const wholeOf = (cell: string): Whole => {
    const kept = session.printout?.(cell);
    if (kept === undefined) return { text: textOf(cell) };
    // Asked for its size it writes down what has come so far.
    return kept.printout.size > 0 ? { path: kept.path } : { text: '' };
  };

  const say = (notice: string) => {
    const now = view();
    if (now) show({ ...now, notice });
  };

  const looked = (change: (mode: PrintoutMode) => Partial<PrintoutMode>) => {
    const now = view();
    if (now?.mode.name === 'printout') show({ ...now, mode: { ...now.mode, ...change(now.mode) } });
  };

  const find = async (text: string, by: 1 | -1) => {
    const now = view();
    const pattern = findPattern(text);
    if (now?.mode.name !== 'printout' || !pattern) return;
    const { cell, at } = now.mode;
    const sheet = sheetOf(cell);
    let told = performance.now();
    const waits = () => {
      const { mode } = view() ?? {};
      return !stopped && mode?.name === 'printout' && mode.cell === cell && mode.find?.text === text;
    };
    if (!waits()) return;
    const found = await seek(sheet, {
      pattern,
      from: Math.min(at, sheet.pieces - 1),
      by,
      goOn(part) {
        if (!waits()) return false;
        if (performance.now() - told < TELL_MS) return true;
        told = performance.now();
        looked(() => ({ find: { text, looking: part } }));
        return true;
      },
    });
    if (!waits()) return;
    if (found !== undefined)
      return looked(({ top }) => ({
        at: found,
        // What led to it is seen too, unless it is near where the reader was.
        ...(found < top || found > top + NEAR ? { top: Math.max(0, found - ABOVE), skip: 0 } : {}),
        find: { text, looking: 0 },
      }));
    looked(() => ({ find: undefined }));
    say(said.notFound(text.trim()));
  };

  const page = oneAtATime(async (cell: string) => {
    try {
      await taken.page(wholeOf(cell));
    } catch (error) {
      say(isNotHere(error) ? said.notHere : said.pagerFailed(reason(error)));
    }
  });

  const save = async (cell: string, path: string) => {
    try {
      const { path: name, bytes } = await taken.save(wholeOf(cell), path);
      say(said.saved(oneLine(name), bytes));
    } catch (error) {
      if (isNotHere(error)) return say(said.notHere);
      const code = isRefusal(error) ? error.code : undefined;
      if (code === 'EEXIST') return say(said.exists(oneLine(path)));
      say(code === 'ENOENT' ? said.noFolder : said.notSaved(words.say(whyRefused(error))));
    }
  };

  return {
    carryOut(effect) {
      if (effect.effect === 'printout-find') {
        const { text, by } = effect;
        searching = searching.then(() => find(text, by));
      } else if (effect.effect === 'printout-pager') void page(effect.cell);
      else if (effect.effect === 'printout-save') void save(effect.cell, effect.path);
      else return false;
      return true;
    },
    sheet: ({ mode }) => (mode.name === 'printout' ? sheetOf(mode.cell) : undefined),
    stop() {
      stopped = true;
      last = undefined;
    },
  };
}
