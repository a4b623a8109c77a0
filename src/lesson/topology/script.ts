/**
 * A topology as shell: one `ip -batch` for what is made, one for each namespace. Its parts have been checked, so that
 * nothing in them means anything to a shell.
 */
import { cableEnds, spacesOf, type Topology, type TopologySpace } from './schema.ts';
import type { Tunnel } from './sites.ts';

/** Above what a namespace gives by itself. The kernel takes its time with the carrier of a pair whose indexes are alike. */
const FIRST_INDEX = 100;

/** @param tunnels cables to other hosts, whose names every driver makes known (/etc/hosts) */
export function topologyScript(topology: Topology, tunnels: readonly Tunnel[] = []): string {
  const spaces = spacesOf(topology);
  const make = [...spaces.keys()].filter((netns) => netns !== '').map((netns) => `netns add ${netns}`);
  for (const [at, text] of (topology.cables ?? []).entries()) {
    const [a, b] = cableEnds(text);
    const index = FIRST_INDEX + 2 * at;
    const where = (netns: string) => (netns === '' ? '' : ` netns ${netns}`);
    make.push(
      `link add index ${index} name ${a.interface}${where(a.netns)} type veth peer index ${index + 1} name ${b.interface}${where(b.netns)}`,
    );
  }
  const cabled = new Map<string, string[]>();
  for (const end of [...(topology.cables ?? []).flatMap(cableEnds), ...tunnels.map(({ end }) => end)])
    cabled.set(end.netns, [...(cabled.get(end.netns) ?? []), end.interface]);
  const next = FIRST_INDEX + 2 * (topology.cables ?? []).length;
  const own = configuration('', spaces.get('')!, cabled.get('') ?? []);
  const parts =
    tunnels.length === 0
      ? [batch('', [...make, ...own])]
      : [batch('', make), ...tunnels.map((each, at) => tunnel(each, next + at)), batch('', own)];
  for (const [netns, space] of spaces)
    if (netns !== '') parts.push(batch(netns, configuration(netns, space, cabled.get(netns) ?? [])));
  for (const [netns, space] of spaces) if (space.forward) parts.push(forwarding(netns, hasSix(space)));
  // in a shell of its own, so that it ends at the first fault and the lesson's shell does not
  return `(\nset -e\n${parts.filter((part) => part !== '').join('\n')}\n)`;
}

/** What is too large for the way goes in pieces; what may not be cut is told so, as over any tunnel (path MTU discovery). */
function tunnel({ end, id, peer }: Tunnel, index: number): string {
  const where = end.netns === '' ? '' : ` netns ${end.netns}`;
  const remote = `"$(getent ahostsv4 ${peer} | sed -n '1s/ .*//p')"`;
  return `ip link add index ${index} name ${end.interface}${where} mtu 1500 type vxlan id ${id} dstport 4789 remote ${remote}`;
}

function configuration(netns: string, space: TopologySpace, cabled: readonly string[]): string[] {
  const bridges = Object.entries(space.bridges ?? {});
  const down = new Set(space.down);
  const all = [...bridges.map(([name]) => name), ...cabled];
  return [
    ...bridges.map(([name]) => `link add name ${name} type bridge`),
    ...bridges.flatMap(([name, ports]) => ports.map((port) => `link set dev ${port} master ${name}`)),
    ...Object.entries(space.mac ?? {}).map(([name, mac]) => `link set dev ${name} address ${mac}`),
    ...Object.entries(space.mtu ?? {}).map(([name, mtu]) => `link set dev ${name} mtu ${mtu}`),
    ...Object.entries(space.addresses ?? {}).flatMap(([name, list]) =>
      // nobody else has it: no need to wait until that is sure (duplicate address detection)
      list.map((address) => `addr add ${address} dev ${name}${address.includes(':') ? ' nodad' : ''}`),
    ),
    ...(netns === '' ? [] : ['link set dev lo up']),
    ...all.filter((name) => !down.has(name)).map((name) => `link set dev ${name} up`),
    ...(space.routes ?? []).map((route) => `route add ${route}`),
  ];
}

function batch(netns: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `ip${netns === '' ? '' : ` -n ${netns}`} -batch - <<'END'\n${lines.join('\n')}\nEND`;
}

const hasSix = ({ addresses = {} }: TopologySpace) =>
  Object.values(addresses).some((list) => list.some((address) => address.includes(':')));

function forwarding(netns: string, isSix: boolean): string {
  const command = ['ipv4/ip_forward', ...(isSix ? ['ipv6/conf/all/forwarding'] : [])]
    .map((key) => `echo 1 >/proc/sys/net/${key}`)
    .join('; ');
  return netns === '' ? command : `ip netns exec ${netns} sh -c '${command}'`;
}
