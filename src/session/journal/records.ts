/**
 * The lines of a journal as they are written. The first is a header; a snapshot may follow (what all earlier events come
 * to), then events.
 */
import { createHash } from 'node:crypto';
import type { Verdict } from '../../check/model.ts';
import type { Observation } from '../../check/observation.ts';
import type { Lesson } from '../../lesson/model.ts';
import type { TraceCapture } from '../../trace/capture.ts';
import type { SessionEvent } from '../events.ts';
import { clipText } from '../output.ts';
import { possiblePoints } from '../reduce.ts';

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
