/**
 * A line of a journal as it is read. Reading is distrustful: the file may have been cut, edited, or written by another
 * version. Pure.
 */
import { isDeeds, isHand } from '../deeds.ts';
import type { SessionEvent } from '../events.ts';
import type { SessionState } from '../state.ts';
import type { Header } from './records.ts';

export type JournalLine =
  | { kind: 'header'; header: Header }
  | { kind: 'snapshot'; state: SessionState }
  | { kind: 'event'; event: SessionEvent };

/** Fields that reduce.ts relies on, with their `typeof`; `[]` is an array. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'session-opened': { lesson: 'string', file: 'string', hash: 'string', driver: 'string', version: 'string' },
  'sandbox-creating': {},
  'sandbox-progress': { message: 'string' },
  'sandbox-ready': { hosts: '[]', durationMs: 'number' },
  'sandbox-lost': { message: 'string', next: '[]' },
  'setup-failed': { message: 'string' },
  notice: { message: 'string', next: '[]' },
  moved: { block: 'number' },
  'answer-edited': { cell: 'string', text: 'string' },
  'cell-started': { cell: 'string', text: 'string', by: 'string' },
  output: { cell: 'string', stream: 'string', text: 'string' },
  'cell-finished': {
    cell: 'string',
    outcome: 'string',
    stdout: 'string',
    stderr: 'string',
    durationMs: 'number',
  },
  'printout-kept': { cell: 'string', file: 'string' },
  'cell-skipped': { cell: 'string', reason: 'string' },
  'cell-replayed': { cell: 'string', ran: 'boolean' },
  'catching-up': { under: 'boolean' },
  'cell-not-repeated': { cell: 'string', why: 'string' },
  'cell-jumped': { cell: 'string', text: 'string' },
  'checks-started': { cell: 'string' },
  'check-judged': { cell: 'string', verdict: 'verdict' },
  'checks-finished': { cell: 'string' },
  'checks-watched': { cell: 'string', verdicts: 'verdicts', withdrawn: '[]', passed: 'boolean' },
  'packet-followed': { cell: 'string', key: 'string', capture: 'object' },
  'hint-shown': { cell: 'string', hint: 'number' },
  'solution-shown': { cell: 'string' },
  'command-typed': { cell: 'string', text: 'string', hand: 'hand' },
  'command-over': { id: 'string', how: 'string', durationMs: 'number' },
  'hand-repeated': { cell: 'string', left: 'texts', differs: 'texts' },
  'quiz-answered': { quiz: 'string', choice: 'number', right: 'boolean' },
  'quiz-shown': { quiz: 'string' },
  rewound: { cells: '[]' },
  reset: {},
  'lesson-finished': {},
  'session-closed': {},
};

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

const maybe = (value: unknown, holds: (value: unknown) => boolean): boolean =>
  value === undefined || holds(value);

function hasForm(value: unknown, form: string): boolean {
  if (form === 'object') return isObject(value);
  if (form === '[]') return Array.isArray(value);
  if (form === 'texts') return isTexts(value);
  if (form === 'hand') return isHand(value);
  if (form === 'verdict') return isVerdict(value);
  if (form === 'verdicts') return Array.isArray(value) && value.every(isVerdict);
  return typeof value === form;
}

function isVerdict(value: unknown): boolean {
  return (
    isObject(value) &&
    ['check', 'kind', 'state', 'title', 'expected', 'found'].every((key) => typeof value[key] === 'string') &&
    typeof value.points === 'number' &&
    Array.isArray(value.differences)
  );
}

function isCellState(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.status === 'string' &&
    Array.isArray(value.output) &&
    value.output.every((piece) => isObject(piece) && typeof piece.text === 'string') &&
    Array.isArray(value.verdicts) &&
    value.verdicts.every(isVerdict) &&
    typeof value.attempts === 'number' &&
    maybe(value.ran, isTexts) &&
    maybe(value.held, isTexts) &&
    maybe(value.handLeft, (hand) => isObject(hand) && isTexts(hand.left) && isTexts(hand.differs)) &&
    maybe(value.watched, (seen) => isObject(seen) && typeof seen.at === 'number' && isTexts(seen.titles))
  );
}

function isState(value: unknown): boolean {
  return (
    isObject(value) &&
    isObject(value.cells) &&
    Object.values(value.cells).every(isCellState) &&
    isObject(value.quizzes) &&
    maybe(value.quizzesShown, isTexts) &&
    isObject(value.points) &&
    typeof value.block === 'number' &&
    maybe(value.deeds, isDeeds)
  );
}

function isHeader(value: Fields): boolean {
  return (
    value.wirebook === 'journal' &&
    typeof value.version === 'number' &&
    typeof value.hash === 'string' &&
    typeof value.steps === 'number' &&
    typeof value.possible === 'number' &&
    Array.isArray(value.cells) &&
    value.cells.every(
      (mark) => isObject(mark) && typeof mark.id === 'string' && typeof mark.digest === 'string',
    )
  );
}

/** Undefined for a line that is none of ours. */
export function decodeLine(line: string): JournalLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (isHeader(value)) return { kind: 'header', header: value as unknown as Header };
  if (isState(value.snapshot)) return { kind: 'snapshot', state: value.snapshot as SessionState };
  const fields =
    typeof value.type === 'string' && Object.hasOwn(FIELDS, value.type) ? FIELDS[value.type] : undefined;
  if (fields === undefined || typeof value.at !== 'number') return undefined;
  if (value.type === 'rewound' && value.deeds !== undefined && !isDeeds(value.deeds)) return undefined;
  for (const [name, form] of Object.entries(fields)) if (!hasForm(value[name], form)) return undefined;
  return { kind: 'event', event: value as unknown as SessionEvent };
}
