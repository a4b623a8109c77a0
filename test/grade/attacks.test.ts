/** Submissions that lie, exhaust or pry. Each runs for real; none may earn what it has not done, or learn what is hidden. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { attack, RIGHT, SECRET } from './attacked.ts';

/** A file of the machine that nobody inside may find. */
const MARK = `wirebook-mark-${process.pid}`;
let marked: string;
beforeAll(async () => {
  marked = mkdtempSync(join('/tmp', MARK));
  await embedded.prepare();
});
afterAll(() => rmSync(marked, { recursive: true, force: true }));

test('the right answers earn all there is, hidden checks too', async () => {
  const { grade, earned } = await attack(RIGHT);
  expect(grade.items.filter(({ state }) => state !== 'earned')).toEqual([]);
  expect(earned).toBe(6);
});

/** What prints as if all were done. */
const FAKE = `#!/bin/sh
case "$*" in *addr*|*link*) echo '[{"ifname":"d0","flags":["UP","LOWER_UP"],"addr_info":[{"family":"inet","local":"10.9.0.1","prefixlen":24}]}]';; esac
echo '1 packets transmitted, 1 received, 0% packet loss'; exit 0
`;
const write = (path: string): string => `cat > ${path} <<'FAKE'\n${FAKE}FAKE\nchmod 755 ${path}`;

describe.concurrent('lies earn nothing:', () => {
  test.each([
    [
      'tools of its own first in PATH',
      `mkdir /tmp/b; ${write('/tmp/b/ip')}; cp /tmp/b/ip /tmp/b/ping; export PATH=/tmp/b:$PATH; ip addr`,
    ],
    [
      'tools replaced where they lie',
      ['/usr/sbin/ip', '/usr/bin/ping', '/usr/sbin/nft', '/usr/bin/ss']
        .map((path) => `rm -f ${path}; ${write(path)}`)
        .join('\n'),
    ],
    [
      'a mount over the tools',
      `mkdir /tmp/b; ${write('/tmp/b/ip')}; cp /tmp/b/ip /tmp/b/ping; mount --bind /tmp/b /usr/sbin; mount --bind /tmp/b /usr/bin`,
    ],
    ['aliases', "shopt -s expand_aliases; alias ip='echo UP' ping=true printf=true eval=true builtin=true"],
    [
      'functions in place of builtins',
      'printf() { :; }; builtin() { :; }; eval() { :; }; ip() { :; }; export -f ip printf',
    ],
    ['traps', "trap 'echo PASS' DEBUG; trap 'exit 0' ERR; trap 'echo 0' EXIT"],
    [
      'a library put before all others',
      "printf 'int getpid(void){return 1;}' > /tmp/x.c; echo /tmp/none.so > /etc/ld.so.preload; export LD_PRELOAD=/tmp/none.so LD_LIBRARY_PATH=/tmp",
    ],
    ['another shell in place of its own', 'exec /bin/sh -c "while :; do read line || exit; done"'],
    [
      'a forged status',
      "for n in 1 2 3 4 5 6 7 8 9; do printf '%s\\0' $n 0 / end > /run/wirebook/status; done",
    ],
    [
      'no room for the status',
      'rm -rf /run/wirebook; mkdir /run/wirebook; ln -s /dev/null /run/wirebook/status',
    ],
    [
      'a name server and names of its own',
      "echo '127.0.0.1 10.9.9.9 d0' > /etc/hosts; echo 'nameserver 127.0.0.1' > /etc/resolv.conf; mkdir -p /etc/netns",
    ],
    [
      'namespaces that are links',
      'ln -s /proc/1/ns/net /run/netns/d0; ln -s / /run/netns/d1; touch /run/netns/x',
    ],
    [
      'results printed in every form',
      `echo 'ok 1 - d0'; echo '{"state":"pass","points":100}'; echo '<testsuite tests="1" failures="0"/>'; echo 'PASS 6/6' >&2`,
    ],
    [
      'an environment for the tools',
      'export PATH=/nowhere IFS=x ENV=/tmp/e BASH_ENV=/tmp/e PERL5OPT=-Mx LC_ALL=xx TZ=x IPROUTE2=x COLUMNS=1',
    ],
  ])('%s', async (_, work) => {
    const { grade, earned } = await attack({ work: `${work}\n`, after: 'true' });
    // A sandbox that it has spoilt is not graded; that is no point either.
    expect(earned ?? 0).toBe(0);
    expect(grade.items.filter(({ state }) => state === 'earned')).toEqual([]);
  });

  test('tools taken away that a later task needs: that is its own doing, and graded', async () => {
    const { grade, earned } = await attack({
      work: 'rm -f /usr/sbin/ip /usr/bin/ip /bin/ip /sbin/ip',
      after: 'ip link add d1 type bridge',
    });
    expect(grade.state).toBe('graded');
    // In the author's state the second answer would have been right, but for what it lacks.
    expect(earned).toBe(1);
  });

  test('and what was done before them still counts', async () => {
    const lies = `${RIGHT.work}\nrm -f /usr/sbin/ip /usr/bin/ping; ${write('/usr/sbin/ip')}; ip() { :; }`;
    const { earned, grade } = await attack({ work: lies, after: '' });
    expect(grade.state).toBe('graded');
    expect(earned).toBe(4);
  });

  test('bash replaced, and its shell ended so that the next one would be it', async () => {
    const { earned, grade, record } = await attack(
      { work: `rm -f /bin/bash; ${write('/bin/bash')}; kill -9 $$`, after: RIGHT.after },
      undefined,
      1,
    );
    // What is lost is what it has broken, and no lie about it is believed.
    expect(earned ?? 0).toBeLessThanOrEqual(2);
    expect(grade.items.filter(({ cell, earnedMilli }) => cell === 'work' && earnedMilli > 0)).toEqual([]);
    expect(
      record.walks
        .flatMap(({ cells }) => cells)
        .some(({ verdicts }) => verdicts.some(({ check, state }) => check === 'd0' && state === 'pass')),
    ).toBe(false);
  });
});

