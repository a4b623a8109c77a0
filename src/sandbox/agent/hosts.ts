/** Hosts that agents serve: everything of the contract but how they are made and ended. */
import { type Need, needKey, type Observation } from '../../check/observation.ts';
import { SandboxError } from '../../lib/errors.ts';
import type { TraceCapture } from '../../trace/capture.ts';
import type {
  ExecOptions,
  OutputStream,
  Pty,
  PtyOptions,
  RunOptions,
  RunOutcome,
  RunResult,
  TraceRequest,
} from '../contract.ts';
import { OUTPUT_LIMIT } from '../output-limit.ts';
import { BoundedText } from './bounded-text.ts';
import type { Connection, Listener } from './connection.ts';
import type { Message } from './frames.ts';
import { HostCollector, wantsOf } from './observation.ts';
import { type Ended, whileTraced } from './traced.ts';
import { typedOf } from './typed.ts';

/** A look at a host takes milliseconds; when it takes longer than its probes may, the sandbox is stuck. */
const LOOK_MS = 30_000;

/** Where a host is: behind which connection, and its number there. One agent may serve all hosts, or each its own. */
export interface Place {
  connection: Connection;
  index: number;
}

const streamOf = (parts: Message): OutputStream => (parts[0]!.toString() === '2' ? 'stderr' : 'stdout');

/**
 * What a background job prints after its cell still reaches the screen, as long as the sandbox lives; nothing of the run
 * itself is held for that, least of all what it has printed.
 */
function lateOutput(onOutput: NonNullable<RunOptions['onOutput']>): Listener {
  return {
    message: (kind, parts) => {
      if (kind === 'out') onOutput(streamOf(parts), parts[1]!);
    },
    lost: () => {},
  };
}

export class AgentHosts {
  readonly #places: ReadonlyMap<string, Place>;

  constructor(places: ReadonlyMap<string, Place>) {
    this.#places = places;
  }

  run(host: string, text: string, options: RunOptions): Promise<RunResult> {
    const { connection, index } = this.#place(host);
    const { onOutput, signal, background, variables = [] } = options;
    if (text.includes('\0')) {
      return Promise.reject(new SandboxError('cell-with-nul', 'A cell cannot hold a NUL character.'));
    }
    const began = performance.now();
    const kept = { stdout: new BoundedText(), stderr: new BoundedText() };
    return new Promise((resolve, reject) => {
      let interrupt: (() => void) | undefined;
      let ended = false;
      const end = () => {
        ended = true;
        if (interrupt) signal?.removeEventListener('abort', interrupt);
      };
      const id = connection.request(
        'run',
        [
          index,
          text,
          Math.max(1, Math.round(options.timeoutMs)),
          background ? 1 : '',
          options.outputLimit ?? OUTPUT_LIMIT,
          options.shell?.name ?? '',
          options.shell?.netns ?? '',
          ...variables,
        ],
        {
          message: (kind, parts) => {
            if (kind === 'out') {
              const stream = streamOf(parts);
              kept[stream].push(parts[1]!);
              onOutput?.(stream, parts[1]!);
            } else if (kind === 'error') {
              end();
              connection.forget(id);
              reject(
                new SandboxError('cell-not-started', `The sandbox could not run the cell: ${text_(parts)}`),
              );
            } else if (kind === 'done') {
              end();
              if (onOutput) connection.replace(id, lateOutput(onOutput));
              else connection.forget(id);
              const [outcome, exit, cwd, ...values] = parts.map((p) => p.toString('utf8'));
              resolve({
                outcome: outcome as RunOutcome,
                exit: exit ? Number(exit) : null,
                stdout: kept.stdout.toString(),
                stderr: kept.stderr.toString(),
                durationMs: performance.now() - began,
                variables: variableValues(variables, values),
                cwd: cwd ?? '',
              });
            }
          },
          lost: (error) => {
            if (!ended) reject(error);
            end();
          },
        },
      );
      interrupt = () => connection.send('interrupt', id);
      if (signal?.aborted) interrupt();
      else signal?.addEventListener('abort', interrupt, { once: true });
    });
  }

