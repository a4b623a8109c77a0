/** The map beside the lesson, or over it where there is no room for both: which keys it takes, and its rows. Pure. */

import type { Verdict } from '../../check/model.ts';
import type { Cell, Lesson } from '../../lesson/model.ts';
import { harmless } from '../../lib/text.ts';
import { goalOf } from '../../map/goal.ts';
import type { Hop } from '../../map/hop.ts';
import { layoutMap } from '../../map/layout/map.ts';
import type { Tone } from '../../map/text.ts';
import { mapWords } from '../../map/words.ts';
import type { Style } from '../../page/layout/style.ts';
import { EMPTY, type Line, span } from '../../page/text/line.ts';
import { createMemo } from '../../page/text/memo.ts';
import { wrapText } from '../../page/text/wrap.ts';
import type { Theme } from '../../page/theme.ts';
import type { SessionState } from '../../session/state.ts';
import type { Screen } from './app.ts';
import type { Context, Update } from './context.ts';
import { only } from './context.ts';
import { frameOf, isMapBeside, type Panes, panesOf } from './frame.ts';
import type { MapPicture, MapView, Walk } from './map-view.ts';
import { pressInWalk, strollWords, walkIn } from './map-walk.ts';
import { scrollMove } from './moves.ts';
import { cellAt } from './stops.ts';
import type { LessonView } from './view.ts';

function tones(theme: Theme): Readonly<Record<Tone, string>> {
  const strong = (style: string) => (style === '' ? theme.strong : `${theme.strong};${style}`);
  return {
    text: theme.text,
    dim: theme.dim,
    border: theme.border,
    title: theme.title,
    up: theme.pass,
    half: theme.running,
    down: theme.waiting,
    cable: theme.current,
    filter: theme.broken,
    added: strong(theme.pass),
    changed: strong(theme.running),
    removed: strong(theme.fail),
    pass: theme.pass,
    fail: theme.fail,
  };
}

/** Columns of the map itself: beside the lesson, or of all the terminal. */
export const mapColumns = (columns: number, rows: number, panes: Panes): number =>
  isMapBeside(columns, panes) ? frameOf(columns, rows, panes).panel - 2 : columns - 2;

export interface MapPage {
  picture: MapPicture;
  view: MapView;
  lesson: Lesson;
  state: SessionState;
  /** Block whose checks are the goal. */
  current: number | undefined;
}

/** Only what the map is drawn of counts: output that streams beside it draws nothing anew. */
const memo = createMemo();

export function mapLines(page: MapPage, columns: number, style: Style): Line[] {
  const { picture, view, lesson, state, current } = page;
  const cell = cellAt(lesson, current);
  const verdicts = cell && state.cells[cell.id]?.verdicts;
  const { routes, hop, strolls, pace } = view;
  const walking = strolls ? strollWords(pace, style.words.name) : undefined;
  return memo('map', drawLines, picture, routes, hop, walking, cell, verdicts, columns, style);
}

function drawLines(
  picture: MapPicture,
  routes: boolean,
  at: number | undefined,
  walking: string | undefined,
  cell: Cell | undefined,
  verdicts: readonly Verdict[] | undefined,
  columns: number,
  style: Style,
): Line[] {
  const words = mapWords(style.words.name);
  const { theme } = style;
  if (picture.failure !== undefined) return wrapText(style.words.say(picture.failure), columns, theme.notice);
  if (picture.network === undefined)
    return wrapText(picture.looking ? words.waiting : words.before, columns, theme.dim);
  const painted = tones(theme);
  const walk = walkIn(picture, cell);
  const hops = walk?.state === 'seen' ? walk.hops : [];
  const hop = at === undefined ? undefined : hops[Math.min(at, hops.length - 1)];
  const rows = layoutMap(picture.network, {
    width: columns,
    routes,
    ...(hop ? { hop } : {}),
    changed: picture.changed,
    goal: (cell ? goalOf(cell.expects, verdicts ?? []) : []).map((item) => ({
      ...item,
      title: style.words.say(item.title),
    })),
    words: { ...words, hostFailed: (why) => words.hostFailed(style.words.say(why)) },
    glyphs: style.glyphs.pass === '√' ? 'console437' : 'unicode',
  });
  const drawn = rows.map((row) => row.map(({ text, tone }) => span(text, painted[tone])));
  return at === undefined || walk === undefined
    ? drawn
    : [...walkLines(walk, hop, { at, walking }, columns, style), EMPTY, ...drawn];
}

/** Rows above the map that a hop always has: what is below must not jump from one to the next. */
const WALK_ROWS = 4;

const hopText = ({ place, says, tone }: Hop, { words }: Style): string => {
  const said = says.map((phrase) => (phrase.trim() === '' ? phrase : words.say(phrase.trim()))).join('');
  return tone === 'seen' || tone === 'decided' ? `${words.say(place)}: ${said}` : said;
};

