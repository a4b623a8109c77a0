/** At the target: does somebody take what arrives. */
import { type Address, formatAddress, parseAddress } from '../../lib/addresses.ts';
import type { Listener } from '../read/listen.ts';
import type { Packet } from './packet.ts';
import { ok, type Trail, unknown, wrong } from './trail.ts';
import { type Node, ownerLink, type World } from './world.ts';

/** All addresses of a family; `*`: of both (ss(8)). */
const EVERYWHERE = { 4: new Set(['0.0.0.0', '*']), 6: new Set(['::', '*']) };

export function isServed(trail: Trail, node: Node, packet: Packet): boolean {
  if (packet.protocol === 'icmp') return answersEcho(trail, node, packet.destination.family);
  const name = formatAddress(packet.destination);
  const what = `${packet.protocol} port ${packet.port}`;
  const question = `Does something listen on ${what} in ${node.title}?`;
  if (node.listeners === undefined) {
    unknown(trail, question, 'We could not read its sockets.');
    return true;
  }
  const same = node.listeners.filter(
    (each) => each.protocol === packet.protocol && each.port === packet.port,
  );
  const hearing = same.find((each) => hears(each, packet.destination));
  if (hearing !== undefined) {
    ok(trail, question, `Yes: ${hearing.processes.join(', ') || 'a process'} on ${hearing.address}.`);
    return true;
  }
  if (same[0] !== undefined)
    wrong(
      trail,
      question,
      `${node.title} listens on ${what} only at ${same.map((each) => each.address).join(', ')}, not at ${name}.`,
      `Let the server listen on that address too, or on all (${packet.destination.family === 4 ? '0.0.0.0' : '::'}).`,
    );
  else
    wrong(
      trail,
      question,
      `Nothing listens on ${what} in ${node.title}.`,
      'Start the server there, or look whether it runs in another namespace or on another port.',
    );
  return false;
}

/** A socket of IPv6 that takes IPv4 too has its address as `::ffff:10.0.0.1` (RFC 4291, 2.5.5.2). */
const MAPPED = 0xffffn << 32n;
const isHeardAt = (a: Address | undefined, b: Address) =>
  a?.family === b.family ? a.value === b.value : a?.family === 6 && a.value === (MAPPED | b.value);

const hears = (listener: Listener, address: Address) =>
  EVERYWHERE[address.family].has(listener.address) || isHeardAt(parseAddress(listener.address), address);

const DNS = 53;
const isNameServer = ({ protocol, port, address }: Listener) =>
  protocol === 'udp' && port === DNS && !/^(?:127\.|::1$)/.test(address);

/** Who has a name server that others may ask, where no node that has this address has one, or where nobody has it. */
export function nameServerElsewhere(world: World, asked: Address): Node | undefined {
  const others: Node[] = [];
  for (const node of world.nodes) {
    if (node.listeners === undefined) return undefined;
    const isHere = ownerLink(node, asked) !== undefined;
    // it listens on loopback alone, perhaps: then it is the right one, and does not hear
    if (isHere && node.listeners.some(({ protocol, port }) => protocol === 'udp' && port === DNS))
      return undefined;
    if (!isHere && node.listeners.some(isNameServer)) others.push(node);
  }
  return others[0];
}

function answersEcho(trail: Trail, node: Node, family: 4 | 6): boolean {
  const setting = family === 4 ? 'ipv4/icmp_echo_ignore_all' : 'ipv6/icmp/echo_ignore_all';
  const name = family === 4 ? 'icmp_echo_ignore_all' : 'net.ipv6.icmp.echo_ignore_all';
  if (node.settings?.get(setting) !== '1') return true;
  wrong(
    trail,
    `Does ${node.title} answer pings?`,
    `${node.title} is told to ignore pings (${name} is 1).`,
    'Set it back to 0.',
  );
  return false;
}
