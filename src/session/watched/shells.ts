/** The shells that are open in a sandbox, and that something happens in one of them. */
import type { Pty, PtyOptions, Sandbox } from '../../sandbox/contract.ts';
import { enters, type Stir } from './pace.ts';

export class Shells {
  readonly #listeners = new Set<(what: Stir) => void>();
  #open = 0;

  constructor(onStir: (what: Stir) => void) {
    this.#listeners.add(onStir);
  }

  get open(): number {
    return this.#open;
  }

  onStir(listener: (what: Stir) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(what: Stir): void {
    for (const listener of this.#listeners) listener(what);
  }

  async follow(sandbox: Sandbox, host: string, options: PtyOptions): Promise<Pty> {
    const pty = await sandbox.pty(host, {
      ...options,
      onData: (chunk) => {
        options.onData(chunk);
        this.#tell('printed');
      },
    });
    this.#open += 1;
    void pty.exited.then(() => {
      this.#open -= 1;
      this.#tell('entered');
    });
    return {
      resize: (columns, rows) => pty.resize(columns, rows),
      kill: () => pty.kill(),
      exited: pty.exited,
      write: (data) => {
        pty.write(data);
        if (enters(typeof data === 'string' ? data : Buffer.from(data).toString('latin1')))
          this.#tell('entered');
      },
    };
  }
}
