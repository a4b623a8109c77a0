/** Whether two cells run the same: line by line, but for comments on lines of their own, which are the reader's. */

export interface CodeLine {
  text: string;
  /** Index in the cell. */
  index: number;
}

const HERE = /(?<!<)<<(?!<)(-?)\s*(['"]?)([A-Za-z_]\w*)\2/g;

/** A line that only speaks to the reader. `#!` speaks to the kernel. */
const isComment = (line: string): boolean => /^\s*#(?!!)/.test(line);

type Quote = "'" | '"' | undefined;

/** What is still open at a line's end: a quote, or a backslash that takes the next line with it. */
function openAfter(line: string, before: Quote): { quote: Quote; goesOn: boolean } {
  let quote = before;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (sign === '\\' && quote !== "'") {
      if (i === line.length - 1) return { quote, goesOn: true };
      i += 1;
    } else if (quote !== undefined) {
      if (sign === quote) quote = undefined;
    } else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === '#' && (i === 0 || /[\s;&|(]/.test(line[i - 1]!))) break;
  }
  return { quote, goesOn: false };
}

/** The lines that run. What stands in a here-document or in quotes is data, whatever it looks like. */
export function codeOf(lines: readonly string[]): CodeLine[] {
  const code: CodeLine[] = [];
  const ends: { word: string; tabs: boolean }[] = [];
  let quote: Quote;
  let goesOn = false;
  for (const [index, raw] of lines.entries()) {
    const text = raw.trimEnd();
    const end = ends[0];
    if (end) {
      if ((end.tabs ? text.replace(/^\t+/, '') : text) === end.word) ends.shift();
      code.push({ text, index });
      continue;
    }
    const inside = quote !== undefined || goesOn;
    if (!inside && (text === '' || isComment(text))) continue;
    ({ quote, goesOn } = openAfter(raw, quote));
    for (const [, dash, , word] of text.matchAll(HERE)) ends.push({ word: word!, tabs: dash === '-' });
    code.push({ text, index });
  }
  return code;
}

export interface CodeDifference {
  /** Index of the line that differs; undefined where the text ends too early. */
  index?: number;
  /** What the original has there; undefined where the text goes on. */
  wanted?: string;
}

export function codeDifference(
  lines: readonly string[],
  original: readonly string[],
): CodeDifference | undefined {
  const mine = codeOf(lines);
  const theirs = codeOf(original);
  const at = [...Array(Math.max(mine.length, theirs.length)).keys()].find(
    (i) => mine[i]?.text !== theirs[i]?.text,
  );
  if (at === undefined) return undefined;
  return {
    ...(mine[at] ? { index: mine[at].index } : {}),
    ...(theirs[at] ? { wanted: theirs[at].text } : {}),
  };
}
