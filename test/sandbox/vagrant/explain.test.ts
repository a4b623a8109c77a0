import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { explainVagrant } from '../../../src/sandbox/vagrant/explain.ts';

/** What the tools say, as they say it. */
const SAID: Readonly<Record<string, string>> = {
  'vagrant-no-provider': `No usable default provider could be found for your system.

Vagrant relies on interactions with 3rd party systems, known as
"providers", to provide Vagrant with resources to run development
environments.`,
  'vagrant-libvirt-not-reached': `Error while connecting to Libvirt: Error making a connection to libvirt URI qemu:///system:
Call to virConnectOpen failed: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied`,
  'vagrant-box-missing': `==> host: Box 'debian/bookworm64' could not be found. Attempting to find and install...
    host: Box Provider: libvirt
The box 'debian/bookworm64' could not be found or
could not be accessed in the remote catalog. If this is a private
box on HashiCorp's Vagrant Cloud, please verify you're logged in via
\`vagrant login\`.`,
  'vagrant-no-virtualisation': `There was an error talking to Libvirt. The error message is shown
below:

Call to virDomainCreateWithFlags failed: internal error: process exited while connecting to monitor: Could not access KVM kernel module: No such file or directory`,
  'vagrant-busy': `An action 'up' was attempted on the machine 'host',
but another process is already executing an action on the machine.`,
  'vagrant-no-boot': `Timed out while waiting for the machine to boot. This means that
Vagrant was unable to communicate with the guest machine within
the configured ("config.vm.boot_timeout" value) time period.`,
  'vagrant-host-only-range': `The IP address configured for the host-only network is not within the
allowed ranges. Please update the address used to be within the allowed
ranges and run the command again.`,
  'vagrant-no-space': `qemu-img: error while writing: No space left on device`,
  'vagrant-provisioning': `    host: E: Unable to fetch some archives
The SSH command responded with a non-zero exit status. Vagrant
assumes that this means the command failed.`,
};

describe('errors of vagrant', () => {
  test.each(Object.entries(SAID))('%s', (code, said) => {
    const error = explainVagrant({ missing: false, said, command: 'vagrant up host' });
    expect(error).toMatchObject({ code, exit: 3 });
    expect(error.next.length).toBeGreaterThan(0);
    expect(error.message).toContain(said.trim().split('\n').at(-1)!.trim());
  });

  test('of another kind: the last lines, and how to see more', () => {
    const said = Array.from({ length: 40 }, (_, i) => `==> host: line ${i}`).join('\n');
    const error = explainVagrant({ missing: false, said, command: 'vagrant up host' });
    expect(error.message).toBe(
      '`vagrant up host` failed.\n  line 35\n  line 36\n  line 37\n  line 38\n  line 39',
    );
    expect(error.next.join()).toContain('vagrant up host --debug');
  });
});

describe('doctor', () => {
  let folder: string;
  const { PATH: path, VAGRANT_DOTFILE_PATH: dot } = process.env;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-vagrant-'));
    // machines that this checkout may have are none of these tests' business
    process.env.VAGRANT_DOTFILE_PATH = join(folder, 'dot');
  });
  afterEach(() => {
    process.env.PATH = path;
    if (dot === undefined) delete process.env.VAGRANT_DOTFILE_PATH;
    else process.env.VAGRANT_DOTFILE_PATH = dot;
    rmSync(folder, { recursive: true, force: true });
  });
  const pretend = (script: string) => {
    writeFileSync(join(folder, 'vagrant'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'vagrant'), 0o755);
    process.env.PATH = `${folder}:${path}`;
  };

  test('without vagrant', async () => {
    process.env.PATH = folder;
    expect(await new VagrantDriver().available()).toMatchObject({
      ok: false,
      summary: 'There is no vagrant on this machine.',
    });
    await expect(new VagrantDriver().create({ hosts: [{ name: 'host' }] })).rejects.toMatchObject({
      code: 'vagrant-missing',
      exit: 3,
    });
  });

  test('without a provider', async () => {
    pretend(
      'case $1 in --version) echo Vagrant 2.4.9 ;; *) echo "No usable default provider could be found for your system." >&2; exit 1 ;; esac',
    );
    const found = await new VagrantDriver().available();
    expect(found.ok).toBe(false);
    expect(found.summary).toContain('no provider here');
    expect(found.next.join()).toContain('VirtualBox');
  });

  test('without a box', async () => {
    pretend(`case $1 in
--version) echo Vagrant 2.4.9 ;;
status) printf '1,host,provider-name,virtualbox\\n1,host,state,not_created\\n1,node01,provider-name,virtualbox\\n1,node01,state,not_created\\n' ;;
box) printf '1,,box-name,other/box\\n1,,box-provider,libvirt\\n' ;;
esac`);
    expect(await new VagrantDriver().available()).toEqual({
      ok: true,
      summary:
        'Vagrant 2.4.9 with virtualbox; host is not made yet, node01 is not made yet. No box is here yet: it is downloaded once.',
      next: ['wirebook --sandbox vagrant sandbox prepare'],
    });
  });

  test('more hosts than machines', async () => {
    const hosts = ['a', 'b', 'c'].map((name) => ({ name }));
    await expect(new VagrantDriver().create({ hosts })).rejects.toMatchObject({
      code: 'too-many-hosts',
      exit: 2,
    });
  });
});
