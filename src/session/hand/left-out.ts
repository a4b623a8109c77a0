/** Which commands of a shell are not done again in another sandbox, and why. Pure. */
import type { Deed } from '../deed.ts';
import { commandsOf } from '../quick/commands.ts';
import { effectOfLine } from '../quick/effects.ts';

/**
 * - `interrupted`: ended by a key, or still running when its shell ended
 * - `keyboard`: it asks somebody at a keyboard
 * - `elsewhere`: typed in namespaces that have no name
 * - `unknown`: the shell was told not to remember it
 */
export type LeftOut = 'interrupted' | 'keyboard' | 'elsewhere' | 'unknown';

/** Programs that are nothing without somebody at a keyboard, by how many words they have. */
const ASKS =
  /^(vi|vim|nvim|nano|emacs|ed|less|more|man|top|htop|watch|ssh|sftp|ftp|telnet|screen|tmux|mc|passwd|su|gdb)$/;
const ASKS_ALONE = /^(python3?|node|perl|ruby|lua|bc|cat|nft|sh|dash|ash|zsh|ksh|read)$/;
/** Only the shell that it was typed in is concerned. */
const OF_THE_SHELL = /^(exit|logout|clear|reset|history|fc|jobs|fg|bg|wait|disown|bind|stty)$/;
/** A bash in a bash: what was typed there is known by itself. */
const BASH = /(^|\/)bash$/;
const WITH_COUNT = /\s-\w*c\s*\d/;

/** Undefined: it is done again. 'silent': it is not, and nothing is lost by that. */
export function leftOut({ text, hand, outcome }: Deed): LeftOut | 'silent' | undefined {
  if (hand === undefined) return undefined;
  const { how } = hand;
  if (text === '') return 'unknown';
  const commands = commandsOf(text);
  const only = commands?.length === 1 ? commands[0]!.words : [];
  if (OF_THE_SHELL.test(only[0] ?? '') || opensBash(only)) return 'silent';
  // Only packets, for as long as one likes: what they have taught the kernel it forgets by itself.
  if (effectOfLine(text) === 'talks' && /\bping\b/.test(text) && !WITH_COUNT.test(text)) return 'silent';
  if (how === 'full-screen') return 'keyboard';
  if (how === undefined || how === 'interrupted' || how === 'unfinished' || outcome === undefined)
    return 'interrupted';
  if (hand.netns === undefined) return 'elsewhere';
  const asks = commands?.some(({ words }) => asksSomebody(words)) ?? false;
  return asks ? 'keyboard' : undefined;
}

const MOST_NAMED = 4;
const MOST_UNITS = 40;

/** What is not done again and may be missed, for a sentence. */
export function leftOf(deeds: readonly Deed[] = []): string[] {
  const left = deeds.filter((deed) => deed.hand && leftOut(deed) !== undefined && leftOut(deed) !== 'silent');
  const named = left.slice(0, MOST_NAMED).map(({ text }) => {
    const line = text === '' ? '?' : text.replace(/\s+/g, ' ').trim();
    return line.length > MOST_UNITS ? `${line.slice(0, MOST_UNITS)}...` : line;
  });
  return left.length > MOST_NAMED ? [...named, '...'] : named;
}

const nameOf = (word = ''): string => word.replace(/^.*\//, '');

/** `ip netns exec NAME` and the like before it. */
function inner(words: readonly string[]): readonly string[] {
  const name = nameOf(words[0]);
  if (name === 'ip' && /^netns?$/.test(words[1] ?? '') && words[2] === 'exec') return inner(words.slice(4));
  return name === 'sudo' || name === 'env' || name === 'exec' ? inner(words.slice(1)) : words;
}

function asksSomebody(words: readonly string[]): boolean {
  const [first, ...rest] = inner(words);
  const name = nameOf(first);
  return ASKS.test(name) || (ASKS_ALONE.test(name) && rest.every((word) => /^-i?$/.test(word)));
}

/** Also in namespaces of its own, where it is another's question whether it can be done again. */
function opensBash(words: readonly string[]): boolean {
  const own = inner(words);
  const last = own.findLastIndex((word) => !word.startsWith('-'));
  if (last < 0 || !BASH.test(own[last]!)) return false;
  return last === 0 || /^(unshare|nsenter|setsid|chroot)$/.test(nameOf(own[0]));
}