  exec(host: string, argv: readonly string[], options: ExecOptions = {}) {
    const { connection, index } = this.#place(host);
    const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    const { signal } = options;
    let interrupt: (() => void) | undefined;
    return new Promise<{ exit: number | null; stdout: Uint8Array; stderr: Uint8Array }>((resolve, reject) => {
      const id = connection.request(
        'exec',
        [index, options.netns ?? '', options.timeoutMs ?? 0, options.stdin ?? '', ...argv],
        {
          message: (kind, parts) => {
            if (kind === 'out') {
              const stream = streamOf(parts);
              chunks[stream].push(parts[1]!);
              options.onOutput?.(stream, parts[1]!);
              return;
            }
            connection.forget(id);
            if (kind === 'error') reject(new SandboxError('command-not-started', text_(parts)));
            else
              resolve({
                exit: parts[0]!.toString() === 'exited' ? Number(parts[1]) : null,
                stdout: Buffer.concat(chunks.stdout),
                stderr: Buffer.concat(chunks.stderr),
              });
          },
          lost: reject,
        },
      );
      interrupt = () => connection.send('interrupt', id);
      if (signal?.aborted) interrupt();
      else signal?.addEventListener('abort', interrupt, { once: true });
    }).finally(() => interrupt && signal?.removeEventListener('abort', interrupt));
  }

  pty(host: string, options: PtyOptions): Promise<Pty> {
    const { connection, index } = this.#place(host);
    return new Promise((resolve) => {
      let end!: (status: number) => void;
      const exited = new Promise<number>((done) => {
        end = done;
      });
      const id = connection.request(
        'pty',
        [index, options.netns ?? '', options.columns, options.rows, ...(options.argv ?? [])],
        {
          message: (kind, parts) => {
            if (kind === 'pty') options.onData(parts[0]!);
            else if (kind === 'typed') options.onTyped?.(typedOf(parts));
            else if (kind === 'error') {
              options.onData(Buffer.from(`${text_(parts)}\r\n`));
              connection.forget(id);
              end(127);
            } else if (kind === 'exit') {
              connection.forget(id);
              end(Number(parts[0]));
            }
          },
          lost: () => end(255),
        },
      );
      resolve({
        write: (data) => connection.send('data', id, data),
        resize: (columns, rows) => connection.send('resize', id, columns, rows),
        kill: () => connection.send('kill', id),
        exited,
      });
    });
  }

