/** Which interfaces hear what an interface sends: through cables (veth pairs) and bridges. Pure. */
import type { Link } from '../read/link.ts';
import type { Node, Port, World } from './world.ts';

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

/** The other end of a veth. Links name it by index, and by a namespace number that only their own namespace knows. */
export function peerOf(world: World, port: Port): Port | undefined {
  const { node, link } = port;
  if (link.kind !== 'veth' || link.peerIndex === undefined) return undefined;
  const isPeer = (there: Node, other: Link) =>
    other !== link &&
    other.kind === 'veth' &&
    other.index === link.peerIndex &&
    other.peerIndex === link.index &&
    numbersAgree(node, link, there) &&
    numbersAgree(there, other, node);
  for (const there of world.nodes) {
    if (there.host !== node.host) continue;
    const found = there.links.find((other) => isPeer(there, other));
    if (found !== undefined) return { node: there, link: found };
  }
  return undefined;
}

/** Whether `link` in `node` can have its peer in `there`, as far as the numbers known to us tell. */
function numbersAgree(node: Node, link: Link, there: Node): boolean {
  if ((link.peerNetnsId === undefined) !== (node === there)) return false;
  // The ids that were observed are those given by the host's own namespace.
  if (node === there || !node.names.includes('')) return true;
  return there.observation.id === undefined || there.observation.id === link.peerNetnsId;
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
