/**
 * A lesson and its state laid out for a width: what the screen shows a window of. Pure but for its memory: a part whose
 * inputs are the same objects as before is the same object again.
 */
import type { Block, Cell, Lesson } from '../../lesson/model.ts';
import { shownHints } from '../../session/hints.ts';
import type { CellState, SessionState } from '../../session/state.ts';
import type { EditorState } from '../editor/state.ts';
import { codeLines, renderMarkdown } from '../markdown/render.ts';
import { EMPTY, type Line } from '../text/line.ts';
import { createMemo } from '../text/memo.ts';
import {
  borderStyle,
  cellCode,
  cellEditor,
  cellFoot,
  cellHead,
  cellText,
  helpedLines,
  hintLines,
  inTheWayLines,
  isEdited,
  missingLines,
  outputEdge,
  pastLines,
  pushedLines,
  skippedLines,
  solutionLines,
} from './cell.ts';
import { checkLines, pendingLines } from './checks.ts';
import { endLines, outcomeOf } from './end.ts';
import { languageLines } from './language.ts';
import { dressed, type GrowingOutput, growingOutput, outputView } from './output.ts';
import { type Page, type Part, pageOf } from './page.ts';
import { quizLines } from './quiz.ts';
import { notPassed, shownVerdicts } from './status.ts';
import type { Style } from './style.ts';

/** What of the reader's own view changes the page. */
export interface View {
  /** Index of the block that keys act on. */
  current: number | undefined;
  unfolded: ReadonlySet<string>;
  opened: ReadonlySet<string>;
  editing?: { cell: string; editor: EditorState };
  /** What the instructor has sent about a cell, by cell; the same object while it is the same. */
  pushed?: Readonly<Record<string, readonly string[]>>;
  /** Title of the lesson that comes after this one; absent when there is none, or when it is not known yet. */
  next?: string | undefined;
}

export interface LaidOut {
  page: Page;
  /** Where the text cursor is, as row of the page and column. */
  cursor?: { x: number; row: number };
  /** Cells whose output has more than its folded view. */
  foldable: ReadonlySet<string>;
}

/** A stretch of the page, where not all of it is wanted yet. */
export interface Stretch {
  /** Index of its first block; -1 for the title. */
  from: number;
  /** Whether these are rows enough, once this block is laid. */
  enough(rows: number, block: number): boolean;
}

export type Layout = (
  lesson: Lesson,
  state: SessionState,
  view: View,
  width: number,
  now: number,
  stretch?: Stretch,
) => LaidOut;

/** The title stands on top; the prose of step 0 follows. */
function titleLines(lesson: Lesson, width: number, style: Style): Line[] {
  const lines = renderMarkdown(`# ${lesson.title.replaceAll('\n', ' ')}`, width, style);
  if (lesson.summary) lines.push(...renderMarkdown(lesson.summary, width, style));
  return [...lines, ...languageLines(lesson, width, style)];
}

/** Checks that a hint speaks to which the learner has not seen. */
function hintedChecks(cell: Cell, state: CellState): ReadonlySet<string> {
  const shown = shownHints(state);
  return new Set(cell.hints.flatMap(({ when }, at) => (when && !shown.includes(at) ? [when] : [])));
}

