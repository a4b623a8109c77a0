import { beforeAll, describe, expect, it } from 'vitest';
import { TemplateDriver } from './driver.ts';

// What docs/drivers.md hands to somebody who writes a driver must work as it is.
describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'the template of a driver (needs root)',
  () => {
    const driver = new TemplateDriver();
    beforeAll(() => driver.prepare(), 300_000);

    it('makes, resets and ends a sandbox', async () => {
      expect(await driver.available()).toMatchObject({ ok: true });
      const sandbox = await driver.create({ hosts: [{ name: 'host' }] });
      const out = async (text: string) => (await sandbox.run('host', text, { timeoutMs: 20_000 })).stdout;
      expect(await out('X=1; touch /root/left; hostname; ping -c1 -W2 8.8.8.8 | grep -o "1 received"')).toBe(
        'host\n1 received\n',
      );
      await sandbox.reset();
      expect(await out('echo ${X-unset}; ls /root; ip -br addr show eth0 | grep -o "172[^ ]*"')).toBe(
        'unset\n172.17.0.33/16\n',
      );
      await sandbox.destroy();
      expect(await sandbox.run('host', 'true', { timeoutMs: 1000 }).catch((error) => error.exit)).toBe(3);
    }, 60_000);
  },
);
