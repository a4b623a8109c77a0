/** Traces through what the kernel of the other sandboxes may not have: GRE and VRFs, on the kernel of a virtual machine. */
import { describe, expect, it } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { traceOf } from '../../../src/trace/trace.ts';
import { plainLine, stepLine } from '../../../src/trace/write/lines.ts';

/** a -- r -- b: the cable to a is in a VRF on r; a tunnel with a key between the ends. */
const NETWORK = `
for n in a r b; do ip netns add $n; ip -n $n link set lo up; done
ip -n r link add red type vrf table 10; ip -n r link set red up
for n in a b; do ip -n $n link add eth0 type veth peer name to-$n netns r; ip -n r link set to-$n master red up; ip -n $n link set eth0 up; done
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip -n a addr add 10.1.0.2/24 dev eth0; ip -n r addr add 10.1.0.1/24 dev to-a; ip -n a route add default via 10.1.0.1
ip -n b addr add 10.2.0.2/24 dev eth0; ip -n r addr add 10.2.0.1/24 dev to-b; ip -n b route add default via 10.2.0.1
ip -n a link add gre7 type gre local 10.1.0.2 remote 10.2.0.2 key 7; ip -n b link add gre7 type gre local 10.2.0.2 remote 10.1.0.2 key 7
ip -n a addr add 10.70.0.1/24 dev gre7; ip -n b addr add 10.70.0.2/24 dev gre7
for n in a b; do ip -n $n link set gre7 up; done
until ip netns exec a ping -c1 -W1 10.70.0.2 > /dev/null; do sleep 1; done`;

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  it('shows a GRE tunnel inside and outside, through a VRF; and which key would be taken', async () => {
    await using sandbox = await new VagrantDriver('keep').create({ hosts: [{ name: 'host' }] });
    const run = async (text: string) =>
      expect(await sandbox.run('host', text, { timeoutMs: 120_000 })).toMatchObject({ exit: 0, stderr: '' });
    const ping = async () => {
      const argv = ['ping', '-n', '-c1', '-W3', '10.70.0.2'];
      const { journeys } = traceOf(
        await sandbox.trace({ host: 'host', netns: 'a', argv, timeoutMs: 60_000 }),
      );
      const request = journeys.find(({ kind }) => kind === 'packet')!;
      const first = request.steps.find(({ is }) => is === 'frame');
      const way = request.steps.map(
        (step) => `${step.title}: ${plainLine(stepLine(step, step === first)).replace(/ {3}MAC .*/, '')}`,
      );
      return { way, end: request.end };
    };
    await run(NETWORK);
    const there = await ping();
    expect(there.way).toEqual([
      expect.stringMatching(/^a: route {2}10\.70\.0\.0\/24 dev gre7 src 10\.70\.0\.1.* ✓$/),
      'a: out gre7   ttl 64',
      'a: route  default via 10.1.0.1 dev eth0   ✓',
      'a: out eth0   in gre key 7 10.1.0.2 → 10.2.0.2   112 bytes',
      'r: in  to-a',
      'r: route  10.2.0.0/24 dev to-b table 10 vrf red   ✓',
      'r: out to-b   outer ttl 64 ⇒ 63',
      'b: in  eth0',
      'b: route  local 10.2.0.2 dev eth0   ✓',
      'b: in  gre7   out of gre key 7 10.1.0.2 → 10.2.0.2',
      'b: route  local 10.70.0.2 dev gre7   ✓',
    ]);
    await run(`ip -n b link del gre7; ip -n b link add gre7 type gre local 10.2.0.2 remote 10.1.0.2 key 8
      ip -n b link set gre7 up`);
    expect((await ping()).end.words).toBe(
      'dropped in b: no tunnel takes what came in gre key 7 from 10.1.0.2 (gre7 takes key 8)',
    );
  });
});
