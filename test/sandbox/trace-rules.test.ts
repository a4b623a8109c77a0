/** Traces where rules of routing choose the table, next hops are objects of their own, and a tunnel loses what it carries. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { packets, type TwoRouters, told, twoRouters } from './two-routers.ts';

describe('the route at each hop', () => {
  let sandbox: Sandbox;
  let run: TwoRouters['run'];
  let trace: TwoRouters['trace'];
  let ping: TwoRouters['ping'];
  beforeAll(async () => {
    ({ sandbox, run, trace, ping } = await twoRouters());
  }, 300_000);
  afterAll(() => sandbox?.destroy());

  it('of next hops that are objects of their own, alone and in a group', async () => {
    await run(`ip -n r1 nexthop add id 1 via 10.9.0.2 dev wan; ip -n r1 nexthop add id 2 via 10.8.0.2 dev wan2
      ip -n r1 nexthop add id 10 group 1/2; ip -n r1 route replace 10.2.0.0/24 nhid 10`);
    const [group] = packets(await ping('a', '10.2.0.2'));
    expect(told(group)[1]).toMatch(
      /^r1: 10\.2\.0\.0\/24 via 10\.[98]\.0\.2 dev wan2? \(one of 2 next hops\) ✓$/,
    );
    await run('ip -n r1 route replace 10.2.0.0/24 nhid 2');
    const [alone] = packets(await ping('a', '10.2.0.2'));
    expect(told(alone)[1]).toBe('r1: 10.2.0.0/24 via 10.8.0.2 dev wan2 ✓');
    await run('ip -n r1 route replace 10.2.0.0/24 via 10.9.0.2; ip -n r1 nexthop flush');
  });

  it('by the user who sends it, where a rule asks for users; what is sent on is nobody’s', async () => {
    await run(`ip -n r1 rule add uidrange 2000-2999 lookup 202; ip -n r1 rule add uidrange 2500-2500 lookup 203
      ip -n r1 route add 10.2.0.0/24 via 10.8.0.2 table 202; ip -n r1 route add 10.2.0.0/24 via 10.8.0.2 table 203`);
    const as = (user: number) =>
      trace(
        'r1',
        'setpriv',
        '--reuid',
        String(user),
        '--clear-groups',
        'curl',
        '-s',
        '-m1',
        'http://10.2.0.2/',
      );
    for (const [user, table] of [
      [2000, '202 uidrange 2000-2499'],
      [2500, '203 uidrange 2500-2500'],
      [2999, '202 uidrange 2501-2999'],
    ] as const) {
      const [syn] = packets(await as(user));
      expect(told(syn)[0]).toBe(`r1: 10.2.0.0/24 via 10.8.0.2 dev wan2 table ${table} ✓`);
    }
    const [other] = packets(await as(3000));
    expect(told(other)[0]).toBe('r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓');
    const [passing] = packets(await ping('a', '10.2.0.2'));
    expect(told(passing)[1]).toBe('r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓');
    await run(
      'ip -n r1 rule del uidrange 2000-2999 lookup 202; ip -n r1 rule del uidrange 2500-2500 lookup 203',
    );
  });

  it('by the interface that it came in by, and by the mark that its socket gives it', async () => {
    await run(`ip -n r1 rule add iif lan lookup 204; ip -n r1 route add default via 10.8.0.2 table 204
      ip -n a rule add fwmark 9 lookup 205; ip -n a route add 10.2.0.0/24 via 10.1.0.1 table 205`);
    const [marked] = packets(await trace('a', 'ping', '-n', '-c1', '-W1', '-m', '9', '10.2.0.2'));
    expect(told(marked).slice(0, 2)).toEqual([
      'a: 10.2.0.0/24 via 10.1.0.1 dev eth0 table 205 ✓',
      'r1: default via 10.8.0.2 dev wan2 table 204 ✓',
    ]);
    await run('ip -n r1 rule del iif lan lookup 204; ip -n a rule del fwmark 9 lookup 205');
  });

  it('of a tunnel that loses it: by a rule, by its route, by its number, by an end that is down', async () => {
    await run(`ip -n a neigh replace 10.77.0.2 lladdr 02:00:00:00:00:77 nud permanent dev vx
      ip netns exec a iptables -A OUTPUT -p udp --dport 4789 -j DROP`);
    const [dropped] = packets(await ping('a', '10.77.0.2'));
    expect(told(dropped)).toEqual([
      'a: 10.77.0.0/24 dev vx src 10.77.0.1 ✓',
      'a: default via 10.1.0.1 dev eth0 ✓',
    ]);
    expect(dropped!.steps.at(-1)).toMatchObject({ is: 'ruling', around: 1, decision: { verdict: 'drop' } });
    expect(dropped!.end.words).toMatch(/^dropped in a at output by the rule "-A OUTPUT -p udp/);
    await run('ip netns exec a iptables -F OUTPUT; ip -n a route add unreachable 10.2.0.2');
    const [nowhere] = packets(await ping('a', '10.77.0.2'));
    expect(nowhere!.end.words).toBe('dropped in a: its route refuses it (unreachable 10.2.0.2/32)');
    await run(`ip -n a route del unreachable 10.2.0.2; ip -n b link del vx
      ip -n b link add vx type vxlan id 43 remote 10.1.0.2 dstport 4789; ip -n b link set vx up`);
    const [other] = packets(await ping('a', '10.77.0.2'));
    expect(told(other).at(-1)).toBe('b: local 10.2.0.2 dev eth0 ✓');
    expect(other!.end).toMatchObject({
      state: 'dropped',
      words: 'dropped in b: no tunnel takes what came in vxlan 42 from 10.1.0.2 (vx takes 43)',
    });
    // down it hears nothing: another one keeps the port open, so that nobody answers with an error
    await run(`ip -n b link add vx2 type vxlan id 44 dstport 4789; ip -n b link set vx2 up
      ip -n b link del vx; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4789`);
    const [down] = packets(await ping('a', '10.77.0.2'));
    expect(down!.end.words).toMatch(/^dropped in b: no tunnel takes what came in vxlan 42 .*vx is down/);
    await run('ip -n b link del vx2');
  });
});
