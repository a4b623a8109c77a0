/** The inside of a namespace: interfaces (bridges with their ports), routes, what its packet filter does. */
import type { Interface, Space } from '../model.ts';
import { clip, type MapLine, of, wrap } from '../text.ts';
import { INDENT, interfaceLines } from './interface.ts';
import { markSpan, type Pen, shownRoutes } from './pen.ts';

const pad = of(' '.repeat(INDENT));

/** `lo` last: it is the least of what a reader looks for. Ports below their bridge. */
function ordered(interfaces: readonly Interface[], first: string | undefined): Interface[] {
  const rank = (each: Interface) => (each.name === first ? 0 : each.kind === 'loopback' ? 2 : 1);
  const bridges = new Set(interfaces.filter((each) => each.kind === 'bridge').map((each) => each.name));
  const isPort = (each: Interface) =>
    each.name !== first && each.master !== undefined && bridges.has(each.master);
  return [...interfaces]
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index)
    .filter((each) => !isPort(each))
    .flatMap((each) => [
      each,
      ...interfaces.filter((port) => isPort(port) && port.master === each.name && port !== each),
    ]);
}

export function factLines(space: Space, width: number, pen: Pen): MapLine[] {
  const rows: MapLine[] = [];
  for (const route of shownRoutes(space, pen)) {
    const mark = markSpan(pen.changed('route', space.key, undefined, route));
    rows.push(...wrap([mark, of(`${pen.glyphs.arrow} `, 'dim'), of(route)], width, [pad]));
  }
  for (const { text } of space.marks) {
    const mark = markSpan(pen.changed('firewall', space.key, undefined, text));
    rows.push(...wrap([mark, of(text.replaceAll('→', pen.glyphs.arrow), 'filter')], width, [pad]));
  }
  return rows;
}

/** @param first the interface whose cable is drawn at the box: it stands first, so that two boxes meet at one row */
export function spaceLines(space: Space, width: number, pen: Pen, first?: string): MapLine[] {
  if (space.unseen !== undefined)
    return [
      ...space.processes.flatMap((each) => wrap([of(' '), of(each)], width, [pad])),
      clip([of(' '), of(pen.words.notLooked, 'dim')], width),
    ];
  const rows = ordered(space.interfaces, first).flatMap((each) => {
    const port = each.master !== undefined && each.name !== first;
    if (!port) return interfaceLines(space, each, width, pen, each.name === first);
    const inner = interfaceLines(space, each, Math.max(1, width - 2), pen);
    return inner.map((line, at): MapLine => [of(at === 0 ? ' └' : '  ', 'border'), ...line]);
  });
  const forwarding = pen.changed('forwarding', space.key);
  if (space.forwarding === true || forwarding !== undefined)
    rows.push(clip([markSpan(forwarding), of(`ip_forward ${space.forwarding ? 1 : 0}`, 'filter')], width));
  return [...rows, ...factLines(space, width, pen)];
}
