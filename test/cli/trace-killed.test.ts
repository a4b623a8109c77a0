/** kill -9 of a trace that runs: the sandbox stays, and nothing of the trace is left in it. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BIN, bringUpToDate, wirebook } from './wirebook.ts';

const name = `killed-${process.pid}`;
const NET =
  'ip netns add c; ip link add v type veth peer name eth0 netns c; ip addr add 10.1.0.1/24 dev v; ip link set v up; ip -n c addr add 10.1.0.2/24 dev eth0; ip -n c link set eth0 up';
/** The packet sockets and the tables of every namespace, and the pings that run. */
const LOOK =
  'for n in "" "ip netns exec c"; do $n cat /proc/net/packet | tail -n +2; $n nft list tables; done; ps -eo args | grep "^ping" || true';

const on = async (command: string) =>
  (await wirebook(['sandbox', 'exec', '--name', name, '--', 'sh', '-c', command])).stdout;

beforeAll(async () => {
  bringUpToDate();
  await wirebook(['sandbox', 'up', '--name', name]);
  await on(NET);
}, 300_000);
afterAll(() => wirebook(['sandbox', 'down', '--name', name]));

test('sockets, rules and the command are gone, and the next trace is like any other', async () => {
  const before = await on(LOOK);
  expect(before).not.toContain('wirebook_trace');
  const argv = ['sandbox', 'trace', '--name', name, '--from', 'c', '--', 'ping', '-i', '0.2', '10.1.0.1'];
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/icmp_seq=2/);
  const during = await on(LOOK);
  expect(during.match(/table inet wirebook_trace/g)).toHaveLength(2);
  expect(during).toMatch(/^ping/m);
  child.kill('SIGKILL');
  await expect.poll(() => on(LOOK), { timeout: 20_000 }).toBe(before);
  const next = await wirebook([...argv.slice(0, -5), '--', 'ping', '-c1', '10.1.0.1']);
  expect(next.stdout).toMatch(/→ ICMP echo request 1 {2}10\.1\.0\.2 → 10\.1\.0\.1/);
}, 90_000);
