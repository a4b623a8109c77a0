/**
 * The sandbox that `wirebook sandbox ...` is about: an embedded one stays, and is entered by its name; of other drivers one
 * is made for the time of the command.
 */
import { InputError } from '../lib/errors.ts';
import type { Sandbox, SandboxDriver } from '../sandbox/contract.ts';
import { enterNamed } from '../sandbox/embedded/named.ts';
import type { Io } from './io.ts';

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
  refuseRisks(driver);
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

/** Nobody was asked here. */
export function refuseRisks(driver: SandboxDriver): void {
  if (driver.risks === undefined) return;
  throw new InputError(
    'sandbox-not-thrown-away',
    `The machines of ${driver.name} are no sandbox that is thrown away: \`wirebook sandbox\` is not for them.`,
    'Log in to them as always; lessons run on them, and put their network back.',
  );
}
