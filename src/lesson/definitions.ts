/**
 * The one table of what a lesson's fences may say. The parser reads by it and the reference is written from it, so
 * neither can say what the other does not.
 */
import { parseDuration } from '../lib/duration.ts';

/** Why a value is refused, and what to write instead. */
export class Wrong {
  readonly message: string;
  readonly instead: string | undefined;

  constructor(message: string, instead?: string) {
    this.message = message;
    this.instead = instead;
  }
}

export interface AttributeDefinition<T> {
  /** How its value is written, for the reference; null for a flag, which has none. */
  takes: string | null;
  summary: string;
  /** What holds without it, for the reference. */
  fallback: string;
  read(text: string): T | Wrong;
}

function define<T>(definition: AttributeDefinition<T>): AttributeDefinition<T> {
  return definition;
}

/** `true` and `false` are also accepted for a flag, as `key=value`. */
function readFlag(text: string): boolean | Wrong {
  return text === 'true'
    ? true
    : text === 'false'
      ? false
      : new Wrong('A flag has no value.', 'write the word alone');
}

function readTimeout(text: string): number | Wrong {
  const ms = parseDuration(text);
  if (ms === undefined) {
    const unit = /^\d+$/.test(text) ? `write \`${text}s\` for seconds` : 'write `10s`, `500ms` or `2m`';
    return new Wrong(`\`${text}\` is no duration.`, unit);
  }
  return ms > 0 ? ms : new Wrong('A time limit of nothing ends every cell.', 'write `10s`, `500ms` or `2m`');
}

function readExit(text: string): number | 'any' | Wrong {
  if (text === 'any') return 'any';
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  return new Wrong(`\`${text}\` is no exit status.`, 'write a number from 0 to 255, or `any`');
}

function readPoints(text: string): number | Wrong {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  return new Wrong(`\`${text}\` is no number of points.`, 'write `points=2`');
}

function readNeeds(text: string): readonly string[] | Wrong {
  const names = text.split(',').map((name) => name.trim());
  return names.every((name) => /^[\w.+-]+$/.test(name))
    ? names
    : new Wrong('This is no list of names with commas between.', 'write `needs=ip,ping`');
}

export const ATTRIBUTES = {
  on: define<string>({
    takes: 'HOST',
    summary: 'The host whose shell runs it; one of the front matter’s `hosts`.',
    fallback: 'the first host',
    read: (text) => text,
  }),
  timeout: define<number>({
    takes: 'DURATION',
    summary: 'After this time its processes are ended: `10s`, `500ms`, `2m`.',
    fallback: '30s',
    read: readTimeout,
  }),
  background: define<boolean>({
    takes: null,
    summary: 'It goes on while later cells run.',
    fallback: 'it is waited for',
    read: readFlag,
  }),
  interactive: define<boolean>({
    takes: null,
    summary: 'It wants a terminal of its own: an editor, `top`.',
    fallback: 'its output is streamed',
    read: readFlag,
  }),
  exit: define<number | 'any'>({
    takes: 'NUMBER or any',
    summary: 'The exit status that is expected. A failure that is meant is written down here.',
    fallback: '0',
    read: readExit,
  }),
  points: define<number>({
    takes: 'NUMBER',
    summary: 'What the cell as a whole is worth. Its checks may carry points of their own.',
    fallback: '0',
    read: readPoints,
  }),
  needs: define<readonly string[]>({
    takes: 'NAME,NAME',
    summary: 'Tools and features without which the cell is skipped.',
    fallback: 'none',
    read: readNeeds,
  }),
  when: define<string>({
    takes: 'CHECK',
    summary:
      'The hint speaks only when this check of its cell has failed: a check’s `id`, or `CELL/2` for the second.',
    fallback: 'it speaks in its turn',
    read: (text) => text,
  }),
};

export type AttributeName = keyof typeof ATTRIBUTES;
/** The values of a fence, as its attributes were read. */
export type AttributeValues = {
  [Name in AttributeName]?: Exclude<ReturnType<(typeof ATTRIBUTES)[Name]['read']>, Wrong>;
};

export interface RoleDefinition {
  summary: string;
  /** What the block holds, and in which language it is written. */
  body: string;
  /** Runs in a shell, so its language must be one that bash runs. */
  runs: boolean;
  /** It may have an `#id`. */
  named: boolean;
  attributes: readonly AttributeName[];
}

const CELL = ['on', 'timeout', 'background', 'interactive', 'exit', 'points', 'needs'] as const;

function role(summary: string, body: string, more: Partial<RoleDefinition> = {}): RoleDefinition {
  return { summary, body, runs: false, named: false, attributes: [], ...more };
}

export const ROLES = {
  run: role('A cell that runs as it is written.', 'shell commands (`sh`, `bash`)', {
    runs: true,
    named: true,
    attributes: CELL,
  }),
  task: role(
    'A cell that the learner writes; the block is what they start from.',
    'shell commands or comments, or nothing',
    { runs: true, named: true, attributes: CELL },
  ),
  expect: role('What must hold after the cell before it.', 'a YAML list of checks'),
  output: role(
    'What the cell before it prints.',
    'the lines; `...` stands for any lines, `/regex/` for a line that matches',
  ),
  hint: role('Help for the cell before it; several go from vague to plain.', 'Markdown', {
    attributes: ['when'],
  }),
  solution: role('What the author would write for the task before it.', 'shell commands (`sh`, `bash`)', {
    runs: true,
  }),
  setup: role('Runs before the lesson, unseen.', 'shell commands (`sh`, `bash`)', {
    runs: true,
    attributes: ['on'],
  }),
  topology: role(
    'A network by declaration: made before the lesson, unseen.',
    'a YAML map: `host`, `namespaces`, `cables`; of several hosts `hosts`, `cables`',
    {
      attributes: ['on'],
    },
  ),
  quiz: role(
    'A question with choices.',
    'Markdown: the question, then `- [ ] wrong -- why` and `- [x] right -- why`',
    { named: true },
  ),
  notes: role(
    'For whoever presents the lesson: speaker notes of the step it stands in. Learners never see it.',
    'Markdown',
  ),
  says: role(
    'In a translation: the words for the checks of the cell before it.',
    'a YAML map: the id of a check, and its words',
  ),
};

export type RoleName = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];

/** What the persistent shell, a bash, can run. */
export const SHELL_LANGUAGES: readonly string[] = ['sh', 'bash', 'shell'];
export const DEFAULT_TIMEOUT_MS = parseDuration(ATTRIBUTES.timeout.fallback)!;
