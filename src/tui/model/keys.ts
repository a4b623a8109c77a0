/** One key press, whatever bytes the terminal sent for it. */
import type { Key } from 'ink';
import { graphemes } from '../../page/text/width.ts';

export type KeyName =
  | 'char'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageup'
  | 'pagedown'
  | 'home'
  | 'end';

export interface KeyPress {
  name: KeyName;
  /** The character of `char`; '' otherwise. */
  char: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

const NAMED: readonly (readonly [keyof Key, KeyName])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
];

/** Control characters inside a run of quickly typed text. */
const INSIDE: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
};

/** Ink gives several characters at once when they arrive together: each is a key of its own. */
export function keysOf(input: string, key: Key): KeyPress[] {
  if (key.eventType === 'release') return [];
  const modifiers = { ctrl: key.ctrl, alt: key.meta, shift: key.shift };
  const named = NAMED.find(([flag]) => key[flag]);
  // A lone escape carries the meta flag in some terminals: it means escape.
  if (named)
    return [{ name: named[1], char: '', ...modifiers, alt: named[1] === 'escape' ? false : modifiers.alt }];
  return graphemes(input).flatMap((char): KeyPress[] => {
    const inside = INSIDE[char];
    if (inside) return [{ name: inside, char: '', ctrl: false, alt: false, shift: false }];
    const code = char.charCodeAt(0);
    // A control letter in the middle of a run, e.g. Ctrl-C typed ahead.
    if (char.length === 1 && code < 0x20) {
      const letter = String.fromCharCode(code + (code < 0x1b ? 0x60 : 0x40));
      return [{ name: 'char', char: letter, ctrl: true, alt: false, shift: false }];
    }
    return [{ name: 'char', char, ...modifiers }];
  });
}

/** The press that a chord names. */
export function pressOf(name: string): KeyPress {
  const [, modifiers = '', base = ''] = /^((?:ctrl-|alt-|shift-)*)(.+)$/su.exec(name) ?? [];
  const named = NAMED.find(([, key]) => key === base)?.[1];
  return {
    name: named ?? 'char',
    char: named ? '' : base,
    ctrl: modifiers.includes('ctrl-'),
    alt: modifiers.includes('alt-'),
    shift: modifiers.includes('shift-'),
  };
}

/** `ctrl-c`, `alt-enter`, `shift-tab`, `G`: how the key tables name a press. */
export function chord(press: KeyPress): string {
  const base = press.name === 'char' ? press.char : press.name;
  const shift = press.shift && press.name !== 'char' ? 'shift-' : '';
  return `${press.ctrl ? 'ctrl-' : ''}${press.alt ? 'alt-' : ''}${shift}${press.ctrl || press.alt ? base.toLowerCase() : base}`;
}
