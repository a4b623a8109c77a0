/** A tunnel's packet that has come to its other end, where nothing took out what is in it: which tunnels there are, and what they take. Pure. */
import type { TraceCapture } from './capture.ts';
import type { Sighting } from './model.ts';
import type { Open } from './open.ts';
import type { Packet } from './read/packet.ts';
import { linksOf } from './routes/answered.ts';
import type { Link } from './routes/netlink.ts';
import type { Tunnel } from './routes/tunnels.ts';

/** As `ip link` names those that could take it. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  gre: ['gre', 'ip6gre'],
  gretap: ['gretap', 'ip6gretap'],
  erspan: ['erspan', 'ip6erspan'],
  ipip: ['ipip', 'sit'],
  sit: ['sit'],
  ipip6: ['ip6tnl'],
  ip6ip6: ['ip6tnl'],
  vxlan: ['vxlan'],
  geneve: ['geneve'],
};

/** What its name says behind the kind: a number, or a key. */
const numberIn = (tunnel: string) => {
  const number = /(\d+)$/.exec(tunnel.replace(/^\S+/, ''))?.[1];
  return number === undefined ? undefined : Number(number);
};

/** Why it takes another; undefined where nothing shows. */
function mismatch({ name, up }: Link, tunnel: Tunnel, packet: Packet): string | undefined {
  const { ip, inner } = packet;
  const { kind, takes, remote, local, port } = tunnel;
  if (!up) return `${name} is down`;
  const transport = ip!.transport;
  if (port !== undefined && transport.name === 'udp' && transport.to !== port)
    return `${name} takes port ${port}`;
  const number = numberIn(inner!.tunnel);
  const hasKey = /gre/.test(kind);
  if (takes !== number && (hasKey || takes !== undefined) && !/erspan/.test(kind))
    return takes === undefined
      ? `${name} takes none with a key`
      : `${name} takes ${hasKey ? 'key ' : ''}${takes}`;
  // what it hears does not depend on where it sends
  if (kind === 'vxlan') return undefined;
  if (remote !== undefined && remote !== ip!.source) return `${name} takes what comes from ${remote}`;
  if (local !== undefined && local !== ip!.destination) return `${name} takes what is for ${local}`;
  return undefined;
}

/** Of GRE there are kinds for IPv4 and for IPv6; who hears UDP hears both. */
const isFor = (kind: string, isSix: boolean) =>
  /^(vxlan|geneve)$/.test(kind) || kind.startsWith('ip6') === isSix;

/** What is always there, and down, as long as nobody uses it: gre0, tunl0. */
const isSpare = ({ up, tunnel }: Link) => !up && tunnel!.remote === undefined && tunnel!.local === undefined;

export function untaken(
  { steps, routes = [] }: Open,
  capture: TraceCapture,
): { state: 'dropped' | 'unknown'; words: string } | undefined {
  const last = steps.findLast((step): step is Sighting => step.is === 'frame');
  if (last === undefined || last !== steps.findLast((step) => step.is !== 'ruling')) return undefined;
  const { inner, ip } = last.packet;
  if (last.direction !== 'in' || inner === undefined || ip === undefined) return undefined;
  const route = routes.findLast(
    ({ space, asked }) => space === last.space && asked.destination === ip.destination,
  );
  if (route?.answer?.type !== 'local') return undefined;
  const kinds = KINDS[inner.tunnel.split(' ')[0]!] ?? [];
  const there = [...linksOf(capture)(last.space).values()].filter(
    (link) =>
      link.tunnel !== undefined &&
      kinds.includes(link.tunnel.kind) &&
      isFor(link.tunnel.kind, ip.source.includes(':')) &&
      !isSpare(link),
  );
  const what = `what came in ${inner.tunnel} from ${ip.source}`;
  if (there.length === 0)
    return { state: 'dropped', words: `dropped in ${last.title}: there is no tunnel for ${what}` };
  const why = there.map((link) => mismatch(link, link.tunnel!, last.packet));
  if (why.some((one) => one === undefined))
    return { state: 'unknown', words: `last seen in ${last.title}: no tunnel there has shown ${what}` };
  return { state: 'dropped', words: `dropped in ${last.title}: no tunnel takes ${what} (${why.join(', ')})` };
}
