/** The routes that a trace shows, on real routers: each kind of decision, and what says that it was so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { plainLine, traceLines } from '../../src/trace/write/lines.ts';
import { routeMark, routeText } from '../../src/trace/write/route.ts';
import { packets, routes, type TwoRouters, told, twoRouters } from './two-routers.ts';

describe('the route at each hop', () => {
  let sandbox: Sandbox;
  let run: TwoRouters['run'];
  let trace: TwoRouters['trace'];
  let ping: TwoRouters['ping'];
  beforeAll(async () => {
    ({ sandbox, run, trace, ping } = await twoRouters());
  }, 300_000);
  afterAll(() => sandbox?.destroy());

  it('of IPv4 and IPv6, there and back', async () => {
    const [request, reply] = packets(await ping('a', '10.2.0.2'));
    expect(told(request)).toEqual([
      'a: default via 10.1.0.1 dev eth0 ✓',
      'r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓',
      'r2: 10.2.0.0/24 dev lan ✓',
      'b: local 10.2.0.2 dev eth0 ✓',
    ]);
    expect(routes(request).map(({ evidence }) => evidence)).toEqual([
      'it left by eth0, for the MAC of 10.1.0.1',
      'it left by wan, for the MAC of 10.9.0.2',
      'it left by lan, for the MAC of 10.2.0.2',
      'it went no further than here',
    ]);
    expect(told(reply).slice(0, 2)).toEqual([
      'b: default via 10.2.0.1 dev eth0 ✓',
      'r2: 10.1.0.0/24 via 10.9.0.1 dev wan ✓',
    ]);
    const [six] = packets(await ping('a', 'fd02::2'));
    expect(told(six)).toEqual([
      'a: default via fd01::1 dev eth0 src fd01::2 ✓',
      'r1: fd02::/64 via fd09::2 dev wan ✓',
      'r2: fd02::/64 dev lan ✓',
      'b: local fd02::2 dev eth0 ✓',
    ]);
  });

  it('of what a tunnel carries, and of what is around it', async () => {
    const [request] = packets(await ping('a', '10.77.0.2'));
    expect(told(request)).toEqual([
      'a: 10.77.0.0/24 dev vx src 10.77.0.1 ✓',
      'a: default via 10.1.0.1 dev eth0 ✓',
      'r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓',
      'r2: 10.2.0.0/24 dev lan ✓',
      'b: local 10.2.0.2 dev eth0 ✓',
      'b: local 10.77.0.2 dev vx ✓',
    ]);
    const fields = request!.steps.flatMap((step) =>
      step.is === 'frame'
        ? step.changes.map(({ field, before, after }) => `${field} ${before} ${after}`)
        : [],
    );
    expect(fields).toContain('outer ttl 64 63');
  });

  it.each([
    ['10.66.0.1', 'r1: blackhole 10.66.0.0/16 (Invalid argument) ✓', 'dropped', 'its route is a blackhole'],
    ['10.67.0.1', 'r1: prohibit 10.67.0.0/16 (Permission denied) ✓', 'refused', 'prohibited'],
    ['10.68.0.1', 'r1: unreachable 10.68.0.0/16 (No route to host) ✓', 'refused', 'host unreachable'],
    ['10.69.0.1', 'r1: no route leads to 10.69.0.1 (Network is unreachable) ✓', undefined, undefined],
  ])('that leads nowhere: %s', async (target, line, state, words) => {
    const [request] = packets(await ping('a', target));
    expect(told(request).at(-1)).toBe(line);
    if (state === undefined) return;
    expect(request!.end).toMatchObject({ state, title: 'r1' });
    expect(request!.end.words).toContain(words);
  });

  it('by the mark that a rule gave it, and by what `ip rule` makes of its protocol', async () => {
    await run(`ip netns exec r1 iptables -t mangle -A PREROUTING -i lan -p tcp -j MARK --set-mark 7
      ip -n r1 rule add fwmark 7 lookup 100; ip -n r1 route add default via 10.8.0.2 table 100
      ip -n r1 rule add ipproto udp dport 4711 lookup 101; ip -n r1 route add 10.2.0.0/24 via 10.8.0.2 table 101`);
    const [syn] = packets(await trace('a', 'curl', '-s', '-m1', 'http://10.2.0.2/'));
    expect(told(syn).slice(0, 2)).toEqual([
      'a: default via 10.1.0.1 dev eth0 ✓',
      'r1: default via 10.8.0.2 dev wan2 table 100 ✓',
    ]);
    expect(routes(syn)[1]!.asked).toMatchObject({ way: 'input', protocol: 6, to: 80, mark: 7 });
    const [datagram] = packets(await trace('a', 'bash', '-c', 'echo hi > /dev/udp/10.2.0.2/4711'));
    expect(told(datagram)[1]).toBe('r1: 10.2.0.0/24 via 10.8.0.2 dev wan2 table 101 ✓');
    const [echo] = packets(await ping('a', '10.2.0.2'));
    expect(told(echo)[1]).toBe('r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓');
  });

  it('is asked again where rules mark or translate what is sent', async () => {
    await run(`ip netns exec r1 iptables -t mangle -A OUTPUT -p icmp -j MARK --set-mark 7
      ip netns exec a iptables -t nat -A OUTPUT -d 10.96.0.10 -j DNAT --to-destination 10.2.0.2
      ip -n a route add blackhole 10.99.0.0/16`);
    const [marked] = packets(await ping('r1', '10.2.0.2'));
    expect(told(marked).slice(0, 2)).toEqual([
      'r1: 10.2.0.0/24 via 10.9.0.2 dev wan ↓',
      'r1: default via 10.8.0.2 dev wan2 table 100 ✓',
    ]);
    const [sent] = packets(await ping('a', '10.96.0.10'));
    expect(told(sent).slice(0, 2)).toEqual([
      'a: default via 10.1.0.1 dev eth0 ↓',
      'a: to 10.2.0.2: default via 10.1.0.1 dev eth0 ✓',
    ]);
  });

  it('of what is translated as it comes in: with the new destination; of the answer: with the old one', async () => {
    await run(`ip netns exec r2 iptables -t nat -A PREROUTING -d 10.96.0.20 -j DNAT --to-destination 10.2.0.2
      ip -n r1 route add 10.96.0.0/16 via 10.9.0.2
      ip netns exec r1 iptables -t nat -A POSTROUTING -o wan -j MASQUERADE`);
    const [request, reply] = packets(await ping('a', '10.96.0.20'));
    expect(told(request)).toContain('r2: to 10.2.0.2: 10.2.0.0/24 dev lan ✓');
    expect(told(reply)).toContain('r1: to 10.1.0.2: 10.1.0.0/24 dev lan ✓');
    await run('ip netns exec r1 iptables -t nat -F');
  });

  it('of one that a rule drops behind it, and none where a rule drops it before', async () => {
    await run('ip netns exec r1 iptables -A FORWARD -d 10.2.0.2 -p icmp -j DROP');
    const [dropped] = packets(await ping('a', '10.2.0.2'));
    expect(routes(dropped)[1]).toMatchObject({
      title: 'r1',
      borne: 'yes',
      evidence: 'a rule saw it on its way to wan',
    });
    await run(`ip netns exec r1 iptables -F FORWARD
      ip netns exec r1 iptables -t raw -A PREROUTING -d 10.2.0.2 -p icmp -j DROP`);
    const [early] = packets(await ping('a', '10.2.0.2'));
    expect(told(early)).toEqual(['a: default via 10.1.0.1 dev eth0 ✓']);
    expect(early!.end).toMatchObject({ state: 'dropped', title: 'r1' });
    await run('ip netns exec r1 iptables -t raw -F');
  });

  it('of several next hops the one that was taken', async () => {
    await run('ip -n r1 route replace 10.2.0.0/24 nexthop via 10.9.0.2 nexthop via 10.8.0.2');
    const [request] = packets(await ping('a', '10.2.0.2'));
    expect(told(request)[1]).toMatch(
      /^r1: 10\.2\.0\.0\/24 via 10\.[98]\.0\.2 dev wan2? \(one of 2 next hops\) ✓$/,
    );
    await run('ip -n r1 route replace 10.2.0.0/24 via 10.9.0.2');
  });

  it('where tables have changed meanwhile: it does not fit what was seen, and that is said', async () => {
    const before = 'ping -n -c1 -W1 10.2.0.2; ip route add 10.2.0.0/24 dev lo';
    const [request] = packets(await trace('a', 'sh', '-c', before));
    expect(routes(request)[0]).toMatchObject({ title: 'a', borne: 'no', evidence: 'but it left by eth0' });
    await run('ip -n a route del 10.2.0.0/24');
  });

  it('none where a bridge only passes it on', async () => {
    await run(`ip netns add sw; ip -n sw link add br0 type bridge; ip -n sw link set br0 up
      for i in 1 2; do ip netns add h$i; ip link add p$i netns sw type veth peer name eth0 netns h$i
      ip -n sw link set p$i up master br0; ip -n h$i addr add 10.5.0.$i/24 dev eth0; ip -n h$i link set eth0 up; done`);
    await expect
      .poll(
        async () => (await sandbox.exec('host', ['ping', '-c1', '-W1', '10.5.0.2'], { netns: 'h1' })).exit,
        {
          timeout: 20_000,
        },
      )
      .toBe(0);
    const [request] = packets(await ping('h1', '10.5.0.2'));
    expect(told(request)).toEqual([
      'h1: 10.5.0.0/24 dev eth0 src 10.5.0.1 ✓',
      'h2: local 10.5.0.2 dev eth0 ✓',
    ]);
  });

  it('of one that goes back to its sender over lo', async () => {
    const [request] = packets(await ping('a', '10.1.0.2'));
    expect(request, 'lo is down or the packet unseen').toBeDefined();
    expect(told(request)).toEqual(['a: local 10.1.0.2 dev eth0 ✓']);
  });

  it('that rp_filter or a router that does not forward refuses', async () => {
    await run('ip netns exec r2 sysctl -qw net.ipv4.conf.all.rp_filter=1');
    const [syn] = packets(await trace('a', 'curl', '-s', '-m1', 'http://10.2.0.2/'));
    expect(told(syn).at(-1)).toBe('r2: refused by rp_filter: the way back to 10.1.0.2 is not by wan2 ✓');
    await run('ip netns exec r2 sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward=0');
    const [echo] = packets(await ping('a', '10.2.0.2'));
    expect(told(echo).at(-1)).toBe('r2: not sent on: forwarding is off on wan ✓');
    expect(echo!.end.words).toContain('it does not forward');
    await run('ip netns exec r2 sysctl -qw net.ipv4.ip_forward=1');
  });

  it('of a command that sends nothing: what the kernel says of its address', async () => {
    const trace = await ping('r1', '10.69.0.1');
    expect(packets(trace)).toEqual([]);
    expect(trace.command.said).toContain('Network is unreachable');
    expect(trace.unsent!.map((route) => `${route.title}: ${routeText(route)}`)).toEqual([
      'r1: no route leads to 10.69.0.1 (Network is unreachable)',
    ]);
    const web = traceOf(
      await sandbox.trace({
        host: 'host',
        netns: 'r1',
        argv: ['curl', '-s', 'http://10.66.0.1:80/'],
        timeoutMs: 9000,
      }),
    );
    expect(web.unsent!.map(routeText)).toEqual(['blackhole 10.66.0.0/16 (Invalid argument)']);
    expect(traceLines(web).map(plainLine).join('\n')).toContain(
      'Asked now as root, and without a mark, the kernel in r1 says of 10.66.0.1: blackhole',
    );
  });

  it('of what is sent in pieces: rules see it whole, with the first piece', async () => {
    await run(
      'ip netns exec r1 iptables -t nat -A PREROUTING -d 10.96.0.99 -j DNAT --to-destination 10.2.0.2',
    );
    const all = packets(await trace('a', 'ping', '-n', '-c1', '-W1', '-s', '3000', '10.2.0.2'));
    await run('ip netns exec r1 iptables -t nat -F');
    const asked = all.filter(({ answer }) => !answer);
    expect(asked.map(({ title }) => title)).toEqual([
      'ICMP echo request 1  10.1.0.2 → 10.2.0.2',
      'ICMP fragment from byte 1480  10.1.0.2 → 10.2.0.2',
      'ICMP fragment from byte 2960  10.1.0.2 → 10.2.0.2',
    ]);
    expect(asked[0]!.steps.some((step) => step.is === 'ruling' && step.decision.chain === 'PREROUTING')).toBe(
      true,
    );
    // of a later piece the kernel shows its headers as they were when it had been sent on
    expect(all.flatMap(routes).map(routeMark)).not.toContain('✗');
    const later = asked[1]!.steps.filter((step) => step.is === 'frame');
    expect(later.length).toBeGreaterThan(5);
    for (const { changes, packet } of later) expect([changes, packet.ethernet]).toEqual([[], undefined]);
  });

  it('where `ip netns exec` is what was called, the packets are those of that namespace', async () => {
    const [request] = packets(
      await trace('', 'ip', 'netns', 'exec', 'a', 'ping', '-n', '-c1', '-W1', '10.1.0.1'),
    );
    expect(told(request)[0]).toBe('a: 10.1.0.0/24 dev eth0 src 10.1.0.2 ✓');
  });
});
