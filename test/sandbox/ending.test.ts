/** The embedded sandbox and its end: whatever ends its owner, nothing of it is left. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseCgroup } from '../../src/sandbox/embedded/cgroup.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { prepareRootfs } from '../../src/sandbox/rootfs/rootfs.ts';
import { processesWith } from './processes.ts';

describe('the end of its owner is its end', () => {
  it('after kill -9 at random moments nothing is left: process, mount, cgroup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-killed-'));
    const rootfs = await prepareRootfs();
    const cgroups = () => {
      const parent = chooseCgroup()?.folder;
      return parent ? readdirSync(parent).filter((name) => name.startsWith('wirebook-')) : [];
    };
    try {
      for (let round = 0; round < 15; round++) {
        // Every process of the keeper has the path of its loader in its command line: a name of our own for it tells them.
        const mark = join(folder, `root-${round}`);
        symlinkSync(rootfs.path, mark);
        const source = (path: string) =>
          JSON.stringify(new URL(`../../src/sandbox/embedded/${path}`, import.meta.url));
        const script = `
          import { launch } from ${source('launch.ts')};
          import { EmbeddedSandbox } from ${source('sandbox.ts')};
          console.log('going');
          const again = () => launch({ path: '${mark}', own: false }, [{ name: 'host' }, { name: 'node01' }]);
          const s = new EmbeddedSandbox('killed', await again(), again);
          console.log('made');
          await s.run('host', 'setsid sleep 7${round}.${process.pid} & (trap "" HUP TERM; sleep 7${round}.${process.pid}) & ip netns add x; ip netns exec x sleep 7${round}.${process.pid} &', { timeoutMs: 5000 });
          setInterval(() => {}, 1000);`;
        const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let said = '';
        child.stdout.on('data', (chunk) => {
          said += chunk;
        });
        const delay = Math.round(Math.random() * 150);
        // half of them while the sandbox is made, half while it runs
        await expect.poll(() => said, { timeout: 20_000 }).toContain(round % 2 ? 'made' : 'going');
        await new Promise((resolve) => setTimeout(resolve, delay));
        child.kill('SIGKILL');
        const left = () => [...processesWith(`${mark}/`), ...processesWith(`7${round}.${process.pid}`)];
        await expect
          .poll(left, { timeout: 15_000, message: `round ${round}, killed after ${delay} ms` })
          .toEqual([]);
      }
      expect(readFileSync('/proc/mounts', 'utf8')).not.toContain('wirebook /');
      // Those of sandboxes that run beside this test stay; of ours, none is without its process.
      const stale = () =>
        cgroups().filter(
          (name) => readFileSync(join(chooseCgroup()!.folder, name, 'cgroup.procs'), 'utf8') === '',
        );
      await expect.poll(stale, { timeout: 15_000 }).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it('destroy leaves no process', async () => {
    const mark = `${80_000 + Math.floor(Math.random() * 9999)}.${process.pid}`;
    const sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
    await sandbox.run('host', `setsid nohup sleep ${mark} >/dev/null 2>&1 &`, { timeoutMs: 5000 });
    await expect.poll(() => processesWith(mark).length).toBeGreaterThan(0);
    await sandbox.destroy();
    expect(processesWith(mark)).toEqual([]);
  });
});
