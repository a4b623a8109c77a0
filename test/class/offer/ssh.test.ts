/** Places on the host, by a real ssh: who comes in, who comes back, who does not, and what is left behind. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { heldLimits, SEAT_LIMITS } from '../../../src/class/offer/limits.ts';
import { bringUpToDate } from '../../cli/wirebook.ts';
import { comeIn, holdOffer, type OfferHost, SSH, until } from './a-host.ts';

beforeAll(bringUpToDate, 120_000);

/** Processes that have this one above them. */
function below(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return [];
      }
    });
  const found = [pid];
  for (let i = 0; i < found.length; i++)
    found.push(...parents.filter(([, parent]) => parent === found[i]).map(([one]) => one));
  return found.slice(1);
}

const runs = promisify(execFile);

/** What a command by ssh comes to; never an answer to a question. */
async function attempt(
  host: OfferHost,
  user: string,
  args: readonly string[],
  command: readonly string[] = [],
) {
  const argv = [
    ...SSH,
    '-o',
    'PasswordAuthentication=no',
    ...args,
    '-p',
    String(host.sshPort),
    `${user}@127.0.0.1`,
    ...command,
  ];
  return runs('ssh', argv, { timeout: 10_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code?: number; stdout: string; stderr: string }) => ({
      code: error.code ?? -1,
      text: error.stdout + error.stderr,
    }),
  );
}

