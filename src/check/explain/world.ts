/** All that was seen of all hosts, as nodes with interfaces: what an explanation walks through. Pure. */
import type { Address } from '../../lib/addresses.ts';
import { parseAddress, parsePrefix } from '../../lib/addresses.ts';
import type { HostObservation, NetnsObservation, Observation } from '../observation.ts';
import { needKey } from '../observation.ts';
import { ipFacts } from '../read/ip.ts';
import type { Link } from '../read/link.ts';
import { type Listener, listeners } from '../read/listen.ts';
import type { Neighbour } from '../read/neighbour.ts';
import type { Route, Rule } from '../read/route.ts';
import { readSettings, SETTINGS_COMMAND, SETTINGS_TIME, type Settings } from './settings.ts';

/** One network namespace: what a packet comes to. */
export interface Node {
  host: string;
  /** Names it goes by; '' is the host's own. */
  names: readonly string[];
  /** In sentences: `client`, `host`, `web on node01`. */
  title: string;
  observation: NetnsObservation;
  hostSeen: HostObservation;
  links: readonly Link[];
  routes: readonly Route[];
  rules: readonly Rule[];
  /** Of IPv6; none where they were not read. */
  rules6: readonly Rule[];
  neighbours: readonly Neighbour[];
  /** undefined when sockets were not, or could not be, read. */
  listeners?: readonly Listener[];
  /** undefined when settings were not, or could not be, read. */
  settings?: Settings;
}

/** An interface and where it is. */
export interface Port {
  node: Node;
  link: Link;
}

export interface World {
  nodes: readonly Node[];
}

const titleOf = (host: string, netns: string, hosts: number) =>
  netns === '' ? host : hosts > 1 ? `${netns} on ${host}` : netns;

export function worldOf(observation: Observation): World {
  const hosts = Object.entries(observation.hosts);
  const nodes = hosts.flatMap(([host, seen]) => {
    const settings = readSettings(
      observation.probes[
        needKey({ read: 'probe', host, netns: '', argv: SETTINGS_COMMAND, timeoutMs: SETTINGS_TIME })
      ],
    );
    return distinct(seen.namespaces).map((names): Node => {
      const one = names[0]!;
      return nodeOf(
        one,
        host,
        names.map((each) => each.name),
        titleOf(host, one.name, hosts.length),
        seen,
        settings,
      );
    });
  });
  return { nodes };
}

/** Namespaces of one host, each once with all its names; the host's own name, then named ones, first. */
function distinct(namespaces: readonly NetnsObservation[]): NetnsObservation[][] {
  const byInode = new Map<string, NetnsObservation[]>();
  for (const each of namespaces) {
    const key = each.inode === '' ? `name ${each.name}` : each.inode;
    byInode.set(key, [...(byInode.get(key) ?? []), each]);
  }
  return [...byInode.values()];
}

function nodeOf(
  seen: NetnsObservation,
  host: string,
  names: readonly string[],
  title: string,
  hostSeen: HostObservation,
  settings: ReadonlyMap<string, Settings>,
): Node {
  const facts = ipFacts(seen);
  const sockets = listeners(seen);
  return {
    host,
    names,
    title,
    observation: seen,
    hostSeen,
    links: facts.links.ok ? facts.links.value : [],
    routes: facts.routes.ok ? facts.routes.value : [],
    rules: facts.rules.ok ? facts.rules.value : [],
    rules6: facts.rules6.ok ? facts.rules6.value : [],
    neighbours: facts.neighbours.ok ? facts.neighbours.value : [],
    listeners: sockets.ok ? sockets.value : undefined,
    settings: names.map((name) => settings.get(name)).find((each) => each !== undefined),
  };
}

export function nodeNamed(world: World, host: string, netns: string): Node | undefined {
  return world.nodes.find((node) => node.host === host && node.names.includes(netns));
}

const LOOPBACK = parsePrefix('127.0.0.0/8')!;

/** The interface of a node that has an address, and uses it; 127.0.0.0/8 is all of `lo`. */
export function ownerLink(node: Node, address: Address): Link | undefined {
  const inLoopback = address.family === 4 && address.value >> 24n === LOOPBACK.value >> 24n;
  if (inLoopback) return node.links.find((link) => link.kind === 'loopback');
  return node.links.find((link) => usedAddressesOf(link).some((own) => isSame(own, address)));
}

export const isSame = (a: Address | undefined, b: Address) => a?.family === b.family && a.value === b.value;

/** An interface that was given the address and does not use it: another may have it. */
export function tentativeAt(node: Node, address: Address): { link: Link; failed: boolean } | undefined {
  for (const link of node.links)
    for (const own of link.addresses)
      if (own.tentative !== undefined && isSame(parsePrefix(own.prefix), address))
        return { link, failed: own.tentative === 'failed' };
  return undefined;
}

/** Those that it may send from and is reached by. */
export function usedAddressesOf(link: Link) {
  return link.addresses
    .filter(({ tentative }) => tentative === undefined)
    .map((each) => parsePrefix(each.prefix))
    .filter((each) => each !== undefined);
}

/** The addresses of an interface, with their prefix length. */
export function addressesOf(link: Link) {
  return link.addresses.map((each) => parsePrefix(each.prefix)).filter((each) => each !== undefined);
}

/** Every interface of the world that has the address. */
export function owners(world: World, address: Address): Port[] {
  return world.nodes.flatMap((node) => {
    const link = ownerLink(node, address);
    return link === undefined || link.kind === 'loopback' ? [] : [{ node, link }];
  });
}

export const isAddress = (text: string) => parseAddress(text) !== undefined;

/** `veth-server in server`; within `here` the place goes without saying. */
export function portName(port: Port, here?: Node): string {
  return port.node === here ? port.link.name : `${port.link.name} in ${port.node.title}`;
}
