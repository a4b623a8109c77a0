/** A cell as it stands on the page: its frame with code and output, and below it checks, hints and the solution. */
import { DEFAULT_TIMEOUT_MS } from '../../lesson/definitions.ts';
import type { Cell } from '../../lesson/model.ts';
import { worthOf } from '../../lesson/worth.ts';
import type { CellState } from '../../session/state.ts';
import { type EditorState, screenColumn } from '../editor/state.ts';
import { highlight } from '../highlight/index.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { codeWrap, EMPTY, type Line, lineWidth, pressable, type Span, span } from '../text/line.ts';
import { wrapText } from '../text/wrap.ts';
import { limit } from '../words/time.ts';
import { bottomEdge, boxed, FRAME, middleEdge, topEdge } from './box.ts';
import { statusSpans } from './status.ts';
import type { Style } from './style.ts';

export function borderStyle(current: boolean, style: Style): string {
  return current ? style.theme.current : style.theme.border;
}

export interface HeadOptions {
  width: number;
  border: string;
  editing: boolean;
  /** Milliseconds since the epoch; counts only while the cell runs. */
  now: number;
  /** The lesson has more than one host, so each cell says its own. */
  manyHosts: boolean;
  /** The cell would run the learner's text instead of the author's, and is not a task. */
  edited: boolean;
}

export function cellHead(cell: Cell, state: CellState, options: HeadOptions, style: Style): Line[] {
  const { theme, words, glyphs } = style;
  const task = cell.role === 'task';
  const from: Span[] = [
    span(String(cell.number), theme.title),
    span(` ${task ? `${glyphs.task} ` : ''}${words.role[cell.role]}`, task ? theme.notice : theme.dim),
  ];
  if (options.manyHosts) from.push(span(` ${words.on(cell.host)}`, theme.dim));
  const worth = worthOf(cell);
  if (worth > 0) from.push(span(` ${glyphs.dot} ${words.pointsOf(worth)}`, theme.points));
  if (options.edited) from.push(span(` ${glyphs.dot} ${words.edited}`, theme.notice));
  const to = options.editing
    ? [span(`${glyphs.task} ${words.editing}`, theme.running)]
    : statusSpans(cell, state, style, options.now);
  // Before it runs only where it is not the usual one.
  const unusual = state.status === 'waiting' && cell.timeoutMs !== DEFAULT_TIMEOUT_MS && !options.editing;
  if (state.status === 'running' || unusual)
    to.push(span(` ${glyphs.dot} ${words.limit(limit(cell.timeoutMs))}`, theme.dim));
  return [pressable(topEdge(options.width, style, options.border, from, to), 'enter')];
}

/** What the cell would run: the learner's text where there is one, else the author's. */
export function cellText(cell: Cell, state: CellState): string {
  return state.answer ?? cell.text;
}

/** The author's cell, in the learner's version. */
export function isEdited(cell: Cell, state: CellState): boolean {
  return cell.role === 'run' && state.answer !== undefined && state.answer !== cell.text;
}

/** Columns of the sign before a row that goes on from the one above. */
const HANG = 2;

/** Rows of code that are too long go on below, behind a sign: they are no lines of their own. */
function codeRows(line: Line, room: number, style: Style): Line[] {
  const sign = span(`${style.glyphs.wrap} `, style.theme.dim);
  return codeWrap(line, room, HANG).map((row, at) => (at === 0 ? row : [sign, ...row]));
}

export function cellCode(
  text: string,
  language: string,
  width: number,
  border: string,
  style: Style,
): Line[] {
  const room = Math.max(1, width - FRAME);
  const lines = highlight(text, language, style.theme).flatMap((line) => codeRows(line, room, style));
  const empty = text.trim() === '';
  const rows = empty ? [[span(style.words.emptyAnswer, style.theme.dim)]] : lines;
  return rows.map((row) => boxed(row, width, style, border));
}

/** The editor's rows, and the cursor as column and row among the returned lines. */
export interface EditorView {
  lines: Line[];
  cursor: { x: number; y: number };
}

