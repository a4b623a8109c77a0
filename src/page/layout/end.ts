/** The end of the page: how the lesson went, and where it goes on. What was learnt the lesson itself has just said. */
import type { Lesson } from '../../lesson/model.ts';
import type { SessionState } from '../../session/state.ts';
import { EMPTY, type Line, span } from '../text/line.ts';
import { wrapText } from '../text/wrap.ts';
import { duration } from '../words/time.ts';
import type { Style } from './style.ts';

/** How the lesson went, as numbers: while these stay the same the end looks the same. */
export interface Outcome {
  passed: number;
  skipped: number;
  cells: number;
  right: number;
  questions: number;
  hints: number;
  solutions: number;
  earned: number;
  possible: number;
  /** Milliseconds; whole seconds, as nobody reads more. */
  spent: number;
}

export function outcomeOf(
  lesson: Lesson,
  { cells, quizzes, activeMs = 0, points, finished }: SessionState,
): Outcome {
  const states = lesson.cells.flatMap(({ id }) => cells[id] ?? []);
  const questions = lesson.blocks.flatMap((block) => (block.kind === 'quiz' ? [block.quiz.id] : []));
  return {
    passed: states.filter(({ status }) => status === 'passed').length,
    skipped: states.filter(({ status }) => status === 'skipped').length,
    cells: states.length,
    right: questions.filter((id) => quizzes[id]?.right).length,
    questions: questions.length,
    hints: states.reduce((sum, { hintsShown }) => sum + hintsShown, 0),
    solutions: states.filter(({ solutionShown }) => solutionShown).length,
    ...points,
    // While the lesson is walked the end would change every second.
    spent: finished ? Math.floor(activeMs / 1000) * 1000 : 0,
  };
}

/** @param next title of the lesson that comes after this one */
export function endLines(outcome: Outcome, next: string | undefined, width: number, style: Style): Line[] {
  const { words, theme, glyphs } = style;
  const { done } = words;
  const { passed, skipped, cells, questions, hints, solutions, spent, possible } = outcome;
  const finished = passed + skipped === cells;
  const facts: string[] = possible > 0 ? [words.points(outcome.earned, possible)] : [];
  facts.push(done.cells(passed, cells));
  if (skipped > 0) facts.push(done.skipped(skipped));
  if (questions > 0) facts.push(done.questions(outcome.right, questions));
  if (hints > 0) facts.push(done.hints(hints));
  if (solutions > 0) facts.push(done.solutions(solutions));
  if (spent > 0) facts.push(done.time(duration(spent)));
  const lines: Line[] = [
    [span(glyphs.rule.repeat(width), theme.border)],
    [span(finished ? `${glyphs.pass} ${done.finished}` : done.title, finished ? theme.pass : theme.heading)],
    ...wrapText(facts.join(` ${glyphs.dot} `), width, theme.text),
    EMPTY,
  ];
  if (!finished) return [...lines, ...wrapText(done.notYet, width, theme.dim)];
  if (next === undefined) return [...lines, ...wrapText(done.next, width, theme.dim)];
  return [...lines, ...wrapText(done.goOn(next), width, theme.strong)];
}
