/** A sandbox whose hosts agents serve. How they are made and ended is a `Life`, which each driver has its own of. */
import type { Need, Observation } from '../../check/observation.ts';
import type { TraceCapture } from '../../trace/capture.ts';
import type {
  ExecOptions,
  Pty,
  PtyOptions,
  RunOptions,
  RunResult,
  Sandbox,
  TraceRequest,
} from '../contract.ts';
import { AgentHosts, type Place } from './hosts.ts';

/** The hosts from when they were made until they are ended. A reset ends one life and begins another. */
export interface Life {
  /** In the order of the hosts. */
  places: ReadonlyMap<string, Place>;
  /** Resolves when any of them is gone, with why; also after `end`. */
  closed: Promise<Error>;
  /** Nothing of them is left when it resolves. */
  end(): Promise<void>;
}

export class AgentSandbox implements Sandbox {
  readonly driver: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly lost: Promise<Error>;
  #life: Life;
  #agents: AgentHosts;
  #ending = false;
  #lose!: (error: Error) => void;
  readonly #again: () => Promise<Life>;

  /** `again` begins another life with the same hosts, for `reset`. */
  constructor(driver: string, name: string, life: Life, again: () => Promise<Life>) {
    this.driver = driver;
    this.name = name;
    this.hosts = [...life.places.keys()];
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.#again = again;
    this.#life = life;
    this.#agents = this.#take(life);
  }

  #take(life: Life): AgentHosts {
    this.#life = life;
    void life.closed.then((error) => {
      if (!this.#ending && this.#life === life) this.#lose(error);
    });
    return new AgentHosts(life.places);
  }

  run(host: string, text: string, options: RunOptions): Promise<RunResult> {
    return this.#agents.run(host, text, options);
  }

  exec(host: string, argv: readonly string[], options?: ExecOptions) {
    return this.#agents.exec(host, argv, options);
  }

  pty(host: string, options: PtyOptions): Promise<Pty> {
    return this.#agents.pty(host, options);
  }

  observe(needs: readonly Need[]): Promise<Observation> {
    return this.#agents.observe(needs);
  }

  trace(request: TraceRequest): Promise<TraceCapture> {
    return this.#agents.trace(request);
  }

  readFile(host: string, path: string): Promise<Uint8Array> {
    return this.#agents.readFile(host, path);
  }

  writeFile(host: string, path: string, data: Uint8Array, mode?: number): Promise<void> {
    return this.#agents.writeFile(host, path, data, mode);
  }

  /** A fresh life takes the place of the old one: as quick as any clean-up, and surer. */
  async reset(): Promise<void> {
    this.#ending = true;
    await this.#life.end();
    const life = await this.#again();
    this.#ending = false;
    this.#agents = this.#take(life);
  }

  async destroy(): Promise<void> {
    this.#ending = true;
    await this.#life.end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.destroy();
  }
}
