/**
 * A way as an author writes it, held against the interfaces where a packet was seen. `...` stands for any number of
 * them. A bridge shows itself or not beside its ports, as its settings and what it has learnt are: both is right. What
 * joins the hosts of a sandbox is no part of a lesson unless it is named.
 */

/** `eth0`, `eth0 in client1`, `eth0 on node01`, `eth0 in client1 on node01`. */
export interface Hop {
  interface: string;
  netns?: string;
  host?: string;
}

/** An interface where the packet was seen. */
export interface Seen {
  interface: string;
  netns: string;
  host: string;
  /** A bridge; `ports`: its ports. */
  ports?: readonly string[];
}

const FORM = /^(\S+)(?: in (\S+))?(?: on (\S+))?$/;

export function parseHop(text: string): Hop | undefined {
  const [, name, netns, host] = FORM.exec(text.trim().replace(/\s+/g, ' ')) ?? [];
  if (name === undefined || name === '...') return undefined;
  return {
    interface: name,
    // `on node01` alone is the host's own namespace
    ...(netns === undefined ? (host === undefined ? {} : { netns: '' }) : { netns }),
    ...(host === undefined ? {} : { host }),
  };
}

/** A place: `client1`, `client1 on node01`, a host. */
export function isAt(place: string, at: { netns: string; host: string }): boolean {
  const [, name, host] = /^(\S+?)(?: on (\S+))?$/.exec(place.trim().replace(/\s+/g, ' ')) ?? [];
  if (name === undefined) return false;
  if (host !== undefined) return at.host === host && at.netns === name;
  return at.netns === '' ? at.host === name : at.netns === name;
}

export function isHop(hop: Hop, seen: Seen): boolean {
  return (
    hop.interface === seen.interface &&
    (hop.netns === undefined || hop.netns === seen.netns) &&
    (hop.host === undefined || hop.host === seen.host)
  );
}

const sameSpace = (a: Seen, b: Seen) => a.netns === b.netns && a.host === b.host;

/** A bridge that stands next to one of its own ports adds nothing to the way. */
function isBeside(seen: readonly Seen[], at: number): boolean {
  const { ports } = seen[at]!;
  if (ports === undefined) return false;
  return [seen[at - 1], seen[at + 1]].some(
    (other) => other !== undefined && sameSpace(other, seen[at]!) && ports.includes(other.interface),
  );
}

/** The bridge that an author has named and that did not show itself: those before and after are ports of it. */
function isHidden(
  hop: Hop,
  before: Seen | undefined,
  after: Seen | undefined,
  bridges: readonly Seen[],
): boolean {
  if (before === undefined || after === undefined || !sameSpace(before, after)) return false;
  return bridges.some(
    (bridge) =>
      isHop(hop, bridge) &&
      sameSpace(bridge, before) &&
      [before, after].every((port) => bridge.ports?.includes(port.interface)),
  );
}

/** @param bridges all of the sandbox, seen by the packet or not */
export function wayFits(wanted: readonly string[], seen: readonly Seen[], bridges: readonly Seen[]): boolean {
  const from = (w: number, s: number): boolean => {
    const text = wanted[w];
    if (text === undefined) {
      const rest = seen.slice(s);
      return rest.every((_, i) => isBeside(seen, s + i) || isBetween(seen, s + i));
    }
    if (text === '...') return from(w + 1, s) || (s < seen.length && from(w, s + 1));
    const hop = parseHop(text);
    const here = seen[s];
    if (hop === undefined) return false;
    if (here !== undefined && isHop(hop, here) && from(w + 1, s + 1)) return true;
    if (here !== undefined && (isBeside(seen, s) || isBetween(seen, s)) && from(w, s + 1)) return true;
    return isHidden(hop, seen[s - 1], here, bridges) && from(w + 1, s);
  };
  return from(0, 0);
}

const isBetween = (seen: readonly Seen[], at: number) => seen[at]!.host === '';
