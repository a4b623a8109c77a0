/** Vagrant itself, as a program: what it is asked, what it says meanwhile, what its failure means. */
import type { OnProgress } from '../contract.ts';
import { explainVagrant } from './explain.ts';
import { machineFields, progressOf } from './output.ts';
import type { Settings } from './settings.ts';

/** Loaded when it is needed: most runs find the machines up. */
const runner = async () => (await import('execa')).execa;

export type State = 'running' | 'not_created' | 'other';

export interface Status {
  provider: string;
  states: ReadonlyMap<string, State>;
}

export class Vagrant {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What it printed. @throws SandboxError in the user's words, with the tool's last lines. */
  async run(args: readonly string[], onProgress: OnProgress = () => {}): Promise<string> {
    const execa = await runner();
    const { folder, dot } = this.#settings;
    const running = execa('vagrant', args, {
      cwd: folder,
      env: { VAGRANT_DOTFILE_PATH: dot, VAGRANT_CHECKPOINT_DISABLE: '1' },
      stdin: 'ignore',
      all: true,
      reject: false,
      stripFinalNewline: false,
    });
    let line = '';
    running.all.on('data', (chunk: Buffer) => {
      const parts = (line + chunk).split(/[\r\n]/);
      line = parts.pop()!;
      for (const part of parts) {
        const said = progressOf(part);
        if (said) onProgress(said.message, said.fraction);
      }
    });
    const result = await running;
    if (!result.failed) return result.stdout;
    throw explainVagrant({
      missing: result.code === 'ENOENT',
      said: result.code === 'ENOENT' ? '' : result.all,
      command: `vagrant ${args.join(' ')}`,
    });
  }

  version(): Promise<string> {
    return this.run(['--version']).then((text) => text.trim());
  }

  async status(): Promise<Status> {
    const fields = machineFields(await this.run(['status', '--machine-readable']));
    const states = new Map<string, State>();
    let provider = '';
    for (const { target, type, data } of fields) {
      if (type === 'provider-name') provider = data[0] ?? '';
      if (type !== 'state') continue;
      const state = data[0] ?? '';
      states.set(target, state === 'running' || state === 'not_created' ? state : 'other');
    }
    return { provider, states };
  }

  /** Names and providers of the boxes that are here. */
  async boxes(): Promise<readonly { name: string; provider: string }[]> {
    const fields = machineFields(await this.run(['box', 'list', '--machine-readable']));
    const boxes: { name: string; provider: string }[] = [];
    for (const { type, data } of fields) {
      if (type === 'box-name') boxes.push({ name: data[0] ?? '', provider: '' });
      if (type === 'box-provider' && boxes.length > 0) boxes.at(-1)!.provider = data[0] ?? '';
    }
    return boxes;
  }
}
