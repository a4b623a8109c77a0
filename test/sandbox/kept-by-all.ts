/** Parts of the conformance suite that take a while to say: of any driver's sandbox with a `host` and a `node01`. */
import { expect } from 'vitest';
import { parse } from 'yaml';
import { topologyScript } from '../../src/lesson/topology/script.ts';
import { type Sites, sitesSchema, tunnelsOf } from '../../src/lesson/topology/sites.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import { networkOf } from '../../src/map/network.ts';
import { topologyOf } from '../../src/map/topology.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { commandCounter, RAN, WAITS } from '../../src/session/watched/counted.ts';

export async function hasTerminals(sandbox: Sandbox): Promise<void> {
  let screen = '';
  const pty = await sandbox.pty('host', {
    columns: 91,
    rows: 17,
    onData: (chunk) => {
      screen += Buffer.from(chunk);
    },
  });
  pty.write('stty size; tty; sleep 100\r');
  await expect.poll(() => screen).toMatch(/17 91[\s\S]*\/dev\/pts\/\d/);
  const prompt = /\^C[\s\S]*# $/;
  // as a person would: again, when the program was not yet there to take it
  const interrupted = () => {
    if (!prompt.test(screen)) pty.write('\x03');
    return screen;
  };
  await expect.poll(interrupted, { interval: 500, timeout: 20_000 }).toMatch(prompt);
  pty.resize(60, 20);
  pty.write('stty size; exit 3\r');
  expect(await pty.exited).toBe(3);
  expect(screen).toContain('20 60');
  // by this the notebook counts commands; nobody sees it
  expect(screen.split(RAN)).toHaveLength(3);
}

export async function tellsOfCommands(sandbox: Sandbox, shell: string): Promise<void> {
  let screen = '';
  const counter = commandCounter();
  let count = 0;
  const pty = await sandbox.pty('host', {
    columns: 80,
    rows: 24,
    onData: (chunk) => {
      screen += Buffer.from(chunk);
      count += counter.printed(chunk);
    },
  });
  const type = (text: string) => {
    counter.typed(text);
    pty.write(text);
  };
  type(`${shell}\r`);
  await expect.poll(() => screen, { timeout: 20_000 }).toContain(WAITS);
  type('\recho one$((1 + 1))\r');
  await expect.poll(() => screen, { timeout: 20_000 }).toMatch(/one2[\s\S]*# /);
  type('\r');
  await expect.poll(() => screen.split(WAITS).length, { timeout: 20_000 }).toBe(5);
  // the shell itself, and what was entered in it
  expect(count).toBe(2);
  expect(screen).not.toContain(']7770;at\\');
  type('exit; exit 3\r');
  pty.write('exit 3\r');
  expect(await pty.exited).toBe(3);
}

export async function joinsHosts(sandbox: Sandbox): Promise<void> {
  const run = (text: string, host: string) => sandbox.run(host, text, { timeoutMs: 20_000 });
  const sites = sitesSchema.parse({
    hosts: {
      host: { namespaces: { near: { addresses: { eth0: '10.77.0.1/24' } } } },
      node01: {
        host: { bridges: { lan0: ['far0', 'port0'] } },
        namespaces: { far: { addresses: { eth0: '10.77.0.2/24' } } },
        cables: ['port0 -- eth0 in far'],
      },
    },
    cables: ['eth0 in near on host -- far0 on node01'],
  });
  for (const [host, topology] of Object.entries(sites.hosts)) {
    const made = await run(topologyScript(topology, tunnelsOf(sites, host)), host);
    expect(made).toMatchObject({ outcome: 'exited', exit: 0, stderr: '' });
  }
  const ping = async (...argv: string[]) =>
    (await sandbox.exec('host', ['ping', '-n', '-c1', '-W2', ...argv, '10.77.0.2'], { netns: 'near' })).exit;
  await expect.poll(() => ping(), { timeout: 20_000 }).toBe(0);
  expect(await ping('-M', 'dont', '-s', '1472')).toBe(0);
  const seen = networkOf(await lookAtNetwork((needs) => sandbox.observe(needs), sandbox.hosts));
  const declared = parse(topologyOf(seen)) as Sites;
  expect(declared.cables).toEqual(['eth0 in near on host -- far0 on node01']);
  await run('ip netns del near', 'host');
  await run('ip netns del far; ip link del lan0; ip link del far0', 'node01');
}