export function createLayout(style: Style): Layout {
  const memo = createMemo();
  const outputs = new Map<string, GrowingOutput>();

  const outputOf = (id: string): GrowingOutput => {
    const known = outputs.get(id) ?? growingOutput(style);
    outputs.set(id, known);
    return known;
  };

  /** The parts of one cell; `editor` is told where its cursor is. */
  function cellParts(
    cell: Cell,
    state: CellState,
    block: number,
    view: View,
    width: number,
    now: number,
    manyHosts: boolean,
    notRunBefore: string,
  ) {
    const border = borderStyle(view.current === block, style);
    const editing = view.editing?.cell === cell.id ? view.editing : undefined;
    const running = state.status === 'running' || state.status === 'checking';
    const unfolded = view.unfolded.has(cell.id);
    const name = (part: string) => `${cell.id}/${part}`;
    const head = memo(
      name('head'),
      (shown: CellState, at: number, edge: string, wide: number, writing: boolean, edited: boolean) =>
        cellHead(
          cell,
          shown,
          { width: wide, border: edge, editing: writing, now: at, manyHosts, edited },
          style,
        ),
      state,
      running ? now : 0,
      border,
      width,
      editing !== undefined,
      isEdited(cell, state),
    );
    const written = editing
      ? memo(
          name('editor'),
          (e: EditorState, w: number, b: string) => cellEditor(e, cell.language, w, b, style),
          editing.editor,
          width,
          border,
        )
      : undefined;
    const code =
      written?.lines ??
      memo(
        name('code'),
        (text: string, w: number, b: string) => cellCode(text, cell.language, w, b, style),
        cellText(cell, state),
        width,
        border,
      );
    const whole = state.printout !== undefined;
    const output = outputOf(cell.id).read(state.output, whole);
    const shown = memo(
      name('output'),
      (o: readonly Line[], u: boolean, w: number, more: boolean) => outputView(o, u, w, style, more),
      output,
      unfolded,
      width,
      whole,
    );
    const pushed = view.pushed?.[cell.id] ?? NONE_PUSHED;
    const below = memo(
      name('below'),
      (of: CellState, opened: boolean, wide: number, sent: readonly string[], missing: string) =>
        belowLines(cell, of, opened, wide, sent, missing),
      state,
      view.opened.has(cell.id),
      width,
      pushed,
      notRunBefore,
    );
    const parts: Part[] = [
      { block, name: 'head', lines: head },
      { block, name: 'code', lines: code },
      {
        block,
        name: 'edge',
        lines: memo(name('edge'), outputEdge, output.length, width, border, style),
      },
      { block, name: 'output', lines: shown.lines, ...dressed(width, style, border) },
      {
        block,
        name: 'foot',
        lines: memo(
          name('foot'),
          cellFoot,
          cell,
          state,
          unfolded && shown.foldable,
          output.length,
          width,
          border,
          style,
        ),
      },
      { block, name: 'below', lines: below },
    ];
    return { parts, cursor: written?.cursor, foldable: shown.foldable };
  }

  function belowLines(
    cell: Cell,
    state: CellState,
    opened: boolean,
    width: number,
    pushed: readonly string[],
    missing: string,
  ): Line[] {
    const verdicts = shownVerdicts(cell, state);
    // Who has done it goes on; what has helped stays at hand.
    const helped = state.status === 'passed' && !opened;
    return [
      ...pastLines(state, width, style),
      ...(state.status === 'skipped' ? skippedLines(state.skippedBecause, width, style) : []),
      ...checkLines(
        verdicts,
        opened && (notPassed(verdicts) || verdicts.length > 0),
        width,
        style,
        hintedChecks(cell, state),
      ),
      ...pendingLines(cell, state, width, style),
      ...missingLines(state, missing, width, style),
      ...inTheWayLines(cell, state, width, style),
      ...(helped ? helpedLines(state, width, style) : hintLines(cell, shownHints(state), width, style)),
      ...pushedLines(pushed, width, style),
      ...(state.solutionShown && !helped ? solutionLines(cell, width, style) : []),
    ];
  }

  function simple(block: Block, at: number, state: SessionState, view: View, width: number): readonly Line[] {
    const border = borderStyle(view.current === at, style);
    if (block.kind === 'prose') return memo(`prose/${at}`, renderMarkdown, block.markdown, width, style);
    if (block.kind === 'code') return memo(`code/${at}`, codeLines, block.text, block.language, width, style);
    if (block.kind === 'quiz') {
      return memo(
        `quiz/${at}`,
        quizLines,
        block.quiz,
        state.quizzes[block.quiz.id]?.choice,
        width,
        border,
        style,
        state.quizzesShown?.includes(block.quiz.id) === true,
      );
    }
    return EMPTY_LINES;
  }

  return (lesson, state, view, width, now, stretch) => {
    const manyHosts = lesson.hosts.length > 1;
    const foldable = new Set<string>();
    const from = stretch?.from ?? -1;
    const parts: Part[] =
      from < 0 ? [{ block: -1, name: 'title', lines: memo('title', titleLines, lesson, width, style) }] : [];
    let cursor: { x: number; part: number; y: number } | undefined;
    for (const [at, block] of lesson.blocks.entries()) {
      if (at < from) continue;
      parts.push({ block: at, name: 'gap', lines: GAP });
      const cellState = block.kind === 'cell' ? state.cells[block.cell.id] : undefined;
      if (block.kind === 'cell' && cellState) {
        const laid = cellParts(
          block.cell,
          cellState,
          at,
          view,
          width,
          now,
          manyHosts,
          notRun(lesson, state, block.cell),
        );
        if (laid.foldable) foldable.add(block.cell.id);
        if (laid.cursor) cursor = { x: laid.cursor.x, y: laid.cursor.y, part: parts.length + 1 };
        parts.push(...laid.parts);
      } else parts.push({ block: at, name: 'body', lines: simple(block, at, state, view, width) });
      if (stretch?.enough(rowsOf(parts), at)) return { page: pageOf(parts), foldable };
    }
    parts.push({ block: lesson.blocks.length, name: 'gap', lines: GAP });
    const outcome = outcomeOf(lesson, state);
    const end = memo(
      'end',
      (_: string, next: string | undefined, w: number) => endLines(outcome, next, w, style),
      JSON.stringify(outcome),
      view.next,
      width,
    );
    parts.push({ block: lesson.blocks.length, name: 'end', lines: end });
    const page = pageOf(parts);
    const laid: LaidOut = { page, foldable };
    if (cursor) laid.cursor = { x: cursor.x, row: page.starts[cursor.part]! + cursor.y };
    return laid;
  };
}

/** Of a cell that failed, the cells before it that were passed over: the first one's number, how many, how many tasks; or ''. */
function notRun({ cells }: Lesson, state: SessionState, { id, number }: Cell): string {
  if (state.cells[id]?.status !== 'failed') return '';
  const passedOver = cells.filter(
    (one) => one.number < number && state.cells[one.id]?.status === 'waiting' && !state.cells[one.id]?.gone,
  );
  const [first] = passedOver;
  const tasks = passedOver.filter(({ role }) => role === 'task').length;
  return first ? `${first.number} ${passedOver.length} ${tasks}` : '';
}

const rowsOf = (parts: readonly Part[]): number => parts.reduce((sum, { lines }) => sum + lines.length, 0);

const GAP: readonly Line[] = [EMPTY];
const EMPTY_LINES: readonly Line[] = [];
const NONE_PUSHED: readonly string[] = [];
