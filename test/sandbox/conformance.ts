/** What every driver must do: the contract (src/sandbox/contract.ts), as tests. Each driver's test file calls this. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Need } from '../../src/check/observation.ts';
import type { Sandbox, SandboxDriver } from '../../src/sandbox/contract.ts';
import { traceConformance } from './conformance-trace.ts';
import { hasTerminals, joinsHosts, tellsOfCommands } from './kept-by-all.ts';
import { hasOtherShells, tellsWhatIsTyped } from './typed-by-hand.ts';

export function conformance(driver: SandboxDriver): void {
  describe(`the ${driver.name} sandbox keeps the contract`, () => {
    let sandbox: Sandbox;
    const run = (text: string, options: Partial<Parameters<Sandbox['run']>[2]> = {}, host = 'host') =>
      sandbox.run(host, text, { timeoutMs: 20_000, ...options });

    beforeAll(async () => {
      await driver.prepare();
      sandbox = await driver.create({ hosts: [{ name: 'host' }, { name: 'node01' }] });
    }, 600_000);
    afterAll(() => sandbox?.destroy());

    it('names its hosts', () => {
      expect(sandbox.hosts).toEqual(['host', 'node01']);
    });

    it('keeps variables, functions, the directory and the status from cell to cell', async () => {
      await run('X=5; f() { echo "f says $1"; }; cd /tmp; false');
      const result = await run('echo $? $X $PWD; f hello', { variables: ['X', 'NOBODY'] });
      expect(result.stdout).toBe('1 5 /tmp\nf says hello\n');
      expect(result.cwd).toBe('/tmp');
      expect(result.variables).toEqual({ X: '5', NOBODY: null });
    });

    it('keeps stdout and stderr apart, and gives the exit status', async () => {
      const result = await run('echo out; echo err >&2; (exit 42)');
      expect(result).toMatchObject({ outcome: 'exited', exit: 42, stdout: 'out\n', stderr: 'err\n' });
    });

    it('says nothing of its own when a program is killed', async () => {
      const result = await run("sh -c 'kill -9 $$'; sh -c 'kill -SEGV $$'; bash -c 'kill -TERM $$'");
      expect(result).toMatchObject({ exit: 143, stdout: '' });
      expect(result.stderr).not.toMatch(/bash: \[|tcsetattr|ioctl/);
    });

    it('streams output while the cell runs', async () => {
      const seen: string[] = [];
      let whenFirst: number | undefined;
      const began = performance.now();
      const result = await run('echo first; sleep 0.5; echo second', {
        onOutput: (_stream, chunk) => {
          seen.push(Buffer.from(chunk).toString());
          whenFirst ??= performance.now() - began;
        },
      });
      expect(seen.join('')).toBe('first\nsecond\n');
      expect(whenFirst).toBeLessThan(result.durationMs - 200);
    });

    it('takes any text as a cell', async () => {
      const text = `cat <<'END'\nit's "quoted" \\n $HOME \`x\` é 世界 \t!\nEND`;
      expect((await run(text)).stdout).toBe(`it's "quoted" \\n $HOME \`x\` é 世界 \t!\n`);
      expect((await run('echo a\n\n# a comment\necho b')).stdout).toBe('a\nb\n');
      const wrong = await run('echo before\nif then');
      expect(wrong.exit).not.toBe(0);
      expect(wrong.stderr).toContain('syntax error');
      expect((await run('echo alive')).stdout).toBe('alive\n');
    });

    it('gives a cell no standard input to wait for', async () => {
      expect((await run('cat; read x; echo "got <$x>"')).stdout).toBe('got <>\n');
    });

    it('ends a cell at its time limit with all its processes, and keeps the shell', async () => {
      await run('Y=kept');
      const result = await run('sleep 300 & (sleep 301; echo never) | cat; echo never', { timeoutMs: 1000 });
      expect(result).toMatchObject({ outcome: 'timeout', exit: null, stdout: '' });
      expect((await run("ps -eo args | grep -c '[s]leep 30'; echo $Y")).stdout).toBe('0\nkept\n');
    });

    it('ends a cell that ignores being asked', async () => {
      const result = await run("trap '' INT TERM; while :; do sleep 0.05; done", { timeoutMs: 200 });
      expect(result.outcome).toBe('timeout');
      await run('trap - INT TERM');
      const loop = await run('while :; do :; done', { timeoutMs: 200 });
      expect(loop.outcome).toBe('timeout');
      expect((await run('echo alive')).stdout).toBe('alive\n');
    });

    it('interrupts a cell when asked', async () => {
      const stop = new AbortController();
      const running = run('echo started; sleep 300', { signal: stop.signal, onOutput: () => stop.abort() });
      expect(await running).toMatchObject({ outcome: 'interrupted', stdout: 'started\n' });
    });

    it('takes the next cell whole, however often the one before was interrupted', async () => {
      for (let i = 0; i < 25; i++) {
        const stop = new AbortController();
        const text = ['echo started; sleep 300', 'echo started; while :; do sleep 9; done; sleep 3 | cat'][
          i % 2
        ]!;
        const stopped = await run(text, { signal: stop.signal, onOutput: () => stop.abort() });
        expect(stopped.outcome).toBe('interrupted');
        expect(await run(`echo 'it''s' "whole"`)).toMatchObject({ outcome: 'exited', stdout: 'its whole\n' });
      }
    });

    it('stops a cell that prints without end', async () => {
      const result = await run('yes', { outputLimit: 200_000 });
      expect(result.outcome).toBe('output-limit');
      expect(result.stdout.length).toBeLessThan(500_000);
    });

    it('keeps background jobs, and their late output belongs to their cell', async () => {
      let late = '';
      const result = await run('while [ ! -e /tmp/go ]; do sleep 0.02; done; echo late', {
        background: true,
        onOutput: (_stream, chunk) => {
          late += Buffer.from(chunk);
        },
      });
      expect(result.outcome).toBe('exited');
      await run('touch /tmp/go; wait');
      await expect.poll(() => late).toContain('late\n');
    });

    it('starts a new shell when a cell ended it, and says so', async () => {
      expect(await run('Z=1; exit 7')).toMatchObject({ outcome: 'shell-ended', exit: 7 });
      expect((await run('echo ${Z-unset}')).stdout).toBe('unset\n');
      expect((await run('exec true')).outcome).toBe('shell-ended');
      expect((await run('kill -9 $$')).outcome).toBe('shell-ended');
      expect((await run('echo alive')).stdout).toBe('alive\n');
    });

    it('lives on when a cell closes its own streams', async () => {
      await run('exec >&- 2>&-');
      expect((await run('echo alive')).stdout).toBe('alive\n');
    });

    it('runs cells of one host in order', async () => {
      const all = await Promise.all([run('sleep 0.1; echo 1'), run('echo 2'), run('echo 3')]);
      expect(all.map((result) => result.stdout.trim())).toEqual(['1', '2', '3']);
    });

    it('joins its hosts by a network, with names', async () => {
      expect((await run('ping -c1 -W2 node01')).exit).toBe(0);
      expect((await run('hostname', {}, 'node01')).stdout).toBe('node01\n');
      expect((await run('ping -c1 -W2 host', {}, 'node01')).exit).toBe(0);
    });

    it('runs commands apart from the shell, with input, in a namespace', async () => {
      await run('ip netns add apart');
      const result = await sandbox.exec('host', ['/usr/sbin/ip', '-br', 'link'], { netns: 'apart' });
      expect(Buffer.from(result.stdout).toString()).toMatch(/^lo .*DOWN/);
      const echo = await sandbox.exec('host', ['/usr/bin/wc', '-c'], { stdin: Buffer.alloc(300_000, 'x') });
      expect(Buffer.from(echo.stdout).toString().trim()).toBe('300000');
      expect((await sandbox.exec('host', ['/bin/sh', '-c', 'exit 9'])).exit).toBe(9);
      await run('ip netns del apart');
    });

    it('carries files both ways, binary and large', async () => {
      const data = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) & 255));
      await sandbox.writeFile('node01', '/root/some where/data', data, 0o640);
      expect(Buffer.from(await sandbox.readFile('node01', '/root/some where/data')).equals(data)).toBe(true);
      expect((await run('stat -c %a "/root/some where/data"', {}, 'node01')).stdout).toBe('640\n');
      await expect(sandbox.readFile('node01', '/nowhere')).rejects.toMatchObject({ code: 'file-not-read' });
    });

    it('has terminals: size, control characters, exit status', () => hasTerminals(sandbox));

    it.each(['sh', 'dash', 'busybox sh'])('tells of the commands that are entered in %s', (shell) =>
      tellsOfCommands(sandbox, shell),
    );

    it('joins its hosts by cables: frames of full size pass from a namespace of one to one of the other', () =>
      joinsHosts(sandbox));

    it('observes everything asked in one look, and what cannot be looked at is data', async () => {
      await run(
        'ip netns add seen; SEEN=yes; echo text > /tmp/file; sysctl -qw net.ipv4.ip_forward=1; hostname renamed',
      );
      const probe: Need = {
        read: 'probe',
        host: 'host',
        netns: '',
        argv: ['ping', '-n', '-c1', '172.17.0.34'],
        timeoutMs: 3000,
      };
      const missing: Need = { ...probe, argv: ['no-such-tool'] };
      const nowhere: Need = { ...probe, netns: 'nowhere' };
      const slow: Need = { ...probe, argv: ['sleep', '9'], timeoutMs: 100 };
      const seen = await sandbox.observe([
        { read: 'ip', host: 'host' },
        { read: 'nft', host: 'host' },
        { read: 'process', host: 'host' },
        { read: 'sysctl', host: 'host', netns: '', name: 'net.ipv4.ip_forward' },
        { read: 'sysctl', host: 'host', netns: 'seen', name: 'net.ipv4.ip_forward' },
        { read: 'sysctl', host: 'host', netns: '', name: 'net.no.such' },
        { read: 'sysctl', host: 'host', netns: '', name: 'kernel.hostname' },
        { read: 'file', host: 'host', path: '/tmp/file' },
        { read: 'file', host: 'host', path: '/tmp/nothing' },
        { read: 'env', host: 'host', name: 'SEEN' },
        { read: 'ip', host: 'ghost' },
        probe,
        missing,
        nowhere,
        slow,
      ]);
      const host = seen.hosts.host!;
      expect(host.namespaces.map((space) => space.name).sort()).toEqual(['', 'seen']);
      const links = JSON.parse(host.namespaces[0]!.ip!.stdout.split('\n')[0]!) as { ifname: string }[];
      expect(links.map((link) => link.ifname)).toEqual(['lo', 'eth0']);
      expect(host.processes!.map((process) => process.command)).toContain('bash');
      expect(host.sysctls).toEqual({
        '|net.ipv4.ip_forward': '1',
        'seen|net.ipv4.ip_forward': '0',
        '|net.no.such': null,
        '|kernel.hostname': 'renamed',
      });
      expect(host.files['/tmp/file']).toMatchObject({
        exists: true,
        kind: 'file',
        content: 'text\n',
        size: 5,
      });
      expect(host.files['/tmp/nothing']).toEqual({ exists: false });
      expect(host.env).toEqual({ SEEN: 'yes' });
      expect(seen.hosts.ghost!.failure).toContain('no host ghost');
      const results = Object.values(seen.probes);
      expect(results.map((result) => result.failure).sort()).toEqual([
        'missing-tool',
        'no-namespace',
        'timeout',
        undefined,
      ]);
      expect(results.find((result) => !result.failure)!.stdout).toContain('1 received');
    });

    it('has other shells by name, each with its own folder and variables, also in a namespace', () =>
      hasOtherShells(sandbox));

    it('tells what is typed in a bash of a terminal, and in one that is started there', () =>
      tellsWhatIsTyped(sandbox));

    it('is as new after a reset', async () => {
      await run('touch /root/left; ip link add left type dummy 2>/dev/null; W=1');
      await sandbox.reset();
      expect((await run('ls /root; echo ${W-unset}; ls /sys/class/net')).stdout).toBe('unset\neth0\nlo\n');
    });

    it.runIf(driver.parallel === 1)('is refused where its machines are taken', async () => {
      await expect(driver.create({ hosts: [{ name: 'host' }] })).rejects.toMatchObject({ exit: 3 });
      expect((await run('echo alive')).stdout).toBe('alive\n');
    });

    it.runIf(driver.parallel !== 1)('lives beside others, each with its own files and network', async () => {
      const others = await Promise.all([1, 2, 3].map(() => driver.create({ hosts: [{ name: 'host' }] })));
      try {
        await Promise.all(
          others.map((other, i) =>
            other.run('host', `echo ${i} > /tmp/me; ip netns add n${i}`, { timeoutMs: 9000 }),
          ),
        );
        const seen = await Promise.all(
          others.map((other) => other.run('host', 'cat /tmp/me; ip netns list', { timeoutMs: 9000 })),
        );
        expect(seen.map((result) => result.stdout)).toEqual(['0\nn0\n', '1\nn1\n', '2\nn2\n']);
      } finally {
        await Promise.all(others.map((other) => other.destroy()));
      }
    });

    traceConformance(() => sandbox);

    it('tells its loss: whoever waits gets a sandbox error, not a verdict', async () => {
      const running = expect(run('sleep 100')).rejects.toMatchObject({ exit: 3 });
      await sandbox.destroy();
      await running;
      await expect(run('true')).rejects.toMatchObject({ exit: 3 });
      const seen = await sandbox.observe([{ read: 'ip', host: 'host' }]);
      expect(seen.hosts.host!.failure).toBeTruthy();
    });
  });
}
