/** A trace on a real sandbox: two hosts, namespaces, a firewall; what it leaves behind; what it needs not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needKey } from '../../src/check/observation.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { traceOf } from '../../src/trace/trace.ts';

describe('a trace', () => {
  let sandbox: Sandbox;
  const run = async (text: string, host = 'host') => {
    const { exit, stderr } = await sandbox.run(host, text, { timeoutMs: 20_000 });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  };
  const packetsOf = async (argv: string[], netns = 'client', host = 'host') => {
    const capture = await sandbox.trace({ host, netns, argv, timeoutMs: 10_000 });
    return traceOf(capture).journeys.filter(({ kind }) => kind === 'packet');
  };

  beforeAll(async () => {
    await embedded.prepare();
    sandbox = await embedded.create({
      hosts: [
        { name: 'host', address: '172.17.0.33/16' },
        { name: 'node01', address: '172.17.0.34/16' },
      ],
    });
    await run(`ip netns add client; ip link add burn type veth peer name burnp; ip link add veth-c type veth peer name eth0 netns client
      ip addr add 10.1.0.1/24 dev veth-c; ip link set veth-c up; ip -n client addr add 10.1.0.2/24 dev eth0
      ip -n client link set lo up; ip -n client link set eth0 up; ip -n client route add default via 10.1.0.1
      sysctl -qw net.ipv4.ip_forward=1; iptables -t nat -A POSTROUTING -s 10.1.0.0/24 -o eth0 -j MASQUERADE`);
    // the two ends of a cable take their time to see each other
    const ping = () => sandbox.exec('host', ['ping', '-c1', '-W1', '172.17.0.34'], { netns: 'client' });
    while ((await ping()).exit !== 0);
  }, 300_000);
  afterAll(() => sandbox?.destroy());

  it('shows the way from a namespace of one host to another host and back', async () => {
    const [request, reply] = await packetsOf(['ping', '-c1', '-W2', '172.17.0.34']);
    const seen = (journey: typeof request) =>
      journey!.steps.flatMap((step) => (step.is === 'frame' ? [`${step.title} ${step.interface}`] : []));
    expect(seen(request), JSON.stringify(request)).toEqual([
      'client on host eth0',
      'host veth-c',
      'host eth0',
      'between the hosts to-0',
      'between the hosts to-1',
      'node01 eth0',
    ]);
    expect(seen(reply).at(-1)).toBe('client on host eth0');
    expect(request!.steps.some((step) => step.is === 'translated')).toBe(true);
    expect(request!.end).toMatchObject({ state: 'answered', title: 'node01' });
  });

  it('takes nothing along of what it asked the kernel for', async () => {
    await packetsOf(['ping', '-c1', '-W2', '10.1.0.1']);
    for (const netns of ['', 'client']) {
      const { stdout } = await sandbox.exec('host', ['nft', 'list', 'ruleset'], { netns });
      expect(Buffer.from(stdout).toString()).not.toContain('wirebook');
    }
  });

  it('watches rules that are made meanwhile where there were none, and says what it may have missed', async () => {
    const made = 'iptables -A INPUT -s 10.1.0.1 -p icmp -j DROP; sleep 0.5; ping -c1 -W1 10.1.0.1';
    const trace = traceOf(
      await sandbox.trace({ host: 'host', netns: 'client', argv: ['sh', '-c', made], timeoutMs: 10_000 }),
    );
    const reply = trace.journeys.find(({ kind, answer }) => kind === 'packet' && answer);
    expect(reply?.end, JSON.stringify(trace)).toMatchObject({ state: 'dropped', title: 'client on host' });
    expect(reply!.end.words).toContain('at input by the rule "-A INPUT -s 10.1.0.1/32 -p icmp -j DROP"');
    expect(trace.missing).toEqual([
      'client on host: its first rules were made while it was watched; what they decided at once may be missing.',
    ]);
    const again = traceOf(
      await sandbox.trace({
        host: 'host',
        netns: 'client',
        argv: ['ping', '-c1', '-W1', '10.1.0.1'],
        timeoutMs: 10_000,
      }),
    );
    expect(again.missing).toEqual([]);
    await run('ip netns exec client nft flush ruleset');
  });

  it('ends with its command, which may be told to end', async () => {
    const began = performance.now();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const capture = await sandbox.trace({
      host: 'host',
      netns: 'client',
      argv: ['ping', '10.1.0.1'],
      timeoutMs: 60_000,
      signal: controller.signal,
    });
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(capture.frames.length).toBeGreaterThan(0);
    expect(capture.command.exit).not.toBe(0);
  });

  it('is part of an observation, and other probes are not in it', async () => {
    const ping = (target: string) => ['ping', '-n', '-c', '1', '-W', '1', '--', target];
    const need = {
      read: 'trace',
      host: 'host',
      netns: 'client',
      argv: ping('10.1.0.1'),
      timeoutMs: 5000,
    } as const;
    const other = { ...need, read: 'probe', argv: ping('172.17.0.34') } as const;
    const { traces, probes } = await sandbox.observe([need, other]);
    expect(probes[needKey(other)]?.exit).toBe(0);
    const trace = traceOf(traces![needKey(need)]!);
    expect(trace.command.exit).toBe(0);
    const titles = trace.journeys.filter(({ kind }) => kind === 'packet').map(({ title }) => title);
    expect(titles).toEqual([
      'ICMP echo request 1  10.1.0.2 → 10.1.0.1',
      'ICMP echo reply 1  10.1.0.1 → 10.1.0.2',
    ]);
  });

  it('refuses a host that is not there', async () => {
    await expect(sandbox.trace({ host: 'nobody', argv: ['true'], timeoutMs: 1000 })).rejects.toThrow(
      'no host nobody',
    );
  });
});
