import { execFileSync, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContainerDriver } from '../../../src/sandbox/docker/driver.ts';
import { explainEngine } from '../../../src/sandbox/docker/engine.ts';
import { sweep } from '../../../src/sandbox/docker/site.ts';
import { conformance } from '../conformance.ts';
import { lessonsAlike } from '../lessons-alike.ts';
import { type Engine, noEngine, startEngine } from '../machines/engine.ts';

const reason = noEngine();
const driverFile = new URL('../../../src/sandbox/docker/driver.ts', import.meta.url).pathname;

describe.skipIf(reason !== undefined)(`docker with a real engine${reason ? ` (${reason})` : ''}`, () => {
  let engine: Engine;
  const kept = process.env.DOCKER_HOST;
  const docker = (...argv: string[]) =>
    execFileSync('docker', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const ours = () =>
    `${docker('ps', '-aq', '--filter', 'label=wirebook.sandbox')}${docker('network', 'ls', '-q', '--filter', 'label=wirebook.sandbox')}`;

  beforeAll(async () => {
    engine = await startEngine();
    process.env.DOCKER_HOST = engine.host;
  }, 60_000);
  afterAll(async () => {
    await engine?.end();
    if (kept === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = kept;
  }, 30_000);

  conformance(new ContainerDriver('docker'));

  lessonsAlike(new ContainerDriver('docker'), ['03-bridge', '05-container']);

  it('leaves nothing, and nothing leaves it', async () => {
    expect(ours()).toBe('');
    const driver = new ContainerDriver('docker');
    await using sandbox = await driver.create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
    const text = `
      ping -c1 -W2 8.8.8.8 > /dev/null && echo internet
      ping -c1 -W1 9.9.9.9 > /dev/null || echo 'no other'
      grep -c -e '^sd' -e '^vd' -e '^nvme' <(ls /dev); mknod /root/disk b 254 0; head -c1 /root/disk > /dev/null 2>&1 || echo 'no disk'`;
    expect((await sandbox.run('host', text, { timeoutMs: 20_000 })).stdout).toBe(
      'internet\nno other\n0\nno disk\n',
    );
    expect(ours()).not.toBe('');
    await sandbox.destroy();
    expect(ours()).toBe('');
  }, 60_000);

  it('leaves nothing after kill -9 of Wirebook', async () => {
    const script = `
      import { ContainerDriver } from ${JSON.stringify(driverFile)};
      const s = await new ContainerDriver('docker').create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
      await s.run('host', '(trap "" HUP TERM; setsid sleep 777 &)', { timeoutMs: 5000 });
      console.log('running');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 30_000 }).toContain('running');
    expect(ours()).not.toBe('');
    child.kill('SIGKILL');
    await expect.poll(ours, { timeout: 20_000, interval: 200 }).toBe('');
  }, 90_000);

  it('sweeps away what nobody was left to take away', async () => {
    const labels = ['--label', 'wirebook.sandbox=wirebook-old'];
    const owner = (pid: number) => [
      '--label',
      `wirebook.owner=${execFileSync('hostname', { encoding: 'utf8' }).trim()}/${pid}`,
    ];
    docker('network', 'create', '--internal', ...labels, ...owner(4_194_305), 'wirebook-old');
    docker(
      'network',
      'create',
      '--internal',
      '--label',
      'wirebook.sandbox=wirebook-alive',
      ...owner(process.pid),
      'wirebook-alive',
    );
    await sweep('docker');
    expect(docker('network', 'ls', '--format', '{{.Name}}')).not.toContain('wirebook-old');
    expect(docker('network', 'ls', '--format', '{{.Name}}')).toContain('wirebook-alive');
    docker('network', 'rm', 'wirebook-alive');
  });

  it('is lost when a container is taken away, and there is a way to go on', async () => {
    const driver = new ContainerDriver('docker');
    const sandbox = await driver.create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
    const running = expect(sandbox.run('host', 'sleep 100', { timeoutMs: 50_000 })).rejects.toMatchObject({
      exit: 3,
    });
    docker('kill', ...docker('ps', '-q', '--filter', 'label=wirebook.sandbox').split('\n'));
    await running;
    expect(await sandbox.lost).toMatchObject({ exit: 3 });
    await sandbox.reset();
    expect((await sandbox.run('host', 'echo on', { timeoutMs: 5000 })).stdout).toBe('on\n');
    await sandbox.destroy();
    expect(ours()).toBe('');
  }, 60_000);

  it('says what works, and what does not with its remedy', async () => {
    expect(await new ContainerDriver('docker').available()).toMatchObject({
      ok: true,
      summary: expect.stringMatching(/^docker \d.*a sandbox was made and ended/),
    });
    process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock';
    try {
      expect(await new ContainerDriver('docker').available()).toMatchObject({
        ok: false,
        summary: expect.stringMatching(/^The engine of docker does not answer\.\n {2}.*nowhere/s),
        next: expect.arrayContaining([expect.stringContaining('systemctl start docker')]),
      });
    } finally {
      process.env.DOCKER_HOST = engine.host;
    }
  }, 60_000);
});

describe('what an engine says is told in the user’s words', () => {
  it.each([
    ['docker: command not found', 'engine-missing'],
    [
      'Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'engine-refused',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'engine-down',
    ],
    ['write /var/lib/docker/tmp/x: no space left on device', 'engine-full'],
    [
      'could not find an available, non-overlapping IPv4 address pool among the defaults',
      'engine-no-addresses',
    ],
    ['runc create failed: unable to apply caps: operation not permitted', 'engine-privileges'],
    ['something new', 'engine-failed'],
  ])('%s', (said, code) => {
    const error = explainEngine('docker', { exit: 1, said });
    expect(error).toMatchObject({ code, exit: 3 });
    expect(error.message).toContain(`  ${said}`);
    expect(error.next.length).toBeGreaterThan(0);
  });
});
