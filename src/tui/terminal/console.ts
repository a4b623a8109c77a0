/**
 * The Linux console (TERM=linux). It has a font of some hundred signs, no clipboard and no links, and older kernels print
 * what they do not know of an OSC sequence. So none leaves for it, and a sign that its font lacks goes out as one that it
 * has, of the same width. (Which colours it can show is told by src/page/theme.ts.) Chinese it cannot show at all: what is wide stays as it is.
 */

type Env = Readonly<Record<string, string | undefined>>;

export const isConsole = (env: Env): boolean => env.TERM === 'linux';

const OSC = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

const SIGNS: Readonly<Record<string, string>> = {
  '…': '.',
  '—': '-',
  '–': '-',
  '‐': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '•': '*',
  '●': '*',
  '○': 'o',
  '✓': '√',
  '✗': 'x',
  '✎': '*',
  '↳': '»',
  '⏎': '¬',
  '×': 'x',
  '‹': '<',
  '›': '>',
  '╭': '┌',
  '╮': '┐',
  '╰': '└',
  '╯': '┘',
  '┆': ':',
  '┊': ':',
  '━': '═',
};
const SIGN = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'gu');

/** It has no second screen, or only of late: what stood there before is cleared away, and so is the notebook in the end. */
const CLEARED: Readonly<Record<string, string>> = {
  '\x1b[?1049h': '\x1b[?1049h\x1b[H\x1b[2J',
  '\x1b[?1049l': '\x1b[m\x1b[H\x1b[2J\x1b[?1049l',
};
const SECOND_SCREEN = /\x1b\[\?1049[hl]/g;

export const forConsole = (text: string): string =>
  text
    .replace(OSC, '')
    .replace(SIGN, (sign) => SIGNS[sign]!)
    .replace(SECOND_SCREEN, (mode) => CLEARED[mode]!);

/** Keys that a console calls by other names than the terminals which programs in a shell of the notebook take it for. */
const KEYS: Readonly<Record<string, string>> = {
  '[A': 'OP',
  '[B': 'OQ',
  '[C': 'OR',
  '[D': 'OS',
  '[E': '[15~',
  '1~': '[H',
  '4~': '[F',
};
const KEY = /(?<=\x1b)\[(\[[A-E]|[14]~)/g;

/** F1 to F5, Home and End as xterm has them. */
export const fromConsole = (chunk: string): string => chunk.replace(KEY, (_, name: string) => KEYS[name]!);

/** The same stream, for a console. */
export function toConsole(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: never[]): boolean =>
    stdout.write(typeof chunk === 'string' ? forConsole(chunk) : chunk, ...rest);
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
