/**
 * A lesson's result as a list of cases, the form that test reports know: one a check, and one for a cell that has none or
 * did not get so far. Pure.
 */
import { isAbsolute, relative, sep } from 'node:path';
import type { Verdict } from '../check/model.ts';
import type { Place } from '../lib/place.ts';
import type { CellResult, CheckResult, LessonResult, ResultState } from './model.ts';

export interface Case {
  /** What is expected, in one line. */
  name: string;
  /** Unique in the lesson: a check's id, or a cell's. */
  id: string;
  cell?: CellResult;
  state: ResultState;
  /** Why it is not `pass`, in one line; '' when it is. */
  message: string;
  /** The evidence, line by line; empty when it passed. */
  details: readonly string[];
  place: Place;
  durationMs: number;
  fault?: string;
}

const VACUOUS =
  'It held before its cell too, so it says nothing about the cell. Write `invariant: true` where that is meant.';

export function casesOf(lesson: LessonResult): Case[] {
  const cases = lesson.cells.flatMap((cell) =>
    cell.checks.length === 0 ? [cellCase(cell)] : cell.checks.map((check) => checkCase(cell, check)),
  );
  if (cases.length > 0 || lesson.state !== 'broken') return cases;
  const place = { file: lesson.file, line: 1, column: 1 };
  return [
    {
      name: 'the lesson runs',
      id: nameOf(lesson),
      state: 'broken',
      message: lesson.because ?? '',
      details: [],
      place,
      durationMs: lesson.durationMs,
    },
  ];
}

function cellCase(cell: CellResult): Case {
  return {
    name: 'the cell runs',
    id: cell.id,
    cell,
    state: cell.state,
    message: cell.state === 'pass' ? '' : (cell.because ?? cell.state),
    details: [],
    place: cell.place,
    durationMs: cell.durationMs,
    fault: cell.fault,
  };
}

function checkCase(cell: CellResult, check: CheckResult): Case {
  const { verdict, state, fault } = check;
  return {
    name: verdict.title,
    id: verdict.check,
    cell,
    state,
    message: state === 'pass' ? '' : fault === 'vacuous' ? VACUOUS : verdict.found,
    details: state === 'pass' ? [] : evidence(cell, verdict, fault),
    place: verdict.place,
    durationMs: verdict.durationMs,
    fault,
  };
}

/** `value is 2` of one field is said by its difference: expected 1, found 2. */
const saysTheSame = ({ found, differences }: Verdict): boolean =>
  differences.length === 1 &&
  found.replace(/\.$/, '') === `${differences[0]!.field} is ${differences[0]!.found}`;

function evidence(cell: CellResult, verdict: Verdict, fault: string | undefined): string[] {
  if (fault === 'vacuous') return [VACUOUS];
  // What is expected is the title already, unless it has the author's words.
  const lines = verdict.expected === verdict.title ? [] : [`expected: ${verdict.expected}`];
  if (!saysTheSame(verdict)) lines.push(`found: ${verdict.found}`);
  for (const { field, expected, found } of verdict.differences)
    lines.push(`${field}: expected ${expected}, found ${found}`);
  const { explanation } = verdict;
  if (explanation !== undefined) {
    lines.push(`cause: ${explanation.cause}`);
    if (explanation.advice !== '') lines.push(`try: ${explanation.advice}`);
  }
  if (cell.afterFailure) lines.push('An earlier cell failed; this may come of that one.');
  return lines;
}

/** With the seed, where the lesson has params: so that two runs of it have two names. */
export function nameOf({ lesson, seed }: Pick<LessonResult, 'lesson' | 'seed'>): string {
  return seed === undefined ? lesson : `${lesson} seed=${seed}`;
}

/** The file as a person and a forge know it. */
export function pathFrom(root: string, file: string): string {
  if (!isAbsolute(file)) return file;
  const path = relative(root, file);
  return path.startsWith('..') ? file : path.split(sep).join('/');
}
