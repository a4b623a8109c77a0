/** The container engine of the embedded sandbox, with its images and the CNI plugins. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { readyRootfs, SANDBOX_FOLDER } from '../../src/sandbox/rootfs/rootfs.ts';

/** Command lines of the machine's processes that have this text. */
function commandLinesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(text));
}

function shell(sandbox: Sandbox) {
  return async (text: string) => {
    const { exit, stdout, stderr } = await sandbox.run('host', text, { timeoutMs: 60_000 });
    return { exit, stdout: stdout.trim(), stderr };
  };
}

const ADDRESS = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';

describe('the engine', () => {
  let sandbox: Sandbox;
  let run: ReturnType<typeof shell>;
  beforeAll(async () => {
    await embedded.prepare();
    sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
    run = shell(sandbox);
  }, 300_000);
  afterAll(() => sandbox.destroy());

  it('is not started by a look at a container', async () => {
    const seen = await sandbox.observe([{ read: 'container', host: 'host', name: 'web' }]);
    expect(seen.hosts.host?.containers?.web).toMatchObject({ exit: 1 });
    expect(seen.hosts.host?.containers?.web?.stderr).toContain('Cannot connect to the Docker daemon');
    expect((await run('pgrep -c dockerd')).stdout).toBe('0');
  });

  it('starts once, for the host itself, whoever asks first and however many ask', async () => {
    await run('ip netns add apart');
    const all = await run(
      'for i in 1 2 3; do ip netns exec apart docker images --format "{{.Repository}}" > /tmp/images.$i & done; wait; cat /tmp/images.*',
    );
    expect(all.stdout.split('\n').sort()).toEqual(['nginx', 'nginx', 'nginx', 'pause', 'pause', 'pause']);
    expect((await run('pgrep -c -x dockerd')).stdout).toBe('1');
    expect((await run('ip -brief addr show docker0')).stdout).toContain('172.18.0.1/16');
    expect((await run('ip -n apart link show docker0')).exit).not.toBe(0);
  }, 90_000);

  it('runs nginx: its page, its namespace, its name in an observation', async () => {
    expect((await run('docker run -d --name web --rm nginx')).exit).toBe(0);
    const web = (await run(`docker inspect -f '${ADDRESS}' web`)).stdout;
    expect(web).toMatch(/^172\.18\.0\.\d+$/);
    const page = await run(`curl -s --retry 20 --retry-connrefused --retry-delay 0 http://${web}/`);
    expect(page.stdout).toContain('Welcome to nginx!');
    await run("ln -s $(docker inspect -f '{{.NetworkSettings.SandboxKey}}' web) /run/netns/web");
    expect((await run('ip netns exec web ip -brief addr show eth0')).stdout).toContain(`${web}/16`);
    const seen = await sandbox.observe([{ read: 'container', host: 'host', name: 'web' }]);
    const told = JSON.parse(seen.hosts.host!.containers!.web!.stdout);
    expect(told[0]).toMatchObject({ State: { Running: true }, Config: { Image: 'nginx' } });
  }, 60_000);

  it('gives a container no network, or that of another', async () => {
    await run('docker run -d --name alone --rm --network none pause');
    await run('docker run -d --name guest --rm --network container:alone nginx');
    expect((await run('docker exec guest ip -o link')).stdout).toMatch(/^1: lo:[^\n]*$/);
    const own = await run(
      'for c in alone guest; do readlink /proc/$(docker inspect -f "{{.State.Pid}}" $c)/ns/net; done | sort -u | wc -l',
    );
    expect(own.stdout).toBe('1');
    expect((await run('time docker stop -t 5 alone; docker inspect alone')).exit).toBe(1);
  }, 60_000);

  it('has the CNI plugins', async () => {
    const version = await run(`echo '{"cniVersion":"1.0.0"}' | CNI_COMMAND=VERSION /usr/lib/cni/bridge`);
    expect(JSON.parse(version.stdout).supportedVersions).toContain('0.4.0');
    const plugins = (await run('ls /usr/lib/cni')).stdout.split('\n');
    for (const name of ['bridge', 'macvlan', 'ipvlan', 'ptp', 'loopback', 'dhcp', 'host-local', 'tuning'])
      expect(plugins).toContain(name);
  });

  it('comes back when it was killed', async () => {
    await run('pkill -9 -x dockerd; while pgrep -x dockerd; do sleep 0.05; done');
    expect((await run('docker images -q | wc -l')).stdout).toBe('2');
  }, 90_000);
});

it('leaves nothing behind', async () => {
  const sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
  let id: string;
  try {
    id = (await shell(sandbox)('docker run -d nginx')).stdout;
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(commandLinesWith(id)).not.toEqual([]);
  } finally {
    await sandbox.destroy();
  }
  expect(commandLinesWith(id)).toEqual([]);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain('/var/lib/docker/overlay2');
  expect(execFileSync('find', ['/sys/fs/cgroup', '-name', `*${id}*`], { encoding: 'utf8' })).toBe('');
}, 90_000);

it('makes the same images again, byte for byte, wherever and under whatever umask', () => {
  const rootfs = readyRootfs();
  if (!rootfs || rootfs.own) throw new Error('There is no root file system to make images of.');
  const make = (umask: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-images-'));
    try {
      execFileSync('bash', [
        '-c',
        `umask ${umask}; exec bash "$@"`,
        'sh',
        join(SANDBOX_FOLDER, 'images', 'make.sh'),
        rootfs.path,
        folder,
      ]);
      return ['nginx.tar', 'pause.tar'].map((name) => readFileSync(join(folder, name)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const shipped = ['nginx.tar', 'pause.tar'].map((name) =>
    readFileSync(join(rootfs.path, 'usr/lib/wirebook/images', name)),
  );
  for (const umask of ['022', '077'])
    for (const [i, image] of make(umask).entries()) expect(image.equals(shipped[i]!)).toBe(true);
  expect(shipped[0]!.length).toBeLessThan(16 * 2 ** 20);
  expect(shipped[1]!.length).toBeLessThan(4 * 2 ** 20);
}, 60_000);