describe('places on the host', () => {
  test('a learner comes by ssh, is cut off, comes back to the same notebook, and leaves', async () => {
    await using host = await holdOffer(1);
    const first = host.ssh(host.code);
    const back = await comeIn(first, 'Lea');
    await until(() => /Lea has joined/.test(host.said()));
    await first.press('\r', '1+2+3');
    await first.until('passed');
    // Without a word, as a train in a tunnel.
    first.kill('SIGKILL');
    const second = host.ssh(back, { columns: 70, rows: 24 });
    await second.until('1+2+3');
    await second.until('passed');
    expect(second.alternate).toBe(true);
    // The one place is taken: by a word that says so.
    const other = host.ssh(host.code);
    await other.until('The one place that the host offers is taken.');
    await other.exited;
    // From elsewhere once more: there is one terminal a place.
    const third = host.ssh(back);
    await third.until('passed');
    await second.until('Your notebook is open elsewhere now');
    await second.exited;
    await third.press('q', 'You have left the notebook');
    expect(await third.exited).toMatchObject({ exitCode: 0 });
    expect(third.modes()).toMatchObject({ alternate: false, hidden: false, mouseTrackingMode: 'none' });
    const later = host.ssh(host.code);
    await comeIn(later, 'Ben');
  }, 120_000);

  test('a place is free again after a time, and who comes back later is where they were', async () => {
    await using host = await holdOffer(1, ['--offer-away', '2s']);
    const first = host.ssh(host.code);
    const back = await comeIn(first, 'Lea');
    await first.press('\r', 'passed');
    first.kill('SIGKILL');
    const other = host.ssh(host.code);
    // Until then it is Lea's; the same ssh is tried again as a person would.
    await other.until(/is taken|Your name in the class/);
    await other.exited.catch(() => undefined);
    let ben = host.ssh(host.code);
    await expect
      .poll(async () => {
        await ben.until(/is taken|Your name/);
        if (ben.text().includes('Your name')) return true;
        ben = host.ssh(host.code);
        return false;
      })
      .toBe(true);
    await comeIn(ben, 'Ben');
    await ben.press('q', 'You have left the notebook');
    const again = host.ssh(back);
    await again.until('Count');
    await again.until('passed');
  }, 120_000);

  test('kill -9 of the host leaves nothing behind, and after its next start all is as it was', async () => {
    await using host = await holdOffer(2);
    const first = host.ssh(host.code);
    const back = await comeIn(first, 'Lea');
    await first.press('\r', 'passed');
    const processes = below(host.pid);
    if (heldLimits(SEAT_LIMITS).memory) expect(seatGroups(processes)).not.toEqual([]);
    expect(processes.length).toBeGreaterThan(3);
    await host.kill();
    await until(() => processes.every((pid) => !existsSync(`/proc/${pid}`) || isDying(pid)));
    await until(() => seatGroups(processes).length === 0);
    await host.again();
    const again = host.ssh(back);
    await again.until('passed');
    // The class knows them again, and nobody else.
    await until(() => /Lea is back|Lea/.test(host.said()));
  }, 120_000);

  test('a key of ssh is known again without any word', async () => {
    await using host = await holdOffer(1);
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-key-'));
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const args = ['-i', key, '-o', 'IdentitiesOnly=yes'];
    const first = host.ssh(host.code, { args });
    await first.until('your key is known here');
    await comeIn(first, 'Lea');
    first.kill('SIGKILL');
    const second = host.ssh(host.code, { args });
    await second.until('Count');
    expect(readFileSync(peopleOf(host), 'utf8').match(/"id"/g)).toHaveLength(1);
    rmSync(folder, { recursive: true });
  }, 60_000);

  test('a name with the code as password; the same name is nobody else’s', async () => {
    await using host = await holdOffer(2);
    const first = host.ssh('Lea');
    await first.press('', 'password:');
    first.write(`${host.code}\r`);
    const back = await comeIn(first);
    await until(() => /Lea has joined/.test(host.said()));
    const other = host.ssh('LEA');
    await other.until('password:');
    other.write(`${host.code}\r`);
    await other.until('LEA has a place here already.');
    const again = host.ssh('Lea');
    await again.until('password:');
    again.write(`${back}\r`);
    await again.until('Count');
  }, 60_000);

  test('there is a terminal and nothing else: no commands, files, ways elsewhere, agents, windows, variables', async () => {
    await using host = await holdOffer(2);
    expect(await attempt(host, host.code, [], ['id'])).toMatchObject({ code: 255 });
    expect((await attempt(host, host.code, ['-s'], ['sftp'])).text).toMatch(/subsystem request failed/);
    expect((await attempt(host, host.code, ['-T'])).text).toContain('needs a terminal');
    // A way to the class's own port, which would be there.
    const forward = ['-o', 'ExitOnForwardFailure=yes', '-W', `127.0.0.1:${host.port}`];
    expect(await attempt(host, host.code, forward)).toMatchObject({
      code: 255,
      text: expect.stringMatching(/stdio forwarding failed|open failed|prohibited/),
    });
    const back = ['-N', '-o', 'ExitOnForwardFailure=yes', '-R', '0:127.0.0.1:1'];
    expect((await attempt(host, host.code, back)).text).toMatch(/remote port forwarding failed/);
    const terminal = host.ssh(host.code, {
      args: ['-A', '-X', '-o', 'SetEnv=EDITOR=/bin/sh', '-o', 'SendEnv=*'],
    });
    await comeIn(terminal, 'Lea');
    // A second terminal on the same connection.
    expect(below(host.pid).filter((pid) => commandOf(pid) === 'wirebook-seat')).toHaveLength(1);
  }, 60_000);

  test('codes and words cannot be guessed, at whichever door', async () => {
    await using host = await holdOffer(1);
    const wrong = ['back-00000-00000', 'K7QM4-T9XWB-3HPDT'];
    for (let i = 0; i < 24; i++) expect((await attempt(host, wrong[i % 2]!, [])).code).toBe(255);
    // Also the right one now: it is not even looked at.
    expect((await attempt(host, host.code, ['-T'])).code).toBe(255);
  }, 60_000);

  test('hundreds of connections that say nothing keep nobody out', async () => {
    await using host = await holdOffer(1);
    const { connect } = await import('node:net');
    const silent = Array.from({ length: 400 }, () =>
      connect(host.sshPort, '127.0.0.1').on('error', () => undefined),
    );
    const one = host.ssh(host.code);
    await comeIn(one, 'Lea');
    for (const socket of silent) socket.destroy();
  }, 60_000);
});

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
};

function isDying(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
}

/** Cgroups of seats that these processes have made. */
function seatGroups(pids: readonly number[]): string[] {
  const argv = ['/sys/fs/cgroup', '-maxdepth', '8', '-type', 'd', '-name', 'wirebook-seat-*'];
  // What cannot be looked into is none of ours.
  const { stdout } = spawnSync('find', argv, { encoding: 'utf8' });
  return stdout.split('\n').filter((path) => pids.includes(Number(/seat-(\d+)$/.exec(path)?.[1])));
}

function peopleOf(host: OfferHost): string {
  const all = join(host.folder, 'state', 'wirebook', 'class');
  return join(all, readdirSync(all)[0]!, 'offer', 'people.json');
}
