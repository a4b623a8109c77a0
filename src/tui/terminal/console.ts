/**
 * The Linux console (TERM=linux). It has a font of some hundred signs, no clipboard and no links, and older kernels print
 * what they do not know of an OSC sequence. So none leaves for it, and a sign that its font lacks goes out as one that it
 * has, of the same width. Chinese it cannot show at all: what is wide stays as it is.
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

export const forConsole = (text: string): string =>
  text.replace(OSC, '').replace(SIGN, (sign) => SIGNS[sign]!);

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
