/** What may be written on a line: a command and the rest. Short forms are the keys of the screen. */

export const COMMANDS = [
  'list',
  'open',
  'next',
  'back',
  'show',
  'steps',
  'word',
  'goto',
  'runto',
  'search',
  'run',
  'answer',
  'check',
  'hint',
  'solution',
  'choose',
  'why',
  'trace',
  'skip',
  'reset',
  'shell',
  'status',
  'help',
  'quit',
] as const;

/** Only in a live class. */
export const CLASS_COMMANDS = [
  'class',
  'hand',
  'react',
  'ask',
  'messages',
  'vote',
  'follow',
  'share',
  'unshare',
] as const;

export type CommandName = (typeof COMMANDS)[number];
export type ClassCommand = (typeof CLASS_COMMANDS)[number];

const CLASS_SHORT: Readonly<Record<string, ClassCommand>> = { C: 'class', X: 'unshare' };

const SHORT: Readonly<Record<string, CommandName>> = {
  l: 'list',
  n: 'next',
  p: 'back',
  c: 'check',
  h: 'hint',
  s: 'solution',
  o: 'why',
  v: 'steps',
  w: 'word',
  '/': 'search',
  t: 'shell',
  q: 'quit',
  exit: 'quit',
  '?': 'help',
};

export type PlainCommand =
  | { name: CommandName; rest: string }
  | { name: 'in-class'; does: ClassCommand; rest: string }
  | { name: 'unknown'; word: string };

/** Undefined for an empty line and for a comment. */
export function parseCommand(line: string): PlainCommand | undefined {
  const match = /^\s*(\S+)\s*([\s\S]*?)\s*$/.exec(line);
  if (!match || match[1]!.startsWith('#')) return undefined;
  const word = match[1]!;
  const name = COMMANDS.find((one) => one === word) ?? (Object.hasOwn(SHORT, word) ? SHORT[word] : undefined);
  const does =
    CLASS_COMMANDS.find((one) => one === word) ??
    (Object.hasOwn(CLASS_SHORT, word) ? CLASS_SHORT[word] : undefined);
  if (!name && does) return { name: 'in-class', does, rest: match[2]! };
  return name ? { name, rest: match[2]! } : { name: 'unknown', word };
}
