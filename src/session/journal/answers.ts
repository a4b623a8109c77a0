/** The learner's answers as a Markdown file that a person can read, print and hand in. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import type { SessionState } from '../state.ts';

/** A fence longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Undefined when nothing has been answered. */
export function answersMarkdown(lesson: Lesson, state: SessionState): string | undefined {
  const parts: string[] = [];
  let step = -1;
  for (const cell of lesson.cells) {
    const answer = state.cells[cell.id]?.answer;
    if (cell.role !== 'task' || answer === undefined) continue;
    if (cell.step !== step) {
      step = cell.step;
      parts.push(`## ${oneLine(lesson.steps[step]?.title ?? lesson.title)}`);
    }
    parts.push(
      `### ${cell.id} (${state.cells[cell.id]?.status ?? 'waiting'})`,
      fenced(cell.language, answer),
    );
  }
  if (parts.length === 0) return undefined;
  const { earned, possible } = state.points;
  const points = possible > 0 ? `, ${earned} of ${possible} points` : '';
  return `${[`# ${oneLine(lesson.title)}`, `Answers to the lesson \`${lesson.id}\`${points}.`, ...parts].join('\n\n')}\n`;
}
