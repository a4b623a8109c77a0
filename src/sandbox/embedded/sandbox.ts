/** A running embedded sandbox: one keeper has all hosts. */
import { AgentSandbox, type Life } from '../agent/sandbox.ts';
import { gone, type Keeper } from './launch.ts';

export class EmbeddedSandbox extends AgentSandbox {
  /** `again` makes a fresh keeper with the same hosts, for `reset`. */
  constructor(name: string, keeper: Keeper, again: () => Promise<Keeper>) {
    super('embedded', name, lifeOf(keeper), async () => lifeOf(await again()));
  }
}

function lifeOf(keeper: Keeper): Life {
  const { connection, hosts } = keeper;
  return {
    places: new Map(hosts.map((host, index) => [host.name, { connection, index }])),
    closed: connection.closed,
    end: () => end(keeper),
  };
}

/** Asks the keeper to end, and ends it when it does not listen. */
async function end(keeper: Keeper): Promise<void> {
  keeper.connection.send('quit');
  keeper.connection.end();
  if (!(await gone(keeper.pid, 2000))) {
    try {
      process.kill(keeper.pid, 'SIGKILL');
    } catch {}
    await gone(keeper.pid, 3000);
  }
  keeper.connection.destroy();
}
