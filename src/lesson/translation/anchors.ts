/** The cells and quizzes of the original, in order: what a translation goes along. */
import type { Block, Cell, Lesson, Quiz } from '../model.ts';

interface Place {
  id: string;
  /** Index of its step. */
  step: number;
  line: number;
}
export type Anchor = Place & ({ kind: 'run' | 'task'; cell: Cell } | { kind: 'quiz'; quiz: Quiz });

function toAnchor(block: Block, step: number): Anchor[] {
  if (block.kind === 'cell')
    return [{ kind: block.cell.role, id: block.cell.id, cell: block.cell, step, line: block.line }];
  if (block.kind === 'quiz')
    return [{ kind: 'quiz', id: block.quiz.id, quiz: block.quiz, step, line: block.line }];
  return [];
}

export function anchorsOf(lesson: Lesson): Anchor[] {
  return lesson.steps.flatMap(({ from, to }, step) =>
    lesson.blocks.slice(from, to).flatMap((block) => toAnchor(block, step)),
  );
}
