/** A network of two routers for the tests of traces, and what a trace told of it in short. */
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import type { Journey, Routed, Trace } from '../../src/trace/model.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { routeMark, routeText } from '../../src/trace/write/route.ts';

/** a -- r1 == r2 -- b: two cables between the routers, IPv4 and IPv6, a tunnel between the ends. */
const NETWORK = `
for n in a r1 r2 b; do ip netns add $n; ip -n $n link set lo up; done
for n in r1 r2; do ip netns exec $n sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0; done
ip link add eth0 netns a type veth peer name lan netns r1
ip link add wan netns r1 type veth peer name wan netns r2
ip link add wan2 netns r1 type veth peer name wan2 netns r2
ip link add lan netns r2 type veth peer name eth0 netns b
address() { ip -n $1 addr add $3 dev $2; ip -n $1 addr add $4 dev $2 nodad; ip -n $1 link set $2 up; }
address a eth0 10.1.0.2/24 fd01::2/64; address r1 lan 10.1.0.1/24 fd01::1/64
address r1 wan 10.9.0.1/24 fd09::1/64; address r2 wan 10.9.0.2/24 fd09::2/64
address r1 wan2 10.8.0.1/24 fd08::1/64; address r2 wan2 10.8.0.2/24 fd08::2/64
address r2 lan 10.2.0.1/24 fd02::1/64; address b eth0 10.2.0.2/24 fd02::2/64
ip -n a route add default via 10.1.0.1; ip -n b route add default via 10.2.0.1
ip -n a -6 route add default via fd01::1; ip -n b -6 route add default via fd02::1
ip -n r1 route add 10.2.0.0/24 via 10.9.0.2; ip -n r2 route add 10.1.0.0/24 via 10.9.0.1
ip -n r1 -6 route add fd02::/64 via fd09::2; ip -n r2 -6 route add fd01::/64 via fd09::1
ip -n r1 route add blackhole 10.66.0.0/16; ip -n r1 route add prohibit 10.67.0.0/16; ip -n r1 route add unreachable 10.68.0.0/16
ip -n a link add vx type vxlan id 42 remote 10.2.0.2 dstport 4789; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4789
for n in a b; do ip -n $n addr add 10.77.0.$([ $n = a ] && echo 1 || echo 2)/24 dev vx; ip -n $n link set vx up; done`;

export const packets = ({ journeys }: Trace): Journey[] => journeys.filter(({ kind }) => kind === 'packet');
export const routes = (journey: Journey | undefined): Routed[] =>
  journey?.steps.filter((step) => step.is === 'route') ?? [];
export const told = (journey: Journey | undefined): string[] =>
  routes(journey).map((route) => `${route.title}: ${routeText(route)} ${routeMark(route)}`);

export interface TwoRouters {
  sandbox: Sandbox;
  run(text: string): Promise<void>;
  trace(netns: string, ...argv: string[]): Promise<Trace>;
  ping(netns: string, target: string): Promise<Trace>;
}

export async function twoRouters(): Promise<TwoRouters> {
  await embedded.prepare();
  const sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
  const run = async (text: string) => {
    const { exit, stderr } = await sandbox.run('host', text, { timeoutMs: 20_000 });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  };
  const trace = async (netns: string, ...argv: string[]) =>
    traceOf(await sandbox.trace({ host: 'host', netns, argv, timeoutMs: 10_000 }));
  await run(NETWORK);
  // two ends of a cable take their time to see each other
  for (const [netns, target] of [
    ['a', '10.2.0.2'],
    ['a', 'fd02::2'],
    ['a', '10.77.0.2'],
    ['r1', '10.8.0.2'],
  ] as const)
    while ((await sandbox.exec('host', ['ping', '-c1', '-W1', target], { netns })).exit !== 0);
  return { sandbox, run, trace, ping: (netns, target) => trace(netns, 'ping', '-n', '-c1', '-W1', target) };
}
