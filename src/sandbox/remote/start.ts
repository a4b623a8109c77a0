/** Starts the agent of a machine at the other end of a program's standard input and output: ssh, docker, anything. */
import { spawn } from 'node:child_process';
import { SandboxError } from '../../lib/errors.ts';
import { Connection } from '../agent/connection.ts';
import { encode } from '../agent/frames.ts';
import { agentSource } from './agent-source.ts';

/** A network of the lesson's own in a virtual machine: sandbox/machine/wire.pl. */
export interface Wire {
  /** The lesson's, with its prefix. */
  address: string;
  /** The machine's own on its second card; '': there is no way to other machines. */
  card: string;
  /** Whether others must be reached. */
  others: boolean;
  /** Has the router and the simulated internet: the first machine. */
  router: boolean;
  /** What the first machine took; absent: this is the first. */
  tag?: string;
  /** Seconds after which a machine without a lesson switches itself off; 0: never. */
  idle: number;
}

export interface AgentOptions {
  /** The host's name in the lesson. */
  name: string;
  /** A room on a machine, whose network, /run and container engine it shares; or in a container of ours. */
  run: 'machine' | 'own';
  /** In a container: the address of eth0, the router's, and whether the router is here. */
  net?: readonly [address: string, router: string, here: boolean];
  /** /etc/resolv.conf; absent: the machine's. */
  resolv?: string;
  /** Look at the machine's network before, and put it back at the end. */
  restore: boolean;
  /** Nobody else's agent may be on the machine. */
  lock: boolean;
  /** Bytes that may be written. */
  disk: number;
  processes: number;
  wire?: Wire;
  /** Seconds without a word from us after which the agent ends; a word is sent three times as often. */
  silence: number;
}

export interface Agent {
  connection: Connection;
  /** By which the others reach the machine, as far as it knows itself; '' when it does not. */
  address: string;
  /** Of its wire, where it has one. */
  tag: string;
  /** Tells it the addresses of all hosts, for /etc/hosts of the room. */
  names(hosts: ReadonlyMap<string, string>): Promise<void>;
  /** Of a container: joins its network with those of the others, which are at these addresses. */
  join(others: readonly string[]): Promise<void>;
  /** Asks it to end, and gives what it could not put back; undefined when it did not come to say. */
  end(): Promise<readonly string[] | undefined>;
}

/** What went wrong, for `explain`: a code of the agent's own, or else what the program said and its status. */
export interface Failure {
  code?: string;
  said: string;
  exit: number | null;
}

const END_MS = 20_000;

/**
 * @param argv a program that gets its input and output to `perl -e BOOT` on the machine, as root
 * @param explain turns a failure into the user's words
 * @param lost says that a machine that was there is gone
 */
export async function startAgent(
  argv: readonly string[],
  options: AgentOptions,
  explain: (failure: Failure) => SandboxError,
  lost?: () => SandboxError,
): Promise<Agent> {
  const [program, ...rest] = argv;
  // not of our group: a Ctrl-C in the terminal is ours to handle
  const child = spawn(program!, rest, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-8192);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve(null);
    });
    child.once('close', (code) => resolve(code));
  });
  let failure: { code: string; said: string } | undefined;
  let restored: readonly string[] | undefined;
  let ready!: (said: { address: string; tag: string }) => void;
  const isReady = new Promise<{ address: string; tag: string }>((resolve) => {
    ready = resolve;
  });
  const connection = new Connection(
    { from: child.stdout, to: child.stdin },
    (kind, parts) => {
      const [first = '', ...more] = parts.map((part) => part.toString('utf8'));
      if (kind === 'ready') ready({ address: more[0] ?? '', tag: more[1] ?? '' });
      else if (kind === 'failed') failure = { code: first, said: more.join(' ') };
      else if (kind === 'restored') restored = more;
    },
    lost,
  );
  const source = agentSource(options.wire ? 'vm' : options.run === 'machine' ? 'machine' : 'container');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(source.length);
  child.stdin.write(length);
  child.stdin.write(source);
  child.stdin.write(encode(['start', ...pairs(options)]));
  const own = await Promise.race([isReady, connection.closed.then(() => undefined)]);
  if (own === undefined) {
    const exit = await exited;
    throw explain({ exit, said, ...failure });
  }
  const alive = setInterval(() => connection.send('alive'), (options.silence * 1000) / 3);
  alive.unref();
  void connection.closed.then(() => clearInterval(alive));
  return {
    connection,
    ...own,
    names: (hosts) => tell(connection, 'names', ...[...hosts].map(([name, at]) => `${name}=${at}`)),
    join: (others) => tell(connection, 'join', own.address, ...others),
    end: async () => {
      connection.send('quit');
      connection.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await connection.closed;
      await exited;
      clearTimeout(timer);
      return restored;
    },
  };
}

/** A request that has no answer but that it is done. */
function tell(connection: Connection, what: string, ...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = connection.request(what, args, {
      message: (kind, parts) => {
        connection.forget(id);
        if (kind === 'done') resolve();
        else reject(new SandboxError(`agent-${what}`, `The sandbox could not be set up: ${parts.join(' ')}`));
      },
      lost: reject,
    });
  });
}

function pairs(options: AgentOptions): string[] {
  const { restore, lock, resolv = '', net = [], wire, ...rest } = options;
  const all = {
    ...rest,
    ...(wire && {
      ...wire,
      wire: 1,
      tag: wire.tag ?? '',
      others: wire.others ? 1 : '',
      router: wire.router ? 1 : '',
      clock: Math.round(Date.now() / 1000),
    }),
    resolv,
    net: net.map((part) => (part === true ? 1 : part || '')).join(','),
    restore: restore ? 1 : '',
    lock: lock ? 1 : '',
  };
  return Object.entries(all).map(([key, value]) => `${key}=${value}`);
}
