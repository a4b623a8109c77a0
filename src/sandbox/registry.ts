/** Driver by name, loaded when it is asked for. */
import { InputError } from '../lib/errors.ts';
import { suggest } from '../lib/suggest.ts';
import type { SandboxDriver } from './contract.ts';

/** `argument` is what stands behind the colon of `ssh:lab`, `vagrant:keep`. */
const drivers: Record<string, (argument: string) => Promise<SandboxDriver>> = {
  embedded: async () => (await import('./embedded/driver.ts')).embedded,
  docker: async () => new (await import('./docker/driver.ts')).ContainerDriver('docker'),
  podman: async () => new (await import('./docker/driver.ts')).ContainerDriver('podman'),
  ssh: async (argument) => new (await import('./ssh/driver.ts')).SshDriver(argument),
  vagrant: async (argument) => new (await import('./vagrant/driver.ts')).VagrantDriver(argument),
};

/** Those that take more words behind a colon. */
const WITH_ARGUMENT = new Set(['ssh', 'vagrant']);

export const driverNames: readonly string[] = Object.keys(drivers);

export async function getDriver(given: string): Promise<SandboxDriver> {
  const [, name = '', argument] = /^([^:]*)(?::(.*))?$/s.exec(given) ?? [];
  const load = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
  if (load && (argument === undefined || WITH_ARGUMENT.has(name))) return load(argument ?? '');
  const meant = suggest(name, driverNames);
  throw new InputError('unknown-sandbox', `There is no sandbox called ${given}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    `These are there: ${driverNames.join(', ')}.`,
  ]);
}
