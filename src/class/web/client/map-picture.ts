/** The presented network as a picture for this screen: a file of its own (`map.js`), for boards that show it. */
import type { ShownMap } from '../../../board/shown-map.ts';
import { type Band, bandsOf } from '../../../map/bands.ts';
import { layoutMap } from '../../../map/layout/map.ts';
import type { Network } from '../../../map/model.ts';
import { CELL, MARGIN, type Picture, pictureOf } from '../../../map/picture.ts';
import type { MapLine } from '../../../map/text.ts';
import { plain } from '../../../map/text.ts';
import { mapWords } from '../../../map/words.ts';

export { plain };

export interface Sheet extends Picture {
  bands: readonly Band[];
  /** All routes are on it. */
  routes: boolean;
}

export interface Room {
  width: number;
  height: number;
  language: string;
  /** Undefined: where there is room for them. */
  routes: boolean | undefined;
}

const NARROWEST = 34;
const WIDEST = 260;
const WIDER = 1.09;
const MOST_ABREAST = 4;
/** With routes a row is to be no smaller than this part of the height, else they are left out. */
const LEGIBLE = 1 / 34;

interface Fitted {
  rows: readonly MapLine[];
  /** Height of a row on the screen. */
  row: number;
}

/** In as many columns as make it largest: few for a screen on end, many for a wide one. */
function fitted(network: Network, map: ShownMap, routes: boolean, room: Room): Fitted {
  const words = mapWords(room.language);
  const { changes, hop } = map;
  let best: Fitted = { rows: [], row: 0 };
  for (let columns = NARROWEST; columns <= WIDEST; columns = Math.ceil(columns * WIDER))
    for (let abreast = 1; abreast <= Math.min(MOST_ABREAST, network.hosts.length); abreast++) {
      if (columns / abreast < NARROWEST) break;
      const rows = layoutMap(network, {
        width: columns,
        abreast,
        routes,
        usual: false,
        changed: { changes },
        words,
        ...(hop ? { hop } : {}),
      });
      const across = room.width / (columns * CELL.width + MARGIN * 2);
      const down = room.height / (rows.length * CELL.height + MARGIN * 2);
      const row = Math.min(across, down) * CELL.height;
      if (row > best.row) best = { rows, row };
    }
  return best;
}

export function sheetOf(map: ShownMap, room: Room): Sheet | undefined {
  const { network } = map;
  if (network === undefined) return undefined;
  const full = room.routes === false ? undefined : fitted(network, map, true, room);
  const routes = full !== undefined && (room.routes === true || full.row >= room.height * LEGIBLE);
  const { rows } = routes ? full : fitted(network, map, false, room);
  return { ...pictureOf(rows), bands: bandsOf(rows), routes };
}
