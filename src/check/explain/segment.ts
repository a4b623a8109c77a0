/** Which interfaces hear what an interface sends: through cables (veth pairs) and bridges. Pure. */
import type { Link } from '../read/link.ts';
import { findPeer } from '../read/peer.ts';
import type { Port, World } from './world.ts';

export interface End extends Port {
  /** Bridges on the way, in order. */
  bridges: readonly Port[];
}

export interface Segment {
  /** Interfaces that take in what was sent, bridges themselves included. */
  ends: readonly End[];
  /** Part of it is out of our sight: a device whose other end was not observed. */
  open: boolean;
  /** What is down or not joined on the way, in sentences; nearest first. */
  faults: readonly { what: string; port: Port }[];
}

/** Whether a host has an address: where the tunnels of others lead to. */
const hasAddress = (world: World, host: string, address: string): boolean =>
  world.nodes.some(
    (node) =>
      node.host === host &&
      node.names.includes('') &&
      node.links.some((link) => link.addresses.some(({ prefix }) => prefix.split('/')[0] === address)),
  );

/** The other end of a tunnel between two hosts: of the same number, and each leads to where the other is. */
function farEndOf(world: World, { node, link }: Port): Port | undefined {
  const { tunnel } = link;
  if (tunnel === undefined) return undefined;
  return world.nodes
    .filter(({ host }) => host !== node.host && hasAddress(world, host, tunnel.remote))
    .flatMap((other) => other.links.map((each) => ({ node: other, link: each })))
    .find(
      ({ link: far }) =>
        far.tunnel !== undefined &&
        far.tunnel.id === tunnel.id &&
        hasAddress(world, node.host, far.tunnel.remote),
    );
}

/** The other end of a veth, or of a tunnel, when it is in a namespace that was observed. */
export function peerOf(world: World, { node, link }: Port): Port | undefined {
  if (link.tunnel !== undefined) return farEndOf(world, { node, link });
  const found = findPeer(node.hostSeen, { netns: node.observation, link });
  if (found.is !== 'found') return undefined;
  const there = world.nodes.find((each) => each.host === node.host && each.observation === found.peer.netns);
  return there && { node: there, link: found.peer.link };
}

export const portsOf = (bridge: Port): Port[] =>
  bridge.node.links
    .filter((link) => link.master === bridge.link.name)
    .map((link) => ({ node: bridge.node, link }));

export function masterOf(port: Port): Port | undefined {
  const link = port.node.links.find((each) => each.name === port.link.master);
  return link?.kind === 'bridge' ? { node: port.node, link } : undefined;
}

export function segmentOf(world: World, from: Port): Segment {
  const ends: End[] = [];
  const faults: { what: string; port: Port }[] = [];
  const passed = new Set<Link>();
  let open = false;

  const fault = (port: Port, what: string) => faults.push({ port, what });

  function send(port: Port, bridges: readonly Port[]): void {
    if (passed.has(port.link)) return;
    passed.add(port.link);
    if (port.link.kind === 'bridge') {
      for (const each of portsOf(port)) through(each, [...bridges, port]);
      return;
    }
    const peer = peerOf(world, port);
    if (peer === undefined) open = true;
    else if (!peer.link.up) fault(peer, `${peer.link.name} in ${peer.node.title} is down`);
    else receive(peer, bridges);
  }

  function through(port: Port, bridges: readonly Port[]): void {
    if (!port.link.up) fault(port, `${port.link.name}, a port of ${bridges.at(-1)!.link.name}, is down`);
    else send(port, bridges);
  }

  function receive(port: Port, bridges: readonly Port[]): void {
    if (passed.has(port.link)) return;
    passed.add(port.link);
    const bridge = masterOf(port);
    if (bridge === undefined) {
      if (port.link.master === undefined) ends.push({ ...port, bridges });
      else open = true;
      return;
    }
    if (!bridge.link.up) {
      fault(bridge, `the bridge ${bridge.link.name} in ${bridge.node.title} is down`);
      return;
    }
    ends.push({ ...bridge, bridges });
    if (passed.has(bridge.link)) return;
    passed.add(bridge.link);
    for (const each of portsOf(bridge)) if (each.link !== port.link) through(each, [...bridges, bridge]);
  }

  send(from, []);
  return { ends, open, faults };
}