  async observe(needs: readonly Need[]): Promise<Observation> {
    const at = new Date().toISOString();
    const asked = [...new Set(needs.map((need) => need.host))];
    const looks = await Promise.all(
      asked.map(async (host) => {
        const of = needs.filter((need) => need.host === host);
        return [host, await this.#look(host, of)] as const;
      }),
    );
    const traces: Record<string, TraceCapture> = {};
    // what else is under way would be seen in it, so each has the sandbox to itself
    for (const need of needs)
      if (need.read === 'trace') {
        const capture = await this.#traced(need);
        if (capture) traces[needKey(need)] = capture;
      }
    return {
      at,
      hosts: Object.fromEntries(looks.map(([host, look]) => [host, look.host])),
      probes: Object.assign({}, ...looks.map(([, look]) => look.probes)),
      ...(Object.keys(traces).length > 0 ? { traces } : {}),
    };
  }

  /** Every packet of all hosts while one command runs. */
  async trace({
    host,
    netns = '',
    argv,
    timeoutMs,
    snap,
    signal,
    onOutput,
  }: TraceRequest): Promise<TraceCapture> {
    return this.#whileTraced({ host, netns, argv }, { limitMs: timeoutMs + 10_000, snap }, async () => {
      const { exit, stdout, stderr } = await this.exec(host, argv, { netns, timeoutMs, signal, onOutput });
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
      return { exit, stdout: text(stdout), stderr: text(stderr) };
    });
  }

  /** The same with the sandbox's own tools. A trace that cannot be had is not there: whoever needs it says so. */
  async #traced(need: Extract<Need, { read: 'trace' }>): Promise<TraceCapture | undefined> {
    const probe: Need = { ...need, read: 'probe' };
    try {
      return await this.#whileTraced(need, { limitMs: need.timeoutMs + 10_000 }, async () => {
        const { probes } = await this.#look(need.host, [probe]);
        return probes[needKey(probe)] ?? { exit: null, stdout: '', stderr: 'it was not run' };
      });
    } catch {
      return undefined;
    }
  }

  #whileTraced(
    command: { host: string; netns: string; argv: readonly string[] },
    options: { limitMs: number; snap?: number },
    run: () => Promise<Ended>,
  ): Promise<TraceCapture> {
    this.#place(command.host);
    const connections = [...new Set([...this.#places.values()].map((place) => place.connection))];
    const machines = connections.map((connection) => ({
      connection,
      hosts: [...this.#places].filter(([, place]) => place.connection === connection).map(([name]) => name),
    }));
    return whileTraced(machines, command, options, run);
  }

  async #look(host: string, needs: readonly Need[]): Promise<ReturnType<HostCollector['finish']>> {
    const { wants, variables } = wantsOf(needs);
    const collector = new HostCollector(wants);
    const broken = (failure: string) => ({
      host: { namespaces: [], sysctls: {}, files: {}, env: {}, failure },
      probes: {},
    });
    const place = this.#places.get(host);
    if (!place) return broken(`the sandbox has no host ${host}`);
    const { connection, index } = place;
    const probes = needs.map((need) => (need.read === 'probe' ? need.timeoutMs : 0));
    try {
      const env = variables.length ? this.#variables(host, variables) : Promise.resolve({});
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error('the look took too long')),
          LOOK_MS + Math.max(0, ...probes),
        );
        const finish = (done: () => void) => {
          clearTimeout(timer);
          connection.forget(id);
          done();
        };
        const id = connection.request('observe', [index, ...wants], {
          message: (kind, parts) => {
            if (kind === 'obs') collector.add(parts);
            else if (kind === 'obsdone') finish(resolve);
            else if (kind === 'error') finish(() => reject(new Error(text_(parts))));
          },
          lost: (error) => finish(() => reject(error)),
        });
      });
      return collector.finish(await env);
    } catch (error) {
      return broken((error as Error).message);
    }
  }

  async #variables(host: string, names: readonly string[]): Promise<Record<string, string | null>> {
    const result = await this.run(host, '', { timeoutMs: 5000, variables: names });
    return { ...result.variables };
  }

  async readFile(host: string, path: string): Promise<Uint8Array> {
    const result = await this.exec(host, ['/bin/cat', '--', path]);
    if (result.exit !== 0)
      throw new SandboxError('file-not-read', Buffer.from(result.stderr).toString().trim());
    return result.stdout;
  }

  async writeFile(host: string, path: string, data: Uint8Array, mode = 0o644): Promise<void> {
    const script = 'umask 077; mkdir -p -- "$(dirname -- "$1")" && cat > "$1" && chmod "$2" -- "$1"';
    const argv = ['/bin/sh', '-c', script, 'sh', path, mode.toString(8)];
    const result = await this.exec(host, argv, { stdin: data });
    if (result.exit !== 0)
      throw new SandboxError('file-not-written', Buffer.from(result.stderr).toString().trim());
  }

  #place(host: string): Place {
    const place = this.#places.get(host);
    if (place) return place;
    throw new SandboxError(
      'no-such-host',
      `The sandbox has no host ${host}.`,
      `Its hosts: ${[...this.#places.keys()].join(', ')}.`,
    );
  }
}

function text_(parts: Message): string {
  return parts[0]?.toString('utf8').trim() ?? '';
}

function variableValues(names: readonly string[], values: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    names.map((name, i) => [name, values[i]?.startsWith('=') ? values[i]!.slice(1) : null]),
  );
}
