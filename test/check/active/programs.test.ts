/** probe-tcp, probe-udp and probe-dns against real and hostile servers on the loopback interface. */
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DnsResult, readDns, valuesOf } from '../../../src/check/probe/dns.ts';
import { readTcp, readUdp } from '../../../src/check/probe/socket.ts';
import { ran } from './look.ts';

const tools = join(import.meta.dirname, '../../../sandbox/tools');
const perl = spawnSync('perl', ['-MSocket', '-e', '1']).status === 0;

function probe(
  name: string,
  ...args: string[]
): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  const child = spawn('perl', [join(tools, name), ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  return new Promise((done) => child.on('close', (exit) => done({ exit, stdout, stderr })));
}

async function tcpServer(serve: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as { port: number }).port, [Symbol.dispose]: () => server.close() };
}

/** Answers each datagram with what `answer` makes of it. */
async function udpServer(answer: (asked: Buffer) => readonly Buffer[]) {
  const socket = createSocket('udp4');
  socket.on('message', (asked, from) => {
    for (const each of answer(asked)) socket.send(each, from.port, from.address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() };
}

async function ask(
  answer: (asked: Buffer) => readonly Buffer[],
  name = 'web.test',
  type = 'A',
  timeout = 700,
) {
  using server = await udpServer(answer);
  const result = await probe(
    'probe-dns',
    '--timeout',
    String(timeout),
    '--server',
    '127.0.0.1',
    '--port',
    String(server.port),
    name,
    type,
  );
  expect(result.stderr).toBe('');
  return readDns(result) as DnsResult;
}

const name = (text: string) =>
  Buffer.concat([
    ...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
const number = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
const POINTER = number(0xc00c);

function record(type: number, data: Buffer, owner: Buffer = POINTER) {
  return Buffer.concat([owner, number(type, 1, 0, 60, data.length), data]);
}

/** An answer to a question, with these records. */
function reply(asked: Buffer, records: readonly Buffer[], flags = 0x8180) {
  return Buffer.concat([
    asked.subarray(0, 2),
    number(flags, 1, records.length, 0, 0),
    asked.subarray(12),
    ...records,
  ]);
}

describe.skipIf(!perl)('probe-dns', () => {
  const target = Buffer.concat([number(10), name('mail.test')]);
  test.each([
    ['A', [record(1, Buffer.from([10, 0, 0, 12]))], ['10.0.0.12']],
    ['AAAA', [record(28, Buffer.from('fd00000000000000000000000000000a', 'hex'))], ['fd00::a']],
    ['CNAME', [record(5, Buffer.concat([Buffer.from([3]), Buffer.from('WWW'), POINTER]))], ['www.web.test']],
    ['TXT', [record(16, Buffer.from('\x05hello\x06 world'))], ['hello world']],
    ['MX', [record(15, target)], ['10 mail.test']],
    ['NS', [record(2, name('ns.test')), record(2, name('ns2.test'))], ['ns.test', 'ns2.test']],
    ['SRV', [record(33, Buffer.concat([number(1, 2, 80), name('s.test')]))], ['1 2 80 s.test']],
  ])('%s', async (type, records, values) => {
    const result = await ask((asked) => [reply(asked, records)], 'Web.Test', type);
    expect(result).toMatchObject({ result: 'answered', status: 'NOERROR', server: '127.0.0.1' });
    expect(valuesOf(result)).toEqual(values);
  });

  test('PTR of an address asks for its name below in-addr.arpa', async () => {
    let question = '';
    const result = await ask(
      (asked) => {
        question = asked.subarray(12).toString('latin1');
        return [reply(asked, [record(12, name('p.test'))])];
      },
      '10.0.0.12',
      'PTR',
    );
    expect(question).toContain('\x0212\x010\x010\x0210\x07in-addr\x04arpa');
    expect(valuesOf(result)).toEqual(['p.test']);
  });

  test('aliases on the way are shown, but are no answer to A', async () => {
    const result = await ask((asked) => [
      reply(asked, [record(5, name('b.test')), record(1, Buffer.from([10, 0, 0, 1]), name('b.test'))]),
    ]);
    expect(valuesOf(result)).toEqual(['10.0.0.1']);
    expect(result.answers).toHaveLength(2);
  });

  test.each([
    [0x8183, 'NXDOMAIN'],
    [0x8182, 'SERVFAIL'],
    [0x8185, 'REFUSED'],
  ])('status %i is %s', async (flags, status) => {
    expect(await ask((asked) => [reply(asked, [], flags)])).toMatchObject({
      result: 'answered',
      status,
      answers: [],
    });
  });

  test('what is not for us is dropped: another id, another question, a question', async () => {
    const data = [record(1, Buffer.from([6, 6, 6, 6]))];
    const result = await ask((asked) => {
      const otherId = reply(asked, data);
      otherId[0]! ^= 1;
      const otherName = Buffer.from(reply(asked, data));
      otherName[13]! ^= 1;
      return [
        otherId,
        otherName,
        reply(asked, data, 0x0100),
        Buffer.from('x'),
        reply(asked, [record(1, Buffer.from([10, 0, 0, 1]))]),
      ];
    });
    expect(valuesOf(result)).toEqual(['10.0.0.1']);
  });

  test('pointers that go round, forwards or beyond the end', async () => {
    for (const pointer of [0xc000 | 26, 0xc000 | 28, 0xffff, 0xc000 | 300]) {
      const owner = number(pointer);
      const result = await ask((asked) => [reply(asked, [record(1, Buffer.from([10, 0, 0, 1]), owner)])]);
      expect(result.result).toBe('malformed');
    }
  });

  test('lengths that lie', async () => {
    for (const broken of [
      record(1, Buffer.from([1, 2, 3])),
      record(16, Buffer.from('\xff', 'latin1')),
      record(15, Buffer.from([0])),
      record(28, Buffer.alloc(4)),
      Buffer.from([0xc0]),
    ])
      expect((await ask((asked) => [reply(asked, [broken])])).result).toBe('malformed');
  });

  test('a truncated answer is fetched over TCP', async () => {
    const socket = createSocket('udp4');
    const records = [record(1, Buffer.from([10, 0, 0, 12]))];
    using server = await tcpServer((peer) => {
      peer.on('data', (data) => {
        const whole = reply(data.subarray(2), records);
        peer.write(Buffer.concat([number(whole.length), whole.subarray(0, 5)]));
        setTimeout(() => peer.end(whole.subarray(5)), 20);
      });
    });
    socket.on('message', (asked, from) => socket.send(reply(asked, [], 0x8380), from.port, from.address));
    await new Promise<void>((done) => socket.bind(server.port, '127.0.0.1', done));
    const result = readDns(
      await probe('probe-dns', '--server', '127.0.0.1', '--port', String(server.port), 'web.test', 'A'),
    ) as DnsResult;
    socket.close();
    expect(result).toMatchObject({ result: 'answered', tcp: true });
    expect(valuesOf(result)).toEqual(['10.0.0.12']);
  });

  test('silence ends with the time, and nobody there is refused', async () => {
    const started = performance.now();
    expect((await ask(() => [], 'web.test', 'A', 300)).result).toBe('no-reply');
    expect(performance.now() - started).toBeLessThan(10_000);
    using free = await tcpServer(() => {});
    expect(
      readDns(
        await probe('probe-dns', '--server', '127.0.0.1', '--port', String(free.port), 'web.test', 'A'),
      ),
    ).toMatchObject({ result: 'refused' });
  });

  test('any bytes after a right header neither hang nor crash it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), fc.nat(40), async (bytes, count) => {
        const result = await ask((asked) => {
          const whole = Buffer.concat([reply(asked, []), bytes]);
          whole.writeUInt16BE(count, 6);
          return [whole];
        });
        expect(['answered', 'malformed']).toContain(result.result);
      }),
      { numRuns: 25 },
    );
  });

  test('names that DNS cannot carry', async () => {
    for (const bad of ['a..b', `${'x'.repeat(64)}.test`, 'y.'.repeat(200)])
      expect(readDns(await probe('probe-dns', '--server', '127.0.0.1', '--', bad, 'A'))).toMatchObject({
        result: 'error',
      });
  });
});

