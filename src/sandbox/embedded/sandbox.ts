/** A running embedded sandbox. */
import type { Need, Observation } from '../../check/observation.ts';
import { AgentHosts } from '../agent/sandbox.ts';
import type { ExecOptions, Pty, PtyOptions, RunOptions, RunResult, Sandbox } from '../contract.ts';
import { gone, type Keeper } from './launch.ts';

export class EmbeddedSandbox implements Sandbox {
  readonly driver = 'embedded';
  readonly name: string;
  readonly hosts: readonly string[];
  readonly lost: Promise<Error>;
  #keeper: Keeper;
  #agent: AgentHosts;
  #ending = false;
  #lose!: (error: Error) => void;
  readonly #again: () => Promise<Keeper>;

  /** `again` makes a fresh keeper with the same hosts, for `reset`. */
  constructor(name: string, keeper: Keeper, again: () => Promise<Keeper>) {
    this.name = name;
    this.hosts = keeper.hosts.map((host) => host.name);
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.#again = again;
    this.#keeper = keeper;
    this.#agent = this.#take(keeper);
  }

  #take(keeper: Keeper): AgentHosts {
    this.#keeper = keeper;
    void keeper.connection.closed.then((error) => {
      if (!this.#ending && this.#keeper === keeper) this.#lose(error);
    });
    return new AgentHosts(keeper.connection, this.hosts);
  }

  run(host: string, text: string, options: RunOptions): Promise<RunResult> {
    return this.#agent.run(host, text, options);
  }

  exec(host: string, argv: readonly string[], options?: ExecOptions) {
    return this.#agent.exec(host, argv, options);
  }

  pty(host: string, options: PtyOptions): Promise<Pty> {
    return this.#agent.pty(host, options);
  }

  observe(needs: readonly Need[]): Promise<Observation> {
    return this.#agent.observe(needs);
  }

  readFile(host: string, path: string): Promise<Uint8Array> {
    return this.#agent.readFile(host, path);
  }

  writeFile(host: string, path: string, data: Uint8Array, mode?: number): Promise<void> {
    return this.#agent.writeFile(host, path, data, mode);
  }

  /** A fresh keeper takes the place of the old one: as quick as any clean-up, and surer. */
  async reset(): Promise<void> {
    const old = this.#keeper;
    this.#ending = true;
    await end(old);
    this.#ending = false;
    this.#agent = this.#take(await this.#again());
  }

  async destroy(): Promise<void> {
    this.#ending = true;
    await end(this.#keeper);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.destroy();
  }
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
