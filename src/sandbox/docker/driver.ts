/** The docker driver, and podman's: a container a host, on a network of their own. */
import { InputError, SandboxError } from '../../lib/errors.ts';
import { AgentSandbox, type Life } from '../agent/sandbox.ts';
import {
  type Availability,
  DEFAULT_LIMITS,
  type OnProgress,
  type Sandbox,
  type SandboxDriver,
  type SandboxSpec,
  withAddresses,
} from '../contract.ts';
import { liveWith } from '../remote/life.ts';
import { type EngineName, tell } from './engine.ts';
import { hasImage, prepareImage } from './image.ts';
import { Site, sweep } from './site.ts';

let made = 0;

class ContainerSandbox extends AgentSandbox {
  readonly #site: Site;

  constructor(driver: string, name: string, site: Site, life: Life, again: () => Promise<Life>) {
    super(driver, name, life, again);
    this.#site = site;
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.#site.end();
  }
}

export class ContainerDriver implements SandboxDriver {
  readonly name: EngineName;
  readonly summary: string;

  constructor(name: EngineName) {
    this.name = name;
    this.summary = `A container of ${name} for each host; where ${name} is, also on other systems than Linux.`;
  }

  async available(): Promise<Availability> {
    try {
      const format = this.name === 'docker' ? '{{.Server.Version}}' : '{{.Version}}';
      const version = await tell(this.name, ['version', '--format', format], { timeoutMs: 10_000 });
      if (!(await hasImage(this.name))) {
        const next = [`wirebook sandbox prepare --sandbox ${this.name}`];
        return { ok: true, summary: `${this.name} ${version} answers; the image is not made yet.`, next };
      }
      const sandbox = await this.create({ hosts: [{ name: 'host' }] });
      await sandbox.destroy();
      return { ok: true, summary: `${this.name} ${version}: a sandbox was made and ended.`, next: [] };
    } catch (error) {
      if (!(error instanceof SandboxError || error instanceof InputError)) throw error;
      return { ok: false, summary: error.message, next: error.next };
    }
  }

  async prepare(onProgress: OnProgress = () => {}): Promise<void> {
    await prepareImage(this.name, onProgress);
    await sweep(this.name);
  }

  async create(spec: SandboxSpec, onProgress: OnProgress = () => {}): Promise<Sandbox> {
    await prepareImage(this.name, onProgress);
    const hosts = withAddresses(spec.hosts);
    const site = await Site.start(this.name, hosts.length, { ...DEFAULT_LIMITS, ...spec.limits });
    const addresses = new Map(hosts.map(({ name, address }) => [name, address.split('/')[0]!]));
    const again = (): Promise<Life> =>
      liveWith(hosts, (host) => site.host(host.name, host.address, host === hosts[0]), {
        addresses,
        joined: (agents) => site.join(agents),
      });
    try {
      const life = await again();
      return new ContainerSandbox(
        this.name,
        spec.name ?? `sandbox-${process.pid}-${++made}`,
        site,
        life,
        again,
      );
    } catch (error) {
      await site.end();
      throw error;
    }
  }
}
