/** At the target: does somebody take what arrives. */
import { formatAddress, parseAddress } from '../../lib/addresses.ts';
import type { Packet } from './packet.ts';
import { ok, type Trail, unknown, wrong } from './trail.ts';
import type { Node } from './world.ts';

const EVERYWHERE = new Set(['0.0.0.0', '*', '::']);

export function isServed(trail: Trail, node: Node, packet: Packet): boolean {
  if (packet.protocol === 'icmp') return answersEcho(trail, node);
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
  const hearing = same.find(
    (each) => EVERYWHERE.has(each.address) || parseAddress(each.address)?.value === packet.destination.value,
  );
  if (hearing !== undefined) {
    ok(trail, question, `Yes: ${hearing.processes.join(', ') || 'a process'} on ${hearing.address}.`);
    return true;
  }
  if (same[0] !== undefined)
    wrong(
      trail,
      question,
      `${node.title} listens on ${what} only at ${same.map((each) => each.address).join(', ')}, not at ${name}.`,
      'Let the server listen on that address too, or on all (0.0.0.0).',
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

function answersEcho(trail: Trail, node: Node): boolean {
  if (node.settings?.get('ipv4/icmp_echo_ignore_all') !== '1') return true;
  wrong(
    trail,
    `Does ${node.title} answer pings?`,
    `${node.title} is told to ignore pings (icmp_echo_ignore_all is 1).`,
    'Set it back to 0.',
  );
  return false;
}
