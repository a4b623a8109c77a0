/**
 * A seat, attacked from within by somebody who runs whatever they like in place of the notebook: what of the machine they find,
 * and whether they can hurt who sits beside them.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyCourse } from '../../../src/class/offer/course.ts';
import { heldLimits, SEAT_LIMITS } from '../../../src/class/offer/limits.ts';
import { until } from './a-host.ts';
import { seatWith, told } from './a-seat.ts';

describe('from within a seat', () => {
  test('there is nothing of the machine’s files, and what is there cannot be written', async () => {
    const found = await told<Record<string, unknown>>(`
      const fs = require('fs');
      const attempt = (f) => { try { return f() ?? 'done' } catch (e) { return e.code } };
      return {
        root: fs.readdirSync('/').sort(),
        etc: fs.readdirSync('/etc').sort(),
        shadow: attempt(() => fs.readFileSync('/etc/shadow', 'utf8')),
        homes: attempt(() => fs.readdirSync('/root')),
        shell: attempt(() => fs.readFileSync('/bin/sh')),
        usr: attempt(() => fs.readdirSync('/usr').sort()),
        keys: fs.readdirSync('/course'),
        package: attempt(() => fs.writeFileSync('/app/wirebook/package.json', '')),
        dist: attempt(() => fs.writeFileSync('/app/wirebook/dist/evil.js', '')),
        node: attempt(() => fs.writeFileSync('/app/node', '')),
        rootfs: attempt(() => fs.writeFileSync('/cache/wirebook/rootfs/' + fs.readdirSync('/cache/wirebook/rootfs')[0] + '/etc/passwd', '')),
        course: attempt(() => fs.writeFileSync('/course/lesson.md', '')),
        top: attempt(() => fs.writeFileSync('/evil', '')),
        home: attempt(() => fs.writeFileSync('/home/mine', 'x')),
        climb: attempt(() => fs.readdirSync('/home/../../../../../').sort().join()),
        throughOne: attempt(() => fs.readdirSync('/proc/1/root')),
        checkout: attempt(() => fs.readdirSync('/app/wirebook').sort()),
      }`);
    const seen = found.root as string[];
    expect(found.climb).toBe(seen.join());
    expect(seen).not.toContain('root');
    expect(seen).not.toContain('var');
    expect(
      (found.etc as string[]).filter((name) => !/^(passwd|group|localtime|os-release)$/.test(name)),
    ).toEqual([]);
    expect(found).toMatchObject({
      shadow: 'ENOENT',
      homes: 'ENOENT',
      keys: ['lesson.md'],
      package: 'EROFS',
      // Which of the two is said hangs on the rights of the folder that is mounted there.
      dist: expect.stringMatching(/EROFS|EACCES/),
      node: expect.stringMatching(/EROFS|ETXTBSY/),
      rootfs: 'EROFS',
      course: 'EROFS',
      top: 'EROFS',
      home: 'done',
      throughOne: 'EACCES',
      checkout: ['bin', 'dist', 'package.json', 'sandbox'],
    });
  });

  test('a read-only mount stays one, and what lies below the view stays out of sight', async () => {
    // Its own Perl, from the sandboxes' root file system, makes the calls that Node has not.
    const said = await told<string>(`
      const fs = require('fs');
      const rootfs = '/cache/wirebook/rootfs/' + fs.readdirSync('/cache/wirebook/rootfs')[0];
      const lib = rootfs + '/usr/lib/' + fs.readdirSync(rootfs + '/usr/lib').find((n) => /linux-gnu/.test(n));
      const loader = [lib, rootfs + '/usr/lib64'].flatMap((d) => fs.readdirSync(d).filter((n) => /^ld-linux/.test(n)).map((n) => d + '/' + n))[0];
      const program = 'require "/app/wirebook/sandbox/agent/calls.pl"; our %NR; my @said; '
        + 'sub try1 { my ($n, @a) = @_; push @said, $n . "=" . (eval { mount_fs(@a); 1 } ? "done" : ($! + 0)) } '
        + 'try1("remount", undef, "/app/wirebook/dist", undef, 32 | 4096); '
        + 'try1("root", undef, "/", undef, 32 | 4096); '
        + 'my $d = join "", "/course"; push @said, "umount=" . (syscall($NR{umount2}, $d, 2) == 0 ? "done" : $! + 0); '
        + 'syscall($NR{unshare}, 0x10020000); '
        + 'try1("again", undef, "/app/wirebook/dist", undef, 32 | 4096); '
        + 'my $x = join "", "/tmp/sda"; push @said, "mknod=" . (syscall($NR{mknodat}, -100, $x, 0060600, 0x800) == 0 ? "done" : $! + 0); '
        + 'push @said, "nice=" . (eval { setpriority(0, 0, -10) } ? "done" : $! + 0); '
        + 'print join ",", @said;';
      const { spawnSync } = require('child_process');
      const r = spawnSync(loader, ['--library-path', lib, rootfs + '/usr/bin/perl', '-I' + lib + '/perl-base', '-e', program], { encoding: 'utf8' });
      return r.stdout + (r.stdout ? '' : r.stderr) + (r.error ? r.error.message : '')`);
    // EPERM everywhere, or EINVAL where the kernel says it so.
    expect(said).toMatch(/^remount=(1|22),root=(1|22),umount=(1|22),again=(1|22),mknod=1,nice=(1|13)$/);
  });

  test('no network: neither the machine’s loopback, nor its addresses, nor names', async () => {
    const server = createServer((socket) => socket.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, () => resolve()));
    const { port } = server.address() as { port: number };
    const found = await told<Record<string, string>>(`
      const net = require('net');
      const reach = (host) => new Promise((done) => {
        const s = net.connect(${port}, host);
        s.on('data', () => done('reached')); s.on('error', (e) => done(e.code)); setTimeout(() => done('silent'), 3000);
      });
      return {
        loopback: await reach('127.0.0.1'), six: await reach('::1'),
        interfaces: Object.keys(require('os').networkInterfaces()).join(),
        name: await require('dns').promises.lookup('localhost.example').then(() => 'found', (e) => 'none'),
      }`);
    server.close();
    expect(found).toMatchObject({ interfaces: '', name: 'none' });
    expect(found.loopback).toMatch(/ENETUNREACH|EADDRNOTAVAIL/);
    expect(found.six).toMatch(/ENETUNREACH|EADDRNOTAVAIL/);
  });

  test('no processes but its own, none of the host’s environment, and ids that nobody else has', async () => {
    process.env.SECRET_OF_THE_HOST = 'a-secret';
    const found = await told<{ pids: string[]; environ: string; ids: string; host: string; fds: string[] }>(`
      const fs = require('fs');
      return {
        pids: fs.readdirSync('/proc').filter((n) => /^\\d+$/.test(n)),
        environ: Object.keys(process.env).sort().join(),
        ids: fs.readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\\s+/).join(' '),
        host: require('os').hostname(),
        fds: fs.readdirSync('/proc/self/fd').map((n) => { try { return fs.readlinkSync('/proc/self/fd/' + n) } catch { return '' } }).filter((n) => /^\\/(?!dev|proc|home)/.test(n)),
      }`);
    delete process.env.SECRET_OF_THE_HOST;
    expect(found.pids.length).toBeLessThan(5);
    expect(found.environ).not.toContain('SECRET');
    expect(found.environ.split(',')).not.toContain('USER');
    expect(found.host).toBe('class');
    expect(found.fds).toEqual([]);
    if (process.getuid?.() === 0) expect(found.ids).toMatch(/^0 18\d{8} 65536 /);
  });

  test('what reads the terminal may stop to read: only the seat itself waits', async () => {
    await using held = await seatWith(['-e', "for (;;) require('fs').writeSync(1, 'y\\n'.repeat(4096))"], {
      read: false,
    });
    const { seat } = held;
    let bytes = 0;
    let isResumed = false;
    seat.onShown((data) => {
      bytes += data.length;
      if (bytes > 200_000 && !isResumed) seat.pause();
    });
    await until(() => bytes > 200_000);
    const before = process.memoryUsage.rss();
    const paused = bytes;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(bytes - paused).toBeLessThan(200_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20);
    isResumed = true;
    seat.resume();
    await until(() => bytes > paused + 1_000_000);
  });

  test('what is typed and nobody reads is taken up to a bound', async () => {
    await using held = await seatWith([
      '-e',
      'process.stdin.setRawMode(true); setInterval(() => 0, 1000); console.log("here")',
    ]);
    await until(() => held.shown().includes('here'));
    const chunk = Buffer.alloc(16_384, 'x');
    let taken = 0;
    for (let i = 0; i < 1000; i++) if (held.seat.type(chunk)) taken += 1;
    expect(taken).toBeLessThan(40);
    expect(process.memoryUsage.rss()).toBeLessThan(2 ** 30);
  });

  test('processes and processor of one are not those of all', async () => {
    const held = heldLimits(SEAT_LIMITS);
    await using hog = await seatWith(
      [
        '-e',
        `const { spawn } = require('child_process');
         let n = 0, refused = 0;
         const more = () => { for (let i = 0; i < 20; i++) { const c = spawn('/app/node', ['-e', 'for (;;);']); c.on('error', () => { refused++ }); c.on('spawn', () => { n++ }); }
           console.log('n=' + n + ' refused=' + refused + '.'); if (refused < 20 && n < 2000) setTimeout(more, 50); };
         more();`,
      ],
      { limits: { processes: 40 } },
    );
    await until(() => /refused=[1-9]\d+\./.test(hog.shown()), 60_000);
    expect(
      Number(
        /n=(\d+)/.exec(
          hog
            .shown()
            .split('\n')
            .findLast((line) => line.includes('n='))!,
        )![1],
      ),
    ).toBeLessThan(200);
    // Beside it another one begins and ends.
    if (held.cpu) expect(await told('return 1')).toBe(1);
  }, 90_000);

  test('its end takes everything in it along, and the cgroups', async () => {
    const held = await seatWith([
      '-e',
      "require('child_process').spawn('/app/node', ['-e', 'setInterval(() => 0, 1e6)'], { detached: true }); console.log('both')",
    ]);
    await until(() => held.shown().includes('both'));
    const mine = () =>
      readdirSync('/proc').filter((name) => {
        try {
          return (
            /^\d+$/.test(name) &&
            readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('setInterval(() => 0, 1e6)')
          );
        } catch {
          return false;
        }
      });
    expect(mine().length).toBeGreaterThan(0);
    await held[Symbol.asyncDispose]();
    await until(() => mine().length === 0);
  });
});

describe('what is prepared for seats', () => {
  test('the course comes without keys, hidden files and what links lead to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-course-'));
    const from = join(folder, 'from');
    const into = join(folder, 'into');
    copyInto(from);
    expect(copyCourse(join(from, '01-a'), into)).toBe('01-a');
    expect(readdirSync(into).sort()).toEqual(['01-a', 'course.yaml']);
    expect(readdirSync(join(into, '01-a')).sort()).toEqual(['lesson.md', 'lesson.zh-CN.md', 'picture.svg']);
    rmSync(folder, { recursive: true });
  });

  test('limits are those of the controllers that were given', () => {
    const none = heldLimits(SEAT_LIMITS, () => undefined);
    expect(none).toEqual({ groups: [], memory: false, processes: false, cpu: false });
    const two = heldLimits({ ...SEAT_LIMITS, cpu: 0.5 }, (one) =>
      one === 'cpu' ? undefined : { version: 2, folder: '/sys/fs/cgroup/user.slice' },
    );
    expect(two).toMatchObject({ memory: true, processes: true, cpu: false });
    expect(two.groups).toHaveLength(1);
    const one = heldLimits({ ...SEAT_LIMITS, cpu: 0.5 }, (name) => ({ version: 1, folder: `/c/${name}` }));
    expect(one.groups.find(({ parent }) => parent === '/c/cpu')!.settings).toContainEqual([
      'cpu.cfs_quota_us',
      '50000',
    ]);
  });
});

function copyInto(from: string): void {
  mkdirSync(join(from, '01-a', '.git'), { recursive: true });
  mkdirSync(join(from, '.git'));
  writeFileSync(join(from, 'course.yaml'), 'title: A\n');
  for (const name of [
    'lesson.md',
    'lesson.zh-CN.md',
    'lesson.key.yaml',
    'lesson.key.zh-CN.yaml',
    '.hidden',
    'picture.svg',
  ])
    writeFileSync(join(from, '01-a', name), 'x');
  symlinkSync('/etc/passwd', join(from, '01-a', 'link.md'));
}
