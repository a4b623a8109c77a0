/**
 * The contract between Wirebook and the machines that a lesson runs on. A driver (embedded, ssh, docker, vagrant)
 * implements `SandboxDriver`; everything above it knows only this file.
 *
 * Rules every driver keeps:
 * - A method rejects with `SandboxError` when the SANDBOX failed. What the learner's commands do wrong is data
 *   (`RunResult`), never an exception.
 * - Nothing of the sandbox outlives `destroy()`, nor the process that made it, even after kill -9; except a sandbox with
 *   a name made by `wirebook sandbox up`.
 */
import type { Need, Observation } from '../check/observation.ts';
import type { TraceCapture } from '../trace/capture.ts';

export interface HostSpec {
  name: string;
  /** IPv4 address with prefix on the underlay; the driver chooses when absent. */
  address?: string;
}

/** What a driver that chooses does: 172.17.0.33/16 and up; the router is 172.17.0.1. */
export function withAddresses(hosts: readonly HostSpec[]): Required<HostSpec>[] {
  const taken = new Set(hosts.map((host) => host.address?.split('/')[0]));
  let next = 33;
  return hosts.map((host) => {
    if (host.address) return { name: host.name, address: host.address };
    while (taken.has(`172.17.0.${next}`)) next++;
    return { name: host.name, address: `172.17.0.${next++}/16` };
  });
}

export interface SandboxLimits {
  /** Processes of all hosts together. */
  processes: number;
  /** Bytes of memory, where the machine can hold it (a delegated cgroup). */
  memory: number;
  /** Bytes that all hosts together may write. */
  disk: number;
}

export const DEFAULT_LIMITS: SandboxLimits = { processes: 1024, memory: 2 * 2 ** 30, disk: 2 * 2 ** 30 };

export interface SandboxSpec {
  /** At least one; the first is the lesson's default. */
  hosts: readonly HostSpec[];
  limits?: Partial<SandboxLimits>;
  /** A sandbox with a name stays until `sandbox down`. */
  name?: string;
}

/** A line about what is being done, for a progress display: "unpacking 149 packages". */
export type OnProgress = (message: string, fraction?: number) => void;

export interface Availability {
  ok: boolean;
  /** One line: what works, or why it does not. */
  summary: string;
  /** The exact remedy, one line each. */
  next: readonly string[];
}

export interface SandboxDriver {
  readonly name: string;
  readonly summary: string;
  /** Lessons at the same time, where the machines can hold only so many; absent: as many as one likes. */
  readonly parallel?: number;
  /**
   * What a lesson would change outside of a sandbox that is thrown away, a line each: the user is told and asked before
   * the first one runs. Absent: nothing.
   */
  risks?(): Promise<readonly string[]>;
  /** Called at the end of a sandbox with what could not be put back, a line each. */
  onLeft?: (host: string, lines: readonly string[]) => void;
  /** Looks, changes nothing. */
  available(): Promise<Availability>;
  /** Sets up what is missing (root file system, box, image); no-op the second time. */
  prepare(onProgress?: OnProgress): Promise<void>;
  create(spec: SandboxSpec, onProgress?: OnProgress): Promise<Sandbox>;
  /** Switches off what stays between sandboxes, virtual machines; absent: nothing does. */
  switchOff?(onProgress?: OnProgress): Promise<void>;
}

export type OutputStream = 'stdout' | 'stderr';

export interface RunOptions {
  timeoutMs: number;
  /** Called with raw bytes as they come. */
  onOutput?: (stream: OutputStream, chunk: Uint8Array) => void;
  /** Interrupts the cell as Ctrl-C would, then ends its processes. */
  signal?: AbortSignal;
  /** Run as a background job of the shell; resolves as soon as it is started. Its later output still reaches `onOutput`. */
  background?: boolean;
  /** Variables of the shell to report after the cell. */
  variables?: readonly string[];
  /** Bytes after which the cell is stopped (default: OUTPUT_LIMIT of output-limit.ts). */
  outputLimit?: number;
  /** Not in the host's shell but in another one by this name, which is started in `netns` when it is not there yet. */
  shell?: { name: string; netns?: string };
}

