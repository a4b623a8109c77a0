/** A trace of IPv6 on real routers, where it is not as of IPv4: what is counted, pieces, addresses of one link. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { routeMark, routeText } from '../../src/trace/write/route.ts';

/** a == r -- b: two cables to the router, the second without any address but those of its link. */
const NETWORK = `
for n in a r b; do ip netns add $n; ip -n $n link set lo up; done
ip netns exec r sysctl -qw net.ipv6.conf.all.forwarding=1
ip link add eth0 netns a type veth peer name left netns r
ip link add eth1 netns a type veth peer name side netns r
ip link add right netns r type veth peer name eth0 netns b
for n in a b; do ip netns exec $n sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0; done
ip -n a addr add fd01::2/64 dev eth0 nodad; ip -n r addr add fd01::1/64 dev left nodad
ip -n b addr add fd02::2/64 dev eth0 nodad; ip -n r addr add fd02::1/64 dev right nodad
ip -n a addr add fe80::a/64 dev eth1 nodad; ip -n r addr add fe80::b/64 dev side nodad
ip -n r addr add fe80::c/64 dev left nodad
for end in "a eth0" "a eth1" "b eth0" "r left" "r side" "r right"; do ip -n \${end% *} link set \${end#* } up; done
ip -n a route add default via fd01::1; ip -n b route add default via fd02::1
ip netns exec b nft add table ip6 seen; ip netns exec b nft 'add chain ip6 seen in { type filter hook input priority 10; }'
ip netns exec b nft add rule ip6 seen in ct state new icmpv6 type echo-request counter accept`;

describe('a trace of IPv6', () => {
  let sandbox: Sandbox;
  const run = async (text: string) => {
    const { exit, stderr } = await sandbox.run('host', text, { timeoutMs: 20_000 });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  };
  const packets = async (...argv: string[]) => {
    const capture = await sandbox.trace({ host: 'host', netns: 'a', argv, timeoutMs: 10_000 });
    return traceOf(capture).journeys.filter(({ kind }) => kind === 'packet');
  };

  beforeAll(async () => {
    await embedded.prepare();
    sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
    await run(NETWORK);
    // two ends of a cable take their time to see each other
    for (const target of ['fd02::2', 'fe80::b%eth1', 'fe80::c%eth0'])
      while ((await sandbox.exec('host', ['ping', '-c1', '-W1', target], { netns: 'a' })).exit !== 0);
  }, 300_000);
  afterAll(() => sandbox?.destroy());

  it.each([
    ['fe80::b', 'eth1', 'side'],
    ['fe80::c', 'eth0', 'left'],
  ])('what is sent to %s, an address of one link, goes by its interface %s', async (target, own, there) => {
    const [request] = await packets('ping', '-n', '-c1', '-W1', `${target}%${own}`);
    const routes = request!.steps.filter((step) => step.is === 'route');
    expect(routes.map((route) => `${route.title}: ${routeText(route)} ${routeMark(route)}`)).toEqual([
      // its source is as the kernel has it by then: its own address of the link takes its time
      expect.stringMatching(`^a: fe80::/64 dev ${own} src \\S+ ✓$`),
      `r: local ${target} dev ${there} ✓`,
    ]);
  });

  // connection tracking puts the pieces together before the rules of `input` see them
  it('what the rules decide of a packet in pieces stands with the first of them', async () => {
    const journeys = await packets('ping', '-n', '-c1', '-W1', '-s', '3000', 'fd02::2');
    expect(journeys.filter(({ steps }) => steps.every((step) => step.is !== 'frame'))).toEqual([]);
    const ruled = journeys.filter(({ steps }) =>
      steps.some((step) => step.is === 'ruling' && step.decision.table === 'seen'),
    );
    expect(ruled.map(({ title }) => title)).toEqual(['ICMPv6 echo request 1  fd01::2 → fd02::2']);
    const titles = journeys.filter(({ answer }) => !answer).map(({ title }) => title);
    expect(titles.slice(1)).toEqual([
      'ICMPv6 fragment from byte 1448  fd01::2 → fd02::2',
      'ICMPv6 fragment from byte 2896  fd01::2 → fd02::2',
    ]);
  });

  it('a router that does not forward says so by its counter', async () => {
    await run('ip netns exec r sysctl -qw net.ipv6.conf.all.forwarding=0');
    const [request] = await packets('ping', '-n', '-c1', '-W1', 'fd02::2');
    expect(request!.end).toMatchObject({
      state: 'dropped',
      words:
        'dropped in r: the address is not its own, and it does not forward there (Ip6.InAddrErrors has risen by 1)',
    });
  });
});
