/**
 * Records the fixtures of the map: `node test/map/record.ts`. Each is what a real sandbox was seen to be at one point of
 * a lesson, or after commands that no lesson has (three hosts with eight namespaces).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { runSetups } from '../../src/session/setup.ts';

const ROOT = join(import.meta.dirname, '..', '..');

async function keep(sandbox: Sandbox, name: string): Promise<void> {
  // Duplicate address detection of IPv6 takes its second; half of it is no state to draw.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const seen = await lookAtNetwork((needs) => sandbox.observe(needs), sandbox.hosts);
  const file = join(import.meta.dirname, 'fixtures', `${name}.json`);
  writeFileSync(file, `${JSON.stringify(seen, null, 1)}\n`);
  console.log(name);
}

/** Walks a lesson with its solutions; a fixture after each cell that is named. */
async function walk(lessonId: string, after: Readonly<Record<string, string>>): Promise<void> {
  const lesson = await requireLesson(join(ROOT, 'lessons', lessonId, 'lesson.md'), vocabulary);
  await using sandbox = await embedded.create({ hosts: lesson.hosts });
  const trouble = await runSetups(sandbox, lesson);
  if (trouble !== undefined) throw new Error(trouble);
  if (after.start) await keep(sandbox, after.start);
  for (const cell of lesson.cells) {
    const text = cell.role === 'task' ? cell.solution! : cell.text;
    await sandbox.run(cell.host, text, { timeoutMs: 20_000, background: cell.background });
    if (after[cell.id]) await keep(sandbox, after[cell.id]!);
  }
}

const BUSY: Readonly<Record<string, string>> = {
  host: `
    ip link add br-int type bridge; ip addr add 10.1.0.1/24 dev br-int; ip link set br-int up
    for n in web api db; do
      ip netns add $n; ip link add $n-veth type veth peer name $n-veth-br; ip link set $n-veth netns $n
      ip link set $n-veth-br master br-int up
      ip -n $n link set lo up; ip -n $n link set $n-veth up
    done
    ip -n web addr add 10.1.0.11/24 dev web-veth; ip -n api addr add 10.1.0.12/24 dev api-veth
    ip -n web route add default via 10.1.0.1; ip -n api route add default via 10.1.0.1
    ip link set db-veth-br down
    sysctl -q -w net.ipv4.ip_forward=1
    iptables -t nat -A POSTROUTING -s 10.1.0.0/24 -o eth0 -j MASQUERADE
    iptables -t nat -A PREROUTING -i eth0 -p tcp --dport 8080 -j DNAT --to-destination 10.1.0.11:80
    ip route add 10.2.0.0/24 via 172.17.0.34
    unshare -n sleep 1000 >/dev/null 2>&1 &
    true`,
  node01: `
    for n in left right; do ip netns add $n; done
    ip link add veth-left type veth peer name veth-right
    ip link set veth-left netns left; ip link set veth-right netns right
    ip -n left addr add 10.0.1.11/24 dev veth-left; ip -n right addr add 10.0.1.12/24 dev veth-right
    ip -n left link set veth-left up; ip -n right link set veth-right up
    ip netns add pod; ip link add pod-veth type veth peer name pod-host; ip link set pod-veth netns pod
    ip -n pod addr add 10.2.0.2/24 dev pod-veth; ip -n pod link set pod-veth up
    ip addr add 10.2.0.1/24 dev pod-host; ip link set pod-host up`,
  node02: `
    ip netns add empty; ip netns add router; ip -n router link set lo up
    ip -n router link add side type veth peer name other; ip -n router link set other up
    ip -n router addr add 192.168.7.1/24 dev side; ip -n router link set side up`,
};

async function busy(): Promise<void> {
  const hosts = Object.keys(BUSY).map((name, at) => ({ name, address: `172.17.0.${33 + at}/16` }));
  await using sandbox = await embedded.create({ hosts });
  for (const [host, text] of Object.entries(BUSY)) {
    const { exit, stderr } = await sandbox.run(host, text, { timeoutMs: 20_000 });
    if (exit !== 0 || stderr !== '') console.error(host, exit, stderr);
  }
  await keep(sandbox, 'three-hosts');
}

await walk('02-cable', {
  server: 'cable-two',
  cable: 'cable-laid',
  'client-address': 'cable-half',
  'server-address': 'cable',
});
await walk('03-bridge', { client1: 'bridge-one', 'server1-address': 'bridge', client2: 'bridge-three' });
await walk('04-way-out', { start: 'way-out-start', masquerade: 'way-out' });
await busy();
