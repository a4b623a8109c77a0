/** Interfaces that came, went, or changed: flags, carrier, addresses, master, the other end of the cable. */
import type { HostObservation, NetnsObservation } from '../../check/observation.ts';
import { ipFacts } from '../../check/read/ip.ts';
import type { Link } from '../../check/read/link.ts';
import { findPeer } from '../../check/read/peer.ts';
import type { Candidate, Change, Entry } from '../model.ts';

/** A carrier comes some moments after its cable's ends are up. */
const SETTLES = '5s';
const USUAL_MTU = 1500;

function linksOf(netns: NetnsObservation | undefined): readonly Link[] | undefined {
  if (netns === undefined) return [];
  const { links } = ipFacts(netns);
  return links.ok ? links.value : undefined;
}

/** Link-local addresses are made of random or of hardware numbers. */
function addressesOf(link: Link | undefined): string[] {
  return (link?.addresses ?? [])
    .filter(({ family, scope }) => family === 4 || scope === 'global')
    .map(({ prefix }) => prefix);
}

type PeerField = string | { name: string; in: string };

function peerOf(host: HostObservation, netns: NetnsObservation, link: Link): PeerField | undefined {
  const found = findPeer(host, { netns, link });
  if (found.is !== 'found') return undefined;
  const { peer } = found;
  if (peer.netns.inode === netns.inode) return peer.link.name;
  return { name: peer.link.name, in: peer.netns.name === '' ? 'host' : peer.netns.name };
}

const one = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;

function withCarrier(fields: Entry): Entry {
  return fields.lower_up === undefined ? fields : { ...fields, within: SETTLES };
}

/** All that is worth saying of an interface that was not there. */
function appeared(change: Change, link: Link): Entry {
  const addresses = addressesOf(link);
  const peer = peerOf(change.host, change.after, link);
  const made = link.kind !== 'loopback';
  return withCarrier({
    interface: link.name,
    ...(link.kind !== undefined && made ? { kind: link.kind } : {}),
    state: link.up ? 'up' : 'down',
    ...(link.up && link.lowerUp ? { lower_up: true } : {}),
    ...(made && link.mtu !== undefined && link.mtu !== USUAL_MTU ? { mtu: link.mtu } : {}),
    ...(link.master === undefined ? {} : { master: link.master }),
    ...(peer === undefined ? {} : { peer }),
    ...(addresses.length === 0 ? {} : { address: one(addresses) }),
  });
}

/** Only what is another than before; undefined when nothing is. */
function changed(change: Change, old: Link, link: Link): Entry | undefined {
  const before = addressesOf(old);
  const added = addressesOf(link).filter((address) => !before.includes(address));
  const peer = peerOf(change.host, change.after, link);
  const peerBefore = change.before && peerOf(change.hostBefore, change.before, old);
  const fields: Entry = {
    ...(link.up === old.up ? {} : { state: link.up ? 'up' : 'down' }),
    ...(link.lowerUp === old.lowerUp ? {} : { lower_up: link.lowerUp }),
    ...(link.mtu === old.mtu ? {} : { mtu: link.mtu }),
    ...(link.master === old.master ? {} : { master: link.master ?? 'none' }),
    ...(peer === undefined || JSON.stringify(peer) === JSON.stringify(peerBefore) ? {} : { peer }),
    ...(added.length === 0 ? {} : { address: one(added) }),
  };
  return Object.keys(fields).length === 0 ? undefined : withCarrier({ interface: link.name, ...fields });
}

function lost(old: Link, link: Link): Candidate[] {
  const now = addressesOf(link);
  return addressesOf(old)
    .filter((address) => !now.includes(address))
    .map((address) => ({ entry: { interface: link.name, address: { not: address } } }));
}

/** Where a program has named the other end it is another each time; the carrier may be on its way still. */
function withLess(entry: Entry): Candidate {
  const { peer: _, ...own } = entry;
  const { lower_up: __, within: ___, ...sure } = own;
  return { entry, otherwise: [own, sure].filter((each) => Object.keys(each).length > 1) };
}

/** `lo` comes with its namespace, DOWN: that it is there says nothing. */
const born = (change: Change, link: Link): boolean =>
  change.before === undefined && link.kind === 'loopback' && !link.up;

export function interfaceEntries(change: Change): Candidate[] {
  const [before, after] = [linksOf(change.before), linksOf(change.after)];
  if (before === undefined || after === undefined) return [];
  const here = after.flatMap((link): Candidate[] => {
    const old = before.find(({ name }) => name === link.name);
    if (old === undefined) return born(change, link) ? [] : [withLess(appeared(change, link))];
    const entry = changed(change, old, link);
    return [...(entry === undefined ? [] : [withLess(entry)]), ...lost(old, link)];
  });
  const gone = before
    .filter((old) => !after.some(({ name }) => name === old.name))
    .map((old) => ({ entry: { interface: old.name, absent: true } }));
  return [...here, ...gone];
}
