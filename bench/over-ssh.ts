/** A cell and a look on a machine over ssh, against what ssh itself needs on the same connection. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Need } from '../src/check/observation.ts';
import { commandOverSsh, type SshMachine } from '../src/sandbox/remote/ssh.ts';
import { SshDriver } from '../src/sandbox/ssh/driver.ts';
import { noMachines, startSite } from '../test/sandbox/machines/machines.ts';
import { type Bench, compare } from './bench.ts';
import { interleave } from './measure.ts';
import { run } from './process.ts';

/** As many as a cell of a lesson has checks that only look. */
const NEEDS: readonly Need[] = (['netns', 'ip', 'listen'] as const).map((read) => ({ read, host: 'host' }));

export const overSsh: Bench = {
  name: 'over-ssh',
  title: 'A cell on a machine over ssh',
  async run({ rounds }) {
    const reason = noMachines();
    if (reason) throw new Error(reason);
    const kept = process.env.XDG_CONFIG_HOME;
    using site = await startSite();
    mkdirSync(join(site.folder, 'wirebook'));
    const options = ['-F', site.config];
    writeFileSync(
      join(site.folder, 'wirebook', 'machines.yaml'),
      `lab:\n  host: {ssh: host, options: [-F, ${site.config}]}\n`,
    );
    process.env.XDG_CONFIG_HOME = site.folder;
    const machine: SshMachine = { destination: 'host', options };
    const [ssh, ...argv] = commandOverSsh(machine, 'true');
    const echo = openEcho(commandOverSsh(machine, 'cat'));
    try {
      await using sandbox = await new SshDriver('lab').create({ hosts: [{ name: 'host' }] });
      const results = await interleave(
        [
          { name: 'a cell', run: async () => void (await sandbox.run('host', 'true', { timeoutMs: 9000 })) },
          { name: '`ssh host true` on the same connection', run: async () => void (await run(ssh!, argv)) },
          { name: 'a byte there and back, ssh already open', run: () => echo.round() },
          {
            name: 'all that is looked at after a cell',
            run: async () => void (await sandbox.observe(NEEDS)),
          },
        ],
        rounds * 4,
      );
      return {
        results,
        comparisons: [
          ...compare(results.slice(0, 3), { [results[1]!.name]: 1.5 }),
          { ...compare([results[3]!, results[1]!])[0]!, aim: 1.5 },
        ],
        absent: [],
        notes: [
          'Two machines of namespaces with a real sshd; the connection is multiplexed (ControlMaster) for all.',
        ],
      };
    } finally {
      echo.child.kill();
      if (kept === undefined) delete process.env.XDG_CONFIG_HOME;
      else process.env.XDG_CONFIG_HOME = kept;
    }
  },
};

function openEcho([program, ...argv]: string[]): { child: ChildProcess; round(): Promise<undefined> } {
  const child = spawn(program!, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  const round = () =>
    new Promise<undefined>((resolve) => {
      child.stdout.once('data', () => resolve(undefined));
      child.stdin.write('x');
    });
  return { child, round };
}
