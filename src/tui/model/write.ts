/** Keys while writing in a cell. Enter is a new line; Ctrl-R runs, in every terminal. */
import { type EditorAction, edit } from '../../page/editor/edit.ts';
import { editorText } from '../../page/editor/state.ts';
import { type Context, notice, only, type Update } from './context.ts';
import type { Effect } from './effect.ts';
import { chord, type KeyPress } from './keys.ts';
import { runText } from './read.ts';
import { enterShell } from './shell.ts';
import type { LessonView, Mode } from './view.ts';

const EDITS: Readonly<Record<string, EditorAction>> = {
  left: { edit: 'move', to: 'left' },
  'ctrl-b': { edit: 'move', to: 'left' },
  right: { edit: 'move', to: 'right' },
  'ctrl-f': { edit: 'move', to: 'right' },
  up: { edit: 'move', to: 'up' },
  'ctrl-p': { edit: 'move', to: 'up' },
  down: { edit: 'move', to: 'down' },
  'ctrl-n': { edit: 'move', to: 'down' },
  home: { edit: 'move', to: 'home' },
  'ctrl-a': { edit: 'move', to: 'home' },
  end: { edit: 'move', to: 'end' },
  'ctrl-e': { edit: 'move', to: 'end' },
  'ctrl-left': { edit: 'move', to: 'word-left' },
  'alt-left': { edit: 'move', to: 'word-left' },
  'alt-b': { edit: 'move', to: 'word-left' },
  'ctrl-right': { edit: 'move', to: 'word-right' },
  'alt-right': { edit: 'move', to: 'word-right' },
  'alt-f': { edit: 'move', to: 'word-right' },
  'ctrl-home': { edit: 'move', to: 'start' },
  'ctrl-end': { edit: 'move', to: 'finish' },
  pageup: { edit: 'move', to: 'start' },
  pagedown: { edit: 'move', to: 'finish' },
  backspace: { edit: 'delete', to: 'left' },
  'ctrl-h': { edit: 'delete', to: 'left' },
  delete: { edit: 'delete', to: 'right' },
  'ctrl-d': { edit: 'delete', to: 'right' },
  'ctrl-w': { edit: 'delete', to: 'word-left' },
  'alt-backspace': { edit: 'delete', to: 'word-left' },
  'alt-d': { edit: 'delete', to: 'word-right' },
  'ctrl-k': { edit: 'delete', to: 'end' },
  'ctrl-u': { edit: 'delete', to: 'home' },
  'ctrl-z': { edit: 'undo' },
  'ctrl-_': { edit: 'undo' },
  'ctrl-y': { edit: 'redo' },
  enter: { edit: 'insert', text: '\n' },
  tab: { edit: 'insert', text: '  ' },
};

/** Through the texts that ran before, as in a shell; the author's is the oldest. */
const VERSIONS: Readonly<Record<string, 1 | -1>> = {
  'ctrl-up': -1,
  'alt-up': -1,
  'alt-p': -1,
  'ctrl-down': 1,
  'alt-down': 1,
  'alt-n': 1,
};

const RUN = new Set(['ctrl-r', 'alt-enter', 'ctrl-enter']);
const LEAVE = new Set(['escape', 'ctrl-c', 'ctrl-g']);

type Writing = Extract<Mode, { name: 'write' }>;

/** Keeps what was written: the session has it. */
export function kept(
  view: LessonView,
  context: Context,
  mode: Writing,
): { view: LessonView; effects: Effect[] } {
  const text = editorText(mode.editor);
  const cell = context.lesson.cells.find((one) => one.id === mode.cell);
  const before = context.state.cells[mode.cell]?.answer;
  if (text === before || (before === undefined && text.trimEnd() === cell?.text.trimEnd()))
    return { view, effects: [] };
  return { view, effects: [{ effect: 'act', action: { do: 'edit-answer', cell: mode.cell, text } }] };
}

function edited(view: LessonView, mode: Writing, action: EditorAction): Update {
  return only({ ...view, mode: { ...mode, editor: edit(mode.editor, action) } });
}

function toVersion(view: LessonView, mode: Writing, by: 1 | -1, context: Context): Update {
  const cell = context.lesson.cells.find((one) => one.id === mode.cell);
  const texts = [...new Set([cell?.text ?? '', ...(context.state.cells[mode.cell]?.ran ?? [])])];
  const now = editorText(mode.editor);
  const { at, own } = mode.version ?? { at: texts.length, own: now };
  // What is on the screen already is no other version.
  const skip = by === -1 && mode.version === undefined && texts.at(-1) === now ? 2 : 1;
  const to = Math.max(0, Math.min(texts.length, at + by * skip));
  if (to === at) return only(view);
  const editor = edit(mode.editor, { edit: 'replace', text: texts[to] ?? own });
  const { version: _, ...rest } = mode;
  const next = to === texts.length ? { ...rest, editor } : { ...rest, editor, version: { at: to, own } };
  return notice({ ...view, mode: next }, context.words.notice.version(to + 1, texts.length + 1));
}

export function pasted(view: LessonView, mode: Writing, text: string): Update {
  return edited(view, mode, { edit: 'insert', text });
}

export function writing(view: LessonView, mode: Writing, press: KeyPress, context: Context): Update {
  const pressed = chord(press);
  const by = Object.hasOwn(VERSIONS, pressed) ? VERSIONS[pressed] : undefined;
  if (by) return toVersion(view, mode, by, context);
  const action = EDITS[pressed];
  if (action) return edited(view, mode, action);
  const reading: LessonView = { ...view, mode: { name: 'read' } };
  if (LEAVE.has(pressed)) return kept(reading, context, mode);
  // Over to the shell that is open beside the text; what is written is kept.
  if (pressed === 'ctrl-]' && view.shell) {
    const keeping = kept(reading, context, mode);
    return { view: enterShell(keeping.view, context).view, effects: keeping.effects };
  }
  if (RUN.has(pressed)) {
    const cell = context.lesson.cells.find((one) => one.id === mode.cell);
    if (!cell) return only(reading);
    const keeping = kept(reading, context, mode);
    const running = runText(keeping.view, context, cell, editorText(mode.editor));
    return { view: running.view, effects: [...keeping.effects, ...running.effects] };
  }
  if (press.name !== 'char' || press.ctrl || press.alt) return only(view);
  return edited(view, mode, { edit: 'insert', text: press.char });
}