describe.skipIf(!perl)('probe-tcp', () => {
  test('connects, and takes what the server says first', async () => {
    using server = await tcpServer((socket) =>
      socket.end(Buffer.from('220 "h\u00e9llo" \\ \u{1f600}\r\nmore')),
    );
    expect(readTcp(await probe('probe-tcp', '127.0.0.1', String(server.port)))).toMatchObject({
      result: 'connected',
      address: '127.0.0.1',
      port: server.port,
    });
    const greeted = readTcp(await probe('probe-tcp', '--banner', '1000', '127.0.0.1', String(server.port)));
    expect('banner' in greeted && greeted.banner).toMatch(/^220 "h\u00e9llo" \\ \u{1f600}\r\n/u);
  });

  test('bytes that are no UTF-8, or without end, are still one JSON object', async () => {
    using server = await tcpServer((socket) => {
      const flood = () => {
        while (socket.writable && socket.write(Buffer.alloc(65_536, 0xff))) {}
      };
      socket.on('drain', flood);
      flood();
    });
    const result = readTcp(await probe('probe-tcp', '--banner', '500', '127.0.0.1', String(server.port)));
    expect('banner' in result && result.banner?.length).toBe(4096);
  });

  test('refused, and a source that is not there', async () => {
    const { port } = await tcpServer(() => {}).then((server) => {
      server[Symbol.dispose]();
      return server;
    });
    expect(readTcp(await probe('probe-tcp', '127.0.0.1', String(port)))).toMatchObject({
      result: 'refused',
      address: '127.0.0.1',
    });
    expect(
      readTcp(await probe('probe-tcp', '--from', '192.0.2.77', '127.0.0.1', String(port))),
    ).toMatchObject({ result: 'source' });
    expect(readTcp(await probe('probe-tcp', '--from', 'nodev0', '127.0.0.1', String(port)))).toMatchObject({
      result: 'source',
    });
  });

  test('called wrongly, it says how, and prints no result', async () => {
    for (const args of [
      [],
      ['127.0.0.1'],
      ['127.0.0.1', '70000'],
      ['127.0.0.1', 'http'],
      ['--wrong', '1', '127.0.0.1', '80'],
    ]) {
      const result = await probe('probe-tcp', ...args);
      expect(result).toMatchObject({ exit: 2, stdout: '' });
      expect(result.stderr).toMatch(/^usage: /);
    }
  });
});

