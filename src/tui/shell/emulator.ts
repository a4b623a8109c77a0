/**
 * A terminal without a screen: takes what a program writes to its PTY and keeps the cells that a person would see.
 * Whatever the program prints ends here; what leaves is text and styles, and answers to what it asked its terminal.
 */
import type { IBufferCell, Terminal } from '@xterm/headless';
import { EMPTY, type Line, lineWidth, type Span, span } from '../../page/text/line.ts';
import type { Asked } from '../model/shell-keys.ts';
import { cellStyle, cellText, columnsOf } from './cells.ts';
import { type LinkOf, linksOf } from './links.ts';

export interface EmulatorOptions {
  columns: number;
  rows: number;
  /** False: colours are dropped, bold and the like stay. */
  colours: boolean;
  /** False: nothing blinks. */
  blink: boolean;
  /** The picture may be another one now. */
  onChange: () => void;
  /** An answer to the program: where the cursor is, what terminal this is. */
  onAnswer: (data: string) => void;
}

export interface Emulator {
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** The rows of the window, as far as the reader has scrolled back. */
  lines(): Line[];
  /** Where the program's cursor is in the window; undefined when it is hidden or scrolled away. */
  cursor(): { x: number; y: number } | undefined;
  /** Rows between the window and the end of what was printed. */
  scrolled(): number;
  /** Negative: back. */
  scroll(rows: number): void;
  /** What the program has asked of the keys. */
  keys(): Omit<Asked, 'tabs' | 'ended'>;
  dispose(): void;
}

export type CreateEmulator = (options: EmulatorOptions) => Promise<Emulator>;

const SCROLLBACK = 5000;
/** A program that says it is in the middle of a frame (DEC mode 2026) is believed for so long. */
const FRAME_MS = 150;

/** Only here is xterm loaded: nobody pays for it who opens no shell. */
export const createEmulator: CreateEmulator = async (options) => {
  const { default: xterm } = await import('@xterm/headless');
  const terminal = new xterm.Terminal({
    cols: options.columns,
    rows: options.rows,
    scrollback: SCROLLBACK,
    allowProposedApi: true,
    logLevel: 'off',
  });
  // The tables that the screen around it is measured with, or columns would not agree.
  terminal.unicode.register({ version: 'wirebook', wcwidth: columnsOf, charProperties });
  terminal.unicode.activeVersion = 'wirebook';
  terminal.onData(options.onAnswer);
  terminal.onBinary(options.onAnswer);
  return new HeadlessEmulator(terminal, options);
};

/** As xterm packs it: bit 0 whether it joins the cell before, then two bits of width. */
function charProperties(codepoint: number, preceding: number): number {
  let width = columnsOf(codepoint);
  let joins = width === 0 && preceding !== 0;
  if (joins) {
    const before = (preceding >> 1) & 3;
    if (before === 0) joins = false;
    else if (before > width) width = before as 1 | 2;
  }
  return ((width & 3) << 1) | (joins ? 1 : 0);
}

class HeadlessEmulator implements Emulator {
  readonly #terminal: Terminal;
  readonly #options: EmulatorOptions;
  #hidden = false;
  /** DECSET 1006: reports of the mouse as text. */
  #sgr = false;
  readonly #link: LinkOf;
  #frameSince: number | undefined;
  #drawn: Line[] = [];
  /** What `lines` gave last is still true. */
  #clean = false;

  constructor(terminal: Terminal, options: EmulatorOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#link = linksOf(terminal);
    this.#followModes();
  }

