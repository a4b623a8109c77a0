/**
 * The lines of a journal. The first is a header; a snapshot may follow (what all earlier events come to), then events.
 * Reading is distrustful: the file may have been cut, edited, or written by another version.
 */
import { createHash } from 'node:crypto';
import type { Verdict } from '../../check/model.ts';
import type { Observation } from '../../check/observation.ts';
import type { Lesson } from '../../lesson/model.ts';
import type { TraceCapture } from '../../trace/capture.ts';
import { isDeeds, isHand } from '../deeds.ts';
import type { SessionEvent } from '../events.ts';
import { clipText } from '../output.ts';
import { possiblePoints } from '../reduce.ts';
import type { SessionState } from '../state.ts';

export const JOURNAL_VERSION = 1;
const OUTPUT_UNITS = 64 * 1024;
const EVIDENCE_UNITS = 4 * 1024;
const OBSERVATION_UNITS = 256 * 1024;

/** Of a cell: enough to know whether it is still the same, and what it counts, without the lesson's file. */
export interface CellMark {
  id: string;
  digest: string;
  step: number;
  points: number;
}

export interface Header {
  wirebook: 'journal';
  version: number;
  lesson: string;
  title: string;
  file: string;
  hash: string;
  /** Of the lesson's params; absent when it has none. */
  seed?: string;
  /** How many steps, and all points that there are. */
  steps: number;
  possible: number;
  cells: readonly CellMark[];
}

export type JournalLine =
  | { kind: 'header'; header: Header }
  | { kind: 'snapshot'; state: SessionState }
  | { kind: 'event'; event: SessionEvent };

/** Changes when what the learner sees of a cell changes: its text, its place to run, what is expected. */
export function digestOf(cell: Lesson['cells'][number]): string {
  const seen = [
    cell.role,
    // A learner who changes the language is in the same cell.
    cell.originalText ?? cell.text,
    cell.host,
    cell.exit,
    cell.expects.map((check) => [check.kind, check.host, check.netns, check.not, check.spec]),
    cell.outputs.map((pattern) => pattern.lines),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
}

export function headerOf(lesson: Lesson): Header {
  return {
    wirebook: 'journal',
    version: JOURNAL_VERSION,
    lesson: lesson.id,
    title: lesson.title,
    file: lesson.file,
    hash: lesson.hash,
    ...(lesson.params ? { seed: lesson.params.seed } : {}),
    steps: lesson.steps.length,
    possible: possiblePoints(lesson),
    cells: lesson.cells.map((cell) => ({
      id: cell.id,
      digest: digestOf(cell),
      step: cell.step,
      points: cell.points,
    })),
  };
}

const UNKEPT: ReadonlySet<SessionEvent['type']> = new Set([
  'output',
  'sandbox-progress',
  'notice',
  'command-entered',
  'catching-up',
]);

/** Whether the journal keeps an event at all: streamed output comes whole with `cell-finished`. */
export function isKept(event: SessionEvent): boolean {
  if (event.type === 'packet-followed') return isSmall(event.capture);
  return !UNKEPT.has(event.type);
}

function smallVerdict(verdict: Verdict): Verdict {
  return {
    ...verdict,
    expected: clipText(verdict.expected, EVIDENCE_UNITS),
    found: clipText(verdict.found, EVIDENCE_UNITS),
    differences: verdict.differences.map((difference) => ({
      field: difference.field,
      expected: clipText(difference.expected, EVIDENCE_UNITS),
      found: clipText(difference.found, EVIDENCE_UNITS),
    })),
  };
}

const isSmall = (seen: Observation | TraceCapture | undefined): boolean =>
  JSON.stringify(seen ?? null).length <= OBSERVATION_UNITS;

/** The event as it is written: no text without a bound, whatever a cell has printed. */
export function bounded(event: SessionEvent): SessionEvent {
  switch (event.type) {
    case 'cell-finished':
      return {
        ...event,
        stdout: clipText(event.stdout, OUTPUT_UNITS),
        stderr: clipText(event.stderr, OUTPUT_UNITS),
      };
    case 'cell-started':
    case 'cell-jumped':
    case 'command-typed':
    case 'answer-edited':
      return { ...event, text: clipText(event.text, OUTPUT_UNITS) };
    case 'check-judged':
      return { ...event, verdict: smallVerdict(event.verdict) };
    case 'checks-watched': {
      const { observation, ...told } = event;
      return {
        ...told,
        verdicts: event.verdicts.map(smallVerdict),
        // The evidence of a pass; what was on the way there is judged anew soon.
        ...(event.passed && isSmall(observation) ? { observation } : {}),
      };
    }
    case 'checks-finished':
      return isSmall(event.observation) ? event : { at: event.at, type: event.type, cell: event.cell };
    default:
      return event;
  }
}

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
