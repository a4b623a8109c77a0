/**
 * A sandbox in memory: hosts with files and variables, and a shell that knows a few words. What it observes is what its
 * commands have done, so a test says what a lesson does, not what the sandbox should answer.
 *
 *   NAME=VALUE   touch PATH   rm PATH   after MS touch PATH   flap PATH FROM TO (there, but away between)
 *   echo WORDS   warn WORDS   status N   takes MS   hang   endless   exit N   lost
 */
import type { HostObservation, Need, Observation, ToolResult } from '../../src/check/observation.ts';
import { needKey } from '../../src/check/observation.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { SandboxError } from '../../src/lib/errors.ts';
import type {
  ExecOptions,
  Pty,
  PtyOptions,
  RunOptions,
  RunOutcome,
  RunResult,
  Sandbox,
  SandboxDriver,
  SandboxSpec,
} from '../../src/sandbox/contract.ts';

interface FakeHost {
  files: Map<string, (ms: number) => boolean>;
  variables: Map<string, string>;
}

export interface FakeOptions {
  clock?: Clock;
  /** Names that `command -v` does not find. */
  missingTools?: readonly string[];
  probe?: (need: Extract<Need, { read: 'probe' }>) => ToolResult;
  /** Called with each text that runs. */
  onRun?: (host: string, text: string) => void;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export class FakeSandbox implements Sandbox {
  readonly driver = 'fake';
  readonly name = 'fake';
  readonly hosts: readonly string[];
  readonly lost: Promise<Error>;
  /** Every look, in order. */
  readonly looks: (readonly Need[])[] = [];
  readonly ran: string[] = [];
  destroyed = false;
  resets = 0;
  readonly #options: FakeOptions;
  readonly #clock: Clock;
  #state = new Map<string, FakeHost>();
  #broken: Error | undefined;
  #lose: (error: Error) => void = () => {};
  readonly #hanging = new Set<(error: Error) => void>();

  constructor(spec: SandboxSpec, options: FakeOptions = {}) {
    this.hosts = spec.hosts.map((host) => host.name);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.#fresh();
  }

  #fresh(): void {
    this.#state = new Map(this.hosts.map((host) => [host, { files: new Map(), variables: new Map() }]));
  }

  #host(name: string): FakeHost {
    if (this.destroyed) throw new SandboxError('sandbox-gone', 'The sandbox was destroyed.');
    if (this.#broken) throw this.#broken;
    const host = this.#state.get(name);
    if (host === undefined) throw new SandboxError('no-host', `There is no host ${name}.`);
    return host;
  }

  break(message = 'The machine is on fire.'): void {
    this.#broken = new SandboxError('sandbox-lost', message, ['Put it out.']);
    for (const reject of this.#hanging) reject(this.#broken);
    this.#lose(this.#broken);
  }

  async run(hostName: string, text: string, options: RunOptions): Promise<RunResult> {
    const host = this.#host(hostName);
    this.ran.push(text);
    this.#options.onRun?.(hostName, text);
    const began = this.#clock.monotonic();
    const printed = { stdout: '', stderr: '' };
    const print = (stream: 'stdout' | 'stderr', line: string) => {
      printed[stream] += line;
      options.onOutput?.(stream, encode(line));
    };
    let exit: number | null = 0;
    let outcome: RunOutcome = 'exited';
    for (const line of text.split('\n')) {
      const [word = '', ...rest] = line.trim().split(' ');
      const words = rest.join(' ');
      const assignment = /^(\w+)=(.*)$/.exec(line.trim());
      if (assignment) host.variables.set(assignment[1]!, assignment[2]!);
      else if (word === 'touch') host.files.set(words, () => true);
      else if (word === 'rm') host.files.delete(words);
      else if (word === 'after') {
        const due = this.#clock.monotonic() + Number(rest[0]);
        host.files.set(rest[2]!, (ms) => ms >= due);
      } else if (word === 'flap') {
        const at = this.#clock.monotonic();
        const [from, to] = [at + Number(rest[1]), at + Number(rest[2])];
        host.files.set(rest[0]!, (ms) => ms < from || ms >= to);
      } else if (word === 'echo') print('stdout', `${words}\n`);
      else if (word === 'warn') print('stderr', `${words}\n`);
      else if (word === 'status') exit = Number(words);
      else if (word === 'takes') await this.#clock.sleep(Number(words), options.signal);
      else if (word === 'hang') {
        outcome = await this.#hang(options.signal);
        exit = null;
      } else if (word === 'endless') {
        for (let n = 0; n < 64; n++) print('stdout', 'y\n'.repeat(8192));
        outcome = 'output-limit';
        exit = null;
      } else if (word === 'exit') {
        outcome = 'shell-ended';
        exit = Number(words);
        host.variables.clear();
      } else if (word === 'lost') {
        this.break();
        this.#host(hostName);
      }
      if (outcome !== 'exited') break;
    }
    return {
      outcome,
      exit,
      ...printed,
      durationMs: this.#clock.monotonic() - began,
      variables: Object.fromEntries(
        (options.variables ?? []).map((name) => [name, host.variables.get(name) ?? null]),
      ),
      cwd: '/root',
    };
  }

  #hang(signal: AbortSignal | undefined): Promise<RunOutcome> {
    return new Promise((resolve, reject) => {
      this.#hanging.add(reject);
      if (signal?.aborted) resolve('interrupted');
      signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
    });
  }

