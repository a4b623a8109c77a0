/** Searching the lesson: what is typed is found at once, n and N go on, Esc ends. Pure. */
import { findOnPage, type Match, sameMatch } from '../../page/find/matches.ts';
import { findPattern, findsInOutput } from '../../page/find/pattern.ts';
import type { LaidOut } from '../../page/layout/lesson.ts';
import { graphemes } from '../../page/text/width.ts';
import { type Context, only, type Update } from './context.ts';
import { chord, type KeyPress } from './keys.ts';
import { scrollTo, topRow } from './scroll.ts';
import { stopsOf } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

/** A page that was pasted is not looked for. */
const LONGEST = 200;

export type Finding = Extract<Mode, { name: 'find' }>;

/** The page as it is while this view is looked at. */
const laidOf = (view: LessonView, context: Context): LaidOut => context.lay?.(view) ?? context.laid;

export function openFind(view: LessonView, context: Context): Update {
  const { find: _, ...rest } = view;
  return only({
    ...rest,
    mode: {
      name: 'find',
      text: '',
      top: topRow(view, context.laid, context.rows),
      before: { anchor: view.anchor, current: view.current, follow: view.follow },
    },
  });
}

function outputsWith(text: string, { lesson, state }: Context): ReadonlySet<string> {
  const pattern = findPattern(text);
  if (!pattern) return new Set();
  return new Set(
    lesson.cells.flatMap(({ id }) => (findsInOutput(state.cells[id]?.output ?? [], pattern) ? [id] : [])),
  );
}

/** Puts the match into the window, and makes the cell that it stands in the current one. */
function shown(view: LessonView, laid: LaidOut, match: Match, context: Context): LessonView {
  const stops = stopsOf(context.lesson);
  const top = topRow(view, laid, context.rows);
  const seen = match.at >= top && match.at < top + context.rows;
  const row = seen ? top : match.at - Math.floor(context.rows / 3);
  const moved = scrollTo(view, laid, row, context.rows, stops);
  const { block, part, row: inPart, from } = match;
  return {
    ...moved,
    ...(stops.includes(block) ? { current: block } : {}),
    find: { ...view.find!, at: { block, part, row: inPart, from } },
  };
}

/** The first match from a row on; after the last one the search begins at the top again. */
function searched(view: LessonView, mode: Finding, typed: string, context: Context): LessonView {
  const text = typed.slice(0, LONGEST);
  const back: LessonView = { ...view, ...mode.before };
  const next: LessonView = {
    ...back,
    mode: { ...mode, text },
    find: { text, unfolded: outputsWith(text, context) },
  };
  const laid = laidOf(next, context);
  const matches = findOnPage(laid.page, text);
  const match = matches.find((one) => one.at >= mode.top) ?? matches[0];
  return match ? shown(next, laid, match, context) : next;
}

function ended(view: LessonView): LessonView {
  const { find: _, ...rest } = view;
  return { ...rest, mode: { name: 'read' } };
}

/** Typing what to look for. */
export function finding(view: LessonView, mode: Finding, press: KeyPress, context: Context): Update {
  const pressed = chord(press);
  switch (pressed) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return only({ ...ended(view), ...mode.before });
    case 'enter':
      if (view.find?.at === undefined) {
        const text = mode.text.trim();
        const back = { ...ended(view), ...mode.before };
        return only(text === '' ? back : { ...back, notice: context.words.notice.notFound(text) });
      }
      return only({ ...view, mode: { name: 'read' } });
    case 'backspace':
    case 'ctrl-h':
      if (mode.text === '') return only({ ...ended(view), ...mode.before });
      return only(searched(view, mode, graphemes(mode.text).slice(0, -1).join(''), context));
    case 'ctrl-u':
      return only(searched(view, mode, '', context));
    default:
      if (press.name !== 'char' || press.ctrl || press.alt) return only(view);
      return only(searched(view, mode, mode.text + press.char, context));
  }
}

/** A pasted text is one line here. */
export function findPasted(view: LessonView, mode: Finding, text: string, context: Context): Update {
  return only(searched(view, mode, mode.text + text.replace(/\s+/g, ' '), context));
}

function step(view: LessonView, by: 1 | -1, context: Context): Update {
  const laid = laidOf(view, context);
  const matches = findOnPage(laid.page, view.find!.text);
  if (matches.length === 0) return only(view);
  const here = matches.findIndex((one) => sameMatch(one, view.find!.at));
  // Its place is gone, as when a cell ran anew: the search goes on from the first one.
  const next = here < 0 ? 0 : (here + by + matches.length) % matches.length;
  return only(shown(view, laid, matches[next]!, context));
}

/** Keys that belong to a search which lasts; undefined when the key is none of them. */
export function pressInFind(view: LessonView, pressed: string, context: Context): Update | undefined {
  if (view.find === undefined) return undefined;
  if (pressed === 'n') return step(view, 1, context);
  if (pressed === 'N') return step(view, -1, context);
  return pressed === 'escape' ? only(ended(view)) : undefined;
}
