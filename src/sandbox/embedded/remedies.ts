/** What keeps namespaces from working on a machine, and the exact remedy: the same words in `doctor` and in a run. */
import { existsSync, readFileSync } from 'node:fs';
import { SandboxError } from '../../lib/errors.ts';

export interface Trouble {
  code: string;
  summary: string;
  next: readonly string[];
}

function setting(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function inContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}

const CONTAINER: Trouble = {
  code: 'container-without-right',
  summary: 'This is a container that may not make namespaces or mount proc.',
  next: [
    'Start the container with: --security-opt seccomp=unconfined --security-opt systempaths=unconfined --security-opt apparmor=unconfined',
    'Or with --privileged.',
  ],
};

/** Settings of the machine that are known to be in the way, whether or not anything was tried. Reads only. */
export function knownTroubles(program: string): Trouble[] {
  const troubles: Trouble[] = [];
  if (setting('/proc/sys/kernel/unprivileged_userns_clone') === '0' && process.getuid?.() !== 0) {
    troubles.push({
      code: 'userns-switched-off',
      summary: 'User namespaces are switched off for ordinary users (kernel.unprivileged_userns_clone = 0).',
      next: ['sudo sysctl -w kernel.unprivileged_userns_clone=1'],
    });
  }
  if (setting('/proc/sys/user/max_user_namespaces') === '0') {
    troubles.push({
      code: 'userns-none-allowed',
      summary: 'No user namespace may be made (user.max_user_namespaces = 0).',
      next: ['sudo sysctl -w user.max_user_namespaces=10000'],
    });
  }
  if (setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' && process.getuid?.() !== 0) {
    troubles.push({
      code: 'apparmor-restricts-userns',
      summary: 'AppArmor takes away the rights in user namespaces (Ubuntu 23.10 and later).',
      next: [
        `Allow this one program: printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile wirebook "${program}" flags=(unconfined) {\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/wirebook && sudo apparmor_parser -r /etc/apparmor.d/wirebook`,
        'Or allow all until the next start: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
      ],
    });
  }
  return troubles;
}

/** What `keeper: STAGE: WHY` on the keeper's standard error means for a person. */
export function explainKeeper(said: string, program: string): SandboxError {
  const [, stage = '', why = said.trim()] = /^keeper: ([\w-]+): ([\s\S]*)/m.exec(said) ?? [];
  const detail = why.trim() || 'it ended without a word';
  const known = knownTroubles(program)[0];
  if (known && /user-namespace|namespaces|setup/.test(stage)) {
    return new SandboxError(known.code, `${known.summary} (${stage}: ${detail})`, known.next);
  }
  if (/No space left on device/.test(detail) && /namespace/.test(stage)) {
    return new SandboxError('namespaces-used-up', `The kernel allows no more namespaces (${detail}).`, [
      'See /proc/sys/user/max_*_namespaces; end other sandboxes with `wirebook sandbox down`.',
    ]);
  }
  if (/user-namespace|namespaces/.test(stage) || (stage === 'setup' && inContainer())) {
    const trouble = inContainer() ? CONTAINER : undefined;
    return new SandboxError(
      trouble?.code ?? 'namespaces-refused',
      `${trouble?.summary ?? 'The kernel refused to make the namespaces of a sandbox.'} (${stage}: ${detail})`,
      trouble?.next ?? ['Run `wirebook doctor` to see what this machine allows.'],
    );
  }
  return new SandboxError(
    'sandbox-not-created',
    `The sandbox could not be made (${stage || 'start'}: ${detail}).`,
    ['Run `wirebook doctor` to see what this machine allows.'],
  );
}