export function cellEditor(
  editor: EditorState,
  language: string,
  width: number,
  border: string,
  style: Style,
): EditorView {
  const room = Math.max(1, width - FRAME);
  const rows = highlightRows(editor, language, style);
  const lines: Line[] = [];
  let cursor = { x: 2, y: 0 };
  for (const [index, line] of rows.entries()) {
    const wrapped = codeRows(line, room, style);
    if (index === editor.row) {
      const at = screenColumn(editor.rows[index]!, editor.column);
      let row = 0;
      let before = 0;
      const hang = () => (row === 0 ? 0 : HANG);
      const own = () => lineWidth(wrapped[row]!) - hang();
      while (row < wrapped.length - 1 && at >= before + own()) {
        before += own();
        row++;
      }
      // Behind the last column of a full row the cursor stands at the start of a row of its own.
      if (at - before >= room - hang()) {
        wrapped.push([span(`${style.glyphs.wrap} `, style.theme.dim)]);
        row++;
        before = at;
      }
      cursor = { x: 2 + hang() + at - before, y: lines.length + row };
    }
    lines.push(...wrapped);
  }
  return { lines: lines.map((row) => boxed(row, width, style, border)), cursor };
}

/** Highlighting drops what follows the last line; an editor shows empty rows too. */
function highlightRows(editor: EditorState, language: string, style: Style): Line[] {
  const coloured = highlight(editor.rows.join('\n'), language, style.theme);
  return editor.rows.map((row, at) =>
    lineWidth(coloured[at] ?? EMPTY) > 0 || row === '' ? (coloured[at] ?? EMPTY) : [span(row)],
  );
}

/** Why a cell ended other than by itself, and its exit status where it is not a plain 0. */
function ending(cell: Cell, state: CellState, style: Style): Span[] {
  const { theme, words } = style;
  const { outcome } = state;
  if (outcome === 'timeout') return [span(words.outcome.timeout(limit(cell.timeoutMs)), theme.fail)];
  if (outcome !== undefined && outcome !== 'exited') return [span(words.outcome[outcome], theme.fail)];
  if (state.exit === undefined || state.exit === null || state.exit === 0) return [];
  const meant = cell.exit === 'any' || cell.exit === state.exit;
  return [span(words.exit(state.exit), meant ? theme.dim : theme.fail)];
}

export function outputEdge(lines: number, width: number, border: string, style: Style): Line[] {
  return lines > 0 ? [middleEdge(width, style, border, [span(style.words.output, style.theme.dim)])] : [];
}

/** @param lines of output; that there are none is said once the cell has run */
export function cellFoot(
  cell: Cell,
  state: CellState,
  unfolded: boolean,
  lines: number,
  width: number,
  border: string,
  style: Style,
): Line[] {
  const { words, theme } = style;
  const silent = lines === 0 && state.durationMs !== undefined && state.status !== 'waiting';
  const said = unfolded ? pressable([span(words.unfolded, theme.dim)], 'f') : EMPTY;
  const from = silent ? [span(words.noOutput, theme.dim)] : said;
  return [bottomEdge(width, style, border, from, ending(cell, state, style))];
}

const MOST_COMMANDS = 3;
const MOST_COLUMNS = 48;

/** The first few, each on one line. */
function commandList(commands: readonly string[], { words }: Style): string {
  const shown = commands.slice(0, MOST_COMMANDS).map((text) => {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line;
  });
  const rest = commands.length - shown.length;
  return [...shown, ...(rest > 0 ? [words.past.more(rest)] : [])].join('; ');
}

/** What was done in a shell, or in an earlier sandbox, is nowhere to be read: so it is said what has become of it. */
function pastOf(state: CellState, style: Style): string[] {
  const { byHand, gone, handAgain, handLeft, notRepeated } = state;
  const { past } = style.words;
  if (notRepeated !== undefined) return [past.notRepeated[notRepeated]];
  if (byHand && handAgain === 'solution') return [past.byHandAgain];
  if (handAgain === 'commands') {
    const { left = [], differs = [] } = handLeft ?? {};
    return [
      byHand ? past.commandsAgain : past.begunAgain,
      ...(left.length > 0 ? [past.left(commandList(left, style))] : []),
      ...(differs.length > 0 ? [past.differs(commandList(differs, style))] : []),
    ];
  }
  if (byHand) return [past.byHand];
  return gone ? [past.byHandGone] : [];
}

