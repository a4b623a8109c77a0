import { execFileSync, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContainerDriver } from '../../../src/sandbox/docker/driver.ts';
import { conformance } from '../conformance.ts';
import { noPodman, type Podman, startPodman } from '../machines/podman.ts';

const reason = noPodman();
const driverFile = new URL('../../../src/sandbox/docker/driver.ts', import.meta.url).pathname;

describe.skipIf(reason !== undefined)(`podman${reason ? ` (${reason})` : ''}`, () => {
  let podman: Podman;
  const kept = process.env.PATH;
  const ours = () =>
    ['ps -aq', 'network ls -q']
      .map((what) =>
        execFileSync('podman', [...what.split(' '), '--filter', 'label=wirebook.sandbox'], {
          encoding: 'utf8',
        }),
      )
      .join('');

  beforeAll(async () => {
    podman = await startPodman();
    process.env.PATH = `${podman.folder}:${kept}`;
  }, 60_000);
  afterAll(async () => {
    await podman?.end();
    process.env.PATH = kept;
  }, 30_000);

  conformance(new ContainerDriver('podman'));

  it('leaves nothing after kill -9 of Wirebook', async () => {
    expect(ours()).toBe('');
    const script = `
      import { ContainerDriver } from ${JSON.stringify(driverFile)};
      const s = await new ContainerDriver('podman').create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
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
    await expect.poll(ours, { timeout: 30_000, interval: 300 }).toBe('');
  }, 90_000);
});
