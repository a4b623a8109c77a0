/** What Vagrant and its providers say when they fail, in the user's words, with the tool's own last lines. Pure. */
import { SandboxError } from '../../lib/errors.ts';
import { lastLines } from '../remote/ssh-errors.ts';

interface Known {
  code: string;
  pattern: RegExp;
  message: string;
  next: readonly string[];
}

const RECIPE = 'sandbox/vagrant/README.md';

const KNOWN: readonly Known[] = [
  {
    code: 'vagrant-no-provider',
    pattern:
      /No usable default provider|provider '?"?[\w-]+"?'? (?:could not be found|that was requested)|requested to back the machine/,
    message: 'Vagrant has no provider here: nothing that could run a virtual machine.',
    next: [
      'Install VirtualBox; or, on Linux: sudo apt install vagrant-libvirt libvirt-daemon-system qemu-system-x86',
      'On Apple silicon: VMware Fusion (vagrant plugin install vagrant-vmware-desktop), Parallels (vagrant-parallels), UTM (vagrant_utm) or QEMU (vagrant-qemu).',
    ],
  },
  {
    code: 'vagrant-no-virtualisation',
    pattern:
      /VT-x is (?:not available|disabled)|AMD-V is|VERR_(?:VMX|SVM|NEM)|Could not access KVM|invalid accelerator kvm|does not support virt type 'kvm'|domain type 'kvm'|KVM is not available/i,
    message: 'The processor’s virtualisation cannot be used here.',
    next: [
      'Switch it on in the firmware (VT-x, AMD-V), or end what else uses it.',
      'With libvirt, WIREBOOK_VIRT=qemu does without: slow, but it works anywhere.',
    ],
  },
  {
    code: 'vagrant-libvirt-not-reached',
    pattern: /connecting to (?:the )?libvirt|failed to connect to the hypervisor|libvirt-sock|polkit/i,
    message: 'Vagrant does not reach libvirt.',
    next: [
      'Is it running, and may you use it? sudo systemctl start libvirtd; sudo usermod -aG libvirt $USER, then log in again.',
    ],
  },
  {
    code: 'vagrant-box-missing',
    pattern:
      /The box '?[^\n]*could not be found|could not be accessed in the remote catalog|An error occurred while downloading|[Cc]ould ?n[o']t resolve host|doesn't support the provider you requested|No box version matching/,
    message: 'The box of the machines is not here and cannot be got.',
    next: [
      'It is downloaded once, some hundred megabytes: is there a connection?',
      `Without one: build a box from packages (${RECIPE}), and name it with WIREBOOK_BOX=NAME.`,
    ],
  },
  {
    code: 'vagrant-busy',
    pattern:
      /another process is already executing an action|machine .* is locked|locked for reading|of domain about to create is already taken/i,
    message: 'Another Vagrant is at work on these machines.',
    next: ['Wait until it is done, and try again.'],
  },
  {
    code: 'vagrant-host-only-range',
    pattern: /not within the\s+allowed ranges/,
    message: 'VirtualBox does not allow the address of the private network.',
    next: ['Allow it: echo "* 172.17.0.0/16" | sudo tee -a /etc/vbox/networks.conf'],
  },
  {
    code: 'vagrant-no-boot',
    pattern: /Timed out while waiting for the machine to boot|not created because|Domain is not running/i,
    message: 'The machine was started, and does not answer.',
    next: [
      'Start it afresh: vagrant destroy -f, and try again. `vagrant up --debug` says more.',
      'Where the processor’s virtualisation is missing, a start takes minutes.',
    ],
  },
  {
    code: 'vagrant-no-space',
    pattern: /No space left on device|VERR_DISK_FULL|Disk quota exceeded/,
    message: 'There is no space left for the machines.',
    next: ['They need about 3 GB. Old boxes: vagrant box prune; old machines: vagrant global-status --prune'],
  },
  {
    code: 'vagrant-no-memory',
    pattern: /[Cc]annot allocate memory|cannot set up guest memory|VERR_NO_MEMORY/,
    message: 'There is not enough memory for the machines.',
    next: ['They take 1 GB each; WIREBOOK_MEMORY=768 makes them smaller.'],
  },
  {
    code: 'vagrant-provisioning',
    pattern: /SSH command responded with a non-zero exit status|non-zero exit status/,
    message: 'The machine is up, and its set-up failed.',
    next: [
      'Where it could not fetch packages: has the machine a connection? vagrant ssh host, then sudo apt-get update',
      'Once more: vagrant provision',
    ],
  },
  {
    code: 'vagrant-plugins',
    pattern: /Vagrant failed to (?:initialize|properly)|plugins? .* failed to|Gem::/,
    message: 'Vagrant does not start: one of its plugins is in the way.',
    next: ['vagrant plugin repair; then vagrant plugin expunge --reinstall'],
  },
];

export interface Failure {
  /** There is no such program. */
  missing: boolean;
  said: string;
  command: string;
}

export function explainVagrant({ missing, said, command }: Failure): SandboxError {
  if (missing) {
    return new SandboxError('vagrant-missing', 'There is no vagrant on this machine.', [
      'Install it: sudo apt install vagrant; brew install --cask vagrant; or from its own site.',
      'Without virtual machines: --sandbox embedded (Linux), docker or ssh.',
    ]);
  }
  const text = said
    .split('\n')
    .map((line) => line.replace(/^==> \S+: /, '').replace(/^ {4}\S+: /, ''))
    .join('\n');
  const known = KNOWN.find(({ pattern }) => pattern.test(text));
  const tail = lastLines(text.replace(/^.*Progress: .*$/gm, ''));
  const message = known?.message ?? `\`${command}\` failed.`;
  return new SandboxError(
    known?.code ?? 'vagrant-failed',
    tail ? `${message}\n${tail}` : message,
    known?.next ?? [`Run it by hand to see more: ${command} --debug`],
  );
}
