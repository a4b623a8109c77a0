import { fileURLToPath } from 'node:url';
import { getDriver } from '../src/sandbox/registry.ts';
import { type Bench, compare, present } from './bench.ts';
import { type Absent, type Contender, interleave } from './measure.ts';
import { find, run } from './process.ts';
import { rootfs } from './rootfs.ts';

export const BY_HAND = fileURLToPath(new URL('peers/by-hand.sh', import.meta.url));
const NAMESPACES = [
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--uts',
  '--ipc',
  '--cgroup',
];

export const sandbox: Bench = {
  name: 'sandbox',
  title: 'Create and destroy a sandbox of one host',
  async run({ rounds }) {
    const root = await rootfs();
    const driver = await getDriver('embedded');
    const { there, absent } = present([
      {
        name: 'create and destroy',
        run: async () => {
          const made = await driver.create({ hosts: [{ name: 'host' }] });
          await made.destroy();
        },
      },
      {
        name: 'bare unshare',
        run: async () => void (await run('unshare', [...NAMESPACES, '--kill-child', 'true'])),
      },
      { name: 'unshare and the mounts by hand', run: async () => void (await run(BY_HAND, [root, 'true'])) },
      await engine('docker', root),
      await engine('podman', root),
    ]);
    const results = await interleave(there, rounds * 2);
    const created = await creation(rounds);
    return {
      results: [...results, created],
      comparisons: [...compare(results), { ...compare([created, results[2]!])[0]!, aim: 3 }],
      absent,
      notes: [
        'The sandbox has a persistent bash, an underlay network and a simulated internet too; the peers have not.',
      ],
    };
  },
};

/** Creation alone: until the first cell could run. */
async function creation(rounds: number) {
  const driver = await getDriver('embedded');
  const times = await interleave(
    [
      {
        name: 'create',
        run: async () => {
          const started = performance.now();
          const made = await driver.create({ hosts: [{ name: 'host' }] });
          const time = performance.now() - started;
          await made.destroy();
          return time;
        },
      },
    ],
    rounds * 2,
  );
  return times[0]!;
}

/** `docker run` of the same files. The image is made from them here: no registry is asked. */
async function engine(name: string, root: string): Promise<Contender | Absent> {
  if (!find(name)) return { name: `${name} run`, absent: 'not installed' };
  try {
    await run(name, ['info'], { timeout: 10_000 });
  } catch {
    return { name: `${name} run`, absent: 'installed, but its engine does not answer' };
  }
  const image = 'wirebook-bench';
  try {
    await run('bash', ['-c', 'set -o pipefail; tar -C "$1" -c . | "$0" import - "$2"', name, root, image]);
  } catch (error) {
    return {
      name: `${name} run`,
      absent: `its engine takes no image: ${(error as Error).message.split('\n')[1]}`,
    };
  }
  return {
    name: `${name} run`,
    run: async () =>
      void (await run(name, ['run', '--rm', '--privileged', '--network', 'none', image, 'true'])),
  };
}
