/** The page's side: what a browser, or who plays one, may ask for. */
import { request } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOurs } from '../../../src/class/host/web.ts';
import { Client, type Held, hold } from '../host/a-host.ts';

let held: Held;
beforeAll(async () => {
  held = await hold({ names: ['class.example'] });
});
afterAll(() => held[Symbol.asyncDispose]());
const port = () => held.served.port;

interface Asked {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: port(), path, method, headers, rejectUnauthorized: false, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Exactly these bytes; what comes back until the host closes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false }, () =>
      socket.write(text),
    );
    let got = '';
    socket.on('data', (piece) => {
      got += piece;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(got));
  });
}

describe('what is asked for', () => {
  test.each([
    '/etc/passwd',
    '/../../../../etc/passwd',
    '/board/../../package.json',
    '/board/..%2f..%2fpackage.json',
    '/board/%2e%2e/%2e%2e/package.json',
    '/board/....//....//package.json',
    '/board/\\..\\..\\package.json',
    '/board/board.js/../../../package.json',
    '/board/board.html%00.js',
    '//etc/passwd',
    '/__proto__',
    '/constructor',
    '/board/toString',
    '/class',
    '/dist/web/board.js',
    '/class.json',
  ])('%s is not there', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).toBe('There is no such page.\n');
  });

  test('a whole address as a proxy is asked', async () => {
    const answer = await raw(
      'GET https://elsewhere.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is not taken',
    async (method) => {
      const { status, headers } = await ask('/board', { method });
      expect(status).toBe(405);
      expect(headers.allow).toBe('GET, HEAD');
      expect(headers.connection).toBe('close');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test('CONNECT leads nowhere', async () => {
    expect(await raw('CONNECT 192.0.2.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).toBe('');
  });

  test('a request with a body is not read', async () => {
    const { status } = await ask('/board', { headers: { 'content-length': '3' }, body: 'abc' });
    expect(status).toBe(413);
  });

  test('two lengths, as smugglers send, are no request', async () => {
    const head = 'GET /board HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    for (const lengths of [
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      'Content-Length : 5\r\n',
    ]) {
      const answer = await raw(`${head}${lengths}\r\n0\r\n\r\nGET /board HTTP/1.1\r\n\r\n`);
      expect(answer.match(/HTTP\/1\.1 200/g)).toBeNull();
    }
  });

  test('headers without end are cut', async () => {
    expect(
      await raw(`GET /board HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
    ).not.toContain('200');
  });
});

describe('every answer', () => {
  test.each([
    ['/', 302],
    ['/board', undefined],
    ['/board/board.js', undefined],
    ['/nothing', 404],
  ])('of %s says that nothing else is to be trusted', async (path, status) => {
    const { headers, ...answer } = await ask(path);
    if (status !== undefined) expect(answer.status).toBe(status);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toMatch(/^no-(store|cache)$/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.server).toBeUndefined();
  });
});

describe('by which name', () => {
  test.each([
    ['127.0.0.1', true],
    ['192.0.2.7:8443', true],
    ['[2001:db8::1]:8443', true],
    ['localhost', true],
    ['LOCALHOST.:8443', true],
    ['class.example:1', true],
    ['evil.example', false],
    ['class.example.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['127.0.0.1@evil.example', false],
    ['', false],
    [undefined, false],
    ['localhost:8443:8443', false],
    ['[::1', false],
    ['[evil.example]', false],
  ])('%s: %s', (host, ours) => expect(isOurs(host, new Set(['localhost', 'class.example']))).toBe(ours));

  test('another than ours is not answered (DNS rebinding)', async () => {
    const { status, body } = await ask('/board', { headers: { host: 'evil.example' } });
    expect(status).toBe(421);
    expect(body).not.toContain('<');
    const client = new Client(port(), { headers: { host: 'evil.example' } });
    await expect(client.opened()).rejects.toThrow('421');
  });
});

describe('a WebSocket', () => {
  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'https://127.0.0.1',
    'https://127.0.0.1:1',
    'https://127.0.0.1.evil.example',
  ])('of a page of %s is refused', async (origin) => {
    await expect(new Client(port(), { headers: { origin } }).opened()).rejects.toThrow('403');
  });

  test('of our own page is taken', async () => {
    const client = new Client(port(), { headers: { origin: `https://127.0.0.1:${port()}` } });
    await client.opened();
    client.close();
  });

  test('elsewhere than where it belongs is refused', async () => {
    for (const path of ['/', '/board', '/class/', '/class?x'])
      await expect(new Client(port(), {}, path).opened()).rejects.toThrow('404');
  });

  test('compresses nothing: what is secret and what is not are never packed together', async () => {
    const client = new Client(port(), { perMessageDeflate: true });
    await client.opened();
    expect(client.socket.extensions).toBe('');
    client.close();
  });
});
