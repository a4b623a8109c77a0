/**
 * A lesson as the rest of Wirebook sees it: plain data, made by `parseLesson`, never changed afterwards.
 * Lines and columns count from 1, as editors do.
 */
import type { Place } from '../lib/place.ts';
import type { Grading } from './grading.ts';

export type { Place } from '../lib/place.ts';

/** One fault of a lesson file. A lesson with any `error` is refused whole. */
export interface Diagnostic {
  /** Stable: `unknown-role`, `unknown-field`, `duplicate-id`, ... */
  code: string;
  severity: 'error' | 'warning';
  message: string;
  place: Place;
  /** How many columns the fault spans, at least 1. */
  length: number;
  /** The line of the file itself, so that the message can show it; '' when there is none. */
  source: string;
  /** What to write instead ("did you mean `state`?"); absent when there is nothing better to say. */
  instead?: string;
}

export interface LessonHost {
  name: string;
  /** IPv4 address with prefix on the underlay, e.g. `172.17.0.33/16`; the sandbox chooses when absent. */
  address?: string;
}

/** A check as parsed from an `.expect` block: the fields that every kind has, and those of its kind in `spec`. */
export interface Check<Spec = unknown> {
  /** Unique in the lesson; from `id:`, else `<cell id>/<n>`. */
  id: string;
  kind: string;
  /** Host whose kernel is asked (`on:`, default: the cell's host). */
  host: string;
  /** Named network namespace (`in:`); '' is the host's own. */
  netns: string;
  /** Repeat until it passes, at most this long; 0 looks once. */
  withinMs: number;
  /** Once passed it must stay so for this long. */
  holdsMs: number;
  /** The opposite is expected. Never turns `broken` into `pass`. */
  not: boolean;
  points: number;
  /** The author's own words, shown instead of the generated sentence. */
  says?: string;
  /** True already before its cell, and meant to be: `wirebook test` then does not call it vacuous. */
  invariant: boolean;
  /** A failure does not show what is there: it would be the answer. */
  quiet?: true;
  /** From the lesson's key: learners are not given it. */
  hidden?: true;
  /** Validated by the kind's schema. Strings may hold `$NAME`: see `variables`. */
  spec: Spec;
  /** Shell variables that `spec` mentions; the runner reads them from the host's shell and puts them in. */
  variables: readonly string[];
  place: Place;
}

/** One fault of an entry, found by the check vocabulary; `path` leads to the YAML node. */
export interface EntryFault {
  code: string;
  path: readonly (string | number)[];
  /** The fault is in the key (an unknown field), not in its value. */
  atKey?: boolean;
  message: string;
  instead?: string;
}

/**
 * What the parser has to know of checks. The check layer implements it (check/vocabulary.ts), the caller passes it in:
 * so parsing does not depend on the kinds.
 */
export interface CheckVocabulary {
  /** All names of kinds, for "did you mean". */
  readonly kinds: readonly string[];
  /** Validates the fields of one entry without the common ones (`in`, `on`, `within`, ...). `fields` includes the kind's key. */
  parse(
    kind: string,
    fields: Readonly<Record<string, unknown>>,
  ): { ok: true; spec: unknown } | { ok: false; faults: readonly EntryFault[] };
}

export type CellRole = 'run' | 'task';

export interface Hint {
  markdown: string;
  /** A check id: this hint speaks only when that check has failed. */
  when?: string;
  place: Place;
}

/** An `.output` block: what the cell prints. Lines are literal, `...` stands for any lines, `/re/` is a pattern. */
export interface OutputPattern {
  lines: readonly string[];
  place: Place;
}

export interface Cell {
  /** Unique in the lesson; from `#id`, else `cell-N`. The journal and saved answers use it. */
  id: string;
  /** 1, 2, 3 ... in the order of the lesson. */
  number: number;
  role: CellRole;
  /** First word of the fence: `sh`, `bash`. */
  language: string;
  /** What is run (`run`), or what the learner starts from (`task`). */
  text: string;
  /** In a translation: the original's `text`, which has other comments. */
  originalText?: string;
  /** Which host's shell runs it. */
  host: string;
  timeoutMs: number;
  /** The cell goes on while later ones run. */
  background: boolean;
  /** The cell wants a terminal (an editor, `top`): it is run in a PTY. */
  interactive: boolean;
  /** The exit status that is expected: 0 unless the fence says `exit=N`; `any` when it says `exit=any`. */
  exit: number | 'any';
  /** Points of the cell as a whole; 0 when it has none. Checks may carry their own. */
  points: number;
  /** Tools and features without which the cell is skipped, with their names. */
  needs: readonly string[];
  expects: readonly Check[];
  outputs: readonly OutputPattern[];
  hints: readonly Hint[];
  /** What the author would write; only for tasks. */
  solution?: string;
  /** Index into `Lesson.steps`. */
  step: number;
  place: Place;
}

export interface Quiz {
  id: string;
  question: string;
  choices: readonly { text: string; right: boolean; because?: string }[];
  place: Place;
}

export interface Setup {
  text: string;
  host: string;
  place: Place;
}

/** What a presenter wants to remember at a step. No block of the lesson: learners are never shown it. */
export interface Note {
  markdown: string;
  /** Index into `Lesson.steps`. */
  step: number;
  place: Place;
}

/** What the screen draws, in the order of the file. */
export type Block =
  | { kind: 'prose'; markdown: string; line: number }
  | { kind: 'code'; language: string; text: string; line: number }
  | { kind: 'cell'; cell: Cell; line: number }
  | { kind: 'quiz'; quiz: Quiz; line: number };

/** A level-2 heading and what follows it. What stands before the first heading is step 0, named after the lesson. */
export interface Step {
  title: string;
  /** Indexes into `Lesson.blocks`: first, and one past the last. */
  from: number;
  to: number;
}

export interface Lesson {
  file: string;
  /** Name in paths and in the journal: the folder's name, or the file's without ending. */
  id: string;
  /** BCP 47 tag, from the file's name (`lesson.zh-CN.md`) or its front matter; `en` by default. */
  language: string;
  title: string;
  summary: string;
  /** The values of its `params`, and the seed that they come of; absent when it has none. */
  params?: { seed: string; values: Readonly<Record<string, string>> };
  /** How its points are counted, where the author says it. */
  grading?: Grading;
  hosts: readonly LessonHost[];
  needs: readonly string[];
  blocks: readonly Block[];
  steps: readonly Step[];
  /** Same objects as in `blocks`, in order. */
  cells: readonly Cell[];
  setups: readonly Setup[];
  /** For presenters, in the order of the file. */
  notes: readonly Note[];
  /** SHA-256 of the file's bytes, hexadecimal: the journal notes which text was walked. */
  hash: string;
}

/** The hidden checks of a lesson, from `<lesson>.key.yaml`: for tests and graders, never for the notebook. */
export interface LessonKey {
  file: string;
  /** By cell id, in the order of the file. */
  checks: ReadonlyMap<string, readonly Check[]>;
  /** SHA-256 of the file's bytes, hexadecimal. */
  hash: string;
}

export type ParsedKey =
  | { ok: true; key: LessonKey; warnings: readonly Diagnostic[] }
  | { ok: false; diagnostics: readonly Diagnostic[] };

export type ParsedLesson =
  | { ok: true; lesson: Lesson; warnings: readonly Diagnostic[] }
  | { ok: false; diagnostics: readonly Diagnostic[] };

export interface Course {
  /** The folder. */
  path: string;
  title: string;
  /** From course.yaml. */
  summary?: string;
  /** In order (by folder or file name). */
  lessons: readonly { id: string; file: string; language: string }[];
}
