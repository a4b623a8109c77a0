import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, withAddresses } from '../../src/sandbox/contract.ts';
import { chooseCgroup } from '../../src/sandbox/embedded/cgroup.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { launch } from '../../src/sandbox/embedded/launch.ts';
import { explainKeeper } from '../../src/sandbox/embedded/remedies.ts';
import { EmbeddedSandbox } from '../../src/sandbox/embedded/sandbox.ts';
import { subordinate } from '../../src/sandbox/rootfs/ids.ts';
import { writeArchive } from '../../src/sandbox/rootfs/rootfs.ts';
import { conformance } from './conformance.ts';

conformance(embedded);

describe('what is inside cannot get out', () => {
  let sandbox: Sandbox;
  const out = async (text: string, timeoutMs = 10_000) =>
    (await sandbox.run('host', text, { timeoutMs })).stdout;
  beforeAll(async () => {
    await embedded.prepare();
    sandbox = await embedded.create({
      hosts: [{ name: 'host' }],
      limits: { processes: 200, disk: 64 * 2 ** 20, memory: 200 * 2 ** 20 },
    });
  }, 300_000);
  afterAll(() => sandbox.destroy());

  it('sees nothing of the user: home, environment, processes, mounts', async () => {
    process.env.WIREBOOK_TEST_SECRET = 'hidden';
    expect(await out('env | grep -c SECRET; ls /home; ls -A /root | sort | tr "\\n" " "')).toBe(
      '0\n.bashrc .profile ',
    );
    const pids = (await out('ls /proc | grep -c "^[0-9]"')).trim();
    expect(Number(pids)).toBeLessThan(10);
    expect(await out('grep -c -e " /home" -e overlay.*wirebook.*root /proc/self/mountinfo')).toMatch(
      /^[0-9]+\n$/,
    );
    expect(await out('ls /proc/1/root/home 2>&1; ls -d /.old/* 2>&1')).not.toContain('upper');
    delete process.env.WIREBOOK_TEST_SECRET;
  });

  it("is never the machine's root", async () => {
    const [, outer] = (await out('head -1 /proc/self/uid_map')).trim().split(/\s+/);
    expect(Number(outer)).not.toBe(0);
    expect((await sandbox.run('host', 'echo b > /proc/sysrq-trigger', { timeoutMs: 5000 })).exit).not.toBe(0);
    expect((await sandbox.run('host', 'mknod /tmp/sda b 8 0', { timeoutMs: 5000 })).exit).not.toBe(0);
    expect(await out('sysctl -w kernel.panic=7 2>&1; cat /proc/sys/kernel/panic')).not.toMatch(/\n7\n$/);
  });

  it('cannot change the shared root file system', async () => {
    await out('rm -f /usr/bin/curl; echo changed > /etc/hosts');
    const other = await embedded.create({ hosts: [{ name: 'host' }] });
    expect(
      (await other.run('host', 'command -v curl; grep -c changed /etc/hosts', { timeoutMs: 5000 })).stdout,
    ).toBe('/usr/bin/curl\n0\n');
    await other.destroy();
    await sandbox.reset();
  });

  it('reaches the simulated internet and nothing else', async () => {
    expect(await out('curl -s --max-time 5 http://example.com | grep -o "own internet" | head -1')).toBe(
      'own internet\n',
    );
    expect(
      (await sandbox.run('host', 'ping -c1 -W2 8.8.8.8 && ping -c1 -W2 one.one.one.one', { timeoutMs: 9000 }))
        .exit,
    ).toBe(0);
    expect((await sandbox.run('host', 'ping -c1 -W1 9.9.9.9', { timeoutMs: 9000 })).exit).not.toBe(0);
  });

  it('is looked at with tools that it cannot replace', async () => {
    await out(
      "printf '#!/bin/sh\\necho fake\\n' > /usr/sbin/ip; printf '#!/bin/sh\\nexit 0\\n' > /usr/bin/ping; alias ip='echo alias'; hash -r",
    );
    const seen = await sandbox.observe([
      { read: 'ip', host: 'host' },
      {
        read: 'probe',
        host: 'host',
        netns: '',
        argv: ['ping', '-n', '-c1', '-W1', '9.9.9.9'],
        timeoutMs: 4000,
      },
    ]);
    expect(seen.hosts.host!.namespaces[0]!.ip!.stdout).toContain('"ifname":"eth0"');
    expect(Object.values(seen.probes)[0]!.exit).not.toBe(0);
    await sandbox.reset();
  });

  it('shows its settings in every named namespace to one probe', async () => {
    await out(
      'ip netns add router; ip netns exec router sysctl -qw net.ipv4.ip_forward=1; ip netns add leaf',
    );
    const argv = ['/usr/lib/wirebook/probe-sysctls'];
    const seen = await sandbox.observe([{ read: 'probe', host: 'host', netns: '', argv, timeoutMs: 5000 }]);
    const said = Object.values(seen.probes)[0]!.stdout;
    const of = (name: string) => said.split(`@${name}\n`)[1]!.split('\n@')[0]!;
    expect(of('router')).toContain('ip_forward:1');
    expect(of('leaf')).toContain('ip_forward:0');
    await sandbox.reset();
  });

  it('holds a terminal that is flooded: what comes after Ctrl-C is little', async () => {
    let size = 0;
    let end = '';
    const pty = await sandbox.pty('host', {
      columns: 80,
      rows: 24,
      onData: (chunk) => {
        size += chunk.length;
        end = (end + Buffer.from(chunk).toString()).slice(-100);
      },
    });
    pty.write('yes "a line that is printed over and over"\r');
    await expect.poll(() => size, { timeout: 20_000 }).toBeGreaterThan(8 * 2 ** 20);
    const before = size;
    pty.write('\x03');
    await expect.poll(() => end, { timeout: 20_000 }).toMatch(/\^C[\s\S]*# $/);
    // What was on its way through pipes and sockets; without a bound it is what the agent can hold, megabytes.
    expect(size - before).toBeLessThan(2 * 2 ** 20);
    pty.kill();
    await pty.exited;
  });

  it('lets a cell print as much for whoever tests and grades as for whoever learns, and holds the ends of it', async () => {
    const { outcome, stdout } = await sandbox.run('host', 'seq 3000000', { timeoutMs: 25_000 });
    expect(outcome).toBe('exited');
    expect(stdout.slice(0, 6)).toBe('1\n2\n3\n');
    expect(stdout.slice(-8)).toBe('3000000\n');
    expect(stdout.length).toBeLessThan(2 * 2 ** 20);
  });

  it('survives a fork bomb: still observed, and gone after a reset', async () => {
    await sandbox.run('host', 'b() { b | b & }; b; sleep 1', { timeoutMs: 3000 });
    const seen = await sandbox.observe([{ read: 'ip', host: 'host' }]);
    expect(seen.hosts.host!.failure).toBeUndefined();
    await sandbox.reset();
    expect(await out('echo alive')).toBe('alive\n');
  });

  it('cannot fill the disk', async () => {
    const result = await sandbox.run('host', 'cat /dev/zero > /tmp/big', { timeoutMs: 20_000 });
    expect(result.stderr).toContain('No space left on device');
    expect(Number(await out('stat -c %s /tmp/big'))).toBeLessThanOrEqual(64 * 2 ** 20);
    await sandbox.reset();
  });

  it('cannot take all memory: the largest process is ended, the shell lives', async () => {
    const eat = `perl -e 'my @a; while (1) { push @a, "x" x 4_000_000; select undef, undef, undef, 0.005 }'`;
    const result = await sandbox.run('host', eat, { timeoutMs: 30_000 });
    expect(result).toMatchObject({ outcome: 'exited', exit: 137 });
    expect(await out('echo alive')).toBe('alive\n');
  });

  it('has nothing open that the caller of Wirebook had open', async () => {
    const secret = openSync('/etc/passwd', 'r');
    const script = `
      import { embedded } from ${JSON.stringify(new URL('../../src/sandbox/embedded/driver.ts', import.meta.url))};
      const s = await embedded.create({ hosts: [{ name: 'host' }] });
      const look = 'for p in /proc/[0-9]*; do ls -l $p/fd; done 2>/dev/null';
      process.stdout.write((await s.run('host', look, { timeoutMs: 5000 })).stdout);
      await s.destroy();`;
    try {
      // A high number, as a shell's own have: low ones are soon taken by what the keeper itself opens.
      const open = `exec 200</proc/self/fd/7; exec "$0" "$@"`;
      const argv = ['-c', open, process.execPath, '--input-type=module-typescript', '-e', script];
      const run = spawnSync('bash', argv, {
        stdio: ['ignore', 'pipe', 'inherit', 'ignore', 'ignore', 'ignore', 'ignore', secret],
        encoding: 'utf8',
      });
      expect(run.stdout).toContain(' 1 -> ');
      expect(run.stdout).not.toContain('passwd');
    } finally {
      closeSync(secret);
    }
  });

  it.skipIf(!chooseCgroup())('has a cgroup of its own that holds its memory and what it writes', async () => {
    const mine = await out("sed -n 's/.*memory:\\|^0:://p' /proc/self/cgroup | head -1");
    // its own cgroup namespace begins there
    expect(mine).toBe('/\n');
    const { folder, version } = chooseCgroup()!;
    const limits = readdirSync(folder)
      .filter((name) => name.startsWith('wirebook-'))
      .map((name) =>
        readFileSync(
          join(folder, name, version === 2 ? 'memory.max' : 'memory.limit_in_bytes'),
          'utf8',
        ).trim(),
      );
    expect(limits).toContain(String(264 * 2 ** 20));
  });

  it('lets daemons give up their rights, whatever the map of ids', async () => {
    const text =
      'nginx && curl -s --retry 20 --retry-connrefused localhost | grep -o "Welcome to nginx" | head -1; tcpdump -c1 --immediate-mode -ni lo -w /tmp/x >/dev/null 2>&1 & sleep 0.5; ping -c2 -q localhost >/dev/null; wait $!; echo $?';
    expect(await out(text)).toBe('Welcome to nginx\n0\n');
  });
});

describe('without a root file system of its own', () => {
  // Where the machine has no ping, the sandbox over its root has none either. CI installs it.
  it.skipIf(!existsSync('/usr/bin/ping'))(
    "uses the machine's tools, read-only, and its own probes",
    async () => {
      const again = () => launch({ path: '/', own: true }, [{ name: 'host' }]);
      await using sandbox = new EmbeddedSandbox('own', await again(), again);
      const result = await sandbox.run(
        'host',
        'ping -c1 -q 8.8.8.8 >/dev/null && echo pong; touch /usr/x; ls -A /home',
        { timeoutMs: 9000 },
      );
      expect(result.stdout).toBe('pong\n');
      expect(result.stderr).toContain('Read-only file system');
      const argv = ['/usr/lib/wirebook/probe-tcp', '8.8.8.8', '80'];
      const seen = await sandbox.observe([{ read: 'probe', host: 'host', netns: '', argv, timeoutMs: 4000 }]);
      expect(Object.values(seen.probes)[0]).toMatchObject({ exit: 0, stdout: expect.stringContaining('{') });
    },
  );
});

describe('an archive of the root file system', () => {
  it('serves a machine without apt', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-image-'));
    try {
      const archive = join(folder, 'image.tar.gz');
      await writeArchive(archive);
      const cache = join(folder, 'cache');
      mkdirSync(cache);
      // one that nobody has used for long, and one that is in use
      const [old, used] = ['0123456789abcdef', 'fedcba9876543210'].map((key) =>
        join(cache, 'wirebook', 'rootfs', key),
      ) as [string, string];
      for (const path of [old, used]) {
        mkdirSync(path, { recursive: true });
        utimesSync(path, 1, 1);
      }
      writeFileSync(`${used}.used`, '');
      const driver = new URL('../../src/sandbox/embedded/driver.ts', import.meta.url).pathname;
      const script = `
        import { embedded } from ${JSON.stringify(driver)};
        const s = await embedded.create({ hosts: [{ name: 'host' }] }, (message) => process.stderr.write(message));
        process.stdout.write((await s.run('host', 'ping -c1 -q 8.8.8.8 >/dev/null && echo pong', { timeoutMs: 9000 })).stdout);
        await s.destroy();`;
      const run = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
        env: { ...process.env, PATH: '/usr/bin:/bin', XDG_CACHE_HOME: cache, WIREBOOK_IMAGE: archive },
        encoding: 'utf8',
      });
      expect(run.stderr).toContain('unpacking');
      expect(run.stdout).toBe('pong\n');
      expect([existsSync(old), existsSync(used)]).toEqual([false, true]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});

describe('what stands in the way is told with its remedy', () => {
  it('for each thing that the keeper may say', () => {
    expect(explainKeeper('keeper: user-namespace: unshare: No space left on device\n', '/x').code).toBe(
      'namespaces-used-up',
    );
    expect(explainKeeper('keeper: user-namespace: unshare: Operation not permitted\n', '/x')).toMatchObject({
      exit: 3,
      code: expect.stringMatching(/refused|userns|container/),
    });
    expect(explainKeeper('', '/x').message).toContain('ended without a word');
  });

  it('a host whose address is no address is refused by the kernel, as a sandbox error', async () => {
    await expect(
      embedded.create({ hosts: [{ name: 'host', address: '172.17.0.33/99' }] }),
    ).rejects.toMatchObject({ exit: 3 });
  });

  it('reads subuid(5)', () => {
    const text = 'ann:100000:65536\nbob:165536:1000\n1003:300000:65536\n';
    expect(subordinate('', 'ann', 1001, text)).toBe('100000:65535');
    expect(subordinate('', 'bob', 1002, text)).toBeUndefined();
    expect(subordinate('', 'cyn', 1003, text)).toBe('300000:65535');
  });

  it('gives hosts without an address the next free one', () => {
    const hosts = withAddresses([{ name: 'a' }, { name: 'b', address: '172.17.0.34/16' }, { name: 'c' }]);
    expect(hosts.map((host) => host.address)).toEqual(['172.17.0.33/16', '172.17.0.34/16', '172.17.0.35/16']);
  });
});

// The same as an ordinary user, where the tests run as root and such a user is there (CI makes one).
const ordinary = ['wirebook-ci', 'learner'].find((name) =>
  readFileSync('/etc/passwd', 'utf8').includes(`\n${name}:`),
);
describe.skipIf(process.getuid?.() !== 0 || !ordinary)('as an ordinary user', () => {
  it('makes, uses and ends a sandbox', () => {
    const driver = new URL('../../src/sandbox/embedded/driver.ts', import.meta.url).pathname;
    const script = `
      import { embedded } from ${JSON.stringify(driver)};
      await embedded.prepare();
      const s = await embedded.create({ hosts: [{ name: 'host' }] });
      const r = await s.run('host', 'id -u; ip netns add x && ip netns exec x ip link set lo up && ping -c1 -q 8.8.8.8 | grep -o "1 received"; nginx && echo nginx', { timeoutMs: 9000 });
      process.stdout.write(r.stdout + r.stderr);
      await s.destroy();`;
    const argv = ['-u', ordinary!, '--', process.execPath, '--input-type=module-typescript', '-e', script];
    expect(
      execFileSync('runuser', argv, { cwd: '/', env: { PATH: process.env.PATH }, encoding: 'utf8' }),
    ).toBe('0\n1 received\nnginx\n');
  }, 300_000);
});
