/** A trace over machines that have an agent each: their namespaces are numbered on, and each is asked about its own. */
import { expect, test } from 'vitest';
import type { Connection, Listener } from '../../../src/sandbox/agent/connection.ts';
import { whileTraced } from '../../../src/sandbox/agent/traced.ts';

const bytes = (...parts: (string | number | Buffer)[]): Buffer[] =>
  parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(String(part))));

/** An echo request from 10.0.0.1 to 10.0.0.2. */
function echo(ttl: number): Buffer {
  const ethernet = Buffer.from('020000000002020000000001' + '0800', 'hex');
  const ip = Buffer.from('4500001c00070000' + '4001' + '0000' + '0a000001' + '0a000002', 'hex');
  ip[8] = ttl;
  return Buffer.concat([ethernet, ip, Buffer.from('0800000000050001', 'hex')]);
}

const stamp = (nanoseconds: number) => {
  const time = Buffer.alloc(16);
  time.writeBigInt64LE(BigInt(nanoseconds), 8);
  return time;
};

/** One that tells this once it is told to stop. */
function machine(hosts: string[], told: Buffer[][]) {
  const sent: string[][] = [];
  const forgotten: number[] = [];
  let listener: Listener | undefined;
  const connection = {
    request(_kind: string, _args: unknown, own: Listener) {
      listener = own;
      queueMicrotask(() => own.message('trace', bytes('ready', `boot of ${hosts}`)));
      return 5;
    },
    send(kind: string, ...args: unknown[]) {
      sent.push([kind, ...args.map(String)]);
      if (kind === 'trace-stop')
        for (const parts of [...told, bytes('captured')]) listener!.message('trace', parts);
      if (kind === 'trace-ask') listener!.message('trace', bytes(args.length > 1 ? 'answered' : 'end'));
    },
    forget: (id: number) => void forgotten.push(id),
  } as unknown as Connection;
  return { connection, hosts, sent, forgotten };
}

const space = (n: number, host: string, netns = '') => bytes('space', n, host, netns, 4000 + n, '');
const frame = (n: number, type: number, at: number, ttl = 64) =>
  bytes('frame', n, 2, type, 0x0800, stamp(at), 42, echo(ttl));

function two() {
  const left = machine(
    ['left'],
    [space(0, 'machine'), space(1, 'machine', 'red'), bytes('interface', 0, 2, 'eth0', 1), frame(0, 4, 1000)],
  );
  const right = machine(
    ['right'],
    [space(0, 'machine'), bytes('interface', 0, 2, 'eth9', 1), frame(0, 0, 2000)],
  );
  return { left, right };
}

const command = { host: 'left', netns: '', argv: ['ping', '10.0.0.2'] };

test('the namespaces of the second come after those of the first, each with its host and its clock', async () => {
  const { left, right } = two();
  const ended = { exit: 0, stdout: '', stderr: '' };
  const capture = await whileTraced([left, right], command, { limitMs: 1000 }, async () => ended);
  expect(capture.spaces.map(({ host, netns }) => `${host}/${netns}`)).toEqual([
    'left/',
    'left/red',
    'right/',
  ]);
  expect(capture.frames.map((one) => one.space)).toEqual([0, 2]);
  expect(capture.clocks).toEqual([0, 0, 1]);
  expect(capture.command).toEqual({ ...command, ...ended });
  expect([left.forgotten, right.forgotten]).toEqual([[5], [5]]);
});

test('each is asked about its own namespaces, by the numbers that it knows them by', async () => {
  const { left, right } = two();
  await whileTraced([left, right], command, { limitMs: 1000 }, async () => ({
    exit: 0,
    stdout: '',
    stderr: '',
  }));
  const asked = ({ sent }: ReturnType<typeof machine>) => {
    const [, , ...words] = sent.find(([kind, ...rest]) => kind === 'trace-ask' && rest.length > 1)!;
    return Array.from({ length: words.length / 5 }, (_, n) => words.slice(5 * n, 5 * n + 2).join(': '));
  };
  expect(asked(left)).toContain('0: entry output 10.0.0.1 10.0.0.2 protocol 1');
  expect(asked(right)).toContain('0: entry input 10.0.0.1 10.0.0.2 index 2 protocol 1');
  for (const each of [left, right]) expect(new Set(asked(each).map((one) => one[0]))).toEqual(new Set(['0']));
});

test('a command that could not be run ends the traces, and its error is told', async () => {
  const { left, right } = two();
  const why = new Error('no such command');
  await expect(
    whileTraced([left, right], command, { limitMs: 1000 }, () => Promise.reject(why)),
  ).rejects.toBe(why);
  await new Promise((resolve) => setImmediate(resolve));
  for (const { sent } of [left, right])
    expect(sent.map(([kind]) => kind)).toEqual(['trace-stop', 'trace-ask']);
});
