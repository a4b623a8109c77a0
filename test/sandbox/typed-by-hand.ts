/** What every driver keeps of shells beside the lesson's: others by name, and word of what is typed in a terminal. */
import { expect, vi } from 'vitest';
import type { Sandbox, Typed } from '../../src/sandbox/contract.ts';

const runner = (sandbox: Sandbox) => (text: string) => sandbox.run('host', text, { timeoutMs: 20_000 });

export async function hasOtherShells(sandbox: Sandbox): Promise<void> {
  const run = runner(sandbox);
  await run('ip netns add apart; W=lesson; cd /tmp');
  const other = (text: string, timeoutMs = 9000) =>
    sandbox.run('host', text, { timeoutMs, shell: { name: 'other', netns: 'apart' } });
  expect((await other('echo ${W-unset} $PWD; ls /sys/class/net >/dev/null; W=mine; cd /usr')).stdout).toBe(
    'unset /root\n',
  );
  expect(await other('ip -br link; sleep 60', 1500)).toMatchObject({ outcome: 'timeout', cwd: '/usr' });
  expect(await other('echo $W; ip netns identify')).toMatchObject({ stdout: 'mine\napart\n', exit: 0 });
  const stop = new AbortController();
  const stopped = sandbox.run('host', 'echo begun; sleep 300', {
    timeoutMs: 60_000,
    signal: stop.signal,
    onOutput: () => stop.abort(),
    shell: { name: 'other' },
  });
  expect(await stopped).toMatchObject({ outcome: 'interrupted', stdout: 'begun\n' });
  expect((await other('echo $W')).stdout).toBe('mine\n');
  expect((await run('echo $W $PWD')).stdout).toBe('lesson /tmp\n');
  // Where there is no such namespace it is the command's failure, not the sandbox's.
  const nowhere = { timeoutMs: 9000, shell: { name: 'nowhere', netns: 'ghost' } };
  expect((await sandbox.run('host', 'true', nowhere)).outcome).toBe('shell-ended');
  expect((await run('ip netns del apart; cd /root; echo alive')).stdout).toBe('alive\n');
}

export async function tellsWhatIsTyped(sandbox: Sandbox): Promise<void> {
  const run = runner(sandbox);
  await run('ip netns add typed');
  const told: Typed[] = [];
  let shown = '';
  const pty = await sandbox.pty('host', {
    columns: 80,
    rows: 24,
    onData: (chunk) => {
      shown += Buffer.from(chunk).toString();
    },
    onTyped: (typed) => told.push(typed),
  });
  const entered = () => told.filter((typed) => typed.is === 'entered');
  const type = async (line: string, count: number) => {
    pty.write(`${line}\r`);
    await vi.waitFor(() => expect(entered().length).toBe(count), { timeout: 20_000 });
    await vi.waitFor(() => expect(told.at(-1)!.is).toBe('ended'), { timeout: 20_000 });
  };
  await type('cd /tmp; false', 1);
  await type('for n in 1 2; do\recho $n\rdone', 2);
  await type('ip netns exec typed bash', 3);
  await type('ip link set lo up', 4);
  await type('exit', 5);
  await type('unshare --uts bash', 6);
  await type('hostname elsewhere', 7);
  await type('exit', 8);
  // What is only shown is not typed.
  await type(String.raw`printf '\e]7770;ran\a'; echo entered`, 9);
  // Nor is anything of it seen by who traces what the shell does.
  await type('set -x', 10);
  await type('true', 11);
  pty.kill();
  await pty.exited;
  const [first, loop, bash, inside] = entered();
  expect(first).toMatchObject({ netns: '', text: 'cd /tmp; false' });
  expect(told).toContainEqual({ is: 'ended', shell: first!.shell, exit: 1 });
  expect(loop).toMatchObject({ cwd: '/tmp', text: 'for n in 1 2; do echo $n; done' });
  expect(inside).toMatchObject({ netns: 'typed', cwd: '/tmp', text: 'ip link set lo up' });
  expect(inside!.shell).not.toBe(bash!.shell);
  const apart = entered()[6];
  expect(apart).toMatchObject({ text: 'hostname elsewhere' });
  // Its network is the host's, its name is not: where that is has no name.
  expect(apart).not.toHaveProperty('netns');
  expect(shown).not.toContain('typed.');
  await run('ip netns del typed');
}
