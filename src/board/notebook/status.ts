/** How the class stands for one learner, in few words: what is said all the time, on the screen and on lines. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import type { Style } from '../../page/layout/style.ts';
import { type Span, span } from '../../page/text/line.ts';
import type { ClassWords } from '../../page/words/class/en.ts';
import type { ClassroomState } from '../classroom.ts';
import type { Consent } from '../events.ts';
import { clock } from '../view/time.ts';
import { isSamePlace, lessonTitle, openTo, stepNumber } from './pace.ts';

/** Where the learner is; absent on the list of lessons. */
export interface Here {
  lesson: Lesson;
  step: number;
}

function connectionSpans({ connection, unsent }: ClassroomState, { words, glyphs, theme }: Style): Span[] {
  const { status } = words.class;
  switch (connection.state) {
    case 'connected':
      return [span(`${glyphs.chosen} `, theme.pass), span(status.connected, theme.text)];
    case 'over':
      return [
        span(
          `${glyphs.unchosen} ${connection.because === 'ended' ? status.ended : status.out}`,
          theme.notice,
        ),
      ];
    case 'alone': {
      const why = connection.certificate ? status.certificate : status.alone;
      const waits = unsent > 0 ? `${status.comma}${status.unsent(unsent)}` : '';
      return [span(`${glyphs.unchosen} ${why}${waits}`, theme.notice)];
    }
  }
}

/** What is shared, in a word; the name of all of it. */
export function sharing(consent: Consent, { status }: ClassWords): string {
  const all = (['progress', 'outputs', 'transcript'] as const).filter((one) => consent[one]);
  if (all.length === 0) return status.nothingShared;
  return all.length === 3 ? status.allShared : status.shared(all.map((one) => status.shares[one]));
}

/** Milliseconds left; undefined when no timer runs, or long after its end. */
export function timerLeft({ timer }: Pick<ClassroomState, 'timer'>, now: number): number | undefined {
  if (!timer) return undefined;
  const left = timer.endsAt - now;
  return left < -60_000 ? undefined : Math.max(0, left);
}

function placeText(state: ClassroomState, here: Here | undefined, words: ClassWords): string {
  const { where, course } = state;
  if (!where) return '';
  if (here && where.lesson !== here.lesson.id)
    return words.status.inLesson(lessonTitle(course, where.lesson));
  if (here && isSamePlace(where, { lesson: here.lesson.id, step: here.step })) return words.status.here;
  const number = stepNumber(where, course);
  return number === 0 ? words.status.atStart : words.status.atStep(number);
}

function gateText(state: ClassroomState, here: Here | undefined, words: ClassWords): string {
  const last = here && openTo(state, here.lesson);
  if (!here || last === undefined) return '';
  // What lies behind the learner is no news; nor is a gate after the last step.
  if (last < 0) return words.status.closed;
  if (last >= here.lesson.steps.length - 1) return '';
  return words.status.openTo(stepNumber({ lesson: here.lesson.id, step: last }, state.course));
}

/** Most telling first; without what is shared. */
export function statusPieces(
  state: ClassroomState,
  here: Here | undefined,
  now: number,
  style: Style,
): Span[][] {
  const { theme, words } = style;
  const { status } = words.class;
  const pieces: Span[][] = [connectionSpans(state, style)];
  const add = (text: string, look: string) => {
    if (text !== '') pieces.push([span(text, look)]);
  };
  if (state.connection.state === 'over') return pieces;
  const left = timerLeft(state, now);
  if (left !== undefined)
    add(left === 0 ? status.timeUp : status.left(clock(left)), left < 60_000 ? theme.notice : theme.text);
  if (state.unread > 0) add(status.unread(state.unread), theme.notice);
  if (state.poll?.open && state.poll.chosen === undefined) add(status.poll, theme.notice);
  if (state.hand) add(status.hand, theme.notice);
  add(placeText(state, here, words.class), theme.text);
  add(gateText(state, here, words.class), theme.dim);
  return pieces;
}