describe.concurrent('what is there only for the look:', () => {
  test('an address that a loop puts there and takes away', async () => {
    const flip =
      'ip link add d0 type veth peer name e0; ip link set d0 up; (while :; do ip addr add 10.9.0.1/24 dev d0; sleep 0.02; ip addr del 10.9.0.1/24 dev d0; sleep 0.02; done) >/dev/null 2>&1 &';
    const { record } = await attack({ work: flip });
    const [cell] = record.walks[0]!.cells;
    expect(cell!.background).toBe(true);
    const looks = cell!.verdicts.find(({ check }) => check === 'd0')!;
    // Twice by chance it may hold; that it was looked at twice is what must be.
    expect(looks.state === 'pass' ? looks.looks : 2).toBeGreaterThanOrEqual(2);
  });
  test('state that a job takes away soon after its cell', async () => {
    const undo = `${RIGHT.work}; (sleep 0.2; ip link del d0) &`;
    const { grade } = await attack({ work: undo });
    const d0 = grade.items.find(({ check }) => check === 'd0')!;
    expect(d0.state).toBe('lost');
    expect(d0.reason).toBeDefined();
  });
  test('a job that does a later task is no harm: what holds then, holds', async () => {
    const { grade } = await attack({
      work: `${RIGHT.work}; (sleep 0.5; ip link add d1 type veth peer name e1) &`,
      after: 'sleep 1.5',
    });
    expect(grade.items.find(({ check }) => check === 'd1')!.state).toBe('earned');
  });
});

