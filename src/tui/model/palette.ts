/** The palette: everything that can be done here, found by typing a few letters of it. Pure. */

import { graphemes } from '../../page/text/width.ts';
import { en } from '../../page/words/en.ts';
import { CLASS_COMMANDS, COMMANDS, PRESENT_COMMANDS } from './commands.ts';
import { type Context, only, type Update } from './context.ts';
import { type Fit, fuzzy } from './fuzzy.ts';
import { chord, type KeyPress, pressOf } from './keys.ts';
import { moved, pickMoveTyping } from './moves.ts';
import { goToStep } from './steps.ts';
import { hasIntroduction } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

export type Palette = Extract<Mode, { name: 'palette' }>;

/** What an entry does. */
export type Does = { press: string } | { step: number } | { lesson: string; title: string };

export interface Entry {
  does: Does;
  label: string;
  /** The key that does it without the palette, or what kind of thing it is. */
  right: string;
  fit: Fit;
}

const LONGEST = 200;

type Candidate = Omit<Entry, 'fit'> & { also?: string };

/** A reader of another language may know a command by its English words. */
const alsoIn = (words: string, english: string) => (words === english ? {} : { also: english });

function candidates({ lesson, lessons = [], words, classroom, presenting }: Context): Candidate[] {
  const before = hasIntroduction(lesson) ? 1 : 0;
  return [
    ...[...COMMANDS, ...(classroom ? CLASS_COMMANDS : []), ...(presenting ? PRESENT_COMMANDS : [])].map(
      (one) => ({
        does: { press: one.chord },
        label: one.says(words),
        right: one.key,
        ...alsoIn(one.says(words), one.says(en)),
      }),
    ),
    ...lesson.steps.map((step, at) => ({
      does: { step: at },
      label: step.title,
      right: at < before ? words.palette.start : words.palette.step(at + 1 - before),
    })),
    ...lessons
      .filter(({ id }) => id !== lesson.id)
      .map(({ id, title }) => ({ does: { lesson: id, title }, label: title, right: words.palette.lesson })),
  ];
}

/** Best first; as they are listed where they fit alike. */
export function entriesOf(text: string, context: Context): Entry[] {
  return candidates(context)
    .flatMap(({ also, ...one }) => {
      const fit = fuzzy(text, one.label) ?? (text.trim() === one.right ? { score: 50, at: [] } : undefined);
      if (fit) return [{ ...one, fit }];
      const other = also === undefined ? undefined : fuzzy(text, also);
      return other ? [{ ...one, fit: { score: other.score - 1, at: [] } }] : [];
    })
    .sort((one, other) => other.fit.score - one.fit.score);
}

export function openPalette(view: LessonView): Update {
  return {
    view: { ...view, mode: { name: 'palette', text: '', selected: 0 } },
    effects: [{ effect: 'lessons' }],
  };
}

type Press = (view: LessonView, press: KeyPress, context: Context) => Update;

function carriedOut(view: LessonView, { does }: Entry, context: Context, press: Press): Update {
  const reading: LessonView = { ...view, mode: { name: 'read' } };
  if ('press' in does) return press(reading, pressOf(does.press), context);
  if ('step' in does) return goToStep(reading, does.step, context);
  return { view: reading, effects: [{ effect: 'open', id: does.lesson, title: does.title }] };
}

const typed = (view: LessonView, text: string): Update =>
  only({ ...view, mode: { name: 'palette', text: text.slice(0, LONGEST), selected: 0 } });

/** @param read how a key is pressed while reading */
export function pressInPalette(
  view: LessonView,
  mode: Palette,
  press: KeyPress,
  context: Context,
  read: Press,
): Update {
  const pressed = chord(press);
  const entries = entriesOf(mode.text, context);
  const by = pickMoveTyping(pressed);
  if (by !== undefined) {
    return only({ ...view, mode: { ...mode, selected: moved(mode.selected, by, entries.length) } });
  }
  switch (pressed) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return only({ ...view, mode: { name: 'read' } });
    case 'enter': {
      const entry = entries[mode.selected];
      return entry ? carriedOut(view, entry, context, read) : only(view);
    }
    case 'backspace':
    case 'ctrl-h':
      if (mode.text === '') return only({ ...view, mode: { name: 'read' } });
      return typed(view, graphemes(mode.text).slice(0, -1).join(''));
    case 'ctrl-u':
      return typed(view, '');
    default:
      return press.name === 'char' && !press.ctrl && !press.alt
        ? typed(view, mode.text + press.char)
        : only(view);
  }
}

export function palettePasted(view: LessonView, mode: Palette, text: string): Update {
  return typed(view, mode.text + text.replace(/\s+/g, ' '));
}
