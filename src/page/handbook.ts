/** What of the handbook a step of a lesson uses. Pure. */
import { entriesIn, type Handbook } from '../lesson/handbook.ts';
import type { Lesson } from '../lesson/model.ts';

/** Hints and solutions are left out: what they use would be given away. */
export function handbookOfStep(handbook: Handbook, lesson: Lesson, step: number): Handbook {
  const { from, to } = lesson.steps[step] ?? { from: 0, to: 0 };
  const prose: string[] = [];
  const code: string[] = [];
  for (const block of lesson.blocks.slice(from, to)) {
    if (block.kind === 'prose') prose.push(block.markdown);
    else if (block.kind === 'quiz')
      prose.push(block.quiz.question, ...block.quiz.choices.map(({ text }) => text));
    else code.push(block.kind === 'code' ? block.text : block.cell.text);
  }
  // A word of a cell's comment or of its output's reading counts as prose; a command named in prose as code.
  const all = [...prose, ...code].join('\n');
  return entriesIn(handbook, { prose: all, code: all });
}
