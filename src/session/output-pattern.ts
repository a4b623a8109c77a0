/**
 * `.output` blocks: lines are literal, `...` stands for any lines (also none), `/re/` is a pattern found in one line.
 * Never similarity: a ping with answers and one without look alike to that.
 */
import type { OutputPattern } from '../lesson/model.ts';

export type OutputMatch =
  | { matches: true }
  /** `line` is the first line of the pattern that found no place, and `near` what stood there instead. */
  | { matches: false; expected: string; found: string }
  | { matches: false; faulty: string };

type LineTest = 'any' | ((line: string) => boolean);

/** Lines as people see them: no carriage returns, no blanks at the end of a line, no empty lines at the end. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function lineTest(pattern: string): LineTest {
  const line = pattern.trimEnd();
  if (line.trim() === '...') return 'any';
  const regex = /^\/(.+)\/([imsuv]*)$/.exec(line);
  if (regex === null) return (printed) => printed === line;
  const compiled = new RegExp(regex[1]!, regex[2]);
  return (printed) => compiled.test(printed);
}

/** Holds the pattern against all that was printed, from the first line to the last. */
export function matchOutput(pattern: OutputPattern, printed: string): OutputMatch {
  const wanted = linesOf(pattern.lines.join('\n'));
  const lines = linesOf(printed);
  let tests: LineTest[];
  try {
    tests = wanted.map(lineTest);
  } catch (error) {
    return { matches: false, faulty: (error as Error).message };
  }
  // As with a shell glob: on a mismatch the last `...` takes one line more. Linear in space, never exponential.
  let at = 0;
  let test = 0;
  let gap = -1;
  let gapAt = 0;
  let furthest = { test: 0, at: 0 };
  while (at < lines.length || test < tests.length) {
    if (test > furthest.test) furthest = { test, at };
    const current = tests[test];
    if (current === 'any') {
      gap = test;
      gapAt = at;
      test += 1;
    } else if (current !== undefined && at < lines.length && current(lines[at]!)) {
      at += 1;
      test += 1;
    } else if (gap !== -1 && gapAt < lines.length) {
      gapAt += 1;
      at = gapAt;
      test = gap + 1;
    } else {
      return {
        matches: false,
        expected: wanted[furthest.test] ?? 'no more lines',
        found: lines[furthest.at] ?? 'the end of the output',
      };
    }
  }
  return { matches: true };
}
