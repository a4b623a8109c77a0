import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Need } from '../../../src/check/observation.ts';
import { Connection } from '../../../src/sandbox/agent/connection.ts';
import { AgentHosts } from '../../../src/sandbox/agent/hosts.ts';
import { agentOverSsh } from '../../../src/sandbox/remote/ssh.ts';
import { explainSsh } from '../../../src/sandbox/remote/ssh-errors.ts';
import { startAgent } from '../../../src/sandbox/remote/start.ts';
import { SshDriver } from '../../../src/sandbox/ssh/driver.ts';
import { conformance } from '../conformance.ts';
import { lessonsAlike } from '../lessons-alike.ts';
import { noMachines, type Site, startSite } from '../machines/machines.ts';

const reason = noMachines();
const driverFile = new URL('../../../src/sandbox/ssh/driver.ts', import.meta.url).pathname;

/** Everything that a lesson may change on a machine, as its own tools tell it. */
const STATE = `ip -o link | sed 's/ qlen.*//'; ip -o addr | grep -v fe80; (ip route show table all; ip -6 route show table all) | grep -v fe80; ip rule
  ip -6 rule; iptables-save | grep -v '^#'; nft list tables; ls -A / /root /tmp /run /etc /var/data /var/tmp
  find /proc/sys/net/ipv4 /proc/sys/net/ipv6 -type f -perm -200 ! -name flush ! -name '*secret' ! -name '*key' | sort | xargs grep -H . 2>/dev/null
  ps -eo args= | grep -c -e '[s]leep' -e '[w]irebook' -e '[p]erl'; cat /root/precious`;

