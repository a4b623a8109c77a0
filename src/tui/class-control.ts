/** The link between the class, which goes on by itself, and the view, which is data: what is new is said, and followed. */
import type { ClassAction, Classroom, ClassroomState } from '../board/classroom.ts';
import { NOTHING_SHARED } from '../board/classroom.ts';
import { newsBetween, pushedHints } from '../board/notebook/news.ts';
import { isBeyond, isSamePlace, openTo, stepNumber } from '../board/notebook/pace.ts';
import { timerLeft } from '../board/notebook/status.ts';
import type { CoursePlace } from '../board/outline.ts';
import type { Lesson } from '../lesson/model.ts';
import type { Words } from '../page/words/choose.ts';
import type { AppState, Screen } from './model/app.ts';
import type { Update } from './model/context.ts';
import type { Effect } from './model/effect.ts';
import { startOf } from './model/steps.ts';
import { busyCell, stepOf } from './model/stops.ts';
import type { LessonView } from './model/view.ts';

export interface ClassControl {
  state(): ClassroomState;
  /** What is drawn of the class: the view with the hints that were sent for this lesson. */
  dressed(view: LessonView, lesson: Lesson): LessonView;
  /**
   * Does what concerns the class, so that it is drawn together with the view; and takes out what the class is not open
   * for yet, which is said instead.
   */
  settle(update: Update, lesson: Lesson): Update;
  /** The reader may be free now to go where the class is. */
  follow(): void;
  /** On the list of lessons, whose keys are its own but for the one that stops sharing. */
  pressedInCourse(pressed: string, typing: boolean): void;
  /** All that the screen draws of the class. */
  drawn(): Pick<AppState, 'classroom' | 'classNews'>;
  stop(): void;
}

export interface ClassControlOptions {
  classroom: Classroom;
  words: Words;
  now: () => number;
  screen: () => Screen;
  show: (view: LessonView, effects?: readonly Effect[]) => void;
  /** Something of the class is drawn otherwise. */
  onChange: () => void;
  hasLesson: (id: string) => boolean;
}

/** Of news that stand in the last row together. */
const MOST_SAID = 3;

