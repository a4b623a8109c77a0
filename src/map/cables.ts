/** Which interface is joined to which: veth pairs by index, namespace number and inode, as `check/read/peer.ts` finds them. */
import type { HostObservation, NetnsObservation } from '../check/observation.ts';
import { ipFacts } from '../check/read/ip.ts';
import type { Link } from '../check/read/link.ts';
import { distinctNamespaces, findPeer, sameNetns } from '../check/read/peer.ts';
import type { Cable, CableEnd, Socket } from './model.ts';

/** By this name every driver gives a host its place on the network between the hosts. */
const UNDERLAY_INTERFACE = 'eth0';

const alive = (link: Link) => link.up && link.lowerUp;

/** @param keyOf the key of an observed namespace */
export function cablesOf(host: HostObservation, keyOf: (netns: NetnsObservation) => string): Cable[] {
  const spaces = distinctNamespaces(host);
  const cables: Cable[] = [];
  const done = new Set<Link>();
  const socket = (netns: NetnsObservation, link: Link): Socket => {
    const space = spaces.find((each) => sameNetns(each, netns)) ?? netns;
    return { space: keyOf(space), interface: link.name };
  };
  for (const netns of spaces) {
    const { links } = ipFacts(netns);
    for (const link of links.ok ? links.value : []) {
      const isHostsOwn = netns.name === '' && link.name === UNDERLAY_INTERFACE;
      if (done.has(link) || (link.kind !== 'veth' && !isHostsOwn)) continue;
      done.add(link);
      const found = findPeer(host, { netns, link });
      let end: CableEnd;
      let live = alive(link);
      if (found.is === 'found' && found.peer.link !== link) {
        if (done.has(found.peer.link)) continue;
        done.add(found.peer.link);
        end = socket(found.peer.netns, found.peer.link);
        live &&= alive(found.peer.link);
      } else if (isHostsOwn) end = 'underlay';
      // Its other end is gone, or nobody has looked where it is.
      else end = 'unknown';
      cables.push({ a: socket(netns, link), b: end, live });
    }
  }
  return cables;
}
