/** A packet comes in at a node: would it be taken for forged, is it for this node, may it pass on. */
import { formatAddress } from '../../lib/addresses.ts';
import { filter } from './filter.ts';
import type { Hook } from './hooks.ts';
import type { Packet } from './packet.ts';
import { isLocal, routeTo } from './routing.ts';
import type { Passing } from './rule-match.ts';
import { ok, type Trail, unknown, wrong } from './trail.ts';
import type { Node, Port } from './world.ts';

/** Whether the packet filter lets it pass at a hook; the fault is on the trail when not. */
export function passes(
  trail: Trail,
  node: Node,
  hook: Hook,
  passing: Passing,
  how = '',
  families?: readonly string[],
): boolean {
  const fate = filter(node, hook, passing, families);
  const what = passing.packet.answer ? 'the answer' : 'it';
  const question = `Does the firewall of ${node.title} let ${what} pass (${hook}${how})?`;
  if (fate.verdict !== 'accept') {
    const verb = fate.verdict === 'reject' ? 'refuses' : 'drops';
    wrong(
      trail,
      question,
      `The firewall of ${node.title} ${verb} ${passing.packet.answer ? 'the answer' : 'the packet'} at ${hook}${how}: ${fate.by}.`,
      adviceFor(hook, how),
    );
    return false;
  }
  if (fate.doubt !== undefined)
    unknown(trail, question, `Probably; we cannot tell whether this applies: ${fate.doubt}.`);
  else ok(trail, question, 'Yes.');
  return true;
}

function adviceFor(hook: Hook, how: string): string {
  if (hook === 'forward' && how !== '')
    return 'Packets between ports of a bridge pass the forward chain too here (br_netfilter): let the chain accept them, by its policy or by a rule.';
  if (hook === 'forward')
    return 'Let the forward chain accept these packets, by its policy or by a rule before that one.';
  return `Let the ${hook} chain accept this packet, by its policy or by a rule before that one.`;
}

/** br_netfilter: what the node's bridges carry is shown to its packet filter and connection tracking. */
export const bridgesCallIptables = (node: Node, family: 4 | 6): boolean =>
  node.settings?.get(`bridge/bridge-nf-call-${family === 4 ? 'iptables' : 'ip6tables'}`) === '1';

/** Bridges hand what they carry to the forward chain when br_netfilter says so, and to chains of family bridge always. */
export function passesBridges(trail: Trail, bridges: readonly Port[], packet: Packet): boolean {
  return bridges.every(({ node, link }) => {
    const passing = { packet, in: link.name, out: link.name };
    const how = ` on the bridge ${link.name}`;
    if (bridgesCallIptables(node, packet.destination.family) && !passes(trail, node, 'forward', passing, how))
      return false;
    return (
      filter(node, 'forward', passing, ['bridge']).verdict === 'accept' ||
      passes(trail, node, 'forward', passing, how, ['bridge'])
    );
  });
}

/** A source that cannot be: our own address, or one that we would not answer by the same interface. */
/** @param isSender the packet was made here: it has come back */
export function believed(trail: Trail, port: Port, packet: Packet, isSender: boolean): boolean {
  const { node, link } = port;
  const { source } = packet;
  if (source === undefined) return true;
  const name = formatAddress(source);
  const question = `Does ${node.title} believe the source ${name}?`;
  if (isLocal(node, source) && isSender && !packet.answer) {
    wrong(
      trail,
      question,
      `${node.title} gets its own packet back, with its own address ${name} as the source, and drops it: on the way the destination was translated, the source was not.`,
      'Who sends a packet back to where it came from must translate its source too (masquerade), so that the answer comes back the same way.',
    );
    return false;
  }
  if (isLocal(node, source)) {
    wrong(
      trail,
      question,
      `${node.title} has the address ${name} itself, so it drops packets that come from it: two places have one address.`,
      'Give every interface an address of its own.',
    );
    return false;
  }
  const of = (name: string) => Number(node.settings?.get(`ipv4/conf/${name}/rp_filter`) ?? 0);
  const mode = source.family === 4 ? Math.max(of('all'), of(link.name)) : 0;
  if (mode === 0) return true;
  // asked in the VRF that it came in by, else as if it were made here
  const back = routeTo(node, source, undefined, { ...link, name: 'lo' });
  const sameWay = back?.hops.some((hop) => hop.dev === link.name) ?? false;
  if (back === undefined || (mode === 1 && !sameWay)) {
    wrong(
      trail,
      question,
      `${node.title} drops what comes from ${name} by ${link.name}: rp_filter is on, and its way back would not be by ${link.name}.`,
      `Give ${node.title} a route to ${name} by ${link.name}, or turn rp_filter off there.`,
    );
    return false;
  }
  ok(trail, question, 'Yes: rp_filter finds a way back.');
  return true;
}

/** Whether a node passes on what is not for itself. */
export function forwards(trail: Trail, node: Node, family: 4 | 6): boolean {
  const question = `Does ${node.title} forward packets?`;
  const value = node.settings?.get(family === 4 ? 'ipv4/ip_forward' : 'ipv6/conf/all/forwarding');
  if (value === undefined) {
    unknown(trail, question, 'We could not read the setting.');
    return true;
  }
  if (value !== '0') {
    ok(trail, question, 'Yes, forwarding is on.');
    return true;
  }
  wrong(
    trail,
    question,
    `${node.title} does not forward: a packet that is not for itself is dropped there (${family === 4 ? 'ip_forward' : 'net.ipv6.conf.all.forwarding'} is 0).`,
    `Turn forwarding on in ${node.title}: only then is it a router.`,
  );
  return false;
}
