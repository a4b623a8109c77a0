/** What one learner on the host does to it from their shell, and how another one fares meanwhile. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { bringUpToDate } from '../../cli/wirebook.ts';
import type { TestTerminal } from '../../terminal/terminal.ts';
import { comeIn, holdOffer, type OfferHost } from './a-host.ts';

beforeAll(bringUpToDate, 120_000);

/** In a shell of the sandbox. */
async function inShell(host: OfferHost, name: string): Promise<TestTerminal> {
  const terminal = host.ssh(host.code);
  await comeIn(terminal, name);
  await terminal.press('t', /host:.*#/);
  return terminal;
}

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

describe('beside somebody who attacks from their shell', () => {
  test.each([
    ['a fork bomb', ':(){ :|:& };:', /fork: |Resource temporarily/],
    ['a memory hog', 'perl -e \'my @a; push @a, "x" x 1e6 while 1\'', /Killed|Out of memory/i],
    ['a disk filler', 'cat /dev/zero > /root/all; echo full-$?', /full-1|No space/],
    [
      'one that takes all processors',
      'for i in $(seq 64); do (while :; do :; done) & done; echo be-$((1+1))gun',
      /be-2gun/,
    ],
    ['one that prints without end', 'yes "$(seq 1000)"', /1/],
  ])(
    '%s: the other one’s cells run, and the host is as it was',
    async (_what, command, sign) => {
      await using host = await holdOffer(2);
      const evil = await inShell(host, 'Eve');
      const other = host.ssh(host.code);
      await comeIn(other, 'Ann');
      const before = memoryOf(host.pid);
      evil.write(`${command}\r`);
      await evil.until(sign);
      await other.press('\r', 'passed');
      expect(memoryOf(host.pid) - before).toBeLessThan(150 * 2 ** 20);
      // A third one, to whom a place is refused, hears of it.
      const third = host.ssh(host.code);
      await third.until('are taken');
    },
    120_000,
  );

  test('a terminal that has stopped to read costs nobody anything', async () => {
    await using host = await holdOffer(2);
    const evil = await inShell(host, 'Eve');
    evil.write('yes "$(seq 1000)"\r');
    await evil.until(/\d{3}\s*\n\s*\d{3}/);
    // Its ssh reads no more; what is on its way to it stays within bounds.
    process.kill(evil.pid, 'SIGSTOP');
    const other = host.ssh(host.code);
    await comeIn(other, 'Ann');
    const before = memoryOf(host.pid);
    await other.press('\r', 'passed');
    await other.press('t', /host:.*#/);
    await other.press('echo $((20+3))\r', /^.*\b23\b/m);
    expect(memoryOf(host.pid) - before).toBeLessThan(100 * 2 ** 20);
    process.kill(evil.pid, 'SIGCONT');
    await evil.press('\x03', /#\s*$/m);
  }, 120_000);

  test('from the shell there is no way to the notebook, the machine, or other learners', async () => {
    await using host = await holdOffer(2);
    const ann = await inShell(host, 'Ann');
    const eve = await inShell(host, 'Eve');
    await ann.press('touch /root/ann; echo made-$((1+1))\r', 'made-2');
    const marker = `wirebook-${host.pid}`;
    await eve.press(
      `ls /root/ann /home/* /app /line /course 2>&1 | grep -vc 'No such'; grep -l node /proc/*/comm | wc -l; ip -br link | grep -vc 'lo\\|eth0'; echo end-${marker}\r`,
      new RegExp(`^end-${marker}`, 'm'),
    );
    const said = eve
      .text()
      .split('\n')
      .map((line) => line.trim());
    const at = said.findIndex((line) => line.startsWith(`end-${marker}`));
    expect(said.slice(at - 3, at)).toEqual(['0', '0', '0']);
    // What the machine listens to on its loopback, the class itself, is not there.
    await eve.press(
      `for p in ${host.port} ${host.sshPort}; do (exec 3<>/dev/tcp/127.0.0.1/$p) 2>/dev/null && echo open-$p; done; echo tried-$((1+1))\r`,
      'tried-2',
    );
    expect(eve.text()).not.toMatch(/^open-/m);
  }, 120_000);

  test('no editor and no program of the machine’s is started from the notebook', async () => {
    await using host = await holdOffer(1);
    const terminal = host.ssh(host.code);
    await comeIn(terminal, 'Eve');
    await terminal.press('\r', 'passed');
    await terminal.press('\r', /And write/);
    terminal.write('e');
    await terminal.until('There is no editor of your own here');
    const shells = readdirSync('/proc').filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) &&
          /^(vi|nano|sh)$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim()) &&
          isBelow(Number(pid), host.pid)
        );
      } catch {
        return false;
      }
    });
    expect(shells).toEqual([]);
  }, 60_000);
});

function isBelow(pid: number, above: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === above) return true;
    const stat = readFileSync(`/proc/${at}/stat`, 'latin1');
    at = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  }
  return false;
}