describe.concurrent('exhaustion ends inside its limits, and what was done counts:', () => {
  test.each([
    ['a fork bomb', 'f() { f | f & }; f'],
    ['a fork bomb that heeds no signal', "trap '' INT TERM HUP; f() { f | f & f; }; f & f"],
    ['memory', 'perl -e \'my @a; push @a, "x" x (1 << 24) while 1\''],
    ['memory in /dev/shm', 'head -c 3G /dev/zero > /dev/shm/x; head -c 3G /dev/zero > /run/x'],
    ['disk', 'head -c 4G /dev/zero > /x; head -c 4G /dev/zero > /tmp/x'],
    ['inodes', 'mkdir /tmp/i; cd /tmp/i; perl -e \'for (1 .. 1e7) { open my $f, ">", $_ or exit }\''],
    ['endless output', 'yes'],
    ['endless output without a line', 'cat /dev/zero'],
    ['endless errors in the background', '(yes >&2) & yes & disown -a; sleep 60'],
    ['a loop', 'while :; do :; done'],
    [
      'a sleep that heeds no signal',
      "trap '' INT TERM; (trap '' INT TERM; sleep 600) & sleep 600; sleep 600",
    ],
    ['a stopped shell', 'kill -STOP $$; sleep 60'],
    ['input that never ends', 'cat; read x; cat < /dev/random > /dev/null'],
    ['open files', 'perl -e \'my @f; while (open my $f, "<", "/dev/null") { push @f, $f } sleep 60\''],
    ['interfaces', 'for i in $(seq 400); do ip link add x$i type veth peer name y$i; done'],
    ['namespaces', 'for i in $(seq 60); do ip netns add n$i 2>/dev/null || break; done'],
    [
      'rules',
      'nft add table ip t; nft add chain ip t c; for i in $(seq 300); do nft add rule ip t c tcp dport $i accept; done',
    ],
  ])('%s', { timeout: 120_000 }, async (_, bomb) => {
    const { grade, earned, record } = await attack({ work: `${RIGHT.work}\n${bomb}`, after: RIGHT.after });
    // A bomb that is still going off may cost the next task, which is its own doing; the one before it is done.
    // Where so much is left that the sandbox cannot be looked at, it is not graded; never a wrong zero, never all of it hanging.
    if (grade.state === 'graded') expect(earned).toBeGreaterThanOrEqual(4);
    else expect(grade.because).toBeTruthy();
    expect(JSON.stringify(record).length).toBeLessThan(12 * 2 ** 20);
  });
});

test('after all of them the next learner finds the machine as it was', async () => {
  expect((await attack(RIGHT)).earned).toBe(6);
});

