/** A declared network over two hosts is made, used, looked at and written again: it says the same, and makes the same. */
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { explainCheck, explainNeedsOf } from '../../src/check/judge.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { topologyScript } from '../../src/lesson/topology/script.ts';
import { sitesFaults, sitesSchema, tunnelsOf } from '../../src/lesson/topology/sites.ts';
import { layoutMap } from '../../src/map/layout/map.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import { networkOf } from '../../src/map/network.ts';
import { lineText } from '../../src/map/text.ts';
import { topologyOf } from '../../src/map/topology.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { traceOf } from '../../src/trace/trace.ts';

const DECLARED = {
  hosts: {
    host: {
      host: { bridges: { br0: ['veth1', 'far0'] } },
      namespaces: {
        client: { addresses: { eth0: '10.0.0.1/24' } },
        spare: { addresses: { eth1: '10.1.0.1/30' } },
      },
      cables: ['veth1 -- eth0 in client'],
    },
    node01: {
      namespaces: {
        server: { addresses: { eth0: '10.0.0.2/24', eth1: '10.1.0.2/30' }, mtu: { eth1: 1400 } },
      },
    },
  },
  cables: ['far0 on host -- eth0 in server on node01', 'eth1 in spare on host -- eth1 in server on node01'],
};

async function make(sandbox: Sandbox, declared: unknown): Promise<void> {
  const sites = sitesSchema.parse(declared);
  expect(sitesFaults(sites)).toEqual([]);
  for (const [host, topology] of Object.entries(sites.hosts)) {
    const made = await sandbox.run(host, topologyScript(topology, tunnelsOf(sites, host)), {
      timeoutMs: 20_000,
    });
    expect(made).toMatchObject({ outcome: 'exited', exit: 0, stderr: '' });
  }
}

test('there and back, and frames of full size pass from host to host', async () => {
  await embedded.prepare();
  const hosts = [{ name: 'host' }, { name: 'node01' }];
  await using sandbox = await embedded.create({ hosts });
  await make(sandbox, DECLARED);
  const network = async (one: Sandbox) =>
    networkOf(await lookAtNetwork((needs) => one.observe(needs), one.hosts));
  const seen = await network(sandbox);
  const written = topologyOf(seen);
  expect(written).toBe(stringify(DECLARED, { lineWidth: 120 }));

  const ping = (argv: string[]) =>
    sandbox.exec('host', ['ping', '-n', '-c1', '-W2', ...argv], { netns: 'client' });
  await expect.poll(async () => (await ping(['10.0.0.2'])).exit, { timeout: 20_000 }).toBe(0);
  expect((await ping(['-M', 'dont', '-s', '1472', '10.0.0.2'])).exit).toBe(0);
  const { stdout } = await ping(['-M', 'do', '-s', '1472', '10.0.0.2']);
  expect(Buffer.from(stdout).toString()).toMatch(/mtu = 1450/);

  const rows = layoutMap(seen, { width: 100 }).map(lineText).join('\n');
  expect(rows).toMatch(/far0 ── eth0 \(server · node01\)/);
  const argv = ['ping', '-n', '-c1', '-W2', '10.0.0.2'];
  const trace = traceOf(await sandbox.trace({ host: 'host', netns: 'client', argv, timeoutMs: 20_000 }));
  const request = trace.journeys.find(({ kind }) => kind === 'packet')!;
  const way = request.steps.flatMap((step) =>
    step.is === 'frame' ? [`${step.interface} in ${step.title}`] : [],
  );
  expect(way[0]).toBe('eth0 in client on host');
  expect(way.at(-1)).toBe('eth0 in server on node01');
  expect(JSON.stringify(request.steps)).toContain('vxlan');

  // what is wrong beyond a cable to another host is named
  const ask = async (): Promise<string | undefined> => {
    const parsed = vocabulary.parse('ping', { ping: '10.0.0.2' });
    if (!parsed.ok) throw new Error('ping');
    const common = { withinMs: 0, holdsMs: 0, not: false, points: 0, invariant: false, variables: [] };
    const place = { file: '', line: 1, column: 1 };
    const check = {
      id: 'p',
      kind: 'ping',
      host: 'host',
      netns: 'client',
      spec: parsed.spec,
      place,
      ...common,
    };
    return explainCheck(check, await sandbox.observe(explainNeedsOf([check], sandbox.hosts)))?.cause;
  };
  await sandbox.run('node01', 'ip -n server link set eth0 down', { timeoutMs: 20_000 });
  expect(await ask()).toMatch(
    /eth0 in server on node01 is down|10\.0\.0\.2 belongs to eth0 in server on node01, and that interface is down/,
  );
  await sandbox.run('node01', 'ip -n server link set eth0 up; ip netns exec server iptables -P INPUT DROP', {
    timeoutMs: 20_000,
  });
  expect(await ask()).toMatch(
    /The firewall of server on node01 drops the packet at input: the policy of the chain INPUT/,
  );
  await sandbox.run('node01', 'ip netns exec server iptables -P INPUT ACCEPT', { timeoutMs: 20_000 });

  await using other = await embedded.create({ hosts });
  await make(other, parse(written));
  expect(topologyOf(await network(other))).toBe(written);
}, 90_000);
