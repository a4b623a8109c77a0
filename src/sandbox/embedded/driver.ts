/**
 * The embedded driver: sandboxes out of Linux namespaces, as an ordinary user or as root. What makes them is loaded with the
 * first one: who opens the notebook looks at it before there is any.
 */
import { SandboxError } from '../../lib/errors.ts';
import type {
  Availability,
  OnProgress,
  Sandbox,
  SandboxDriver,
  SandboxLimits,
  SandboxSpec,
} from '../contract.ts';

let made = 0;

/** What whoever started us bounds all sandboxes to: `WIREBOOK_SANDBOX_LIMITS=memory=536870912,disk=268435456,processes=256`. */
function limitsHere(text = process.env.WIREBOOK_SANDBOX_LIMITS ?? ''): Partial<SandboxLimits> {
  const found = [...text.matchAll(/(?:^|,)(memory|disk|processes)=(\d+)(?=,|$)/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

export const embedded: SandboxDriver = {
  name: 'embedded',
  summary: 'Linux namespaces on this machine, as an ordinary user; starts in milliseconds.',

  async available(): Promise<Availability> {
    if (process.platform !== 'linux') {
      return {
        ok: false,
        summary: `The embedded sandbox needs Linux; this is ${process.platform}.`,
        next: ['Use --sandbox vagrant or --sandbox ssh.'],
      };
    }
    const { readyRootfs } = await import('../rootfs/rootfs.ts');
    if (!readyRootfs()) {
      const { knownTroubles } = await import('./remedies.ts');
      const trouble = knownTroubles('/usr/bin/perl')[0];
      return trouble
        ? { ok: false, summary: trouble.summary, next: trouble.next }
        : { ok: true, summary: 'The root file system is not made yet.', next: ['wirebook sandbox prepare'] };
    }
    try {
      const sandbox = await this.create({ hosts: [{ name: 'host' }] });
      await sandbox.destroy();
      return { ok: true, summary: 'A sandbox was made and ended.', next: [] };
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return { ok: false, summary: error.message, next: error.next };
    }
  },

  async prepare(onProgress?: OnProgress): Promise<void> {
    const { prepareRootfs } = await import('../rootfs/rootfs.ts');
    await prepareRootfs(onProgress);
  },

  async create(spec: SandboxSpec, onProgress?: OnProgress): Promise<Sandbox> {
    if (process.platform !== 'linux') {
      throw new SandboxError(
        'not-linux',
        `The embedded sandbox needs Linux; this is ${process.platform}.`,
        'Use --sandbox vagrant or --sandbox ssh.',
      );
    }
    const [{ markUsed, prepareRootfs }, { launch }, { EmbeddedSandbox }] = await Promise.all([
      import('../rootfs/rootfs.ts'),
      import('./launch.ts'),
      import('./sandbox.ts'),
    ]);
    const rootfs = await prepareRootfs(onProgress);
    void markUsed(rootfs);
    const again = () => launch(rootfs, spec.hosts, { ...spec.limits, ...limitsHere() });
    return new EmbeddedSandbox(spec.name ?? `sandbox-${process.pid}-${++made}`, await again(), again);
  },
};
