/** What the mouse does: the wheel scrolls, a click chooses or presses what it is on. Pure. */
import type { Context, Update } from './context.ts';
import { only } from './context.ts';
import { type KeyPress, pressOf } from './keys.ts';
import { goToStep } from './steps.ts';
import { stopsOf } from './stops.ts';
import type { LessonView } from './view.ts';

export interface MouseEvent {
  /** `other`: a release, a move, another button. */
  does: 'click' | 'wheel-up' | 'wheel-down' | 'other';
  /** Counted from 0. */
  x: number;
  y: number;
  /** Button, modifiers and whether it moves, as terminals report them; and whether the button is down. */
  bits: number;
  down: boolean;
}

/** What stands where the mouse is. */
export interface Target {
  area: 'page' | 'map' | 'shell' | 'other';
  /** See `Span.press`. */
  press?: string;
  /** Of a shell: the cell of its terminal. */
  cell?: { x: number; y: number };
  /** Of the page: index into `Lesson.blocks`. */
  block?: number;
}

/** Rows that one step of the wheel scrolls. */
const STEP = 3;

const SCROLLED: ReadonlySet<string> = new Set(['read', 'help', 'printout']);

type Press = (view: LessonView, press: KeyPress, context: Context) => Update;

/** Several presses of one key, as if typed. */
function pressed(view: LessonView, name: string, times: number, context: Context, press: Press): Update {
  let update: Update = only(view);
  for (let n = 0; n < times; n++) {
    const next = press(update.view, pressOf(name), context);
    update = { view: next.view, effects: [...update.effects, ...next.effects] };
  }
  return update;
}

function intoShell(view: LessonView, what: string): Update {
  if (!view.shell) return only(view);
  const tab = what.startsWith('tab:') ? Number(what.slice(4)) : view.shell.tab;
  return only({ ...view, shell: { ...view.shell, tab, focus: true } });
}

function clicked(view: LessonView, target: Target, context: Context, press: Press): Update {
  const { press: what = '', block } = target;
  if (view.shell?.focus && target.area !== 'shell')
    return clicked({ ...view, shell: { ...view.shell, focus: false } }, target, context, press);
  if (target.area === 'shell') return intoShell(view, what);
  const [kind, number] = what.split(':');
  const at = Number(number);
  if (kind === 'step' && number !== undefined)
    return goToStep({ ...view, mode: { name: 'read' } }, at, context);
  if (kind === 'piece' && view.mode.name === 'printout') return only({ ...view, mode: { ...view.mode, at } });
  if (kind === 'term' && number !== undefined && view.mode.name === 'handbook')
    return only({ ...view, mode: { ...view.mode, selected: at } });
  if (kind === 'entry' && number !== undefined && view.mode.name === 'palette')
    return press({ ...view, mode: { ...view.mode, selected: at } }, pressOf('enter'), context);
  if (kind === 'class' && number !== undefined && view.mode.name === 'class')
    return press({ ...view, mode: { ...view.mode, selected: at } }, pressOf('enter'), context);
  if (target.area !== 'page') return what === '' ? only(view) : press(view, pressOf(what), context);
  if (view.mode.name !== 'read' || block === undefined || !stopsOf(context.lesson).includes(block))
    return only(view);
  const chosen: LessonView = block === view.current ? view : { ...view, current: block };
  // A click on another cell's head chooses the cell; what it would do is done by the next one.
  const acts = what !== '' && !(what === 'enter' && block !== view.current);
  const next = acts ? press(chosen, pressOf(what), context) : only(chosen);
  if (block === view.current) return next;
  return { ...next, effects: [{ effect: 'act', action: { do: 'move', block } }, ...next.effects] };
}

/** @param press what a key does */
export function useMouse(
  view: LessonView,
  event: MouseEvent,
  target: Target,
  context: Context,
  press: Press,
): Update {
  if (event.does === 'other') return only(view);
  if (event.does === 'click') return clicked(view, target, context, press);
  const up = event.does === 'wheel-up';
  if (target.area === 'shell')
    return { view, effects: [{ effect: 'shell-scroll', rows: up ? -STEP : STEP }] };
  if (target.area === 'map' && view.mode.name === 'read') {
    const map = view.map;
    if (map === undefined) return only(view);
    const last = Math.max(0, (context.mapHeight ?? 0) - (context.mapRows ?? context.rows));
    return only({
      ...view,
      map: { ...map, top: Math.max(0, Math.min(last, map.top + (up ? -STEP : STEP))) },
    });
  }
  // In a list and in a text the wheel moves by one: it chooses there, and does not scroll.
  const step = SCROLLED.has(view.mode.name) ? STEP : 1;
  return pressed(view, up ? 'up' : 'down', step, context, press);
}