export function classControl(options: ClassControlOptions): ClassControl {
  const { classroom, words, now, screen, show, onChange, hasLesson } = options;
  /** Undefined while no lesson is on the screen. */
  const view = () => {
    const one = screen();
    return one.name === 'lesson'
      ? { view: one.view, session: one.session, lesson: one.session.lesson }
      : undefined;
  };
  let known = classroom.getState();
  /** Where the class has gone and the reader not yet; only while all go along with the instructor. */
  let target: CoursePlace | undefined = known.pace.mode === 'following' ? known.where : undefined;
  /** What the reader has said to going along, until the pace is set anew. */
  let along: boolean | undefined;
  let ticker: NodeJS.Timeout | undefined;
  let pushed: { of: unknown; lesson: string; hints: NonNullable<LessonView['pushed']> } | undefined;

  /** A timer counts once a second; when its time is over that is said. */
  const tick = () => {
    const left = timerLeft(known, now());
    if (left === undefined) {
      clearInterval(ticker);
      ticker = undefined;
    } else ticker ??= setInterval(second, 1000);
  };
  let over: number | undefined;
  const second = () => {
    const left = timerLeft(known, now());
    tick();
    if (left === 0 && known.timer && over !== known.timer.endsAt) {
      over = known.timer.endsAt;
      return say(words.class.notice.timeUp);
    }
    if (left !== 0) onChange();
  };

  /** What was said since the last key: nothing that comes takes away what nobody has read. */
  let news: string | undefined;
  let said: { notice: string; lines: readonly string[] } | undefined;
  const say = (...lines: string[]) => {
    const open = view();
    if (!open) {
      news = lines.at(-1);
      return onChange();
    }
    news = undefined;
    const before = said !== undefined && open.view.notice === said.notice ? said.lines : [];
    const all = [...before, ...lines].slice(-MOST_SAID);
    said = { notice: all.join('  '), lines: all };
    show({ ...open.view, notice: said.notice });
  };

  /** What the reader does themselves is no news to them. */
  let acting = false;
  const act = (action: ClassAction) => {
    acting = true;
    classroom.act(action);
    acting = false;
  };

  const changed = () => {
    const before = known;
    known = classroom.getState();
    // Who has asked for it draws it.
    if (acting) return;
    const open = view();
    const fresh = newsBetween(before, known, open?.lesson, words.class, now());
    // The host has let go of the timer before ours has come to its end.
    const { timer } = before;
    if (timer && !known.timer && timer.endsAt - now() < 1500 && over !== timer.endsAt) {
      over = timer.endsAt;
      fresh.push(words.class.notice.timeUp);
    }
    if (before.pace.mode !== known.pace.mode) along = undefined;
    if (known.pace.mode !== 'following') target = undefined;
    else if (before.pace.mode !== 'following' || !isSamePlace(before.where, known.where))
      target = known.where;
    tick();
    if (fresh.length > 0) say(...fresh);
    else onChange();
    control.follow();
  };

  const whyNot = (lesson: Lesson): string => {
    const last = openTo(known, lesson) ?? -1;
    const { notice } = words.class;
    if (last < 0) return notice.closed;
    return notice.gated(stepNumber({ lesson: lesson.id, step: last }, known.course));
  };

  const stopListening = classroom.subscribe(changed);

  const control: ClassControl = {
    state: () => known,
    dressed(next, lesson) {
      if (pushed?.of !== known.messages || pushed.lesson !== lesson.id)
        pushed = { of: known.messages, lesson: lesson.id, hints: pushedHints(known, lesson.id) };
      return { ...next, pushed: pushed.hints };
    },
    settle(update, lesson) {
      let { view: next } = update;
      const effects = update.effects.filter((effect) => {
        switch (effect.effect) {
          case 'class':
            act(effect.action);
            return false;
          case 'unshare':
            act({ do: 'share', consent: NOTHING_SHARED });
            next = { ...next, notice: words.class.notice.stopped };
            return false;
          case 'follow':
            along = effect.yes;
            // Also once another lesson has opened.
            if (effect.yes) target = known.where;
            return false;
          case 'act': {
            if (!isBeyond(effect.action, known, lesson)) return true;
            const { queued: _, ...kept } = next;
            next = { ...kept, notice: whyNot(lesson) };
            return false;
          }
          default:
            return true;
        }
      });
      return { view: next, effects };
    },
    pressedInCourse(pressed, typing) {
      news = undefined;
      if (pressed !== 'X' || typing) return;
      act({ do: 'share', consent: NOTHING_SHARED });
      say(words.class.notice.stopped);
    },
    drawn: () => ({ classroom: known, classNews: news }),
    follow() {
      const open = view();
      if (!target || !open) return;
      const { lesson, session } = open;
      // A question of before is about where the class was then.
      const asked = open.view.mode.name === 'ask' && /^follow/.test(open.view.mode.question);
      const now: LessonView = asked ? { ...open.view, mode: { name: 'read' } } : open.view;
      const busy = busyCell(lesson, session.getState()) !== undefined;
      // Nobody is taken away from what they are typing, reading up or waiting for.
      if (now.mode.name !== 'read' || now.shell?.focus || now.find || busy) return;
      const place = target;
      target = undefined;
      if (isSamePlace(place, { lesson: lesson.id, step: stepOf(lesson, now.current ?? 0) }))
        return asked ? show(now) : undefined;
      if (place.lesson !== lesson.id) {
        // Another lesson has another sandbox: that is asked each time.
        if (along === false || !hasLesson(place.lesson)) return asked ? show(now) : undefined;
        return show({ ...now, mode: { name: 'ask', question: 'follow-lesson', lesson: place.lesson } });
      }
      if (along === undefined)
        return show({ ...now, mode: { name: 'ask', question: 'follow', step: place.step } });
      if (!along) return;
      const there = startOf(now, place.step, lesson);
      const notice = words.class.notice.moved(lesson.steps[place.step]?.title ?? lesson.title);
      const moved =
        there.current === undefined
          ? []
          : [{ effect: 'act', action: { do: 'move', block: there.current } } as const];
      show({ ...there, notice }, moved);
    },
    stop() {
      stopListening();
      clearInterval(ticker);
    },
  };
  tick();
  return control;
}
