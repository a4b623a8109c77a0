/** A packet that is followed over the map: hop by hop with the keys, or by itself. Pure. */
import type { Cell } from '../../lesson/model.ts';
import { mapWords } from '../../map/words.ts';
import type { Context, Update } from './context.ts';
import { notice, only } from './context.ts';
import type { MapPicture, MapView, Walk } from './map-view.ts';
import { cellAt } from './stops.ts';
import type { LessonView } from './view.ts';

/** Milliseconds a hop, slow to fast. */
export const PACES = [4000, 2000, 1000, 500] as const;
const USUAL = 1;

const paceOf = ({ pace = USUAL }: Pick<MapView, 'pace'>): number =>
  Math.max(0, Math.min(PACES.length - 1, pace));

/** Until the next hop; undefined while it does not walk by itself. */
export const hopPause = (map: MapView | undefined): number | undefined =>
  map?.strolls ? PACES[paceOf(map)] : undefined;

export const strollWords = (pace: number | undefined, language: string): string =>
  mapWords(language).walk.pace(PACES[paceOf({ pace })]! / 1000);

/** That of another cell is none of this one's. */
export const walkIn = (picture: MapPicture | undefined, cell: Cell | undefined): Walk | undefined =>
  picture?.walk !== undefined && picture.walk.cell === (cell?.id ?? '') ? picture.walk : undefined;

const standing = ({ strolls: _, ...map }: MapView): MapView => map;

/** The first press sends a packet; then each goes a hop on or back. Beyond the last one another is sent. */
function walkOn(view: LessonView, map: MapView, by: 1 | -1, { lesson, map: picture }: Context): Update {
  const cell = cellAt(lesson, view.current);
  const walk = walkIn(picture, cell);
  const count = walk?.state === 'seen' ? walk.hops.length : 0;
  const at = (map.hop ?? -1) + by;
  if (map.hop !== undefined && walk?.state === 'looking') return only(view);
  if (map.hop !== undefined && at >= 0 && at < count) return only({ ...view, map: { ...map, hop: at } });
  if (by < 0) {
    const { hop: _, ...without } = map;
    return only({ ...view, map: without });
  }
  const effects = [{ effect: 'walk', cell: cell?.id ?? '' }] as const;
  return { view: { ...view, map: { ...map, hop: 0, top: 0 } }, effects };
}

/** It goes on from where it stands; from its end, with a packet of its own. */
function begin(view: LessonView, map: MapView, context: Context): Update {
  if (context.still) return notice(view, mapWords(context.words.name).walk.still);
  const walking: MapView = { ...map, strolls: true };
  const walk = walkIn(context.map, cellAt(context.lesson, view.current));
  const isUnderWay =
    map.hop !== undefined && walk?.state === 'seen' && map.hop < walk.hops.length - 1 && walk.hops.length > 0;
  return isUnderWay ? only({ ...view, map: walking }) : walkOn(view, walking, 1, context);
}

/** There is a way before it, in this cell: what walked in another one has stopped when the reader left. */
function isStrolling(view: LessonView, map: MapView, context: Context): boolean {
  const walk = walkIn(context.map, cellAt(context.lesson, view.current));
  return map.strolls === true && (walk?.state === 'looking' || walk?.state === 'seen');
}

/** What a key does to the walk; undefined when it is none of its keys. */
export function pressInWalk(
  view: LessonView,
  map: MapView,
  pressed: string,
  context: Context,
): Update | undefined {
  if (pressed === '>' || pressed === '<')
    return walkOn(view, standing(map), pressed === '>' ? 1 : -1, context);
  if (pressed === '.')
    return isStrolling(view, map, context)
      ? only({ ...view, map: standing(map) })
      : begin(view, map, context);
  if (map.strolls && (pressed === '+' || pressed === '-' || pressed === '='))
    return only({
      ...view,
      map: { ...map, pace: paceOf({ pace: paceOf(map) + (pressed === '-' ? -1 : 1) }) },
    });
  return undefined;
}

/** A hop further by itself; at the end it stands. While the packet is still being watched it waits. */
export function stroll(view: LessonView, context: Context): Update {
  const { map } = view;
  const walk = walkIn(context.map, cellAt(context.lesson, view.current));
  if (map === undefined || walk?.state === 'looking') return only(view);
  const next = (map.hop ?? -1) + 1;
  if (walk?.state !== 'seen' || next >= walk.hops.length) return only({ ...view, map: standing(map) });
  return only({ ...view, map: { ...map, hop: next } });
}
