/** What can be done with a question: answered, or its answer asked for, which takes two. Pure. */
import type { Quiz } from '../../lesson/model.ts';
import { type Context, notice, only, type Update } from './context.ts';
import { isClosed } from './primary.ts';
import { following } from './scroll.ts';
import type { LessonView } from './view.ts';

/** What there is to say once there is nothing to answer any more. */
function closed(quiz: Quiz, { words, state }: Context): string | undefined {
  if (state.quizzes[quiz.id]?.right) return words.notice.alreadyAnswered;
  return isClosed(state, quiz.id) ? words.notice.answerShown : undefined;
}

export function quizAnswer(view: LessonView, context: Context, quiz: Quiz, choice: number): Update {
  if (choice >= quiz.choices.length) return notice(view, context.words.quiz.press(quiz.choices.length));
  const said = closed(quiz, context);
  if (said !== undefined) return notice(view, said);
  return {
    view: following(view, context),
    effects: [{ effect: 'act', action: { do: 'answer-quiz', quiz: quiz.id, choice } }],
  };
}

export function quizSolution(view: LessonView, context: Context, quiz: Quiz): Update {
  const said = closed(quiz, context);
  if (said !== undefined) return notice(view, said);
  if (view.armed !== 'solution')
    return only({ ...view, armed: 'solution', notice: context.words.ask.answer });
  return {
    view: following(view, context),
    effects: [{ effect: 'act', action: { do: 'show-quiz', quiz: quiz.id } }],
  };
}
