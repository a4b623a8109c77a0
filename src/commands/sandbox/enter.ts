/**
 * The sandbox that `wirebook sandbox ...` is about: an embedded one stays, and is entered by its name; of other drivers one
 * is made for the time of the command.
 */
import type { Sandbox, SandboxDriver } from '../../sandbox/contract.ts';
import { enterNamed } from '../../sandbox/embedded/named.ts';
import type { Io } from '../io.ts';

export interface Entered {
  sandbox: Sandbox;
  leave(): Promise<void> | void;
}

interface Asked {
  driver: SandboxDriver;
  name: string;
  host?: string;
}

export const staysByName = (driver: SandboxDriver): boolean => driver.name === 'embedded';

export async function enterSandbox({ driver, name, host }: Asked, io: Io): Promise<Entered> {
  if (staysByName(driver)) return enterNamed(name);
  let last = '';
  const sandbox = await driver.create(
    { hosts: [{ name: 'host' }, ...(host !== undefined && host !== 'host' ? [{ name: host }] : [])] },
    (message) => {
      if (message !== last) io.stderr.write(`${message}\n`);
      last = message;
    },
  );
  return { sandbox, leave: () => sandbox.destroy() };
}
