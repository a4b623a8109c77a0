/** What the containers of one sandbox share: a network of the engine where there are several, and how they end. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { SandboxError } from '../../lib/errors.ts';
import type { SandboxLimits } from '../contract.ts';
import { BOOT } from '../remote/agent-source.ts';
import { type Agent, startAgent } from '../remote/start.ts';
import { ask, type EngineName, explainEngine, tell } from './engine.ts';
import { imageName } from './image.ts';

const LABEL = 'wirebook.sandbox';
const OWNER = 'wirebook.owner';
const ROUTER = '172.17.0.1';
/** Of the engine's network: what VXLAN puts around a frame fits beside its 1500. */
const MTU = 1600;
/** Seconds without a word after which a container ends by itself. */
const SILENCE = 120;

/** What a lesson has no use for and could harm the machine with. */
const NOT_THESE = [
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_BOOT',
  'SYS_TIME',
  'SYS_RESOURCE',
  'SYSLOG',
  'WAKE_ALARM',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'BLOCK_SUSPEND',
  'LEASE',
  'LINUX_IMMUTABLE',
];

export class Site {
  readonly #engine: EngineName;
  readonly #id: string;
  readonly #reaper: ReturnType<typeof reaper>;
  readonly #limits: SandboxLimits;
  #joined = false;
  /** What is asked for, and done without where it cannot be had. */
  readonly #extras = { limits: true, tun: true };

  private constructor(engine: EngineName, id: string, limits: SandboxLimits) {
    this.#engine = engine;
    this.#id = id;
    this.#limits = limits;
    this.#reaper = reaper(engine, id);
  }

  static async start(engine: EngineName, hosts: number, limits: SandboxLimits): Promise<Site> {
    const site = new Site(engine, `wirebook-${randomBytes(4).toString('hex')}`, limits);
    site.#joined = hosts > 1;
    try {
      if (site.#joined) await site.#makeNetwork();
      return site;
    } catch (error) {
      await site.end();
      throw error;
    }
  }

  /** Only the containers are on it, and it leads nowhere. */
  async #makeNetwork(): Promise<void> {
    const labels = ['--label', `${LABEL}=${this.#id}`, '--label', `${OWNER}=${hostname()}/${process.pid}`];
    const mtu = this.#engine === 'docker' ? `com.docker.network.driver.mtu=${MTU}` : `mtu=${MTU}`;
    await tell(this.#engine, ['network', 'create', '--internal', '-o', mtu, ...labels, this.#id]);
  }

  /** A container whose first process is the agent: it goes with the agent, and the agent with its stream. */
  async host(name: string, address: string, first: boolean): Promise<Agent> {
    try {
      return await this.#run(name, address, first);
    } catch (error) {
      const said = (error as Error).message;
      // an engine without rights over control groups, a machine without tunnels: most lessons need neither
      if (this.#extras.limits && /cgroup|controller/i.test(said)) this.#extras.limits = false;
      else if (this.#extras.tun && said.includes('/dev/net/tun')) this.#extras.tun = false;
      else throw error;
      return this.host(name, address, first);
    }
  }

  #run(name: string, address: string, first: boolean): Promise<Agent> {
    const { processes, memory, disk } = this.#limits;
    const { limits, tun } = this.#extras;
    // The rights of --privileged, but for the machine's devices and what is in NOT_THESE.
    const unmask = this.#engine === 'docker' ? 'systempaths=unconfined' : 'unmask=ALL';
    const argv = [
      ...[
        'run',
        '--rm',
        '-i',
        '--label',
        `${LABEL}=${this.#id}`,
        '--label',
        `${OWNER}=${hostname()}/${process.pid}`,
      ],
      ...['--network', this.#joined ? this.#id : 'none', '--no-healthcheck'],
      ...['--cap-add', 'ALL', ...NOT_THESE.flatMap((right) => ['--cap-drop', right])],
      ...['seccomp=unconfined', 'apparmor=unconfined', 'label=disable', unmask].flatMap((one) => [
        '--security-opt',
        one,
      ]),
      ...(limits ? ['--pids-limit', String(processes + 64), '--memory', String(memory)] : []),
      ...(tun ? ['--device', '/dev/net/tun'] : []),
      ...['--tmpfs', '/tmp:exec,mode=1777', imageName(), 'perl', '-e', BOOT],
    ];
    return startAgent(
      [this.#engine, ...argv],
      {
        name,
        run: 'own',
        net: [address, ROUTER, first],
        resolv: 'nameserver 8.8.8.8\noptions timeout:1 attempts:2\n',
        ...{ restore: false, lock: false, disk, processes, silence: SILENCE },
      },
      (failure) => explainEngine(this.#engine, failure),
      () =>
        new SandboxError(
          'container-lost',
          `The container of ${name} is gone: it or ${this.#engine} was ended.`,
          ['Reset the lesson, or run the next cell: fresh ones are started, and brought to where you are.'],
        ),
    );
  }

  async join(agents: readonly Agent[]): Promise<void> {
    if (!this.#joined) return;
    const addresses = agents.map((agent) => agent.address);
    await Promise.all(agents.map((agent, i) => agent.join(addresses.filter((_, other) => other !== i))));
  }

  /** Nothing of the sandbox is left when it resolves. */
  end(): Promise<void> {
    return this.#reaper.end();
  }
}

/**
 * A shell that waits for the end of its input, which is ours however we end, and then takes away what has the sandbox's
 * label. It is also how a sandbox is taken away when all is well: one way, always the same.
 */
function reaper(engine: EngineName, id: string) {
  const script = `
    read -r _
    ids=$("$1" ps -aq --filter "label=${LABEL}=$2"); [ -z "$ids" ] || "$1" rm -f $ids
    "$1" network rm "$2"`;
  const child = spawn('sh', ['-c', script, 'wirebook-reaper', engine, id], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => {});
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  return {
    end: () => {
      child.ref();
      child.stdin.end();
      return gone;
    },
  };
}

/** What sandboxes left whose reaper was ended too: the machine was switched off, or somebody ended everything. */
export async function sweep(engine: EngineName): Promise<void> {
  const format = `{{.Name}} {{index .Labels "${OWNER}"}}`;
  const names = await ask(engine, ['network', 'ls', '-q', '--filter', `label=${OWNER}`]);
  const ids = names.stdout.split(/\s+/).filter(Boolean);
  if (names.exit !== 0 || ids.length === 0) return;
  const said = await ask(engine, ['network', 'inspect', '--format', format, ...ids]);
  for (const line of said.stdout.split('\n')) {
    const [id, machine, pid] = /^(\S+) (.*)\/(\d+)$/.exec(line.trim())?.slice(1) ?? [];
    if (!id || machine !== hostname() || alive(Number(pid))) continue;
    await reaper(engine, id).end();
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
