/**
 * A start-up script as the simple commands that it surely runs, in order. What depends on something (`if`, loops, functions)
 * and what feeds a program (here-documents) is told, not guessed. Pure: nothing of a script is ever run here.
 */

export interface ShellPart {
  /** The first line of it, from 1. */
  line: number;
  text: string;
  /** `block`: what depends on something; only its first line stands in `text`. */
  is: 'command' | 'block';
  /** Of a block: its last line. */
  end?: number;
}

const OPENS = /^(?:if|for|while|until|case)\b|^(?:function\s+)?[\w.-]+\s*\(\)/;
const CLOSES = /(?:^|[;\s])(?:fi|done|esac)\s*(?:[;&|].*)?$|^\}/;
const HERE = /<<(-?)\s*(?:'([^']+)'|"([^"]+)"|\\?([\w.-]+))/;

/** Lines with their continuations joined, comments and here-documents taken out. */
function logicalLines(text: string): { line: number; text: string }[] {
  const raw = text.split('\n');
  const lines: { line: number; text: string }[] = [];
  for (let at = 0; at < raw.length; at++) {
    const line = at + 1;
    let whole = raw[at]!;
    while (/\\\s*$/.test(whole) && at + 1 < raw.length) whole = `${whole.replace(/\\\s*$/, ' ')}${raw[++at]}`;
    const plain = withoutComment(whole).replace(/\s+/g, ' ').trim();
    const here = HERE.exec(plain);
    if (here !== null) {
      const mark = here[2] ?? here[3] ?? here[4];
      while (at + 1 < raw.length && raw[at + 1]!.trim() !== mark) at++;
      at++;
    }
    if (plain !== '') lines.push({ line, text: plain });
  }
  return lines;
}

/** A `#` begins a comment where a word could begin, and not within quotes. */
function withoutComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line[at - 1]!))) return line.slice(0, at);
  }
  return line;
}

/** `iptables -C RULE || iptables -A RULE`: the first only looks whether the second is needed. */
const LOOKS = /^ip6?tables .*-C /;

/** At `;` and `&&` outside of quotes. What comes after `||` is for when the first has failed: left out, but for a look. */
export function simpleCommands(line: string): string[] {
  const parts: { text: string; isElse: boolean }[] = [{ text: '', isElse: false }];
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    const isBreak = char === ';' || line.startsWith('&&', at) || line.startsWith('||', at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (isBreak) {
      parts.push({ text: '', isElse: char === '|' });
      if (char !== ';') at++;
      continue;
    }
    parts.at(-1)!.text += char;
  }
  const looks = (at: number) => LOOKS.test(parts[at]?.text.trim() ?? '');
  return parts
    .filter(({ isElse }, at) => (isElse ? looks(at - 1) : !(looks(at) && parts[at + 1]?.isElse)))
    .map(({ text }) => text.replace(/(?:^|\s)\d?>{1,2}\s*(?:\/dev\/null|&\d)(?=\s|$)/g, '').trim())
    .filter((text) => text !== '');
}

export function shellParts(text: string): ShellPart[] {
  const parts: ShellPart[] = [];
  const lines = logicalLines(text);
  for (let at = 0; at < lines.length; at++) {
    const { line, text: whole } = lines[at]!;
    if (!OPENS.test(whole)) {
      for (const command of simpleCommands(whole)) parts.push({ line, text: command, is: 'command' });
      continue;
    }
    let depth = 0;
    let last = at;
    for (; last < lines.length; last++) {
      const each = lines[last]!.text;
      if (OPENS.test(each)) depth++;
      if (CLOSES.test(each)) depth--;
      if (depth <= 0) break;
    }
    const end = lines[Math.min(last, lines.length - 1)]!.line;
    parts.push({ line, text: whole, is: 'block', ...(end === line ? {} : { end }) });
    at = last;
  }
  return parts;
}

/** `$NAME`, `${NAME}`, `${NAME:-otherwise}` from what is known; undefined where a value is not, or comes of a command. */
export function expanded(text: string, known: ReadonlyMap<string, string>): string | undefined {
  let isWhole = true;
  const value = text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^{}]*))?\})/g,
    (_, plain: string | undefined, braced: string | undefined, otherwise: string | undefined) => {
      const found = known.get(plain ?? braced!) || otherwise;
      if (found === undefined) isWhole = false;
      return found ?? '';
    },
  );
  return isWhole && !/[$`]/.test(value) ? value : undefined;
}

/** `"a b"` and `'a'` without their quotes, as words; undefined where a shell would do more than that with them. */
export function wordsOf(text: string): string[] | undefined {
  const words: string[] = [];
  for (const [, double, single, plain] of text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g))
    words.push(double ?? single ?? plain!);
  return /[|&<>()*?[\]{}\\]/.test(text.replace(/"[^"]*"|'[^']*'/g, '')) ? undefined : words;
}