function walkLines(
  walk: Walk,
  hop: Hop | undefined,
  { at, walking }: { at: number; walking: string | undefined },
  columns: number,
  style: Style,
): Line[] {
  const { theme } = style;
  const words = mapWords(style.words.name).walk;
  if (walk.state === 'failed') return wrapText(style.words.say(walk.why), columns, theme.notice);
  if (walk.state !== 'seen') return wrapText(words[walk.state], columns, theme.dim);
  if (hop === undefined)
    return wrapText(harmless([words.nothing, walk.said ?? ''].join(' ').trim()), columns, theme.notice);
  const tone = {
    seen: theme.text,
    decided: theme.broken,
    good: theme.pass,
    bad: theme.fail,
    unsure: theme.running,
  };
  const shown = Math.min(at, walk.hops.length - 1) + 1;
  const lines = [
    ...wrapText(words.hop(shown, walk.hops.length, walking), columns, theme.dim).slice(0, 1),
    ...wrapText(
      `${hop.answer ? '←' : '→'} ${harmless(style.words.say(hop.packet))}`,
      columns,
      theme.title,
    ).slice(0, 1),
    ...wrapText(harmless(hopText(hop, style)), columns, tone[hop.tone]).slice(0, 2),
  ];
  return [...lines, ...Array.from({ length: Math.max(0, WALK_ROWS - lines.length) }, () => EMPTY)];
}

type LessonScreen = Extract<Screen, { name: 'lesson' }>;

export function mapPage({ session, state, view, map: picture }: LessonScreen, map: MapView): MapPage {
  return { picture, view: map, lesson: session.lesson, state, current: view.current };
}

/** Rows of the whole map; undefined while it is closed. */
export function mapHeight(
  screen: LessonScreen,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): number | undefined {
  const { map } = screen.view;
  return map && mapLines(mapPage(screen, map), mapColumns(columns, rows, panesOf(screen.view)), style).length;
}

/** The row at which a followed packet is, below what is said of its hop. */
function hopRow(lines: readonly Line[]): number {
  const at = lines.findIndex(
    (line, row) => row > WALK_ROWS && line.some(({ text }) => /^[▶►]/u.test(text.trimStart())),
  );
  return at < 0 ? at : at - WALK_ROWS - 1;
}

/**
 * The rows in the window; the last ones stay at its end when the map has become shorter. What is said of a hop stays on
 * top, and the map follows the packet to where it is.
 */
export function visibleMap(lines: readonly Line[], { top, hop }: MapView, rows: number): Line[] {
  const marked = hop === undefined ? -1 : hopRow(lines);
  const head = marked < 0 ? [] : lines.slice(0, WALK_ROWS + 1);
  const map = lines.slice(head.length);
  const room = Math.max(1, rows - head.length);
  const least = marked + 3 - room;
  const wanted = marked < 0 ? top : Math.max(least, Math.min(top, marked - 1));
  const from = Math.max(0, Math.min(wanted, map.length - room));
  const shown = [...head, ...map.slice(from, from + room)];
  return [...shown, ...Array.from({ length: Math.max(0, rows - shown.length) }, () => EMPTY)];
}

export const toggleMap = (view: LessonView): Update => {
  const { map, ...closed } = view;
  const next = map === undefined ? { ...view, map: { top: 0, routes: false } } : closed;
  return { view: next, effects: [{ effect: 'map', open: map === undefined }] };
};

/** Over the lesson the usual keys scroll the map; beside it they stay the lesson's, and the brackets scroll. */
function mapMove(pressed: string, rows: number, whole: boolean): number | undefined {
  const page = Math.max(1, rows - 2);
  const half = Math.ceil(page / 2);
  if (pressed === '[') return -half;
  if (pressed === ']') return half;
  return whole ? scrollMove(pressed, page) : undefined;
}

/** Keys that mean the same whether the lesson is seen or not. */
const ALWAYS = ['ctrl-c', '?'];

/** Over all of the screen, for who sits far away; back to where it was, or away where there was none. */
function toggleLarge(view: LessonView): Update {
  if (!view.map) {
    const opened = toggleMap(view);
    return { ...opened, view: { ...opened.view, map: { top: 0, routes: true, large: true } } };
  }
  const { large, ...map } = view.map;
  return only({ ...view, map: large ? map : { ...map, top: 0, large: true } });
}

/** What a key does to the map; undefined when it is none of its keys. */
export function pressInMap(view: LessonView, pressed: string, context: Context): Update | undefined {
  if (pressed === 'm') return toggleMap(view);
  const { map } = view;
  if (pressed === 'L') return toggleLarge(view);
  if (map === undefined) return undefined;
  const whole = !isMapBeside(context.columns ?? 0, panesOf(view));
  if (pressed === 'M') return only({ ...view, map: { ...map, routes: !map.routes } });
  const walked = pressInWalk(view, map, pressed, context);
  if (walked !== undefined) return walked;
  const height = context.mapRows ?? context.rows;
  const by = mapMove(pressed, height, whole);
  if (by !== undefined) {
    const last = Math.max(0, (context.mapHeight ?? 0) - height);
    const top = Math.max(0, Math.min(last, Math.min(last, map.top) + by));
    return only({ ...view, map: { ...map, top } });
  }
  if (!whole || ALWAYS.includes(pressed)) return undefined;
  return pressed === 'escape' || pressed === 'q' ? toggleMap(view) : only(view);
}
