/**
 * A learner's text to answers by cell: the Markdown that the notebook saves, the lesson's own file filled in, or a plain
 * script with a mark before each step. Pure. Faults are told with their line: a person wrote this.
 */
import { readPieces } from '../../lesson/fences.ts';
import type { Cell, Lesson } from '../../lesson/model.ts';
import { suggest } from '../../lib/suggest.ts';

export type Read =
  | { ok: true; answers: Record<string, string> }
  | { ok: false; line: number; message: string };

const wrong = (line: number, message: string): Read => ({ ok: false, line, message });

/** `### addresses (passed)`, as the notebook writes it. */
const HEADING = /^###\s+`?([^\s`]+)`?(?:\s+\([\w-]+\))?\s*$/;
/** A task's fence in the lesson's own file. */
const TASK_FENCE = /\{[^}]*\.task\b[^}]*\}/;
const FENCE_ID = /[{\s]#([\p{L}\p{N}_][\p{L}\p{N}_:.-]*)/u;
/** `### addresses`, `# step: addresses`. */
const MARK = /^#(?:##\s+|\s*(?:step|cell|task):\s*)([^\s]+)\s*$/;

const tasksOf = (lesson: Lesson): Cell[] => lesson.cells.filter((cell) => cell.role === 'task');

function unknown(lesson: Lesson, id: string): string {
  const cell = lesson.cells.find((one) => one.id === id);
  if (cell !== undefined) return `${id} is a cell that the lesson runs by itself; answers belong to tasks.`;
  const ids = tasksOf(lesson).map((task) => task.id);
  const near = suggest(id, ids);
  const there = near === undefined ? `There are: ${ids.join(', ')}.` : `Did you mean ${near}?`;
  return `There is no task called ${id} in this lesson. ${there}`;
}

export function readAnswers(lesson: Lesson, text: string, isMarkdown: boolean): Read {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  return isMarkdown ? readMarkdown(lesson, lines) : readScript(lesson, lines);
}

function readMarkdown(lesson: Lesson, lines: readonly string[]): Read {
  const tasks = new Map(tasksOf(lesson).map((task) => [task.id, task]));
  const answers = new Map<string, string>();
  let open: { id: string; line: number } | undefined;
  for (const piece of readPieces(lines, 0)) {
    if (piece.kind === 'prose') {
      for (const [index, line] of piece.markdown.split('\n').entries()) {
        const id = HEADING.exec(line)?.[1];
        if (id === undefined) continue;
        if (!tasks.has(id)) return wrong(piece.line + index, unknown(lesson, id));
        open = { id, line: piece.line + index };
      }
      continue;
    }
    const inFence = TASK_FENCE.test(piece.info) ? FENCE_ID.exec(piece.info)?.[1] : undefined;
    const id = inFence ?? open?.id;
    open = undefined;
    // Any other fence is only shown, as in a lesson.
    if (id === undefined || piece.nested) continue;
    if (!tasks.has(id)) return wrong(piece.line, unknown(lesson, id));
    if (!piece.closed) return wrong(piece.line, `The answer to ${id} is never closed: its fence has no end.`);
    if (answers.has(id)) return wrong(piece.line, `${id} is answered twice.`);
    answers.set(id, piece.lines.join('\n'));
  }
  if (open !== undefined) return wrong(open.line, `The heading ${open.id} has no fenced answer after it.`);
  if (answers.size === 0)
    return wrong(1, 'No answer was found: each stands in a fence after a heading `### task`.');
  return { ok: true, answers: withoutStarters(tasks, answers) };
}

function readScript(lesson: Lesson, lines: readonly string[]): Read {
  const tasks = new Map(tasksOf(lesson).map((task) => [task.id, task]));
  const answers = new Map<string, string>();
  let open: { id: string; lines: string[] } | undefined;
  const close = (): void => {
    if (open !== undefined) answers.set(open.id, open.lines.join('\n').trim());
  };
  const before: number[] = [];
  for (const [index, line] of lines.entries()) {
    const id = MARK.exec(line)?.[1];
    if (id !== undefined) {
      if (!tasks.has(id)) return wrong(index + 1, unknown(lesson, id));
      close();
      if (answers.has(id)) return wrong(index + 1, `${id} is answered twice.`);
      open = { id, lines: [] };
    } else if (open !== undefined) open.lines.push(line);
    else if (line.trim() !== '' && !line.startsWith('#')) before.push(index + 1);
  }
  close();
  if (answers.size === 0) {
    const only = [...tasks.keys()];
    if (only.length === 1)
      return { ok: true, answers: withoutStarters(tasks, new Map([[only[0]!, lines.join('\n').trim()]])) };
    return wrong(1, `No step is marked. Write a line \`### TASK\` before each: ${only.join(', ')}.`);
  }
  if (before.length > 0)
    return wrong(before[0]!, 'This stands before the first mark, so it belongs to no step.');
  return { ok: true, answers: withoutStarters(tasks, answers) };
}

/** The starting text, or nothing, is no answer. */
function withoutStarters(
  tasks: ReadonlyMap<string, Cell>,
  answers: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    [...answers].filter(([id, text]) => text.trim() !== '' && text.trim() !== tasks.get(id)?.text.trim()),
  );
}