export type RunOutcome =
  /** The cell came to its end; see `exit`. */
  | 'exited'
  /** The time was over: its processes were ended, the shell lives. */
  | 'timeout'
  | 'interrupted'
  | 'output-limit'
  /** The cell ended the shell itself (`exit`, `exec`, kill): a new one was started; variables and cwd are gone. */
  | 'shell-ended';

export interface RunResult {
  outcome: RunOutcome;
  /** Exit status of the cell's last command; null when it did not come to its end. */
  exit: number | null;
  /** UTF-8, what is kept of it: the first and last 512 KiB, with a line between that says what is missing. */
  stdout: string;
  stderr: string;
  durationMs: number;
  /** Values of the asked variables; null when unset. */
  variables: Readonly<Record<string, string | null>>;
  /** Working directory of the shell afterwards. */
  cwd: string;
}

export interface PtyOptions {
  /** '' or absent: the host's own. */
  netns?: string;
  /** Default: an interactive login bash. */
  argv?: readonly string[];
  columns: number;
  rows: number;
  onData: (chunk: Uint8Array) => void;
  /** Only of the default program, and of each bash that is started in it. */
  onTyped?: (typed: Typed) => void;
}

/** What a bash on a pseudo-terminal tells of itself, apart from what it prints. `shell`: its process. */
export type Typed =
  | {
      is: 'entered';
      shell: string;
      /** '': the host's own network namespace; absent: the shell is in namespaces that have no name. */
      netns?: string;
      cwd: string;
      /** Its number in the shell's history: the same as before where the shell does not remember it. */
      line: number;
      /** As it is run, whole, also over several lines. */
      text: string;
    }
  | { is: 'ended'; shell: string; exit: number };

export interface Pty {
  write(data: string | Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Resolves with the exit status when its program ended (128 + signal when killed). */
  readonly exited: Promise<number>;
  kill(): void;
}

export interface ExecOptions {
  netns?: string;
  stdin?: Uint8Array;
  timeoutMs?: number;
  onOutput?: (stream: OutputStream, chunk: Uint8Array) => void;
  /** Ends the command. */
  signal?: AbortSignal;
}

export interface TraceRequest {
  host: string;
  netns?: string;
  argv: readonly string[];
  timeoutMs: number;
  /** Bytes kept of each frame; default: enough for its headers. */
  snap?: number;
  onOutput?: (stream: OutputStream, chunk: Uint8Array) => void;
  signal?: AbortSignal;
}

export interface Sandbox extends AsyncDisposable {
  readonly driver: string;
  readonly name: string;
  readonly hosts: readonly string[];
  /** Runs a cell in the host's persistent shell. One at a time a host; a second call waits for the first. */
  run(host: string, text: string, options: RunOptions): Promise<RunResult>;
  /** A command apart from the persistent shell, its argv given as it is. */
  exec(
    host: string,
    argv: readonly string[],
    options?: ExecOptions,
  ): Promise<{ exit: number | null; stdout: Uint8Array; stderr: Uint8Array }>;
  pty(host: string, options: PtyOptions): Promise<Pty>;
  /** All needs at once: one round trip a host for what is passive, probes side by side. Never rejects for a need that cannot be looked at: that is data. */
  observe(needs: readonly Need[]): Promise<Observation>;
  /** Runs a command apart from the shells while every packet on every interface of all hosts is captured. */
  trace(request: TraceRequest): Promise<TraceCapture>;
  readFile(host: string, path: string): Promise<Uint8Array>;
  writeFile(host: string, path: string, data: Uint8Array, mode?: number): Promise<void>;
  /** Back to how it was when it was created. */
  reset(): Promise<void>;
  /** Resolves (never rejects) when the sandbox ended without `destroy()` being called. */
  readonly lost: Promise<Error>;
  destroy(): Promise<void>;
}