export function pastLines(state: CellState, width: number, style: Style): Line[] {
  const plain = state.byHand && state.handAgain !== 'solution';
  const indent = { first: [span('  ')], rest: [span('  ')] };
  return pastOf(state, style).flatMap((said) =>
    wrapText(said, width, plain ? style.theme.dim : style.theme.notice, indent),
  );
}

export function skippedLines(because: string | undefined, width: number, style: Style): Line[] {
  if (!because) return [];
  return wrapText(style.words.say(because), width, style.theme.dim, {
    first: [span('  ')],
    rest: [span('  ')],
  });
}

/** A bar on the left sets the words that help apart from the author's prose. */
function aside(title: string, press: string, body: readonly Line[], style: Style): Line[] {
  const bar = span(`  ${style.glyphs.quote} `, style.theme.hint);
  return [
    EMPTY,
    pressable([bar, span(title, style.theme.hint)], press),
    ...body.map((line) => [bar, ...line]),
  ];
}

/** @param shown indexes of the hints that were asked for, in the order in which they came */
export function hintLines(cell: Cell, shown: readonly number[], width: number, style: Style): Line[] {
  return shown
    .flatMap((index) => cell.hints[index] ?? [])
    .flatMap((hint, at) =>
      aside(
        style.words.hint(at + 1, cell.hints.length),
        'h',
        renderMarkdown(hint.markdown, Math.max(1, width - 4), style),
        style,
      ),
    );
}

/** Of a cell that has passed: what was shown on the way, in one row. */
export function helpedLines(state: CellState, width: number, style: Style): Line[] {
  const hints = state.hintsShown;
  if (hints === 0 && !state.solutionShown) return [];
  const said = style.words.helped(hints, state.solutionShown);
  const indent = { first: [span(`  ${style.glyphs.fold} `, style.theme.dim)], rest: [span('    ')] };
  return wrapText(said, width, style.theme.dim, indent).map((line) => pressable(line, 'o'));
}

/** What the instructor of a live class has sent about this cell. */
export function pushedLines(pushed: readonly string[], width: number, style: Style): Line[] {
  return pushed.flatMap((text) =>
    aside(style.words.class.messages.hint, 'C', renderMarkdown(text, Math.max(1, width - 4), style), style),
  );
}

/** Most of what fails after a cell that was passed over fails for want of it. @param missing by `notRun` */
export function missingLines({ status }: CellState, missing: string, width: number, style: Style): Line[] {
  if (status !== 'failed' || missing === '') return [];
  const [first = 0, cells = 0, tasks = 0] = missing.split(' ').map(Number);
  const { notYetRun, notYetDone } = style.words;
  const indent = { first: [span('  ')], rest: [span('  ')] };
  return wrapText(tasks > 0 ? notYetDone(first) : notYetRun(first, cells), width, style.theme.notice, indent);
}

/** The author's solution does not help where an earlier try has left half of something. */
export function inTheWayLines(cell: Cell, { status, text }: CellState, width: number, style: Style): Line[] {
  if (status !== 'failed' || cell.solution === undefined || text?.trim() !== cell.solution.trim()) return [];
  const indent = { first: [span('  ')], rest: [span('  ')] };
  return [EMPTY, ...wrapText(style.words.inTheWay, width, style.theme.notice, indent)];
}

export function solutionLines(cell: Cell, width: number, style: Style): Line[] {
  if (cell.solution === undefined) return [];
  const room = Math.max(1, width - 4);
  const body = highlight(cell.solution, cell.language, style.theme).flatMap((line) =>
    codeRows(line, room, style),
  );
  return aside(style.words.solution, 's', body, style);
}
