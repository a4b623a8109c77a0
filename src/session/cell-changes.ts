/** What becomes of one cell by what happens to it. Pure. */
import type { Verdict } from '../check/model.ts';
import type { EventOf } from './events.ts';
import { appendOutput } from './output.ts';
import { settled, underWay } from './sandbox-changes.ts';
import type { CellState } from './state.ts';

/** Texts that the learner can go back to; a giant one is not kept twice. */
const MAX_RAN = 20;
const MAX_RAN_UNITS = 8 * 1024;

export function freshCell(
  id: string,
  points: number,
  { answer, ran }: Pick<CellState, 'answer' | 'ran'> = {},
): CellState {
  const cell: CellState = {
    id,
    points,
    status: 'waiting',
    output: [],
    verdicts: [],
    attempts: 0,
    hintsShown: 0,
    solutionShown: false,
  };
  return {
    ...cell,
    ...(answer !== undefined && { answer }),
    ...(ran !== undefined && { ran }),
  };
}

function alsoRan(ran: readonly string[] = [], text: string): readonly string[] {
  if (text.length > MAX_RAN_UNITS) return ran;
  return [...ran.filter((other) => other !== text), text].slice(-MAX_RAN);
}

/** What the verdicts of a cell come to. A failure is certain, so it stands above what could not be looked at. */
export function statusOf(verdicts: readonly Verdict[]): 'passed' | 'failed' | 'broken' {
  if (verdicts.some((verdict) => verdict.state === 'fail')) return 'failed';
  return verdicts.some((verdict) => verdict.state !== 'pass') ? 'broken' : 'passed';
}

export function started(cell: CellState, event: EventOf<'cell-started'>): CellState {
  const { before, ...kept } = event.by === 'replay' ? cell : ofAnotherRun(cell);
  return {
    ...kept,
    ...(event.by === 'replay' && { before: before ?? cell.status }),
    status: 'running',
    text: event.text,
    by: event.by,
    startedAt: event.at,
    // A replay is quiet: what the learner saw stays until it is known anew.
    output: event.by === 'replay' ? cell.output : [],
    verdicts: event.by === 'replay' ? cell.verdicts : [],
    attempts: cell.attempts + (event.by === 'learner' ? 1 : 0),
    ...(event.by === 'learner' && { ran: alsoRan(cell.ran, event.text) }),
  };
}

/** Without what was said of the run before. */
export function ofAnotherRun(cell: CellState): CellState {
  const {
    outcome: _,
    exit: __,
    durationMs: ___,
    skippedBecause: ____,
    byHand: _____,
    watched: ______,
    gone: _________,
    replayed: _______,
    jumped: ________,
    notRepeated: __________,
    handAgain: ___________,
    handLeft: ____________,
    held: _____________,
    printout: ______________,
    ...kept
  } = cell;
  return kept;
}

/** Never while a cell runs: that look was of another moment. What failed in the learner's last try stays so. */
export function watched(cell: CellState, event: EventOf<'checks-watched'>): CellState {
  if (underWay(cell.status)) return cell;
  const passes = event.passed && statusOf(event.verdicts) === 'passed';
  // What has passed is not watched any more: a look that came late takes nothing back.
  if (cell.status === 'passed' && !passes) return cell;
  const titlesOf = (wanted: Verdict['state']) =>
    event.verdicts.filter(({ state }) => state === wanted).map(({ title }) => title);
  const [titles, broken] = [titlesOf('pass'), titlesOf('fail')];
  const told =
    titles.length + broken.length > 0
      ? { watched: { at: event.at, titles, ...(broken.length > 0 && { broken }) } }
      : {};
  if (passes) {
    const { text: _, ...kept } = ofAnotherRun(cell);
    const passed: CellState = { ...kept, ...told, status: 'passed', verdicts: [], byHand: true };
    return event.verdicts.reduce(judged, passed);
  }
  const verdicts = cell.verdicts.filter(({ check }) => !event.withdrawn.includes(check));
  const { gone, held, ...kept } = cell;
  const still = gone && event.verdicts.length === 0 ? { gone, ...(held && { held }) } : {};
  return event.verdicts.reduce(judged, { ...kept, ...still, ...told, verdicts });
}

export function finished(cell: CellState, event: EventOf<'cell-finished'>): CellState {
  if (event.outcome === 'interrupted' && cell.before !== undefined) return settled(cell, 'waiting');
  // Pieces that were streamed are in the order of their arrival; the two texts of the event are not.
  const streamed = cell.by !== 'replay' && cell.output.length > 0;
  const { printout, ...run } = cell;
  return {
    ...run,
    // Of a replay what was kept is of the run before.
    ...(printout && cell.by !== 'replay' && { printout }),
    status: 'checking',
    outcome: event.outcome,
    exit: event.exit,
    durationMs: event.durationMs,
    output: streamed
      ? cell.output
      : appendOutput(appendOutput([], 'stdout', event.stdout), 'stderr', event.stderr),
  };
}

export function judged(cell: CellState, verdict: Verdict): CellState {
  const known = cell.verdicts.findIndex((other) => other.check === verdict.check);
  return {
    ...cell,
    verdicts: known === -1 ? [...cell.verdicts, verdict] : cell.verdicts.with(known, verdict),
  };
}
