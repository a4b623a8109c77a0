/** The live class on lines: what is new is printed as it comes, and everything that can be done has a word. */
import type { Classroom, ClassroomState } from '../board/classroom.ts';
import { NOTHING_SHARED } from '../board/classroom.ts';
import type { Consent, Reaction } from '../board/events.ts';
import { messageLines, pollLines } from '../board/notebook/messages.ts';
import { newsBetween } from '../board/notebook/news.ts';
import { isBeyond, isSamePlace, openTo, placeTitle, stepNumber } from '../board/notebook/pace.ts';
import { sharing, statusPieces } from '../board/notebook/status.ts';
import type { CoursePlace } from '../board/outline.ts';
import type { Lesson } from '../lesson/model.ts';
import { EMPTY, type Line, span } from '../page/text/line.ts';
import type { Action, Session } from '../session/session.ts';
import { wrapped } from '../session/wrapped.ts';
import type { ClassCommand } from './commands.ts';
import { stepAt } from './places.ts';
import type { PlainStyle } from './print.ts';

export interface PlainClassOptions {
  classroom: Classroom;
  style: PlainStyle;
  print(lines: readonly Line[]): void;
  /** Where the learner is; undefined while no lesson is open. */
  here(): { lesson: Lesson; block: number } | undefined;
  /** Goes to where the class is. */
  go(place: CoursePlace, stepNumber: number): Promise<void>;
}

export interface PlainClass {
  take(name: ClassCommand, rest: string): Promise<void>;
  /** The session, in which nothing runs that the class is not open for. */
  gated(session: Session): Session;
  stop(): void;
}

const REACTIONS: readonly string[] = ['understood', 'lost', 'slower', 'faster', 'applause'];
const SHARED: Readonly<Record<string, keyof Consent>> = {
  progress: 'progress',
  outputs: 'outputs',
  shells: 'transcript',
};

export function plainClass({ classroom, style, print, here, go }: PlainClassOptions): PlainClass {
  const { theme, glyphs, words } = style;
  const own = words.class;
  const say = (text: string) => print([[span(text, theme.notice)]]);
  let known: ClassroomState = classroom.getState();
  /** What the learner does themselves is no news to them. */
  let acting = false;

  const place = () => {
    const now = here();
    return now && { lesson: now.lesson, step: Math.max(0, stepAt(now.lesson, now.block)) };
  };

  const titleOf = (to: CoursePlace) => {
    const lesson = here()?.lesson;
    return (lesson?.id === to.lesson && lesson.steps[to.step]?.title) || placeTitle(known.course, to);
  };

  /** When the time of the timer is over, that is said. */
  let ends: { at: number; timer: NodeJS.Timeout } | undefined;
  const time = () => {
    const { timer } = known;
    // Let go of by the host at its end, or stopped before.
    if (!timer && ends && ends.at - Date.now() < 1500) return;
    clearTimeout(ends?.timer);
    ends = timer && {
      at: timer.endsAt,
      timer: setTimeout(() => say(own.notice.timeUp), timer.endsAt - Date.now()).unref(),
    };
  };

  const stopListening = classroom.subscribe(() => {
    const before = known;
    known = classroom.getState();
    if (acting) return;
    const news = newsBetween(before, known, here()?.lesson, own, Date.now());
    const moved = known.where && !isSamePlace(before.where, known.where);
    if (moved && known.pace.mode === 'following')
      news.push(`${own.notice.moved(titleOf(known.where!))} (follow)`);
    for (const line of news) say(line);
    time();
  });
  time();

  const act: Classroom['act'] = (action) => {
    acting = true;
    classroom.act(action);
    acting = false;
  };

  const status = () => {
    const pieces = statusPieces(known, place(), Date.now(), style).map((piece) =>
      piece.map(({ text }) => text).join(''),
    );
    pieces.push(sharing(known.consent, own));
    const who = [known.title, own.menu.title(known.name), own.menu.present(known.present)];
    print([[span(who.join(` ${glyphs.dot} `), theme.heading)], [span(pieces.join(` ${glyphs.dot} `))]]);
    if (known.poll) print([EMPTY, ...pollLines(known, style.columns, style), EMPTY]);
    print(
      Object.entries(own.plain.help).map(
        ([name, does]): Line => [span(`  ${name.padEnd(10)}`, theme.key), span(does)],
      ),
    );
  };

  const share = (rest: string) => {
    const [what = '', on = ''] = rest.toLowerCase().split(/\s+/);
    const which = Object.hasOwn(SHARED, what) ? SHARED[what] : undefined;
    if (which && (on === 'on' || on === 'off'))
      act({ do: 'share', consent: { ...known.consent, [which]: on === 'on' } });
    else if (rest !== '') return say(own.plain.shareWhat);
    const { consent } = classroom.getState();
    print([
      [span(own.share.title, theme.strong)],
      ...Object.entries(SHARED).map(
        ([name, key]): Line => [
          span(`  ${name.padEnd(10)}`, theme.key),
          span(`${consent[key] ? own.share.on : own.share.off}  ${own.share[key]}`),
        ],
      ),
      [span(own.plain.shareWhat, theme.dim)],
    ]);
  };

  const allowed = (action: Action, lesson: Lesson): boolean => {
    if (!isBeyond(action, known, lesson)) return true;
    const last = openTo(known, lesson) ?? -1;
    say(
      last < 0
        ? own.notice.closed
        : own.notice.gated(stepNumber({ lesson: lesson.id, step: last }, known.course)),
    );
    return false;
  };

  return {
    async take(name, rest) {
      switch (name) {
        case 'class':
          return status();
        case 'hand': {
          const up = rest === '' ? true : rest === 'up';
          act({ do: 'hand', up });
          return say(up ? own.notice.raised : own.notice.lowered);
        }
        case 'react': {
          if (!REACTIONS.includes(rest)) return say(own.plain.reactWhat);
          const reaction = rest as Reaction;
          act({ do: 'react', reaction });
          return say(own.notice.reacted(own.reactions[reaction]));
        }
        case 'ask': {
          if (rest === '') return say(own.plain.askWhat);
          const at = place();
          act({
            do: 'ask',
            text: rest,
            ...(at ? { place: { lesson: at.lesson.id, step: at.step } } : {}),
          });
          return say(own.notice.asked);
        }
        case 'messages':
          print(messageLines(known, Date.now(), style.columns, style));
          return act({ do: 'read' });
        case 'vote': {
          const { poll } = known;
          if (!poll?.open) return say(own.poll.none);
          const choice = Number(rest) - 1;
          if (!poll.choices[choice]) return say(own.plain.voteWhat(poll.choices.length));
          act({ do: 'vote', poll: poll.id, choice });
          return say(own.notice.voted);
        }
        case 'follow': {
          if (!known.where) return say(own.notice.nowhere);
          return go(known.where, stepNumber(known.where, known.course));
        }
        case 'share':
          return share(rest);
        case 'unshare':
          act({ do: 'share', consent: NOTHING_SHARED });
          return say(own.notice.stopped);
      }
    },
    gated: (session) =>
      wrapped(session, {
        act: (action) => {
          if (allowed(action, session.lesson)) session.act(action);
        },
      }),
    stop() {
      stopListening();
      clearTimeout(ends?.timer);
    },
  };
}
