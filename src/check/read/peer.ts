/** Finds the other end of a veth among the namespaces of one host. */
import type { HostObservation, NetnsObservation } from '../observation.ts';
import { ipFacts } from './ip.ts';
import type { Link } from './link.ts';

export interface PlacedLink {
  netns: NetnsObservation;
  link: Link;
}

export type Peer =
  | { is: 'found'; peer: PlacedLink }
  /** It has none: no veth, or its other end is gone. */
  | { is: 'none' }
  /** It is in a namespace that has no name here, or several ends fit. */
  | { is: 'unknown'; why: string };

/** Each namespace once, though it may go by several names. */
export function distinctNamespaces(host: HostObservation): NetnsObservation[] {
  const seen = new Set<string>();
  return host.namespaces.filter((each) => {
    const key = each.inode === '' ? `name ${each.name}` : each.inode;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function linksOf(netns: NetnsObservation): readonly Link[] {
  const { links } = ipFacts(netns);
  return links.ok ? links.value : [];
}

/** Whether two names are one namespace. */
export const sameNetns = (a: NetnsObservation, b: NetnsObservation) =>
  a.inode === b.inode && (a.inode !== '' || a.name === b.name);

/** Whether an end may point to a namespace, as far as the numbers that its own namespace gives to others tell. */
function mayPoint({ netns, link }: PlacedLink, to: NetnsObservation): boolean {
  const local = sameNetns(netns, to);
  if (link.peerNetnsId === undefined) return local;
  if (local) return false;
  // Where a peer lies has a number for certain: without one it is not there.
  if (netns.ids !== undefined) return netns.ids[to.inode] === link.peerNetnsId;
  return netns.name !== '' || to.id === undefined || to.id === link.peerNetnsId;
}

function fits(one: PlacedLink, other: PlacedLink): boolean {
  return (
    one.link.kind === 'veth' &&
    other.link.kind === 'veth' &&
    one.link !== other.link &&
    one.link.peerIndex === other.link.index &&
    other.link.peerIndex === one.link.index &&
    mayPoint(one, other.netns) &&
    mayPoint(other, one.netns)
  );
}

/**
 * A veth knows the index of its other end and, when that lies elsewhere, the id of its namespace. Both ends must say
 * so of each other; where indexes repeat, the one candidate that nothing speaks against is taken.
 */
export function findPeer(host: HostObservation, of: PlacedLink): Peer {
  if (of.link.kind !== 'veth' || (of.link.peerIndex === undefined && of.link.peerName === undefined))
    return { is: 'none' };
  if (of.link.peerNetnsId === undefined) {
    const peer = linksOf(of.netns).find(
      (link) => link.name === of.link.peerName || link.index === of.link.peerIndex,
    );
    return peer ? { is: 'found', peer: { netns: of.netns, link: peer } } : { is: 'none' };
  }
  const all = distinctNamespaces(host).flatMap((netns) => linksOf(netns).map((link) => ({ netns, link })));
  const candidates = all.filter((each) => fits(of, each));
  if (candidates.length === 1) return { is: 'found', peer: candidates[0]! };
  // Of several, those that belong to another for certain fall away.
  const free = candidates.filter(
    (each) => !all.some((other) => other.link !== of.link && fits(other, each) && only(all, other)),
  );
  if (free.length === 1) return { is: 'found', peer: free[0]! };
  const why =
    candidates.length === 0
      ? 'its other end is in a namespace that has no name on this host'
      : 'several interfaces could be its other end';
  return { is: 'unknown', why };
}

function only(all: readonly PlacedLink[], of: PlacedLink): boolean {
  return all.filter((each) => fits(of, each)).length === 1;
}