describe.skipIf(!perl)('probe-udp', () => {
  test('an answer, silence, and nobody there', async () => {
    using echo = await udpServer((asked) => [asked]);
    const send = (port: number, text: string) =>
      probe('probe-udp', '--timeout', '400', '127.0.0.1', String(port), text);
    expect(readUdp(await send(echo.port, 'h\u00e9llo'))).toMatchObject({
      result: 'answered',
      answer: 'h\u00e9llo',
    });
    expect(readUdp(await send(echo.port, ''))).toMatchObject({ result: 'answered', answer: '' });
    using silent = await udpServer(() => []);
    expect(readUdp(await send(silent.port, 'x'))).toMatchObject({ result: 'no-reply' });
    using nobody = await tcpServer(() => {});
    expect(readUdp(await send(nobody.port, 'x'))).toMatchObject({ result: 'refused' });
  });
});

test('a result in another form is not understood', () => {
  expect(readTcp(ran('{"result":"connected"}'))).toHaveProperty('unusable');
  expect(readTcp(ran('{"result":"great","host":"x","port":1}'))).toHaveProperty('unusable');
});

test.skipIf(!perl)('the probes use nothing beyond perl-base', () => {
  const modules = ['probe-common.pl', 'probe-tcp', 'probe-udp', 'probe-dns'].flatMap((file) => {
    const text = spawnSync('cat', [join(tools, file)], { encoding: 'utf8' }).stdout;
    return [...text.matchAll(/^use ([A-Z]\w*(?:::\w+)*)/gm)].map((use) => use[1]);
  });
  expect(modules.length).toBeGreaterThan(3);
  for (const module of modules) expect(['Errno', 'POSIX', 'Socket']).toContain(module);
});
