/** Which interfaces hear what an interface sends: through cables (veth pairs) and bridges. Pure. */
import type { Link } from '../read/link.ts';
import { findPeer } from '../read/peer.ts';
import { otherEnd } from './tunnel.ts';
import type { Port, World } from './world.ts';

export interface End extends Port {
  /** Bridges on the way, in order. */
  bridges: readonly Port[];
  /** Tunnels on the way: the ends that it goes in by. */
  tunnels: readonly Port[];
}

type Passed = Pick<End, 'bridges' | 'tunnels'>;

export interface Segment {
  /** Interfaces that take in what was sent, bridges themselves included. */
  ends: readonly End[];
  /** Tunnels that something goes into which is sent there. */
  tunnels: readonly Port[];
  /** Part of it is out of our sight: a device whose other end was not observed. */
  open: boolean;
  /** What is down or not joined on the way, in sentences; nearest first. */
  faults: readonly { what: string; port: Port }[];
}

/** The other end of a veth, or of a tunnel, when it is in a namespace that was observed. */
export function peerOf(world: World, { node, link }: Port): Port | undefined {
  if (link.tunnel !== undefined) return otherEnd(world, { node, link });
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
  const tunnels: Port[] = [];
  const passed = new Set<Link>();
  let open = false;

  const fault = (port: Port, what: string) => faults.push({ port, what });

  function send(port: Port, by: Passed): void {
    if (passed.has(port.link)) return;
    passed.add(port.link);
    if (port.link.kind === 'bridge') {
      for (const each of portsOf(port)) through(each, over(by, port));
      return;
    }
    if (port.link.tunnel !== undefined) tunnels.push(port);
    const peer = peerOf(world, port);
    if (peer === undefined) open = true;
    else if (!peer.link.up) fault(peer, `${peer.link.name} in ${peer.node.title} is down`);
    else receive(peer, port.link.tunnel === undefined ? by : { ...by, tunnels: [...by.tunnels, port] });
  }

  function through(port: Port, by: Passed): void {
    if (!port.link.up) fault(port, `${port.link.name}, a port of ${by.bridges.at(-1)!.link.name}, is down`);
    else send(port, by);
  }

  function receive(port: Port, by: Passed): void {
    if (passed.has(port.link)) return;
    passed.add(port.link);
    const bridge = masterOf(port);
    if (bridge === undefined) {
      // a VRF is no bridge: its members are ends of their own
      const isPort = port.link.master !== undefined && !isInVrf(port);
      if (!isPort) ends.push({ ...port, ...by });
      else open = true;
      return;
    }
    if (!bridge.link.up) {
      fault(bridge, `the bridge ${bridge.link.name} in ${bridge.node.title} is down`);
      return;
    }
    ends.push({ ...bridge, ...by });
    if (passed.has(bridge.link)) return;
    passed.add(bridge.link);
    for (const each of portsOf(bridge)) if (each.link !== port.link) through(each, over(by, bridge));
  }

  send(from, { bridges: [], tunnels: [] });
  return { ends, open, tunnels, faults };
}

const over = (by: Passed, bridge: Port): Passed => ({ ...by, bridges: [...by.bridges, bridge] });

const isInVrf = ({ node, link }: Port): boolean =>
  node.links.some(({ name, kind }) => name === link.master && kind === 'vrf');
