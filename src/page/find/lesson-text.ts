/** All that a lesson says, for a search over the course. */
import type { Block, Lesson } from '../../lesson/model.ts';

function blockText(block: Block): string {
  switch (block.kind) {
    case 'prose':
      return block.markdown;
    case 'code':
      return block.text;
    // Neither hints nor the solution: a search gives nothing away.
    case 'cell':
      return block.cell.text;
    case 'quiz':
      return [block.quiz.question, ...block.quiz.choices.map((choice) => choice.text)].join('\n');
  }
}

export function lessonText(lesson: Lesson): string {
  return [lesson.title, lesson.summary, ...lesson.blocks.map(blockText)].join('\n');
}
