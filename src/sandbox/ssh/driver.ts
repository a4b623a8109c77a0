/** The ssh driver: lessons on machines that the user has. */
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
} from '../contract.ts';
import { liveWith } from '../remote/life.ts';
import { agentOverSsh, type SshMachine } from '../remote/ssh.ts';
import { explainSsh } from '../remote/ssh-errors.ts';
import { startAgent } from '../remote/start.ts';
import { inventoryPath, type Machine, type Machines, machinesOf } from './inventory.ts';

/**
 * Seconds without a word from us after which a machine is put back to how it was. Also what a lesson costs that cuts the
 * machine off from us.
 */
const SILENCE = 120;

let made = 0;

const asSsh = ({ ssh, sudo, options }: Machine): SshMachine => ({
  destination: ssh,
  options,
  sudo: sudo ? 'as-needed' : 'no',
});

export class SshDriver implements SandboxDriver {
  readonly name: string;
  readonly summary = 'Machines that you have, reached by ssh; what a lesson changes there is put back.';
  /** The network of a machine is one: two lessons would see each other's. */
  readonly parallel = 1;
  onLeft: SandboxDriver['onLeft'];
  readonly #inventoryName: string;
  #read: Machines | undefined;

  /** `name`: of the sandbox in the inventory; '' for the only one. */
  constructor(name: string) {
    this.name = name === '' ? 'ssh' : `ssh:${name}`;
    this.#inventoryName = name;
  }

  #machines(): Machines {
    this.#read ??= machinesOf(this.#inventoryName);
    return this.#read;
  }

  async risks(): Promise<readonly string[]> {
    const machines = Object.entries(this.#machines()).map(([host, { ssh }]) => `  ${host}: ssh ${ssh}`);
    return [
      'The cells of a lesson run as root on:',
      ...machines,
      'They change the network of these machines: interfaces, addresses, routes,',
      'firewall, settings, containers. At the end it is put back to how it was, and',
      "whatever appeared meanwhile is taken away, also what was not the lesson's.",
      'Files that a cell writes lie in memory and go. A kernel module that was loaded',
      'stays, and what cannot be put back is said.',
    ];
  }

  async available(): Promise<Availability> {
    let machines: Machines;
    try {
      machines = this.#machines();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { ok: false, summary: error.message, next: error.next };
    }
    const tried = await Promise.allSettled(
      Object.entries(machines).map(async ([name, machine]) => {
        const agent = await this.#start({ name }, machine, { restore: false, lock: false });
        await agent.end();
      }),
    );
    const failed = tried.find((one) => one.status === 'rejected');
    if (!failed)
      return { ok: true, summary: `An agent ran on ${Object.keys(machines).join(', ')}.`, next: [] };
    if (!(failed.reason instanceof SandboxError)) throw failed.reason;
    return { ok: false, summary: failed.reason.message, next: failed.reason.next };
  }

  async prepare(): Promise<void> {
    this.#machines();
  }

  async create(spec: SandboxSpec, onProgress: OnProgress = () => {}): Promise<Sandbox> {
    const machines = this.#machines();
    const missing = spec.hosts.filter((host) => !Object.hasOwn(machines, host.name));
    if (missing.length > 0) {
      throw new InputError(
        'machine-missing',
        `The lesson has a host ${missing[0]!.name}, and ${this.name} has no machine for it.`,
        [`Add it in ${inventoryPath()}. There are: ${Object.keys(machines).join(', ')}.`],
      );
    }
    const limits = { ...DEFAULT_LIMITS, ...spec.limits };
    const addresses = new Map(
      spec.hosts.flatMap(({ name }) => {
        const { address } = machines[name]!;
        return address ? [[name, address] as const] : [];
      }),
    );
    const again = (): Promise<Life> =>
      liveWith(
        spec.hosts,
        (host) => {
          const machine = machines[host.name]!;
          onProgress(`${host.name}: connecting to ${machine.ssh}`);
          return this.#start(host, machine, { restore: true, lock: true, ...limits });
        },
        {
          addresses,
          onEnd: (left) => {
            for (const [host, lines] of left) this.#tellLeft(host, lines);
          },
        },
      );
    return new AgentSandbox(this.name, spec.name ?? `sandbox-${process.pid}-${++made}`, await again(), again);
  }

  #start(
    host: HostSpec,
    machine: Machine,
    options: { restore: boolean; lock: boolean; disk?: number; processes?: number },
  ) {
    const { disk, processes } = DEFAULT_LIMITS;
    return startAgent(
      agentOverSsh(asSsh(machine)),
      { name: host.name, run: 'machine', silence: SILENCE, disk, processes, ...options },
      (failure) => explainSsh(machine.ssh, failure),
      () =>
        new SandboxError('machine-lost', `The connection to ${machine.ssh} is lost.`, [
          'Reset the lesson, or run the next cell: Wirebook connects anew, and goes through it up to here.',
          `The machine is put back to how it was, by itself, within ${SILENCE} seconds.`,
        ]),
    );
  }

  #tellLeft(host: string, lines: readonly string[] | undefined): void {
    if (lines === undefined)
      this.onLeft?.(host, [
        `the connection ended before the machine said that it is as before; it does that by itself within ${SILENCE} seconds`,
      ]);
    else if (lines.length > 0) this.onLeft?.(host, lines);
  }
}