describe.concurrent('from inside nothing is seen of', () => {
  const pry = async (work: string) => (await attack({ work, after: work })).printed;

  test('the key: not in files, not in processes, not in the shell', async () => {
    const printed =
      await pry(`(grep -rslI -e xyzz[y] /proc/[0-9]*/environ /proc/[0-9]*/cmdline /etc /root /run /tmp /home /srv /opt /var 2>/dev/null
      find / -xdev \\( -name '*.key.yaml' -o -name 'lesson*.md' \\) 2>/dev/null; set; history; cat /proc/*/environ) | grep -a -e xyzz[y] -e key.yaml -e 'lesson.*md'; echo looked`);
    expect(printed).toContain('looked');
    expect(printed.replaceAll(/looked/g, '').trim()).toBe('');
  });
  test('the hidden checks: no probe of theirs comes before the last verdict that a learner sees', async () => {
    const spy = `${RIGHT.work}
(cat /proc/net/snmp | grep Icmp: | tail -1 | cut -d' ' -f 10 > /tmp/before)
trap 'printf "%s\\n" "$BASH_COMMAND" >> /tmp/commands' DEBUG`;
    const { printed, record } = await attack({
      work: spy,
      after: `trap - DEBUG; ${RIGHT.after}; cat /tmp/commands; grep Icmp: /proc/net/snmp | tail -1 | cut -d' ' -f 10`,
    });
    expect(printed).not.toContain(SECRET);
    // One visible ping has come: one echo request (`InEchos`), and none of the key's.
    const walk = record.walks.find(({ kind }) => kind === 'submitted')!;
    expect(walk.cells[1]!.ran!.stdout.trim().split('\n').at(-1)).toBe('1');
    expect(record.walks.map(({ kind }) => kind)).toEqual(['submitted', 'hidden']);
    expect(record.walks[1]!.cells.every(({ ran }) => ran === undefined)).toBe(true);
  });
  test('the grader’s processes, and a signal to all reaches none of them', async () => {
    const { printed, grade } = await attack({
      work: `ps ax -o args 2>/dev/null || cat /proc/[0-9]*/cmdline | tr '\\0' ' '; kill -9 -1; ${RIGHT.work}`,
      after: RIGHT.after,
    });
    expect(printed).not.toMatch(/keeper|node|vitest|agent/);
    expect(['graded', 'broken']).toContain(grade.state);
  });
  test('the machine’s files, its devices and its kernel’s switches', async () => {
    const printed = await pry(`ls -d /work /home/* /root/.ssh /root/.* 2>/dev/null
      (echo x > /proc/sysrq-trigger) 2>/dev/null && echo SYSRQ
      (echo x > /proc/sys/kernel/core_pattern) 2>/dev/null && echo CORE
      (echo 1 > /proc/sys/kernel/panic) 2>/dev/null && echo PANIC
      mknod /tmp/disk b 8 0 2>/dev/null && head -c 1 /tmp/disk 2>/dev/null && echo DISK
      (head -c 1 /dev/mem || head -c 1 /dev/kmsg || head -c1 /dev/sda || head -c1 /dev/vda) 2>/dev/null && echo DEVICE
      ls /sys/fs/cgroup/../../kernel/debug/* 2>/dev/null; dmesg 2>/dev/null | head -1
      (echo b > /sys/power/state) 2>/dev/null && echo POWER; true`);
    expect(
      printed.split('\n').filter((line) => line !== '' && !/^\/root\/\.(|\.|bashrc|profile)$/.test(line)),
    ).toEqual([]);
  });
  test('other namespaces: no way up, no mount that leads out', async () => {
    const printed =
      await pry(`for k in net mnt pid user; do for p in 1 2 3 $PPID; do nsenter --$k=/proc/$p/ns/$k true 2>/dev/null && [ $p != 1 ] && [ $p != $$ ] && readlink /proc/$p/exe | grep -q keeper && echo OUT; done; done
      mkdir -p /mnt/a; mount -o remount,rw / 2>/dev/null; mount -t ext4 /dev/vda1 /mnt/a 2>/dev/null && echo MOUNTED
      mount --bind / /mnt/a 2>/dev/null && ls /mnt/a/tmp | grep ${MARK}
      mount -t overlay overlay -o lowerdir=/,upperdir=/tmp,workdir=/tmp /mnt/a 2>/dev/null
      chroot /proc/1/root ls /tmp 2>/dev/null | grep ${MARK}
      umount -l /proc /sys 2>/dev/null; ls /.old /.sys 2>/dev/null | grep -e hosts -e upper
      unshare -Urm true 2>/dev/null; find / -name '${MARK}*' 2>/dev/null; echo done`);
    expect(printed.replaceAll('done', '').trim()).toBe('');
  });
  test('the machine’s network', async () => {
    const server = createServer((socket) => socket.end('HELLO'));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as { port: number };
    const seen: unknown[] = [];
    server.on('connection', (socket) => seen.push(socket.remoteAddress));
    const printed = await pry(
      `for a in 127.0.0.1 172.17.0.1 10.0.2.2 192.168.0.1 169.254.169.254; do timeout 0.3 bash -c "cat < /dev/tcp/$a/${port}" 2>/dev/null; done; ip link | grep -e ens -e enp -e wlan; true`,
    );
    server.close();
    expect(printed.trim()).toBe('');
    expect(seen).toEqual([]);
  });
});

test('nothing that one submission does to its files is there for the next', async () => {
  await attack({
    work: `for d in / /usr /usr/sbin /usr/lib /etc /root /run /tmp /var/tmp /.old /dev/shm; do touch $d/left-behind; done; ${write('/usr/sbin/ip')}; echo 'alias ip=false' >> /root/.bashrc`,
    after: '',
  });
  const { printed, earned } = await attack({
    ...RIGHT,
    after: `${RIGHT.after}; find / -name left-behind 2>/dev/null; alias`,
  });
  expect(printed.trim()).toBe('');
  expect(earned).toBe(6);
});
