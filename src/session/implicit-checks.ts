/**
 * What a cell itself promises, judged as checks: its exit status (`<cell>/exit`) and its `.output` blocks
 * (`<cell>/output-N`). So a report, the journal and the screen know only verdicts.
 */
import type { Verdict } from '../check/model.ts';
import type { Cell } from '../lesson/model.ts';
import { matchOutput } from '../lesson/output.ts';
import { formatDuration } from '../lib/clock.ts';
import type { CellRun } from './outcome.ts';

function verdict(
  cell: Cell,
  fields: Pick<Verdict, 'check' | 'kind' | 'state' | 'title' | 'expected' | 'found'>,
): Verdict {
  return {
    ...fields,
    differences: [],
    points: 0,
    looks: 1,
    durationMs: 0,
    host: cell.host,
    netns: '',
    place: cell.place,
  };
}

/** Why the cell did not come to its end by itself; undefined when it did. */
function stopped(cell: Cell, run: CellRun): string | undefined {
  switch (run.outcome) {
    case 'exited':
      return undefined;
    case 'timeout':
      return `it was still running after ${formatDuration(cell.timeoutMs)} and was ended`;
    case 'interrupted':
      return 'it was interrupted';
    case 'output-limit':
      return 'it printed without end and was ended';
    case 'shell-ended':
      return run.exit === null
        ? 'it ended its own shell; variables and the working directory are gone'
        : `it ended its own shell with status ${run.exit}; variables and the working directory are gone`;
  }
}

/** What a status that the shell itself gives says; the numbers are POSIX's and bash's. */
function statusWords(exit: number): string {
  if (exit === 126) return 'status 126: the command could not be executed';
  if (exit === 127) return 'status 127: the command was not found';
  if (exit > 128 && exit <= 192) return `status ${exit}: ended by signal ${exit - 128}`;
  return `status ${exit}`;
}

/** Undefined when the cell promises nothing: a background cell that runs, or an `exit` check that says it itself. */
export function judgeExit(cell: Cell, run: CellRun): Verdict | undefined {
  const why = stopped(cell, run);
  const endedAsTold =
    why === undefined ||
    (run.outcome === 'shell-ended' && (cell.exit === 'any' || (run.exit !== null && run.exit === cell.exit)));
  const said = cell.expects.some((check) => check.kind === 'exit');
  if (endedAsTold && (cell.background || cell.exit === 'any' || said)) return undefined;
  const expected =
    cell.exit === 'any' ? 'the cell comes to its end' : `the last command ends with status ${cell.exit}`;
  const holds = endedAsTold && run.exit === cell.exit;
  return verdict(cell, {
    check: `${cell.id}/exit`,
    kind: 'exit',
    state: holds ? 'pass' : 'fail',
    title: expected,
    expected,
    found: why ?? (run.exit === null ? 'no status' : statusWords(run.exit)),
  });
}

/** The author may have written what stdout alone holds, or all that a terminal shows. */
export function judgeOutputs(cell: Cell, run: CellRun): Verdict[] {
  return cell.outputs.map((pattern, index) => {
    const fields = {
      check: `${cell.id}/output-${index + 1}`,
      kind: 'output',
      title: 'the cell prints what is written',
    };
    const printed = run.printed();
    const whole = matchOutput(pattern.lines, printed === '' ? run.stdout + run.stderr : printed);
    const match = whole.ok ? whole : matchOutput(pattern.lines, run.stdout);
    const placed = { ...cell, place: pattern.place };
    if (match.ok)
      return verdict(placed, {
        ...fields,
        state: 'pass',
        expected: 'the lines of the .output block',
        found: 'printed',
      });
    return verdict(placed, {
      ...fields,
      state: 'fail',
      expected: match.expected ? `the line: ${match.expected.text}` : 'the end of the output',
      found: match.found ? `the line: ${match.found.text}` : 'the end of the output',
    });
  });
}
