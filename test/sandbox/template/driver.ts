/**
 * A driver to start from (docs/drivers.md). It is a whole one: its machines are namespaces that `unshare` makes, as root,
 * and lessons of one host run on it. Copy it to src/sandbox/NAME/driver.ts, put your machines where `reach` has unshare,
 * and go through what is marked with "yours".
 */
import { existsSync } from 'node:fs';
import { SandboxError } from '../../../src/lib/errors.ts';
import { AgentSandbox, type Life } from '../../../src/sandbox/agent/sandbox.ts';
import {
  type Availability,
  DEFAULT_LIMITS,
  type HostSpec,
  type OnProgress,
  type Sandbox,
  type SandboxDriver,
  type SandboxSpec,
  withAddresses,
} from '../../../src/sandbox/contract.ts';
import { BOOT } from '../../../src/sandbox/remote/agent-source.ts';
import { liveWith } from '../../../src/sandbox/remote/life.ts';
import { lastLines } from '../../../src/sandbox/remote/ssh-errors.ts';
import { type Agent, type Failure, startAgent } from '../../../src/sandbox/remote/start.ts';
import { prepareRootfs } from '../../../src/sandbox/rootfs/rootfs.ts';

let made = 0;

export class TemplateDriver implements SandboxDriver {
  // yours: the word behind --sandbox
  readonly name = 'template';
  readonly summary = 'Namespaces of this machine, as root: an example of a driver.';

  /** Looks, changes nothing; each thing that is missing with its exact remedy. `wirebook doctor` prints it. */
  async available(): Promise<Availability> {
    if (process.getuid?.() !== 0)
      return { ok: false, summary: 'This sandbox needs root.', next: ['sudo wirebook ...'] };
    if (!existsSync('/usr/bin/unshare'))
      return { ok: false, summary: 'unshare is not here.', next: ['sudo apt install util-linux'] };
    return { ok: true, summary: 'All is here.', next: [] };
  }

  /** yours: an image, a box, whatever takes long the first time. Nothing to do the second time. */
  async prepare(onProgress?: OnProgress): Promise<void> {
    await prepareRootfs(onProgress);
  }

  async create(spec: SandboxSpec, onProgress: OnProgress = () => {}): Promise<Sandbox> {
    const { path } = await prepareRootfs(onProgress);
    const hosts = withAddresses(spec.hosts);
    const limits = { ...DEFAULT_LIMITS, ...spec.limits };
    // One life of the hosts. A reset ends it and begins another; if your machines can be used again, keep them outside.
    const again = (): Promise<Life> =>
      liveWith(hosts, (host) => {
        onProgress(`${host.name}: starting`);
        return this.#start(path, host, limits);
      });
    return new AgentSandbox(this.name, spec.name ?? `sandbox-${process.pid}-${++made}`, await again(), again);
  }

  #start(root: string, host: Required<HostSpec>, { disk, processes }: typeof DEFAULT_LIMITS): Promise<Agent> {
    return startAgent(
      this.#reach(root),
      {
        name: host.name,
        // `own`: the machine is ours alone, the room gets a network of its own. `machine`: the user's, see src/sandbox/ssh.
        run: 'own',
        net: [host.address, '172.17.0.1', true],
        resolv: 'nameserver 8.8.8.8\n',
        restore: false,
        lock: false,
        disk,
        processes,
        // yours: how long the agent waits for a word from us, in seconds, before it counts us as dead
        silence: 60,
      },
      (failure) => this.#explain(failure),
    );
  }

  /**
   * yours: a command whose standard input and output reach `perl -e BOOT` on the machine, as root. `docker run -i IMAGE perl
   * -e BOOT`, `kubectl exec -i POD -- perl -e BOOT`, `limactl shell VM sudo perl -e BOOT`; for ssh there is agentOverSsh.
   */
  #reach(root: string): string[] {
    const script = `mount --bind "$1" "$1" && cd "$1" && mount -t proc proc proc && mount -t tmpfs tmp tmp &&
      mount -t tmpfs dev dev && for d in null zero full random urandom tty; do : > dev/$d && mount --bind /dev/$d dev/$d; done &&
      mkdir dev/pts && mount -t devpts devpts dev/pts && ln -s pts/ptmx dev/ptmx && ln -s /proc/self/fd dev/fd &&
      pivot_root . mnt && umount -l mnt && exec perl -e "$2"`;
    const namespaces = [
      '--mount',
      '--pid',
      '--net',
      '--fork',
      '--kill-child=KILL',
      '--propagation',
      'private',
    ];
    return ['unshare', ...namespaces, 'sh', '-c', script, 'sh', root, BOOT];
  }

  /** yours: what your tool says, in the user's words, and what to do next; its own last lines below. Never a stack. */
  #explain({ code, said, exit }: Failure): SandboxError {
    const tail = lastLines(said);
    return new SandboxError(
      code ?? 'template-failed',
      `The machine did not start (${code ?? `status ${exit}`}).${tail ? `\n${tail}` : ''}`,
      'Look at what `wirebook doctor --sandbox template` says.',
    );
  }
}