describe.skipIf(reason !== undefined)(`ssh to real machines${reason ? ` (${reason})` : ''}`, () => {
  let site: Site;
  const kept = process.env.XDG_CONFIG_HOME;

  beforeAll(async () => {
    site = await startSite();
    mkdirSync(join(site.folder, 'wirebook'));
    const machine = (ssh: string, more = '') => `{ ssh: ${ssh}, options: [-F, ${site.config}]${more} }`;
    writeFileSync(
      join(site.folder, 'wirebook', 'machines.yaml'),
      `lab:
  host: ${machine('host')}
  node01: ${machine('node01')}
password:
  host: ${machine('bob-host')}
no-sudo:
  host: ${machine('bob-host', ', sudo: false')}
stranger:
  host: ${machine('mallory@host')}
nowhere:
  host: ${machine('no.such.name.invalid')}
`,
    );
    process.env.XDG_CONFIG_HOME = site.folder;
  }, 300_000);
  afterAll(() => {
    if (kept === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = kept;
    site?.[Symbol.dispose]();
  });

  conformance(new SshDriver('lab'));

  lessonsAlike(new SshDriver('lab'), ['01-namespaces', '04-way-out']);

  it('puts back what a lesson changed', async () => {
    const driver = new SshDriver('lab');
    const left: string[] = [];
    driver.onLeft = (host, lines) => left.push(...lines.map((line) => `${host}: ${line}`));
    site.on(
      'host',
      'ip link add kept type bridge; ip addr add 10.200.0.1/24 dev kept; nft add table inet kept',
    );
    const before = site.on('host', STATE);
    const sandbox = await driver.create({ hosts: [{ name: 'host' }] });
    const result = await sandbox.run(
      'host',
      `set -e
       ip link add br0 type bridge; ip link set br0 up; ip addr add 10.0.0.1/24 dev br0
       ip netns add client; ip link add v0 type veth peer name v1 netns client; ip link set v0 master br0 up
       sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=2 net.ipv4.conf.eth0.proxy_arp=1
       iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j MASQUERADE; iptables -P FORWARD DROP
       nft add table inet mine; nft add chain inet mine c; nft delete table inet kept
       ip route add 10.9.0.0/16 via 172.17.0.1; ip rule add from 10.0.0.0/8 lookup 100; ip route add blackhole 10.7.0.0/16 table 100
       ip addr add 10.8.8.8/24 dev eth0; ip link set eth0 mtu 1400; ip addr del 10.200.0.1/24 dev kept
       ip route del default
       echo mine > /etc/mine; echo changed > /etc/hostname; rm -r /usr/share/nginx; echo x > /var/data/new; echo x > /root/new
       (setsid sleep 4242 &)`,
      { timeoutMs: 20_000 },
    );
    expect(result).toMatchObject({ outcome: 'exited', exit: 0, stderr: '' });
    expect(site.on('host', STATE)).not.toBe(before);
    await sandbox.destroy();
    expect(site.on('host', STATE)).toBe(before);
    expect(left).toEqual([]);
    site.on('host', 'ip link del kept; nft delete table inet kept');
  });

  it('says what it could not put back', async () => {
    const driver = new SshDriver('lab');
    const left: string[] = [];
    driver.onLeft = (_host, lines) => left.push(...lines);
    site.on('host', 'ip link add old0 type bridge');
    const sandbox = await driver.create({ hosts: [{ name: 'host' }] });
    await sandbox.run('host', 'ip link del old0', { timeoutMs: 5000 });
    await sandbox.destroy();
    expect(left).toEqual(['the interface old0 is gone']);
  });

  it('is as before after kill -9 of Wirebook', async () => {
    const before = site.on('host', STATE);
    const script = `
      import { SshDriver } from ${JSON.stringify(driverFile)};
      const s = await new SshDriver('lab').create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
      await s.run('host', 'ip link add br9 type bridge; ip netns add x; (setsid sleep 777 &); sysctl -w net.ipv4.ip_forward=1', { timeoutMs: 5000 });
      console.log('running');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('running');
    expect(site.on('host', 'ip -br link')).toContain('br9');
    child.kill('SIGKILL');
    await expect.poll(() => site.on('host', STATE), { timeout: 20_000, interval: 300 }).toBe(before);
  }, 60_000);

  it('is lost when its agent is ended on the machine, and the machine is put back all the same', async () => {
    const before = site.on('host', STATE);
    const sandbox = await new SshDriver('lab').create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
    const running = expect(
      sandbox.run('host', 'ip link add br9 type bridge; sleep 100', { timeoutMs: 50_000 }),
    ).rejects.toMatchObject({ exit: 3, next: expect.arrayContaining([expect.stringContaining('Reset')]) });
    await expect.poll(() => site.on('host', 'ip -br link')).toContain('br9');
    site.on('host', 'pkill -9 -x wirebook-agent');
    await running;
    expect(await sandbox.lost).toMatchObject({ exit: 3 });
    await sandbox.destroy();
    expect(site.on('host', STATE)).toBe(before);
    // and there is a way to go on
    await using again = await new SshDriver('lab').create({ hosts: [{ name: 'host' }] });
    expect((await again.run('host', 'echo on', { timeoutMs: 5000 })).stdout).toBe('on\n');
  }, 60_000);

  it('puts the machine back when nothing is heard any more, also one that a lesson has cut off', async () => {
    const before = site.on('host', STATE);
    const machine = { destination: 'host', options: ['-F', site.config] };
    const agent = await startAgent(
      agentOverSsh(machine),
      { name: 'host', run: 'machine', restore: true, lock: true, disk: 2e8, processes: 500, silence: 3 },
      (failure) => explainSsh('host', failure),
    );
    const hosts = new AgentHosts(new Map([['host', { connection: agent.connection, index: 0 }]]));
    // the answer cannot come any more, and no word of ours arrives
    const cut = hosts.run('host', 'sleep 777 & ip link set eth0 down', { timeoutMs: 20_000 }).catch(() => {});
    const underlay = () =>
      spawnSync('nsenter', ['-t', String(site.pid), '-n', 'ping', '-c1', '-W1', '172.17.0.33']).status;
    await expect.poll(underlay).not.toBe(0);
    await expect.poll(underlay, { timeout: 20_000, interval: 500 }).toBe(0);
    await expect.poll(() => site.on('host', STATE), { timeout: 20_000, interval: 500 }).toBe(before);
    await agent.end();
    await cut;
  }, 90_000);

  it('asks once a cell and a host, and once for all that is looked at', async () => {
    await using sandbox = await new SshDriver('lab').create({
      hosts: [{ name: 'host' }, { name: 'node01' }],
    });
    const asked: string[] = [];
    const { request } = Connection.prototype;
    Connection.prototype.request = function (kind, args, listener) {
      asked.push(kind);
      return request.call(this, kind, args, listener);
    };
    try {
      await sandbox.run('host', 'for i in 1 2 3; do ip netns add n$i; done; seq 1000', { timeoutMs: 9000 });
      expect(asked.splice(0)).toEqual(['run']);
      const reads = ['netns', 'ip', 'bridge', 'nft', 'listen', 'process'] as const;
      const needs = ['host', 'node01'].flatMap((host) => [
        ...reads.map((read): Need => ({ read, host })),
        ...['n1', 'n2', ''].map(
          (netns): Need => ({ read: 'sysctl', host, netns, name: 'net.ipv4.ip_forward' }),
        ),
        { read: 'file' as const, host, path: '/etc/hosts' },
        { read: 'probe' as const, host, netns: '', argv: ['ping', '-c1', '172.17.0.1'], timeoutMs: 5000 },
      ]);
      const seen = await sandbox.observe(needs);
      expect(asked.splice(0)).toEqual(['observe', 'observe']);
      expect(seen.hosts.host!.namespaces.map(({ name }) => name)).toEqual(['', 'n1', 'n2', 'n3']);
    } finally {
      Connection.prototype.request = request;
    }
  });

  it('tells in the user’s words what ssh and sudo said', async () => {
    const why = async (name: string) => {
      const { ok, summary, next } = await new SshDriver(name).available();
      expect(ok).toBe(false);
      return [summary, ...next].join('\n');
    };
    expect(await why('password')).toMatch(
      /On bob-host, sudo asks for a password\.\n {2}sudo: a password is required\n.*sudoers/s,
    );
    expect(await why('no-sudo')).toMatch(
      /bob-host: a lesson needs root there:\n {2}the agent runs as user 1001/,
    );
    expect(await why('stranger')).toMatch(
      /mallory@host does not let you in.*Permission denied.*ssh-copy-id/s,
    );
    expect(await why('nowhere')).toMatch(/cannot find no\.such\.name\.invalid|cannot be reached/);
    expect(await new SshDriver('lab').available()).toMatchObject({ ok: true });
  }, 60_000);
});
