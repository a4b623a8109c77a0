/** The shells that are open in a sandbox, that something happens in one of them, and each command that is entered. */
import type { Pty, PtyOptions, Sandbox } from '../../sandbox/contract.ts';
import type { Recorder } from '../hand/recorder.ts';
import { commandCounter } from './counted.ts';
import { enters, type Stir } from './pace.ts';

export class Shells {
  readonly #listeners = new Set<(what: Stir) => void>();
  readonly #onCommand: (host: string) => void;
  readonly #record: (host: string) => Recorder;
  #open = 0;

  constructor(
    onStir: (what: Stir) => void,
    onCommand: (host: string) => void,
    record: (host: string) => Recorder,
  ) {
    this.#listeners.add(onStir);
    this.#onCommand = onCommand;
    this.#record = record;
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
    const commands = commandCounter();
    const recorder = this.#record(host);
    const pty = await sandbox.pty(host, {
      ...options,
      onTyped: (typed) => recorder.told(typed),
      onData: (chunk) => {
        recorder.printed(chunk);
        for (let count = commands.printed(chunk); count > 0; count--) this.#onCommand(host);
        options.onData(chunk);
        this.#tell('printed');
      },
    });
    this.#open += 1;
    void pty.exited.then(() => {
      this.#open -= 1;
      recorder.closed();
      this.#tell('entered');
    });
    return {
      resize: (columns, rows) => pty.resize(columns, rows),
      kill: () => pty.kill(),
      exited: pty.exited,
      write: (data) => {
        const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
        commands.typed(text);
        recorder.wrote(text);
        pty.write(data);
        if (enters(text)) this.#tell('entered');
      },
    };
  }
}
