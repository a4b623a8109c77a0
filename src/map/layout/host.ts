/** One host: its own interfaces, then its bridges and namespaces. */
import type { MapHost } from '../model.ts';
import { planHost } from '../plan.ts';
import { clip, type MapLine, of } from '../text.ts';
import { box } from './box.ts';
import { gridOf } from './grid.ts';
import { groupLines } from './group.ts';
import { interfaceLines } from './interface.ts';
import { markSpan, type Pen } from './pen.ts';
import { factLines } from './space.ts';

/** Column in which the line of the underlay runs from host to host. */
export const UNDERLAY = 2;

export interface HostOptions {
  width: number;
  /** The line of the underlay comes in from the host above, goes on to the one below. */
  above: boolean;
  below: boolean;
}

export function hostLines(host: MapHost, { width, above, below }: HostOptions, pen: Pen): MapLine[] {
  const { words, glyphs } = pen;
  const inner = Math.max(1, width - 2);
  const { own, loose, groups } = planHost(pen.network, host);
  const rows: MapLine[] = [];
  if (host.failure !== undefined) rows.push(clip([of(` ${words.hostFailed(host.failure)}`, 'fail')], inner));
  if (own) {
    if (own.unseen !== undefined) rows.push(clip([of(` ${own.unseen}`, 'dim')], inner));
    const usual = loose.filter((each) => each.kind !== 'loopback');
    const loopback = loose.filter((each) => each.kind === 'loopback');
    rows.push(...[...usual, ...loopback].flatMap((each) => interfaceLines(own, each, inner, pen)));
    rows.push(...factLines(own, inner, pen));
  }
  // One column inside the frame on either side.
  const grid = gridOf(Math.max(4, inner - 2));
  for (const group of groupLines(groups, own, grid, pen)) {
    if (rows.length > 0) rows.push([]);
    rows.push(...group.map((line): MapLine => [of(' '), ...line]));
  }
  const forwarding = own?.forwarding;
  const tail: MapLine =
    own === undefined || forwarding === undefined
      ? []
      : [
          ...(pen.changed('forwarding', own.key) === undefined ? [] : [markSpan('changed')]),
          of(`ip_forward ${forwarding ? 1 : 0}`, forwarding ? 'filter' : 'dim'),
        ];
  return box(
    rows,
    {
      title: [markSpan(pen.changed('host', host.name)), of(host.name, 'title')],
      tail,
      width,
      top: above ? [UNDERLAY, glyphs.underlay.top] : undefined,
      bottom: below ? [UNDERLAY, glyphs.underlay.bottom] : undefined,
    },
    pen,
  );
}
