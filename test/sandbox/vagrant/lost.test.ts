/** What becomes of a lesson when its machine restarts, hangs or is cut off, and of a machine when Wirebook goes. */
import { execFileSync, spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';
import type { Sandbox } from '../../../src/sandbox/contract.ts';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { testLesson } from '../../../src/session/test-lesson.ts';
import { lessonOf } from './lesson.ts';

const hosts = [{ name: 'host' }];
const driver = new VagrantDriver('keep');
const virsh = (...args: string[]) => execFileSync('virsh', args, { encoding: 'utf8' });
/** Libvirt's name of the machine: the folder's, and its own. */
const domain = () =>
  virsh('list', '--all', '--name')
    .split('\n')
    .find((name) => name.endsWith('_host'))!;
/** Past Wirebook's agent. */
const onMachine = (script: string) =>
  execFileSync('vagrant', ['ssh', 'host', '-c', `sudo sh -c '${script}'`], {
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
  });

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  let sandbox: Sandbox | undefined;
  afterEach(async () => {
    await sandbox?.destroy();
    sandbox = undefined;
  });
  const lost = async (text: string, meanwhile: () => void = () => {}) => {
    sandbox = await driver.create({ hosts });
    const running = sandbox.run('host', text, {
      timeoutMs: 200_000,
      onOutput: () => meanwhile(),
    });
    await expect(running).rejects.toMatchObject({ exit: 3, code: 'machine-lost' });
    const error = await sandbox.lost;
    expect(error.message).toContain('The virtual machine host is gone');
    await sandbox.destroy();
  };
  const goesOn = async () => {
    const said: string[] = [];
    sandbox = await driver.create({ hosts }, (message) => said.push(message));
    const result = await sandbox.run('host', 'ip -br addr show eth0; date +%s', { timeoutMs: 20_000 });
    expect(result.stdout).toContain('172.17.0.33/16');
    // a snapshot sets the clock back, and we set it right again
    expect(Math.abs(Number(result.stdout.trim().split('\n').at(-1)) - Date.now() / 1000)).toBeLessThan(30);
    return said;
  };

  it('a machine that restarts in the middle of a cell is broken, not the learner’s failure', async () => {
    const lesson = lessonOf('echo b > /proc/sysrq-trigger; sleep 100');
    const result = await testLesson(lesson, driver);
    expect(result.state).toBe('broken');
    expect(result.because).toContain(
      'The virtual machine host is gone: it restarted, hangs, or lost its network.',
    );
    expect(result.next!.join()).toContain('Wirebook brings the machine back');
    await goesOn();
  }, 300_000);

  it('a machine that hangs', async () => {
    await lost('echo go; sleep 100', () => virsh('suspend', domain()));
    await goesOn();
  }, 300_000);

  it('a machine that lost its network: back to its snapshot', async () => {
    await lost('echo go; sleep 100', () => {
      const [card] = virsh('domiflist', domain()).match(/vnet\d+/)!;
      virsh('domif-setlink', domain(), card, 'down');
    });
    expect((await goesOn()).join('\n')).toContain('does not answer; going back to its snapshot');
  }, 300_000);

  it('a firewall that lets nothing in is the lesson’s own affair', async () => {
    sandbox = await driver.create({ hosts });
    const text = 'iptables -P INPUT DROP; ip link set eth0 down; ip route flush table main; echo still here';
    expect((await sandbox.run('host', text, { timeoutMs: 60_000 })).stdout).toBe('still here\n');
  }, 300_000);

  it('nothing of a lesson is left when Wirebook is killed', async () => {
    const script = `
      import { VagrantDriver } from '${PACKAGE_ROOT}/src/sandbox/vagrant/driver.ts';
      const sandbox = await new VagrantDriver('keep').create({ hosts: [{ name: 'host' }] });
      await sandbox.run('host', 'ip netns add left; touch /root/left; sleep 300 & echo up', { timeoutMs: 20_000 });
      console.log('up');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      expect(onMachine('pgrep -c wirebook-agent')).toMatch(/^1/);
    } finally {
      child.kill('SIGKILL');
    }
    const left =
      'pgrep -a wirebook-agent; pgrep -f "[s]leep 300"; ls /sys/fs/cgroup | grep wirebook; ls /root; ip -br link | grep -v -e ^lo -e ^eth; echo';
    await expect.poll(() => onMachine(left).trim(), { timeout: 60_000, interval: 500 }).toBe('');
  }, 300_000);

  it('a machine that nobody uses switches itself off', async () => {
    sandbox = await new VagrantDriver('2s').create({ hosts });
    await sandbox.destroy();
    await expect
      .poll(() => virsh('domstate', domain()).trim(), { timeout: 120_000, interval: 500 })
      .toBe('shut off');
    await goesOn();
  }, 300_000);
});
