/** Driver by name, loaded when it is asked for. */
import { InputError } from '../lib/errors.ts';
import { suggest } from '../lib/suggest.ts';
import type { SandboxDriver } from './contract.ts';

const drivers: Record<string, () => Promise<SandboxDriver>> = {
  embedded: async () => (await import('./embedded/driver.ts')).embedded,
};

export const driverNames: readonly string[] = Object.keys(drivers);

export async function getDriver(name: string): Promise<SandboxDriver> {
  const load = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
  if (load) return load();
  const meant = suggest(name, driverNames);
  throw new InputError('unknown-sandbox', `There is no sandbox called ${name}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    `These are there: ${driverNames.join(', ')}.`,
  ]);
}
