import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';

let folder: string;
const { PATH: path, VAGRANT_DOTFILE_PATH: dot } = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-vagrant-'));
  process.env.VAGRANT_DOTFILE_PATH = join(folder, 'dot');
});
afterEach(() => {
  process.env.PATH = path;
  if (dot === undefined) delete process.env.VAGRANT_DOTFILE_PATH;
  else process.env.VAGRANT_DOTFILE_PATH = dot;
  rmSync(folder, { recursive: true, force: true });
});

test('while another Vagrant is at work, it is waited for; what goes wrong then is told', async () => {
  const script = `#!/bin/sh
case $1 in
status) printf '1,host,provider-name,libvirt\\n1,host,state,not_created\\n' ;;
up) if [ -e ${folder}/tried ]; then echo "qemu-img: No space left on device" >&2
    else : > ${folder}/tried; echo "but another process is already executing an action on the machine." >&2; fi
    exit 1 ;;
esac`;
  writeFileSync(join(folder, 'vagrant'), script);
  chmodSync(join(folder, 'vagrant'), 0o755);
  process.env.PATH = `${folder}:${path}`;
  const said: string[] = [];
  const making = new VagrantDriver().create({ hosts: [{ name: 'host' }] }, (message) => said.push(message));
  await expect(making).rejects.toMatchObject({ code: 'vagrant-no-space' });
  expect(said).toContain('another Vagrant is at work on these machines: waiting for it');
});
