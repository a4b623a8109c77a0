/** A trace that somebody has asked a sandbox for which stays, and who is gone before it is over. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { downNamed, enterNamed, upNamed } from '../../src/sandbox/embedded/named.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-guest-'));
beforeAll(async () => {
  await embedded.prepare();
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
}, 300_000);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Processes that are the keeper's own, not a host's. */
function parts(keeper: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const status = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/status`, 'utf8') : '';
      const isPart = /^Name:\twirebook-keep/m.test(status) && status.includes(`\nPPid:\t${keeper}\n`);
      return isPart ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

test('it ends with them, and the sandbox stays', async () => {
  const { pid } = await upNamed('traced', { hosts: [{ name: 'host' }] });
  try {
    const before = parts(pid);
    const { sandbox, leave } = await enterNamed('traced');
    let printed = () => {};
    const isOn = new Promise<void>((resolve) => {
      printed = resolve;
    });
    const argv = ['/bin/sh', '-c', 'echo on; exec sleep 100'];
    const lost = sandbox
      .trace({ host: 'host', argv, timeoutMs: 120_000, onOutput: printed })
      .catch((error: Error) => error.message);
    await isOn;
    expect(parts(pid).length).toBe(before.length + 1);
    leave();
    expect(await lost).toEqual(expect.any(String));
    await vi.waitFor(() => expect(parts(pid)).toEqual(before), { timeout: 20_000 });
    const again = await enterNamed('traced');
    expect((await again.sandbox.run('host', 'echo here', { timeoutMs: 20_000 })).stdout).toBe('here\n');
    again.leave();
  } finally {
    await downNamed('traced');
  }
}, 120_000);
