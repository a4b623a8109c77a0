/** What an explanation names where a tunnel does not carry: its way, its number, its other end. On real tunnels. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainCheck, explainNeedsOf, needsOf } from '../../../src/check/judge.ts';
import type { Check } from '../../../src/check/model.ts';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { sayInChinese } from '../../../src/page/said/zh-CN.ts';
import type { Sandbox } from '../../../src/sandbox/contract.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import { mergeObservations } from '../../../src/session/merge-observations.ts';

/** a -- r -- b, a tunnel between the ends; behind b a bridge with c on it, which a tunnel from a leads into. */
const NETWORK = `
for n in a r b c; do ip netns add $n; ip -n $n link set lo up; done
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
for n in a b; do ip link add eth0 netns $n type veth peer name to-$n netns r; ip -n $n link set eth0 up; ip -n r link set to-$n up; done
ip -n a addr add 10.1.0.2/24 dev eth0; ip -n r addr add 10.1.0.1/24 dev to-a; ip -n a route add default via 10.1.0.1
ip -n b addr add 10.2.0.2/24 dev eth0; ip -n r addr add 10.2.0.1/24 dev to-b; ip -n b route add default via 10.2.0.1
ip -n a link add vx type vxlan id 42 remote 10.2.0.2 dstport 4789; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4789
ip -n a link set vx up; ip -n b link set vx up; ip -n a addr add 10.77.0.1/24 dev vx; ip -n b addr add 10.77.0.2/24 dev vx
ip -n a link add wide type vxlan id 7 remote 10.2.0.2 dstport 4789; ip -n b link add wide type vxlan id 7 remote 10.1.0.2 dstport 4789
ip -n b link add br0 type bridge; ip -n b link set br0 up; ip -n b link set wide master br0 up; ip -n a link set wide up
ip link add port netns b type veth peer name eth0 netns c; ip -n b link set port master br0 up; ip -n c link set eth0 up
ip -n a addr add 10.78.0.1/24 dev wide; ip -n c addr add 10.78.0.3/24 dev eth0`;

/** It forgets what it has learnt. */
const anew = (remote: string) =>
  `ip -n a link del vx; ip -n a link add vx type vxlan id 42 remote ${remote} dstport 4789
  ip -n a addr add 10.77.0.1/24 dev vx; ip -n a link set vx up`;

/** Nothing is explained of what is answered. */
const WORKS = 'it works';

describe('through a tunnel', () => {
  let sandbox: Sandbox;
  const run = async (text: string) => {
    const { exit, stderr } = await sandbox.run('host', text, { timeoutMs: 20_000 });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  };
  /** What would be named if the ping did not answer, whether it does or not. */
  const cause = async (target: string, more: object = {}) => {
    const parsed = vocabulary.parse('ping', { ping: target, ...more });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const check: Check = {
      id: 'p',
      kind: 'ping',
      host: 'host',
      netns: 'a',
      withinMs: 0,
      holdsMs: 0,
      not: false,
      points: 0,
      invariant: false,
      spec: parsed.spec,
      variables: [],
      place: { file: '', line: 1, column: 1 },
    };
    const seen = await sandbox.observe([
      ...needsOf([check], sandbox.hosts),
      ...explainNeedsOf([check], sandbox.hosts),
    ]);
    const explanation = explainCheck(check, mergeObservations(seen, undefined));
    return explanation?.cause ?? WORKS;
  };

  beforeAll(async () => {
    await embedded.prepare();
    sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
    await run(NETWORK);
  }, 120_000);
  afterAll(() => sandbox?.destroy());

  test.each([
    [
      'another number',
      'ip -n b link del vx; ip -n b link add vx type vxlan id 43 remote 10.1.0.2 dstport 4789; ip -n b link set vx up',
      'ip -n b link del vx; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4789; ip -n b addr add 10.77.0.2/24 dev vx; ip -n b link set vx up',
      /^What the tunnel vx in a sends arrives in b, and no tunnel there takes it: vx takes number 43, and not number 42\.$/,
    ],
    [
      'another port',
      'ip -n b link del vx; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4790; ip -n b link set vx up',
      'ip -n b link del vx; ip -n b link add vx type vxlan id 42 remote 10.1.0.2 dstport 4789; ip -n b addr add 10.77.0.2/24 dev vx; ip -n b link set vx up; ip -n a neigh flush all',
      /no tunnel there takes it: vx is on port 4790, and not on 4789\.$/,
    ],
    [
      'another end',
      anew('10.2.0.1'),
      anew('10.2.0.2'),
      /^What the tunnel vx in a sends arrives in r, and no tunnel there takes it: there is none of the kind vxlan\.$/,
    ],
    [
      'an end that nobody has',
      anew('10.2.0.99'),
      anew('10.2.0.2'),
      /^The tunnel vx in a leads to 10\.2\.0\.99, and what it sends does not get there\. Nobody that to-b in r reaches has the address 10\.2\.0\.99/,
    ],
    [
      'its way drops it',
      'ip netns exec r iptables -A FORWARD -p udp --dport 4789 -j DROP',
      'ip netns exec r iptables -F FORWARD',
      /^The tunnel vx in a leads to 10\.2\.0\.2, and what it sends does not get there\. The firewall of r drops the packet at forward: the rule "-A FORWARD -p udp/,
    ],
    [
      'no way back',
      'ip netns exec r iptables -A FORWARD -s 10.2.0.2 -p udp --dport 4789 -j DROP',
      'ip netns exec r iptables -F FORWARD',
      /^The tunnel vx in b leads to 10\.1\.0\.2, and what it sends does not get there\. The firewall of r drops/,
    ],
    [
      'its way leads into itself',
      'ip -n a route add 10.2.0.2 dev vx',
      'ip -n a route del 10.2.0.2 dev vx',
      /^The way to 10\.2\.0\.2, the other end of the tunnel vx in a, leads into the tunnel itself\.$/,
    ],
    [
      'the other end is down',
      'ip -n b link set vx down',
      'ip -n b link set vx up',
      /no tunnel there takes it: vx in b is down\.$/,
    ],
  ])('%s', async (_, broken, mended, expected) => {
    await run(broken);
    const found = await cause('10.77.0.2');
    await run(mended);
    expect(found).toMatch(expected);
    expect(sayInChinese(found)).toMatch(/^\p{Script=Han}|隧道/u);
    expect(sayInChinese(found)).not.toContain('tunnel');
    expect(await cause('10.77.0.2')).toBe(WORKS);
  });

  test('into a bridge', async () => {
    expect(await cause('10.78.0.3')).toBe(WORKS);
    await run('ip netns exec r iptables -P FORWARD DROP');
    expect(await cause('10.78.0.3')).toMatch(
      /^The tunnel wide in a leads to 10\.2\.0\.2.* the policy of the chain FORWARD/,
    );
    await run('ip netns exec r iptables -P FORWARD ACCEPT; ip -n c link set eth0 down');
    expect(await cause('10.78.0.3')).toMatch(/10\.78\.0\.3/);
  });
});
