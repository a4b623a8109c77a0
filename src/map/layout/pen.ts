/** What every part of a map needs to draw itself. */
import { routeLine } from '../../check/read/route.ts';
import type { Change, ChangeMark, NetworkDiff } from '../diff.ts';
import type { MapGlyphs } from '../glyphs.ts';
import type { Interface, InterfaceState, Network, Space } from '../model.ts';
import { type MapSpan, of, type Tone } from '../text.ts';
import type { MapWords } from '../words.ts';

export interface Pen {
  network: Network;
  glyphs: MapGlyphs;
  words: MapWords;
  /** All routes. */
  routes: boolean;
  /** All addresses, those that everybody has included. */
  usual: boolean;
  /** Where a packet is that is followed. */
  hop?: { space: string; interface?: string };
  /** What became of a thing since the look before; undefined when nothing did. */
  changed(what: Change['what'], space: string, name?: string, value?: string): ChangeMark | undefined;
}

const keyOf = (what: string, space: string, name = '', value = '') =>
  JSON.stringify([what, space, name, value]);

export function changedBy(diff: NetworkDiff): Pen['changed'] {
  const marks = new Map<string, ChangeMark>();
  for (const { what, space, host, interface: name, value, mark } of diff.changes) {
    // Of a changed interface the value tells which fields: it is not part of what is looked for.
    const asked = what === 'interface' || what === 'forwarding' ? '' : value;
    marks.set(keyOf(what, what === 'host' ? host : space, name, asked), mark);
  }
  return (what, space, name, value) => marks.get(keyOf(what, space, name, value));
}

/** The column before everything that may change: `+` new, `~` another than before, else a space. */
export function markSpan(mark: ChangeMark | undefined): MapSpan {
  if (mark === 'added') return of('+', 'added');
  if (mark === 'changed') return of('~', 'changed');
  return of(' ');
}

const TONES: Readonly<Record<InterfaceState, Tone>> = { up: 'up', half: 'half', down: 'down' };

export function stateSpan(state: InterfaceState, { glyphs }: Pen): MapSpan {
  return of(glyphs[state], TONES[state]);
}

/** In a sentence and on a box: `client`, `host`, `without a name`. */
export function spaceTitle(space: Space, { words }: Pen): string {
  if (space.names.includes('')) return space.host;
  if (space.names.length > 0) return space.names.join(' = ');
  return words.unnamed;
}

/** What everybody has: shown only when everything is asked for. */
const USUAL = ['127.0.0.1/8', '::1/128'];
const isUsual = (address: string) => USUAL.includes(address) || address.toLowerCase().startsWith('fe80:');

/** The kernel gives itself link-local addresses: they are no news, and would move what is below them. */
export function shownAddresses({ addresses }: Interface, { usual }: Pen): readonly string[] {
  return usual ? addresses : addresses.filter((each) => !isUsual(each));
}

/**
 * All of them on demand; else those that have just come, but for the kernel's own: they follow from an address, whose row
 * is there already.
 */
export function shownRoutes(space: Space, { routes, changed }: Pen): string[] {
  const own = (destination: string) => destination === 'fe80::/64' || destination === 'ff00::/8';
  return space.routes
    .filter(({ destination, protocol }) => !own(destination) && (routes || protocol !== 'kernel'))
    .map(routeLine)
    .filter((line) => routes || changed('route', space.key, undefined, line) !== undefined);
}