  async exec(host: string, argv: readonly string[], _options?: ExecOptions) {
    this.#host(host);
    const missing = argv.slice(4).filter((name) => this.#options.missingTools?.includes(name));
    return { exit: 0, stdout: encode(missing.map((name) => `${name}\n`).join('')), stderr: encode('') };
  }

  async pty(host: string, _options: PtyOptions): Promise<Pty> {
    this.#host(host);
    return { write() {}, resize() {}, kill() {}, exited: Promise.resolve(0) };
  }

  async observe(needs: readonly Need[]): Promise<Observation> {
    this.looks.push(needs);
    const hosts: Record<string, HostObservation> = {};
    const probes: Record<string, ToolResult> = {};
    const ms = this.#clock.monotonic();
    for (const need of needs) {
      const host = this.#host(need.host);
      const seen = hosts[need.host] ?? { namespaces: [], sysctls: {}, files: {}, env: {} };
      hosts[need.host] = seen;
      if (need.read === 'file') {
        const there = host.files.get(need.path)?.(ms) ?? false;
        (seen.files as Record<string, unknown>)[need.path] = there
          ? { exists: true, kind: 'file', mode: '0644', size: 0, owner: 0, group: 0, content: '' }
          : { exists: false };
      } else if (need.read === 'env')
        (seen.env as Record<string, string | null>)[need.name] = host.variables.get(need.name) ?? null;
      else if (need.read === 'probe')
        probes[needKey(need)] = this.#options.probe?.(need) ?? {
          exit: null,
          stdout: '',
          stderr: '',
          failure: 'missing-tool',
        };
    }
    return { at: new Date(this.#clock.now()).toISOString(), hosts, probes };
  }

  trace(): Promise<never> {
    return Promise.reject(new SandboxError('trace-failed', 'A sandbox in memory has no packets.'));
  }

  async readFile(): Promise<Uint8Array> {
    return new Uint8Array();
  }
  async writeFile(): Promise<void> {}
  async reset(): Promise<void> {
    if (this.#broken) throw this.#broken;
    this.resets += 1;
    this.#fresh();
  }
  async destroy(): Promise<void> {
    this.destroyed = true;
    for (const reject of this.#hanging)
      reject(new SandboxError('sandbox-gone', 'The sandbox was destroyed.'));
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.destroy();
  }
}

export class FakeDriver implements SandboxDriver {
  readonly name = 'fake';
  readonly summary = 'in memory';
  readonly made: FakeSandbox[] = [];
  /** How many `create`s fail before one works. */
  failures = 0;
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
  }
  async available() {
    return { ok: true, summary: 'always', next: [] };
  }
  async prepare(): Promise<void> {}
  async create(spec: SandboxSpec): Promise<FakeSandbox> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new SandboxError('sandbox-refused', 'The machine says no.', ['Ask again.']);
    }
    const sandbox = new FakeSandbox(spec, this.#options);
    this.made.push(sandbox);
    return sandbox;
  }
}
