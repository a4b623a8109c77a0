/**
 * Why one place does not reach another: a walk from the sender to the target and back, as a network engineer would do
 * it, asking one question after the other until the first thing that is wrong. Pure.
 */
import { type Address, formatAddress, parseAddress } from '../../lib/addresses.ts';
import type { Explanation } from '../model.ts';
import type { Observation } from '../observation.ts';
import { nameServers, resolverFile } from './names.ts';
import type { Packet, Protocol } from './packet.ts';
import { isLocal } from './routing.ts';
import { isServed, nameServerElsewhere } from './service.ts';
import { explanationOf, type Fault, newTrail, ok, type Trail, unknown, wrong } from './trail.ts';
import { type Walked, walk } from './walk.ts';
import { wantedAdvice } from './wanted.ts';
import { addressesOf, type Node, nodeNamed, type World, worldOf } from './world.ts';

export interface Question {
  host: string;
  netns: string;
  /** As the lesson writes it: an address or a name. */
  target: string;
  /** The address that the probe tried, when the target is a name. */
  address?: string;
  protocol: Protocol;
  port?: number;
  /** Source address or interface. */
  from?: string;
  /** Of the IP packet, when it may not be fragmented. */
  bytes?: number;
  /** What the probe said, for when nothing wrong is seen. */
  said?: string;
  /** The target answered, though the lesson expects that it does not. */
  answered?: boolean;
  /** The target is the name server that is configured, and nobody has chosen it here. */
  configured?: boolean;
  /** The failure that the lesson expects, when it came to another one. */
  wanted?: string | undefined;
}

export function explainReach(observation: Observation, question: Question): Explanation | undefined {
  const world = worldOf(observation);
  const trail = newTrail();
  const node = sender(trail, world, question);
  if (node === undefined) return trail.fault && explanationOf(trail, trail.fault);
  const address = parseAddress(question.target) ?? parseAddress(question.address ?? '');
  if (address === undefined) resolveName(trail, world, node, observation, question);
  else if (question.configured) atNameServer(trail, world, node, address, observation, question);
  else there(trail, world, node, address, question);
  const explanation = explanationOf(trail, otherwise(question));
  // What answers has nothing that could be wrong: a trace would only show the same.
  if (question.answered) return { ...explanation, unsure: false };
  return question.wanted === undefined || trail.fault === undefined
    ? explanation
    : { ...explanation, advice: wantedAdvice(question.wanted) };
}

function sender(trail: Trail, world: World, { host, netns }: Question): Node | undefined {
  const node = nodeNamed(world, host, netns);
  if (node !== undefined) return node;
  // A host that was not looked at at all is no fault of the learner's.
  if (netns === '' || nodeNamed(world, host, '') === undefined) return undefined;
  return wrong(
    trail,
    `Is there a namespace ${netns} on ${host}?`,
    `There is no network namespace ${netns} on ${host}.`,
    `Make the namespace ${netns} first; list those that exist to compare the spelling.`,
  );
}

/** The way there and the way back. */
function there(trail: Trail, world: World, node: Node, destination: Address, question: Question): void {
  const source = sourceOf(trail, node, destination, question.from);
  if (trail.fault !== undefined) return;
  const { protocol, port, bytes } = question;
  const packet: Packet = { source, destination, protocol, port, bytes, answer: false };
  const went = walk(trail, world, node, packet);
  if (went.end === 'outside') backFromOutside(trail, world, went);
  if (went.end !== 'delivered' || !isServed(trail, went.node, went.packet)) return;
  const back = went.packet.source;
  if (went.node === node || back === undefined) return;
  const answer: Packet = { ...went.packet, source: went.packet.destination, destination: back, answer: true };
  const came = walk(trail, world, went.node, { ...answer, knownTo: went.nodes }, went.rewrites);
  if (came.end !== 'delivered' || !isRecognized(trail, node, went, came)) return;
  const unseen = new Set([...went.nodes].filter((each) => !came.nodes.has(each)));
  // The third packet of a connection: who has not seen the second takes it for none that belongs to anything.
  if (protocol !== 'tcp' || unseen.size === 0) return;
  walk(trail, world, node, { ...packet, source: packet.source ?? back, unansweredAt: unseen });
  const [first] = unseen;
  const fault = faultOf(trail);
  if (fault !== undefined && first !== undefined)
    trail.fault = {
      cause: `The answer does not come back the way that the packet went, and ${first.title} never sees it. ${fault.cause}`,
      advice: `Look at the routes where the two ways part: let the answer come back through ${first.title}, or let its firewall not ask for both halves of a connection.`,
    };
}

/** A walk may have put one there. */
const faultOf = (trail: Trail): Fault | undefined => trail.fault;

