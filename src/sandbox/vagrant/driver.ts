/** The vagrant driver: virtual machines, by whatever provider Vagrant has here. */
import { InputError, SandboxError } from '../../lib/errors.ts';
import { AgentSandbox, type Life } from '../agent/sandbox.ts';
import {
  type Availability,
  DEFAULT_LIMITS,
  type HostSpec,
  type OnProgress,
  type Sandbox,
  type SandboxDriver,
  type SandboxSpec,
  withAddresses,
} from '../contract.ts';
import { agentOverSsh } from '../remote/ssh.ts';
import { explainSsh } from '../remote/ssh-errors.ts';
import { type Agent, startAgent } from '../remote/start.ts';
import { Machines } from './machines.ts';
import { MACHINES, type Settings, settingsOf } from './settings.ts';

/** Seconds without a word from us after which a machine gives the lesson up. */
const SILENCE = 90;

let made = 0;

export class VagrantDriver implements SandboxDriver {
  readonly name: string;
  readonly summary = 'Virtual machines by Vagrant: VirtualBox, libvirt, VMware, Parallels, UTM, QEMU.';
  readonly #settings: Settings;
  readonly #machines: Machines;

  /** `ending`: what becomes of the machines when nobody uses them: keep, halt, a duration; '' for the user's default. */
  constructor(ending = '') {
    this.name = ending === '' ? 'vagrant' : `vagrant:${ending}`;
    this.#settings = settingsOf(ending);
    this.#machines = new Machines(this.#settings);
  }

  async available(): Promise<Availability> {
    const { vagrant } = this.#machines;
    try {
      const version = await vagrant.version();
      const { provider, states } = await vagrant.status();
      const known = [...states].map(([name, state]) => `${name} is ${SAID[state]}`).join(', ');
      const summary = `${version} with ${provider}; ${known}.`;
      const first = states.get(MACHINES[0]!.name);
      if (first !== 'not_created') return { ok: true, summary, next: [] };
      const here = (await vagrant.boxes()).some((box) => box.provider === provider);
      return {
        ok: true,
        summary: here ? summary : `${summary} No box is here yet: it is downloaded once.`,
        next: ['wirebook --sandbox vagrant sandbox prepare'],
      };
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return { ok: false, summary: error.message, next: error.next };
    }
  }

  async prepare(onProgress?: OnProgress): Promise<void> {
    const { name } = MACHINES[0]!;
    // the end of a lesson is what lets a machine switch itself off, if none follows
    if (await this.#machines.up([name], onProgress))
      await (await this.create({ hosts: [{ name }] })).destroy();
  }

  async create(spec: SandboxSpec, onProgress?: OnProgress): Promise<Sandbox> {
    const hosts = withAddresses(spec.hosts);
    if (hosts.length > MACHINES.length) {
      throw new InputError(
        'too-many-hosts',
        `The lesson has ${hosts.length} hosts, and there are ${MACHINES.length} virtual machines.`,
        'Another sandbox can have more: --sandbox embedded.',
      );
    }
    const limits = { ...DEFAULT_LIMITS, ...spec.limits };
    const names = MACHINES.slice(0, hosts.length).map(({ name }) => name);
    const again = async (): Promise<Life> => {
      await this.#machines.up(names, onProgress);
      try {
        return await this.#live(hosts, limits);
      } catch (error) {
        // it answered, and was on its way down, or is another one than before
        if (!(error instanceof SandboxError && /^ssh-/.test(error.code))) throw error;
        await this.#machines.repair(names, onProgress);
        return this.#live(hosts, limits);
      }
    };
    return new AgentSandbox('vagrant', spec.name ?? `sandbox-${process.pid}-${++made}`, await again(), again);
  }

  async switchOff(onProgress?: OnProgress): Promise<void> {
    await this.#machines.halt(onProgress);
  }

  /** The first machine's agent says which tag the wire between them has. */
  async #live(
    hosts: readonly Required<HostSpec>[],
    limits: { disk: number; processes: number },
  ): Promise<Life> {
    const agents: Agent[] = [];
    try {
      for (const [i, host] of hosts.entries()) {
        agents.push(await this.#start(i, host, hosts.length > 1, limits, agents[0]?.tag));
      }
      const names = new Map(hosts.map(({ name }, i) => [name, agents[i]!.address]));
      await Promise.all(agents.map((agent) => agent.names(names)));
    } catch (error) {
      await Promise.all(agents.map((agent) => agent.end()));
      throw error;
    }
    let ended: Promise<unknown> | undefined;
    return {
      places: new Map(hosts.map(({ name }, i) => [name, { connection: agents[i]!.connection, index: 0 }])),
      closed: Promise.race(agents.map((agent) => agent.connection.closed)),
      end: async () => {
        ended ??= Promise.all(agents.map((agent) => agent.end()));
        await ended;
      },
    };
  }

  #start(
    number: number,
    host: Required<HostSpec>,
    others: boolean,
    { disk, processes }: { disk: number; processes: number },
    tag: string | undefined,
  ): Promise<Agent> {
    const { name, card } = MACHINES[number]!;
    const { idle } = this.#settings;
    return startAgent(
      agentOverSsh(this.#machines.ssh(name)),
      {
        name: host.name,
        run: 'own',
        resolv: 'nameserver 8.8.8.8\noptions timeout:1 attempts:2\n',
        restore: false,
        lock: false,
        silence: SILENCE,
        disk,
        processes,
        wire: { address: host.address, card, others, router: number === 0, idle, ...(tag ? { tag } : {}) },
      },
      (failure) => explainSsh(`the virtual machine ${name}`, failure),
      () =>
        new SandboxError(
          'machine-lost',
          `The virtual machine ${name} is gone: it restarted, hangs, or lost its network.`,
          [
            'Reset the lesson: Wirebook brings the machine back; your answers are kept.',
            `To look for yourself: vagrant status; vagrant ssh ${name}`,
          ],
        ),
    );
  }
}

const SAID = { running: 'running', not_created: 'not made yet', other: 'switched off' };