  /** The emulator keeps some modes to itself; so the sequences that set them are read along. */
  #followModes(): void {
    const { parser } = this.#terminal;
    const set = (on: boolean) => (parameters: readonly (number | number[])[]) => {
      if (parameters.includes(25)) this.#hidden = !on;
      if (parameters.includes(1006)) this.#sgr = on;
      return false;
    };
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, set(true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, set(false));
    const reset = () => {
      this.#hidden = false;
      this.#sgr = false;
      return false;
    };
    parser.registerEscHandler({ final: 'c' }, reset);
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);
  }

  write(bytes: Uint8Array): void {
    this.#terminal.write(bytes, () => this.#changed());
  }

  #changed(): void {
    this.#clean = false;
    this.#options.onChange();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.#terminal.cols && rows === this.#terminal.rows) return;
    this.#terminal.resize(Math.max(2, columns), Math.max(1, rows));
    this.#clean = false;
  }

  lines(): Line[] {
    if (this.#clean || this.#inFrame()) return this.#drawn;
    const { rows, cols, buffer } = this.#terminal;
    const { active } = buffer;
    const reused = active.getNullCell();
    this.#drawn = Array.from({ length: rows }, (_, y) => {
      const line = active.getLine(active.viewportY + y);
      if (line === undefined) return EMPTY;
      const look = { colours: this.#options.colours, blink: this.#options.blink, link: this.#link };
      return rowOf((x) => line.getCell(x, reused), cols, look);
    });
    this.#clean = true;
    return this.#drawn;
  }

  #inFrame(): boolean {
    if (!this.#terminal.modes.synchronizedOutputMode || this.#drawn.length === 0) {
      this.#frameSince = undefined;
      return false;
    }
    if (this.#frameSince === undefined) {
      this.#frameSince = performance.now();
      setTimeout(() => this.#changed(), FRAME_MS + 1).unref();
    }
    return performance.now() - this.#frameSince < FRAME_MS;
  }

  cursor(): { x: number; y: number } | undefined {
    const { active } = this.#terminal.buffer;
    const y = active.baseY + active.cursorY - active.viewportY;
    if (this.#hidden || y < 0 || y >= this.#terminal.rows) return undefined;
    // After the last column the cursor waits behind it for the next character.
    return { x: Math.min(active.cursorX, this.#terminal.cols - 1), y };
  }

  scrolled(): number {
    const { active } = this.#terminal.buffer;
    return active.baseY - active.viewportY;
  }

  scroll(rows: number): void {
    this.#terminal.scrollLines(Math.trunc(rows));
    this.#changed();
  }

  keys() {
    const { modes, buffer } = this.#terminal;
    return {
      applicationCursor: modes.applicationCursorKeysMode,
      bracketedPaste: modes.bracketedPasteMode,
      mouse: modes.mouseTrackingMode,
      sgr: this.#sgr,
      focus: modes.sendFocusMode,
      alternate: buffer.active.type === 'alternate',
    };
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}

type CellAt = (x: number) => IBufferCell | undefined;

interface Look {
  colours: boolean;
  blink: boolean;
  link: LinkOf;
}

/** Cells side by side are as wide as alone, but for scripts that join letters over their marks: those lose them. */
function rowOf(cellAt: CellAt, columns: number, look: Look): Line {
  const spans = spansOf(cellAt, columns, look, false);
  return lineWidth(spans) === columns ? spans : spansOf(cellAt, columns, look, true);
}

/** Cells that look alike and stand side by side are one span. */
function spansOf(cellAt: CellAt, columns: number, look: Look, bare: boolean): Span[] {
  const spans: Span[] = [];
  let text = '';
  let style = '';
  let link: string | undefined;
  for (let x = 0; x < columns; x++) {
    const cell = cellAt(x);
    const width = cell?.getWidth() ?? 1;
    // The second half of a wide character.
    if (width === 0) continue;
    const next = cell === undefined ? '' : cellStyle(cell, look.colours, look.blink);
    const leads = cell && look.link(cell);
    if ((next !== style || leads !== link) && text !== '') {
      spans.push(span(text, style, link));
      text = '';
    }
    style = next;
    link = leads;
    text += cell === undefined ? ' ' : cellText(cell, columns - x, bare);
  }
  if (text !== '') spans.push(span(text, style, link));
  return spans;
}
