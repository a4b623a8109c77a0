/** Namespaces as boxes, with the cables that lead to them as lines. */
import type { Space } from '../model.ts';
import type { Group, Hanging } from '../plan.ts';
import { farEnd, isSocket } from '../plan.ts';
import { fit, type MapLine, of } from '../text.ts';
import { type BoxOptions, box } from './box.ts';
import { beside, chunks, columnStart, GAP, type Grid } from './grid.ts';
import { addressLines, headLine, interfaceLines } from './interface.ts';
import { markSpan, type Pen, spaceTitle } from './pen.ts';
import { spaceLines } from './space.ts';

/** The column of an interface's state: the cable hangs straight below it. */
const DROP = 1;

function title(space: Space, pen: Pen): MapLine {
  return [markSpan(pen.changed('namespace', space.key)), of(spaceTitle(space, pen), 'title')];
}

type Around = Pick<BoxOptions, 'top' | 'bottom' | 'left' | 'right'> & { first?: string };

/** Boxes of one strip, all as high as the highest. */
function boxes(list: readonly (Around & { space: Space })[], grid: Grid, pen: Pen): MapLine[][] {
  const inside = list.map(({ space, first }) => spaceLines(space, grid.column - 2, pen, first));
  const height = Math.max(...inside.map((rows) => rows.length));
  return list.map(({ space, ...around }, at) =>
    box(inside[at]!, { ...around, title: title(space, pen), width: grid.column, height }, pen),
  );
}

const below = ({ cable, space, port }: Hanging, own: Space): string | undefined => {
  const end = farEnd(cable, own.key, port.name);
  return end !== undefined && isSocket(end) && end.space === space.key ? end.interface : undefined;
};

function drop(live: boolean, pen: Pen): MapLine {
  const { liveDown, deadDown } = pen.glyphs.cable;
  return [of(' '.repeat(DROP)), of(live ? liveDown : deadDown, live ? 'cable' : 'dim')];
}

function bar(count: number, name: string | undefined, grid: Grid, pen: Pen): MapLine {
  const { bar: line, tap } = pen.glyphs.bridge;
  const taps = new Set(Array.from({ length: count }, (_, at) => columnStart(at, grid) + DROP));
  const drawn = Array.from({ length: grid.width }, (_, at) => (taps.has(at) ? tap : line)).join('');
  if (name === undefined) return [of(drawn, 'cable')];
  return [
    ...fit(
      [of(drawn.slice(0, Math.max(0, grid.width - name.length - 3)), 'cable'), of(` ${name} `, 'dim')],
      grid.width - 1,
    ),
    of(line, 'cable'),
  ];
}

function hangingStrip(strip: readonly Hanging[], own: Space, grid: Grid, pen: Pen): MapLine[] {
  const ports = strip.map(({ port }): MapLine[] => [
    headLine(own, port, pen),
    ...addressLines(own, port, grid.column, pen),
  ]);
  const height = Math.max(...ports.map((rows) => rows.length));
  const above = ports.map((rows, at) => {
    const line = drop(strip[at]!.cable.live, pen);
    // A cable is one line down to the box, also beside a neighbour that has more addresses.
    return [...rows, ...Array.from({ length: height - rows.length + 1 }, () => line)];
  });
  const drawn = boxes(
    strip.map((each) => ({
      space: each.space,
      first: below(each, own),
      top: [1 + 0, pen.glyphs.join.top] as const,
    })),
    grid,
    pen,
  );
  return beside(
    above.map((rows, at) => [...rows, ...drawn[at]!]),
    grid,
  );
}

function bridgeLines(group: Extract<Group, { kind: 'bridge' }>, own: Space, grid: Grid, pen: Pen): MapLine[] {
  const { bridge, hanging, otherPorts } = group;
  const rows = [...interfaceLines(own, bridge, grid.width, pen)];
  for (const port of otherPorts) {
    const lines = interfaceLines(own, port, grid.width - 2, pen);
    rows.push(...lines.map((line, at): MapLine => [of(at === 0 ? ' └' : '  ', 'border'), ...line]));
  }
  const strips = chunks(hanging, grid.count);
  if (strips.length === 0) rows.push(bar(0, undefined, grid, pen));
  for (const [at, strip] of strips.entries())
    rows.push(
      bar(strip.length, at === 0 ? undefined : bridge.name, grid, pen),
      ...hangingStrip(strip, own, grid, pen),
    );
  return rows;
}

function pairLines(list: readonly Extract<Group, { kind: 'pair' }>[], grid: Grid, pen: Pen): MapLine[] {
  const ends = list.map(({ left, right, cable }) => {
    const leftName =
      cable.a.space === left.key ? cable.a.interface : isSocket(cable.b) ? cable.b.interface : '';
    const rightName = cable.a.space === left.key && isSocket(cable.b) ? cable.b.interface : cable.a.interface;
    return { left, right, cable, leftName, rightName };
  });
  if (grid.count < 2)
    return ends.flatMap(({ left, right, cable, leftName, rightName }) => [
      ...boxes([{ space: left, first: leftName, bottom: [1, pen.glyphs.join.bottom] }], grid, pen)[0]!,
      drop(cable.live, pen),
      ...boxes([{ space: right, first: rightName, top: [1, pen.glyphs.join.top] }], grid, pen)[0]!,
    ]);
  return chunks(ends, Math.floor(grid.count / 2)).flatMap((strip) => {
    const drawn = boxes(
      strip.flatMap(({ left, right, leftName, rightName }) => [
        { space: left, first: leftName, right: 0 },
        { space: right, first: rightName, left: 0 },
      ]),
      grid,
      pen,
    );
    const lines = strip.map(({ cable }, at): [string, MapLine] => [
      `${at * 2} 1`,
      [
        of(
          (cable.live ? pen.glyphs.cable.live : pen.glyphs.cable.dead).repeat(GAP),
          cable.live ? 'cable' : 'dim',
        ),
      ],
    ]);
    return beside(drawn, grid, new Map(lines));
  });
}

/** Each group as its own rows; pairs, which may share a strip, all at once. */
export function groupLines(
  groups: readonly Group[],
  own: Space | undefined,
  grid: Grid,
  pen: Pen,
): MapLine[][] {
  const drawn: MapLine[][] = [];
  for (const group of groups) {
    if (group.kind === 'bridge' && own) drawn.push(bridgeLines(group, own, grid, pen));
    if (group.kind === 'cables' && own)
      for (const strip of chunks(group.hanging, grid.count)) drawn.push(hangingStrip(strip, own, grid, pen));
  }
  const pairs = groups.filter((group) => group.kind === 'pair');
  if (pairs.length > 0) drawn.push(pairLines(pairs, grid, pen));
  for (const group of groups)
    if (group.kind === 'alone')
      for (const strip of chunks(group.spaces, grid.count))
        drawn.push(
          beside(
            boxes(
              strip.map((space) => ({ space })),
              grid,
              pen,
            ),
            grid,
          ),
        );
  return drawn;
}