type Delivered = Extract<Walked, { end: 'delivered' }>;

/** Whether the answer has the address that was asked: who put another in its place must put it back. */
function isRecognized(trail: Trail, sender: Node, went: Delivered, came: Delivered): boolean {
  const lost = went.redirects.findLast(({ node }) => !came.nodes.has(node));
  if (lost === undefined || lost.node === sender) return true;
  const question = `Does the answer pass ${lost.node.title} again, which has translated the destination?`;
  wrong(
    trail,
    question,
    `The answer goes from ${went.node.title} straight to ${sender.title} and not through ${lost.node.title}, which has put ${formatAddress(went.packet.destination)} in the place of ${formatAddress(lost.asked)}: ${sender.title} has asked ${formatAddress(lost.asked)} and takes no answer from another.`,
    `Let ${lost.node.title} translate the source too where both ends are on the same side of it (masquerade), so that the answer comes back through it.`,
  );
  return false;
}

/** Whether there is an answer we cannot see; where it would go once it is back among what we see, we can. */
function backFromOutside(
  trail: Trail,
  world: World,
  { port, packet, rewrites }: Extract<Walked, { end: 'outside' }>,
): void {
  const { source, destination } = packet;
  if (port === undefined || source === undefined) return;
  const answer: Packet = { ...packet, source: destination, destination: source, answer: true };
  walk(trail, world, port.node, answer, rewrites, port);
}

function sourceOf(trail: Trail, node: Node, to: Address, from: string | undefined): Address | undefined {
  if (from === undefined) return undefined;
  const question = `Is ${from} in ${node.title}?`;
  const address = parseAddress(from);
  if (address !== undefined) {
    if (isLocal(node, address)) return address;
    return wrong(
      trail,
      question,
      `${node.title} does not have the address ${from}.`,
      'Give it that address, or send from another.',
    );
  }
  const link = node.links.find((each) => each.name === from);
  if (link === undefined)
    return wrong(
      trail,
      question,
      `${node.title} has no interface ${from}.`,
      'Compare the name with the interfaces that are there.',
    );
  return addressesOf(link).find((each) => each.family === to.family);
}

/** The probe got no address for a name: the way to the name server is the way that matters. */
function resolveName(
  trail: Trail,
  world: World,
  node: Node,
  observation: Observation,
  question: Question,
): void {
  const { host, target } = question;
  const asked = `Which address does the name ${target} have?`;
  const servers = nameServers(observation.hosts[host], question.netns);
  if (servers === undefined) {
    unknown(trail, asked, 'None was found; which name server is asked could not be read.');
    return;
  }
  const server = servers.map((each) => parseAddress(each)).find((each) => each !== undefined);
  if (server === undefined) {
    wrong(
      trail,
      asked,
      `The name ${target} cannot be resolved: ${resolverFile(observation.hosts[host], question.netns)} names no server.`,
      'Name a DNS server there, or use the address.',
    );
    return;
  }
  const name = formatAddress(server);
  ok(trail, asked, `None was found; the name server ${name} is asked.`);
  const about = { ...question, protocol: 'udp', port: 53, bytes: undefined } as const;
  atNameServer(trail, world, node, server, observation, about);
  if (trail.fault !== undefined) {
    const { cause, advice } = trail.fault;
    trail.fault = {
      cause: `The name ${target} cannot be resolved, because the name server ${name} is not reached. ${cause}`,
      advice,
    };
  }
}

/** The way to the name server; where none is, and one is elsewhere, the wrong one is asked. */
function atNameServer(
  trail: Trail,
  world: World,
  node: Node,
  server: Address,
  observation: Observation,
  question: Question,
): void {
  there(trail, world, node, server, question);
  const other = trail.fault && nameServerElsewhere(world, server);
  if (trail.fault === undefined || other === undefined) return;
  const file = resolverFile(observation.hosts[question.host], question.netns);
  trail.fault = {
    cause: `${node.title} asks the name server ${formatAddress(server)}, which ${file} names, and none is there; there is one in ${other.title}. ${trail.fault.cause}`,
    advice: `Compare the address in ${file} with those of ${other.title}.`,
  };
}

function otherwise(question: Question): Fault {
  if (question.answered)
    return {
      cause: `${question.target} answers, and nothing on the way stops the packet.`,
      advice: 'Look at the steps: one of these routes, interfaces or rules makes the answer possible.',
    };
  const said = question.said === undefined ? '' : ` The probe said: ${question.said}.`;
  return {
    cause: `Nothing wrong was found in the interfaces, routes, neighbours and rules that we can see.${said}`,
    advice:
      'Look where we cannot: what lies outside of the observed hosts, or what has changed since. Trying again may tell.',
  };
}
