/** Cables between hosts: two VXLAN devices of one number, each of which sends to the host that the other is on. */
import type { HostObservation, NetnsObservation } from '../check/observation.ts';
import { ipFacts } from '../check/read/ip.ts';
import type { Link } from '../check/read/link.ts';
import { distinctNamespaces } from '../check/read/peer.ts';
import type { Cable, Socket } from './model.ts';

interface End {
  host: string;
  socket: Socket;
  link: Link;
}

const bare = (prefix: string) => prefix.split('/')[0]!;

function addressesOf(seen: HostObservation): Set<string> {
  const own = seen.namespaces.find(({ name }) => name === '');
  const { links } = own ? ipFacts(own) : { links: { ok: false as const } };
  return new Set(
    links.ok ? links.value.flatMap((link) => link.addresses.map(({ prefix }) => bare(prefix))) : [],
  );
}

export function longCablesOf(
  hosts: readonly { name: string; seen: HostObservation; keyOf: (netns: NetnsObservation) => string }[],
): Cable[] {
  const addresses = new Map(hosts.map(({ name, seen }) => [name, addressesOf(seen)]));
  const ends = hosts.flatMap(({ name, seen, keyOf }) =>
    distinctNamespaces(seen).flatMap((netns): End[] => {
      const { links } = ipFacts(netns);
      return (links.ok ? links.value : [])
        .filter((link) => link.tunnel?.kind === 'vxlan')
        .map((link) => ({ host: name, socket: { space: keyOf(netns), interface: link.name }, link }));
    }),
  );
  const leadsTo = (one: End, other: End) =>
    one.host !== other.host &&
    one.link.tunnel?.takes === other.link.tunnel?.takes &&
    addresses.get(other.host)!.has(one.link.tunnel!.remote);
  const done = new Set<End>();
  return ends.flatMap((one): Cable[] => {
    const other = ends.find((each) => !done.has(each) && leadsTo(one, each) && leadsTo(each, one));
    if (other === undefined || done.has(one)) return [];
    done.add(one).add(other);
    return [
      { a: one.socket, b: other.socket, live: [one, other].every(({ link }) => link.up && link.lowerUp) },
    ];
  });
}
