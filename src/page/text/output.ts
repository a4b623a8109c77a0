/**
 * A cell's output as lines that can be drawn inside a pane. Colours are kept; everything else that a terminal would
 * obey (cursor movement, titles, links, resets, bells) is taken out, so that no program can draw outside its pane.
 * A carriage return starts the line again, as progress displays mean it; a tab goes to the next multiple of eight.
 */
import type { Line, Span } from './line.ts';
import { applySgr, PLAIN, type SgrState, sgrStyle } from './sgr.ts';
import { graphemes, textWidth } from './width.ts';

const TAB = 8;
/** A string sequence (OSC, DCS) that is longer than this is not one: what follows is text again. */
const LONGEST_SEQUENCE = 4096;
const CONTROL = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

const CSI = /^(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~])/;
const STRING = /^(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)/;
const SHORT = /^\x1b[ -/]*[0-~]/;
const STARTED =
  /^(?:\x1b$|(?:\x1b\[|\x9b)[0-?]*[ -/]*$|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*\x1b?$|\x1b[ -/]+$)/;

export interface OutputStyle {
  colours: boolean;
  /** Style of what a stream prints without a colour of its own. */
  base: Readonly<Record<'stdout' | 'stderr', string>>;
}

export interface OutputReader {
  push(text: string, stream: 'stdout' | 'stderr'): void;
  /** All lines so far, in a list of its own; the last one may still grow. */
  lines(): readonly Line[];
}

export function createOutputReader(style: OutputStyle): OutputReader {
  const done: Line[] = [];
  let current: Span[] = [];
  let column = 0;
  let restart = false;
  let sgr: SgrState = PLAIN;
  let pending = '';

  const put = (text: string, stream: 'stdout' | 'stderr') => {
    if (text === '') return;
    if (restart) {
      current = [];
      column = 0;
      restart = false;
    }
    const own = sgrStyle(sgr, style.colours);
    const styled = own === '' ? style.base[stream] : own;
    const last = current.at(-1);
    if (last && last.style === styled)
      current[current.length - 1] = { text: last.text + text, style: styled };
    else current.push({ text, style: styled });
    column += textWidth(text);
  };

  const backspace = () => {
    const last = current.pop();
    if (!last) return;
    const kept = graphemes(last.text).slice(0, -1).join('');
    column -= textWidth(last.text) - textWidth(kept);
    if (kept !== '') current.push({ ...last, text: kept });
  };

  /** Takes the sequence or control character at the start of `text`; how long it is, or -1 when more must come. */
  const control = (text: string, stream: 'stdout' | 'stderr'): number => {
    const character = text[0]!;
    if (character === '\n') {
      done.push(current);
      current = [];
      column = 0;
      restart = false;
      return 1;
    }
    if (character === '\r') restart = true;
    else if (character === '\t') put(' '.repeat(TAB - (column % TAB)), stream);
    else if (character === '\b') backspace();
    else if (character === '\x1b' || (character >= '\x80' && character <= '\x9f')) return sequence(text);
    return 1;
  };

  const sequence = (text: string): number => {
    const head = text.slice(0, LONGEST_SEQUENCE);
    const csi = CSI.exec(head);
    if (csi) {
      if (csi[3] === 'm' && csi[2] === '' && /^[\d;:]*$/.test(csi[1]!)) sgr = applySgr(sgr, csi[1]!);
      return csi[0].length;
    }
    const string = STRING.exec(head);
    if (string) return string[0].length;
    if (text.length < LONGEST_SEQUENCE && STARTED.test(head)) return -1;
    // After a string that never ends, or a broken one, only its opening is dropped.
    return SHORT.exec(head)?.[0].length ?? 1;
  };

  return {
    push(text, stream) {
      let rest = pending + text;
      pending = '';
      let at = 0;
      while (at < rest.length) {
        CONTROL.lastIndex = at;
        const next = CONTROL.exec(rest)?.index ?? rest.length;
        put(rest.slice(at, next), stream);
        if (next === rest.length) return;
        const length = control(rest.slice(next, next + LONGEST_SEQUENCE), stream);
        if (length < 0) {
          pending = rest.slice(next);
          rest = '';
          return;
        }
        at = next + length;
      }
    },
    lines: () => (current.length === 0 ? done.slice() : [...done, current]),
  };
}
