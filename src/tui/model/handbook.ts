/** The handbook: words and commands, those of the current step first, found by typing a few letters. Pure. */

import type { HandbookEntry } from '../../lesson/handbook.ts';
import { handbookOfStep } from '../../page/handbook.ts';
import { graphemes } from '../../page/text/width.ts';
import { type Context, only, type Update } from './context.ts';
import { fuzzy } from './fuzzy.ts';
import { chord, type KeyPress } from './keys.ts';
import { moved, pickMoveTyping } from './moves.ts';
import { stepOf } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

export type Looking = Extract<Mode, { name: 'handbook' }>;

export interface Listed {
  entry: HandbookEntry;
  /** The current step uses it. */
  here: boolean;
}

const LONGEST = 200;

/** Those of the step first; where something is typed, what fits it best. */
export function listed(
  { text, kind }: Pick<Looking, 'text' | 'kind'>,
  current: number | undefined,
  { lesson, handbook = [] }: Pick<Context, 'lesson' | 'handbook'>,
): Listed[] {
  const own = new Set(handbookOfStep(handbook, lesson, stepOf(lesson, current ?? 0)));
  return handbook
    .filter((entry) => entry.kind === kind)
    .flatMap((entry) => {
      const scores = entry.forms.flatMap((form) => fuzzy(text, form)?.score ?? []);
      return scores.length === 0 ? [] : [{ entry, here: own.has(entry), score: Math.max(...scores) }];
    })
    .sort((one, other) => other.score - one.score || Number(other.here) - Number(one.here))
    .map(({ entry, here }) => ({ entry, here }));
}

export function openHandbook(view: LessonView): Update {
  return {
    view: { ...view, mode: { name: 'handbook', text: '', selected: 0, kind: 'word' } },
    effects: [{ effect: 'handbook' }],
  };
}

export function pressInHandbook(view: LessonView, mode: Looking, press: KeyPress, context: Context): Update {
  const pressed = chord(press);
  const to = (next: Partial<Looking>): Update => only({ ...view, mode: { ...mode, ...next } });
  const typed = (text: string) => to({ text: text.slice(0, LONGEST), selected: 0 });
  const by = pickMoveTyping(pressed);
  if (by !== undefined) {
    return to({ selected: moved(mode.selected, by, listed(mode, view.current, context).length) });
  }
  switch (pressed) {
    case 'escape':
    case 'enter':
    case 'ctrl-c':
    case 'ctrl-g':
      return only({ ...view, mode: { name: 'read' } });
    case 'tab':
    case 'shift-tab':
      return to({ kind: mode.kind === 'word' ? 'command' : 'word', selected: 0 });
    case 'backspace':
    case 'ctrl-h':
      if (mode.text === '') return only({ ...view, mode: { name: 'read' } });
      return typed(graphemes(mode.text).slice(0, -1).join(''));
    case 'ctrl-u':
      return typed('');
    default:
      return press.name === 'char' && !press.ctrl && !press.alt ? typed(mode.text + press.char) : only(view);
  }
}

export function handbookPasted(view: LessonView, mode: Looking, text: string): Update {
  const wanted = (mode.text + text.replace(/\s+/g, ' ')).slice(0, LONGEST);
  return only({ ...view, mode: { ...mode, text: wanted, selected: 0 } });
}
