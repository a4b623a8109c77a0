/**
 * What a cell prints, as an `.output` block says it, line by line: `...` alone on a line stands for any lines, none
 * included; `/regex/` or `/regex/i` for a line in which it is found; every other line is literal. A backslash before `...` or `/` makes
 * such a line literal. White space at the end of a line, and blank lines at the end of all, never count. A text fits or
 * it does not: there is no likeness.
 */

export type LinePattern =
  | { kind: 'any' }
  | { kind: 'literal'; text: string; line: number }
  | { kind: 'regex'; source: string; regex: RegExp; line: number };

export interface OutputFault {
  code: string;
  /** Index of the line. */
  index: number;
  message: string;
  instead?: string;
}

/** A line of the pattern or of the text, from 1. */
export interface LineOf {
  line: number;
  text: string;
}

export type OutputMatch =
  | { ok: true }
  /** The first place where they part. No `expected`: the text goes on. No `found`: the text has ended. */
  | { ok: false; expected?: LineOf; found?: LineOf };

function parseLine(raw: string, index: number): LinePattern | string {
  const text = raw.trimEnd();
  const line = index + 1;
  if (text.trim() === '...') return { kind: 'any' };
  const regex = /^\s*\/(.+)\/([imsu]*)$/.exec(text);
  if (regex) {
    try {
      return { kind: 'regex', source: text, regex: new RegExp(regex[1]!, regex[2]), line };
    } catch (error) {
      return (error as Error).message;
    }
  }
  return { kind: 'literal', text: text.replace(/^(\s*)\\(?=\\*(\.\.\.|\/.+\/[imsu]*)$)/, '$1'), line };
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  const trimmed = lines.map((line) => line.trimEnd());
  while (trimmed.at(-1) === '') trimmed.pop();
  return trimmed;
}

export function parseOutput(lines: readonly string[]): { patterns: LinePattern[]; faults: OutputFault[] } {
  const patterns: LinePattern[] = [];
  const faults: OutputFault[] = [];
  for (const [index, raw] of withoutBlankEnd(lines).entries()) {
    const pattern = parseLine(raw, index);
    if (typeof pattern === 'string') faults.push({ code: 'bad-regex', index, message: `${pattern}.` });
    else patterns.push(pattern);
  }
  if (faults.length === 0 && patterns.every((pattern) => pattern.kind === 'any'))
    faults.push({
      code: 'empty-output',
      index: 0,
      message: 'An `.output` block that any text fits says nothing.',
      instead: 'write at least one line of what is printed',
    });
  return { patterns, faults };
}

function fits(pattern: LinePattern, line: string): boolean {
  if (pattern.kind === 'any') return true;
  return pattern.kind === 'literal' ? pattern.text === line : pattern.regex.test(line);
}

type Line = Exclude<LinePattern, { kind: 'any' }>;

/** Between two `...` stands a run of lines that belong together. */
function runsOf(patterns: readonly LinePattern[]): Line[][] {
  const runs: Line[][] = [[]];
  for (const pattern of patterns) {
    if (pattern.kind === 'any') runs.push([]);
    else runs.at(-1)!.push(pattern);
  }
  return runs;
}

/** How many lines of the run fit from `at` on. */
function progress(run: readonly Line[], lines: readonly string[], at: number): number {
  const stop = run.findIndex((pattern, i) => lines[at + i] === undefined || !fits(pattern, lines[at + i]!));
  return stop < 0 ? run.length : stop;
}

function parting(run: readonly Line[], lines: readonly string[], at: number): OutputMatch {
  const done = progress(run, lines, at);
  const pattern = run[done];
  const found = lines[at + done];
  return {
    ok: false,
    ...(pattern
      ? { expected: { line: pattern.line, text: pattern.kind === 'literal' ? pattern.text : pattern.source } }
      : {}),
    ...(found === undefined ? {} : { found: { line: at + done + 1, text: found } }),
  };
}

/** Where the run fits first, from `from` on; else the place where it came furthest. */
function seek(run: readonly Line[], lines: readonly string[], from: number): { at: number; ok: boolean } {
  let best = { at: from, done: -1 };
  for (let at = from; at + run.length <= lines.length; at++) {
    const done = progress(run, lines, at);
    if (done === run.length) return { at, ok: true };
    if (done > best.done) best = { at, done };
  }
  // Nowhere room for it, or nowhere its first line: then the end is where it is missed.
  return { at: best.done > 0 ? best.at : lines.length, ok: false };
}

/** `expected` are the lines of an `.output` block (`OutputPattern.lines`), already free of faults. */
export function matchOutput(expected: readonly string[], text: string): OutputMatch {
  const runs = runsOf(parseOutput(expected).patterns);
  const lines = withoutBlankEnd(text.split(/\r?\n/));
  const first = runs[0]!;
  let at = progress(first, lines, 0);
  if (at < first.length) return parting(first, lines, 0);
  if (runs.length === 1) return at < lines.length ? parting(first, lines, 0) : { ok: true };
  for (const run of runs.slice(1, -1)) {
    const found = seek(run, lines, at);
    if (!found.ok) return parting(run, lines, found.at);
    at = found.at + run.length;
  }
  const last = runs.at(-1)!;
  // The last run is held by the end of the text; where that does not fit, it is told from where it would stand.
  const start = Math.max(at, lines.length - last.length);
  return progress(last, lines, start) === last.length ? { ok: true } : parting(last, lines, start);
}
