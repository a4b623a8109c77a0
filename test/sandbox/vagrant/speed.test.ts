/** What a cell costs, beside the two ways that a person has: `vagrant ssh -c`, and ssh over a connection that is there. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';
import { commandOverSsh } from '../../../src/sandbox/remote/ssh.ts';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';

async function median(times: number, work: () => unknown): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work();
    all.push(performance.now() - began);
  }
  return all.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  it('a cell is quick', { timeout: 300_000 }, async () => {
    await using sandbox = await new VagrantDriver('keep').create({ hosts: [{ name: 'host' }] });
    const config = join(process.env.VAGRANT_DOTFILE_PATH!, 'wirebook-ssh-config');
    const [ssh, ...args] = commandOverSsh({ destination: 'host', options: ['-F', config] }, 'true');
    const bare = () => execFileSync(ssh!, args);
    const cell = () => sandbox.run('host', 'true', { timeoutMs: 20_000 });
    bare();
    await cell();
    const ms = {
      cell: await median(25, cell),
      look: await median(9, () =>
        sandbox.observe([
          { read: 'ip', host: 'host' },
          { read: 'nft', host: 'host' },
        ]),
      ),
      'ssh on the same connection': await median(9, bare),
      'vagrant ssh -c': await median(3, () =>
        execFileSync('vagrant', ['ssh', 'host', '-c', 'true'], { cwd: PACKAGE_ROOT }),
      ),
    };
    for (const [what, value] of Object.entries(ms))
      console.log(`${what.padEnd(28)} ${value.toFixed(1).padStart(9)} ms`);
    console.log(
      `vagrant ssh -c / cell        ${(ms['vagrant ssh -c'] / ms.cell).toFixed(1).padStart(9)} times`,
    );
    console.log(
      `cell / ssh                   ${(ms.cell / ms['ssh on the same connection']).toFixed(2).padStart(9)} times`,
    );
    expect(ms['vagrant ssh -c'] / ms.cell).toBeGreaterThan(20);
    expect(ms.cell / ms['ssh on the same connection']).toBeLessThan(1.5);
  });
});
