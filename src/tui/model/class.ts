/** The live class: its menu and what is done from it. Pure; who speaks to the host stands behind the effects. */

import type { ClassAction, ClassroomState } from '../../board/classroom.ts';
import { NOTHING_SHARED } from '../../board/classroom.ts';
import type { Consent, Reaction } from '../../board/events.ts';
import { LIMITS } from '../../board/limits.ts';
import { isSamePlace } from '../../board/notebook/pace.ts';
import { graphemes } from '../../page/text/width.ts';
import { type Context, notice, only, scrolled, type Update } from './context.ts';
import { chord, type KeyPress } from './keys.ts';
import { moved, scrollMove } from './moves.ts';
import { goToStep } from './steps.ts';
import { stepOf } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

export type ClassMode = Extract<Mode, { name: 'class' }>;
export type ClassPage = ClassMode['page'];

export const REACTIONS: readonly Reaction[] = ['understood', 'lost', 'slower', 'faster', 'applause'];
export const SHARED: readonly (keyof Consent)[] = ['progress', 'outputs', 'transcript'];

/** What the menu offers, by the key that does it. */
export type Item = 'hand' | 'go' | 'react' | 'ask' | 'messages' | 'poll' | 'share' | 'stop';
export const ITEMS: readonly (readonly [key: string, item: Item])[] = [
  ['h', 'hand'],
  ['g', 'go'],
  ['r', 'react'],
  ['a', 'ask'],
  ['m', 'messages'],
  ['p', 'poll'],
  ['s', 'share'],
  ['X', 'stop'],
];

const at = (page: ClassPage): ClassMode => ({ name: 'class', page, selected: 0, text: '', top: 0 });

export function openClass(view: LessonView, { classroom }: Context): Update {
  return classroom ? only({ ...view, mode: at('menu') }) : only(view);
}

function acting(view: LessonView, action: ClassAction, said: string): Update {
  return { view: { ...view, notice: said }, effects: [{ effect: 'class', action }] };
}

const reading = (view: LessonView): LessonView => ({ ...view, mode: { name: 'read' } });

/** Whatever the learner is doing: they go on with it. */
export function stopSharing(view: LessonView, { classroom, words }: Context): Update {
  if (!classroom) return only(view);
  return acting(view, { do: 'share', consent: NOTHING_SHARED }, words.class.notice.stopped);
}

function goToClass(view: LessonView, classroom: ClassroomState, context: Context): Update {
  const { where, course } = classroom;
  const { lesson, words, lessons = [] } = context;
  if (!where) return notice(reading(view), words.class.notice.nowhere);
  if (where.lesson === lesson.id) return goToStep(reading(view), where.step, context);
  const found = lessons.find(({ id }) => id === where.lesson);
  const title = course.lessons.find(({ id }) => id === where.lesson)?.title ?? where.lesson;
  if (!found) return notice(reading(view), words.class.status.inLesson(title));
  return only({ ...view, mode: { name: 'ask', question: 'follow-lesson', lesson: where.lesson } });
}

function choose(item: Item, view: LessonView, classroom: ClassroomState, context: Context): Update {
  const { notice: said } = context.words.class;
  switch (item) {
    case 'hand': {
      const up = !classroom.hand;
      return acting(reading(view), { do: 'hand', up }, up ? said.raised : said.lowered);
    }
    case 'go':
      return goToClass(view, classroom, context);
    case 'messages':
      return {
        view: { ...view, mode: at('messages') },
        effects: [{ effect: 'class', action: { do: 'read' } }],
      };
    case 'stop':
      return stopSharing(reading(view), context);
    default:
      return only({ ...view, mode: at(item) });
  }
}

const MOVES: Readonly<Record<string, number>> = { up: -1, k: -1, 'shift-tab': -1, down: 1, j: 1, tab: 1 };

function inMenu(
  view: LessonView,
  mode: ClassMode,
  press: KeyPress,
  classroom: ClassroomState,
  context: Context,
) {
  const pressed = chord(press);
  const by = MOVES[pressed];
  if (by !== undefined)
    return only({
      ...view,
      mode: { ...mode, selected: moved(mode.selected, by, ITEMS.length) },
    });
  const item = pressed === 'enter' ? ITEMS[mode.selected]?.[1] : ITEMS.find(([key]) => key === pressed)?.[1];
  return item ? choose(item, view, classroom, context) : only(reading(view));
}

