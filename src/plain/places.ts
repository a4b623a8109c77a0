/** Finding one's way in a lesson on lines: its steps, and where a text stands. Pure. */
import type { Lesson } from '../lesson/model.ts';
import { findInRows } from '../page/find/matches.ts';
import { findPattern } from '../page/find/pattern.ts';
import { EMPTY, type Line, lineText, span } from '../page/text/line.ts';
import { createOutputReader } from '../page/text/output.ts';
import type { SessionState } from '../session/state.ts';
import { blockLines, type PlainStyle } from './print.ts';

/** What stands before the first heading introduces the steps and has no number. */
function introduced(lesson: Lesson): number {
  return lesson.steps.length > 1 && lesson.steps[0]!.title === lesson.title ? 1 : 0;
}

/** Index into `Lesson.steps`. */
export function stepAt(lesson: Lesson, block: number): number {
  return lesson.steps.findIndex((step) => block >= step.from && block < step.to);
}

/** The number of a step as it is said, 0 for the introduction. */
function numberOf(lesson: Lesson, block: number): number {
  return stepAt(lesson, block) + 1 - introduced(lesson);
}

export function stepList(lesson: Lesson, state: SessionState, style: PlainStyle): Line[] {
  const { words, theme } = style;
  return lesson.steps.flatMap((step, at): Line[] => {
    const number = at + 1 - introduced(lesson);
    if (number === 0) return [];
    const cells = lesson.cells.filter((cell) => cell.step === at);
    const passed = cells.filter((cell) => state.cells[cell.id]?.status === 'passed').length;
    const done = cells.length > 0 ? `  (${words.course.cells(passed, cells.length)})` : '';
    return [[span(`${String(number).padStart(2)}  ${step.title}`), span(done, theme.dim)]];
  });
}

/** Index into `Lesson.steps`, by number or by words of the title; -1 when there is none. */
export function findStep(lesson: Lesson, word: string): number {
  if (/^\d+$/.test(word)) {
    const at = Number(word) - 1 + introduced(lesson);
    return Number(word) > 0 && lesson.steps[at] ? at : -1;
  }
  const pattern = findPattern(word);
  return pattern ? lesson.steps.findIndex((step) => step.title.search(pattern) >= 0) : -1;
}

/** Every line that has the text, with the step and the cell it stands in. */
export function searchLines(lesson: Lesson, state: SessionState, text: string, style: PlainStyle): Line[] {
  const pattern = findPattern(text);
  if (!pattern) return [];
  const { words, theme, glyphs } = style;
  return lesson.blocks.flatMap((block, at): Line[] => {
    const lines = [...blockLines(block, state, style)];
    if (block.kind === 'cell') {
      const reader = createOutputReader({ colours: false, base: { stdout: '', stderr: '' } });
      for (const piece of state.cells[block.cell.id]?.output ?? []) reader.push(piece.text, piece.stream);
      // The head of a cell is its frame on lines.
      lines.splice(0, 1, EMPTY);
      lines.push(...reader.lines());
    }
    const number = numberOf(lesson, at);
    const place = [
      ...(number > 0 ? [words.step(number, lesson.steps.length - introduced(lesson))] : []),
      ...(block.kind === 'cell' ? [`[${block.cell.number}]`] : []),
    ];
    const head = place.length > 0 ? [span(`${place.join(` ${glyphs.dot} `)}: `, theme.dim)] : EMPTY;
    // A line that was wrapped inside the words is shown from where they begin.
    const rows = lines.map(lineText);
    return [...new Set(findInRows(rows, pattern).map((pieces) => pieces[0]!.row))].map((row) => [
      ...head,
      span(rows[row]!.trim()),
    ]);
  });
}
