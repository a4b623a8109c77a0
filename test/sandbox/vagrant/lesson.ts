import { vocabulary } from '../../../src/check/vocabulary.ts';
import type { Lesson } from '../../../src/lesson/model.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';

/** A lesson with one cell. */
export function lessonOf(cell: string): Lesson {
  const text = `---\ntitle: One cell\n---\n## Step\n\`\`\`sh {.run #one timeout=100s}\n${cell}\n\`\`\`\n`;
  const parsed = parseLesson('/lessons/one/lesson.md', text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.lesson;
}
