/**
 * Which submissions are alike, and which use numbers that were given to somebody else. Answers are cut into tokens, each
 * learner's own numbers put back to the names of the params, so that a copy with the numbers exchanged is seen as one; and
 * runs of tokens that the lesson itself suggests, or that much of the class has, say nothing.
 */
import type { Lesson } from '../../lesson/model.ts';
import type { Grade, Similarity } from '../../report/grades/grade.ts';
import type { Store } from '../store.ts';
import type { LessonOf } from '../submission/find.ts';
import { type Answered, compare, foreignValues, strangeNumbers } from './compare.ts';

export async function similarityOf(
  lesson: Lesson,
  grades: readonly Grade[],
  store: Store,
  lessonOf: LessonOf,
): Promise<{ similarity: Similarity; notices: string[] }> {
  const answered: Answered[] = [];
  for (const { learner, state } of grades) {
    if (state !== 'graded') continue;
    const record = store.get(learner);
    if (record === undefined) continue;
    const { params } = await lessonOf(learner);
    answered.push({ learner, answers: record.answers, values: params?.values ?? {} });
  }
  const notices = strangeNumbers(answered)
    ? [
        'No answer has a number of its learner’s own. Is it the secret that the class was given its seeds by, and the lesson’s folder under the name that it was handed out by?',
      ]
    : [];
  return { similarity: { pairs: compare(lesson, answered), foreign: foreignValues(answered) }, notices };
}
