/** An interface in a few rows: change mark, state, name, where its cable leads, addresses. */

import type { Interface, Space } from '../model.ts';
import { farEnd, isSocket } from '../plan.ts';
import { clip, lineWidth, type MapLine, type MapSpan, of, wrap } from '../text.ts';
import { markSpan, type Pen, shownAddresses, spaceTitle, stateSpan } from './pen.ts';

/** Before everything in a box: the change mark. */
export const INDENT = 3;

export function headLine(space: Space, each: Interface, pen: Pen): MapLine {
  const isHere = pen.hop?.space === space.key && pen.hop.interface === each.name;
  return [
    isHere ? of(pen.glyphs.hop, 'changed') : markSpan(pen.changed('interface', space.key, each.name)),
    stateSpan(each.state, pen),
    of(` ${each.name}`, isHere ? 'changed' : each.state === 'down' ? 'dim' : 'text'),
  ];
}

/** `── veth-br (host)`; nothing where there is no cable. */
export function cableLabel(space: Space, each: Interface, pen: Pen): MapLine {
  const { network, glyphs, words } = pen;
  for (const cable of network.cables) {
    const end = farEnd(cable, space.key, each.name);
    if (end === undefined) continue;
    if (end === 'underlay') return [of(`${glyphs.underlay.out} ${words.underlay}`, 'cable')];
    const line = (cable.live ? glyphs.cable.live : glyphs.cable.dead).repeat(2);
    if (!isSocket(end)) return [of(`${line} ${words.notSeen}`, 'dim')];
    const there = network.hosts.flatMap((host) => host.spaces).find((one) => one.key === end.space);
    const title = there === undefined ? end.space : spaceTitle(there, pen);
    // a cable to another host
    const isFar = there !== undefined && there.host !== space.host && title !== there.host;
    const place = isFar ? `${title} · ${there.host}` : title;
    const where = there === space ? '' : ` (${place})`;
    return [of(`${line} `, cable.live ? 'cable' : 'dim'), of(`${end.interface}${where}`, 'dim')];
  }
  return [];
}

export function addressLines(space: Space, each: Interface, width: number, pen: Pen): MapLine[] {
  const pad: MapSpan = of(' '.repeat(INDENT));
  return shownAddresses(each, pen).flatMap((address) => {
    const mark = markSpan(pen.changed('address', space.key, each.name, address));
    return wrap([mark, of('  '), of(address)], width, [pad]);
  });
}

/** Whether an address is expected of it: a port of a bridge and `lo` need none, so nothing is said of theirs. */
const wantsAddress = ({ kind, master }: Interface) => kind !== 'loopback' && master === undefined;

/** @param drawn its cable is a line already, and needs no label */
export function interfaceLines(
  space: Space,
  each: Interface,
  width: number,
  pen: Pen,
  drawn = false,
): MapLine[] {
  const head = headLine(space, each, pen);
  const label = drawn ? [] : cableLabel(space, each, pen);
  const rows: MapLine[] = [];
  if (label.length > 0 && lineWidth(head) + 1 + lineWidth(label) <= width)
    rows.push([...head, of(' '), ...label]);
  else {
    rows.push(clip(head, width));
    if (label.length > 0)
      rows.push(...wrap([of(' '.repeat(INDENT)), ...label], width, [of(' '.repeat(INDENT))]));
  }
  const addresses = addressLines(space, each, width, pen);
  if (addresses.length > 0) rows.push(...addresses);
  // The row is there before the address is: nothing moves when it comes.
  else if (wantsAddress(each))
    rows.push(clip([of(' '.repeat(INDENT)), of(pen.words.noAddress, 'dim')], width));
  return rows;
}
