/** Part of the contract: what a trace shows on machines of every kind. */
import { expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { routeMark, routeText } from '../../src/trace/write/route.ts';

export function traceConformance(sandbox: () => Sandbox): void {
  const run = (text: string, options: Partial<Parameters<Sandbox['run']>[2]> = {}, host = 'host') =>
    sandbox().run(host, text, { timeoutMs: 20_000, ...options });

  it('shows the packets of a command on the interfaces of its hosts', async () => {
    const made = await run(
      'ip netns add traced; ip link add to-traced type veth peer name eth0 netns traced; ip addr add 192.0.2.1/24 dev to-traced; ip link set to-traced up; ip -n traced addr add 192.0.2.2/24 dev eth0; ip -n traced link set eth0 up',
    );
    expect(made).toMatchObject({ exit: 0, stderr: '' });
    const argv = ['ping', '-n', '-c1', '-W5', '192.0.2.1'];
    // two ends of a cable take their time to see each other
    const trace = () => sandbox().trace({ host: 'host', netns: 'traced', argv, timeoutMs: 20_000 });
    await expect.poll(async () => (await trace()).command.exit, { timeout: 30_000 }).toBe(0);
    const [request, reply] = traceOf(await trace()).journeys.filter(({ kind }) => kind === 'packet');
    const seen = (journey: typeof request) =>
      journey!.steps.flatMap((step) => (step.is === 'frame' ? [`${step.interface} ${step.direction}`] : []));
    expect(seen(request)).toEqual(['eth0 out', 'to-traced in']);
    expect(seen(reply)).toEqual(['to-traced out', 'eth0 in']);
    const routes = (journey: typeof request) =>
      journey!.steps.flatMap((step) =>
        step.is === 'route' ? [`${routeText(step)} ${routeMark(step)} ${step.evidence}`] : [],
      );
    expect(routes(request)).toEqual([
      '192.0.2.0/24 dev eth0 src 192.0.2.2 ✓ it left by eth0, for the MAC of 192.0.2.1',
      'local 192.0.2.1 dev to-traced ✓ it went no further than here',
    ]);
    expect(routes(reply)[0]).toBe(
      '192.0.2.0/24 dev to-traced src 192.0.2.1 ✓ it left by to-traced, for the MAC of 192.0.2.2',
    );
    await run('ip netns del traced');
  });

  it('shows a packet from one host to another, what a rule there makes of it, and leaves nothing of the trace', async () => {
    const { stdout } = await run(`hostname -I | tr ' ' '\\n' | grep -m1 '^[0-9.]*$'`, {}, 'node01');
    const target = stdout.trim();
    const argv = ['ping', '-n', '-c1', '-W5', target];
    const trace = async () => {
      const capture = await sandbox().trace({ host: 'host', argv, timeoutMs: 20_000 });
      const read = traceOf(capture);
      const packets = read.journeys.filter(({ kind }) => kind === 'packet');
      const at = (host: string) =>
        packets[0]?.steps.flatMap((step) =>
          step.is === 'frame' && capture.spaces[step.space]?.host === host
            ? [`${step.interface} ${step.direction}`]
            : [],
        );
      return { packets, at, words: JSON.stringify(read) };
    };
    await expect.poll(async () => (await sandbox().exec('host', argv)).exit, { timeout: 30_000 }).toBe(0);
    const answered = await trace();
    expect(answered.at('host'), answered.words).toEqual([expect.stringMatching(/ out$/)]);
    expect(answered.at('node01'), answered.words).toEqual([expect.stringMatching(/ in$/)]);
    const routed = answered.packets[0]!.steps.filter((step) => step.is === 'route');
    expect(
      routed.map(({ borne, answer }) => `${borne} ${answer?.type}`),
      answered.words,
    ).toEqual(expect.arrayContaining(['yes unicast', 'yes local']));
    expect(answered.packets[0]!.end, answered.words).toMatchObject({ state: 'answered', title: 'node01' });
    await run('iptables -I INPUT -p icmp --icmp-type echo-request -j DROP', {}, 'node01');
    const dropped = await sandbox()
      .trace({ host: 'host', argv: [...argv.slice(0, -2), '-W1', target], timeoutMs: 20_000 })
      .then(traceOf);
    await run('iptables -D INPUT -p icmp --icmp-type echo-request -j DROP', {}, 'node01');
    const end = dropped.journeys.find(({ kind }) => kind === 'packet')?.end;
    expect(end, JSON.stringify(dropped)).toMatchObject({ state: 'dropped', title: 'node01' });
    expect(end!.words).toMatch(/at input by the rule "-A INPUT .*DROP"/);
    // all is told before the sockets are closed
    for (const host of sandbox().hosts) {
      const left = async () => (await run('nft list tables; tail -n +2 /proc/net/packet', {}, host)).stdout;
      await expect.poll(left).not.toMatch(/wirebook_trace|^\S+ \S+ 3 +0003 /m);
    }
  });
}
