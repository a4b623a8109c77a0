/** Takes an entry the whole way: as the author writes it, validated, judged. */
import { judgeCheck } from '../../src/check/judge.ts';
import type { CellOutcome, Check, Observation, Verdict } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import type { EntryFault } from '../../src/lesson/model.ts';
import { variablesOf } from '../../src/lesson/substitute.ts';
import { recorded } from './recorded.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Around {
  in?: string;
  on?: string;
  not?: boolean;
  observation?: Observation;
  cell?: CellOutcome;
  variables?: Readonly<Record<string, string | null>>;
}

/** @throws when the vocabulary refuses the entry. */
export function checkOf(fields: Fields, around: Around = {}): Check {
  const kind = Object.keys(fields)[0]!;
  const parsed = vocabulary.parse(kind, fields);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => fault.message).join(' '));
  return {
    id: 'cell-1/1',
    kind,
    host: around.on ?? 'host',
    netns: around.in ?? '',
    withinMs: 0,
    holdsMs: 0,
    not: around.not ?? false,
    points: 0,
    invariant: false,
    spec: parsed.spec,
    variables: variablesOf(parsed.spec),
    place: { file: 'lesson.md', line: 1, column: 1 },
  };
}

export function judge(fields: Fields, around: Around = {}): Verdict {
  const check = checkOf(fields, around);
  return judgeCheck(check, around.observation ?? recorded(), around.cell, around.variables);
}

export const state = (fields: Fields, around: Around = {}) => judge(fields, around).state;

/** The faults that the vocabulary finds; none when it takes the entry. */
export function faults(fields: Fields): readonly EntryFault[] {
  const parsed = vocabulary.parse(Object.keys(fields)[0]!, fields);
  return parsed.ok ? [] : parsed.faults;
}