/** A list of choices by number, or chosen and Enter. */
function chosenOf(mode: ClassMode, pressed: string, count: number): number | ClassMode | undefined {
  const by = MOVES[pressed];
  if (by !== undefined) return { ...mode, selected: moved(mode.selected, by, count) };
  const number = pressed === 'enter' || pressed === ' ' ? mode.selected : Number(pressed) - 1;
  return Number.isInteger(number) && number >= 0 && number < count ? number : undefined;
}

function inReactions(view: LessonView, mode: ClassMode, pressed: string, { words }: Context): Update {
  const chosen = chosenOf(mode, pressed, REACTIONS.length);
  if (chosen === undefined) return only({ ...view, mode: at('menu') });
  if (typeof chosen !== 'number') return only({ ...view, mode: chosen });
  const reaction = REACTIONS[chosen]!;
  const said = words.class.notice.reacted(words.class.reactions[reaction]);
  return acting(reading(view), { do: 'react', reaction }, said);
}

function inPoll(
  view: LessonView,
  mode: ClassMode,
  pressed: string,
  { poll }: ClassroomState,
  { words }: Context,
): Update {
  const chosen = poll?.open ? chosenOf(mode, pressed, poll.choices.length) : undefined;
  if (chosen === undefined || !poll) return only({ ...view, mode: at('menu') });
  if (typeof chosen !== 'number') return only({ ...view, mode: chosen });
  // The list stays: it shows what was chosen, and another choice may be made while the poll is open.
  return acting(view, { do: 'vote', poll: poll.id, choice: chosen }, words.class.notice.voted);
}

function inSharing(view: LessonView, mode: ClassMode, pressed: string, { consent }: ClassroomState): Update {
  const chosen = chosenOf(mode, pressed, SHARED.length);
  if (chosen === undefined) return only({ ...view, mode: at('menu') });
  if (typeof chosen !== 'number') return only({ ...view, mode: chosen });
  const which = SHARED[chosen]!;
  const next: Consent = { ...consent, [which]: !consent[which] };
  return {
    view: { ...view, mode: { ...mode, selected: chosen } },
    effects: [{ effect: 'class', action: { do: 'share', consent: next } }],
  };
}

function inMessages(view: LessonView, mode: ClassMode, pressed: string, context: Context): Update {
  const by = scrollMove(pressed, 10);
  if (by === undefined) return only({ ...view, mode: at('menu') });
  return only({ ...view, mode: { ...mode, top: scrolled(mode.top, by, context) } });
}

function asking(view: LessonView, mode: ClassMode, press: KeyPress, context: Context): Update {
  const typed = (text: string) => only({ ...view, mode: { ...mode, text: text.slice(0, LIMITS.text) } });
  switch (chord(press)) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return only({ ...view, mode: at('menu') });
    case 'enter': {
      if (mode.text.trim() === '') return only({ ...view, mode: at('menu') });
      const step = stepOf(context.lesson, view.current ?? 0);
      const place = { lesson: context.lesson.id, step };
      return acting(reading(view), { do: 'ask', text: mode.text, place }, context.words.class.notice.asked);
    }
    case 'backspace':
    case 'ctrl-h':
      return typed(graphemes(mode.text).slice(0, -1).join(''));
    case 'ctrl-u':
      return typed('');
    default:
      return press.name === 'char' && !press.ctrl && !press.alt ? typed(mode.text + press.char) : only(view);
  }
}

export function pressInClass(view: LessonView, mode: ClassMode, press: KeyPress, context: Context): Update {
  const { classroom } = context;
  if (!classroom) return only(reading(view));
  if (mode.page === 'ask') return asking(view, mode, press, context);
  const pressed = chord(press);
  if (pressed === 'X') return stopSharing(view, context);
  if (pressed === 'ctrl-c') return only(reading(view));
  switch (mode.page) {
    case 'menu':
      return inMenu(view, mode, press, classroom, context);
    case 'react':
      return inReactions(view, mode, pressed, context);
    case 'poll':
      return inPoll(view, mode, pressed, classroom, context);
    case 'share':
      return inSharing(view, mode, pressed, classroom);
    case 'messages':
      return inMessages(view, mode, pressed, context);
  }
}

export function questionPasted(view: LessonView, mode: ClassMode, text: string): Update {
  if (mode.page !== 'ask') return only(view);
  const wanted = (mode.text + text.replace(/\s+/g, ' ')).slice(0, LIMITS.text);
  return only({ ...view, mode: { ...mode, text: wanted } });
}

/** Where the class has gone, as far as it is not where the reader is. */
export function isElsewhere({ where }: ClassroomState, view: LessonView, { lesson }: Context): boolean {
  return (
    where !== undefined && !isSamePlace(where, { lesson: lesson.id, step: stepOf(lesson, view.current ?? 0) })
  );
}
