import { describe, expect, test } from 'vitest';
import { curl } from '../../../src/check/kinds/curl.ts';
import { curlCommand, readCurl } from '../../../src/check/probe/curl.ts';
import { judged, ran, tools } from './look.ts';

const url = 'http://127.0.0.1:8080/page';
const failures: Readonly<Record<string, string>> = {
  'curl reset': 'reset',
  'curl empty': 'reset',
  'curl refused': 'refused',
  'curl no route': 'unreachable',
  'curl host unreachable': 'unreachable',
  'curl dropped': 'timeout',
  'curl unknown host': 'dns',
  'curl no tls there': 'tls',
};

describe('what curl prints', () => {
  test.each(Object.entries(failures))('%s is %s', (name, reason) => {
    expect(readCurl(tools[name])).toMatchObject({ reason });
    expect(judged(curl, { curl: url }, tools[name]).state).toBe('fail');
    expect(judged(curl, { curl: url, status: { lt: 600 } }, tools[name]).state).toBe('fail');
    expect(judged(curl, { curl: url, fails: reason }, tools[name]).state).toBe('pass');
    for (const other of new Set(Object.values(failures)))
      if (other !== reason) expect(judged(curl, { curl: url, fails: other }, tools[name]).state).toBe('fail');
  });

  test('status, headers and body of the first answer; what looks like another in the body is body', () => {
    const page = readCurl(tools['curl page']);
    expect(page).toMatchObject({
      status: 200,
      address: '127.0.0.1',
      headers: { 'x-name': 'Web', 'set-cookie': 'a=1, b=2' },
    });
    expect('body' in page && page.body).toBe('Welcome\r\n\r\nHTTP/1.1 500 is only text here\n');
    expect(readCurl(tools['curl early hints'])).toMatchObject({ status: 200, headers: { 'x-name': 'Web' } });
    expect(readCurl(tools['curl head'])).toMatchObject({ status: 200, body: '' });
    expect(readCurl(tools['curl resolved'])).toMatchObject({ status: 200, address: '127.0.0.1' });
  });
});

describe('fields', () => {
  const page = tools['curl page'];
  test('with only a URL any answer below 400 will do', () => {
    expect(judged(curl, { curl: url }, page).state).toBe('pass');
    expect(judged(curl, { curl: url }, tools['curl not found']).state).toBe('fail');
    expect(judged(curl, { curl: url, body: 'Welcome' }, tools['curl not found']).state).toBe('fail');
    expect(judged(curl, { curl: url, status: 404 }, tools['curl not found']).state).toBe('pass');
  });

  test('body and headers', () => {
    expect(judged(curl, { curl: url, body: 'Welcome', headers: { 'X-Name': 'Web' } }, page).state).toBe(
      'pass',
    );
    expect(judged(curl, { curl: url, body: 'nginx' }, page)).toMatchObject({
      state: 'fail',
      differences: [{ field: 'body' }],
    });
    expect(judged(curl, { curl: url, headers: { 'x-other': 'Web' } }, page).state).toBe('fail');
    expect(judged(curl, { curl: url, headers: { constructor: { not: 'x' } } }, page).state).toBe('fail');
  });

  test('what asserts nothing is refused', () => {
    for (const entry of [
      { curl: 'ftp://x/' },
      { curl: url, headers: {} },
      { curl: url, body: '' },
      { curl: url, method: 'get' },
    ])
      expect(curl.schema.safeParse(entry).success).toBe(false);
    expect(curl.refuse?.(curl.schema.parse({ curl: url, fails: 'refused', body: 'x' }))).toMatch(/`fails`/);
    expect(curl.schema.safeParse({ curl: '$WEB_IP' }).success).toBe(true);
  });
});

test('curl that is missing, and a report that does not fit, are broken', () => {
  expect(judged(curl, { curl: url, fails: 'refused' }, ran('', 0, 'sh: 1: curl: not found\n')).state).toBe(
    'broken',
  );
  const { stdout, stderr } = tools['curl page']!;
  expect(
    judged(curl, { curl: url }, ran(stdout, 0, stderr.replace('wirebook-curl 0 200', 'wirebook-curl 0 204')))
      .state,
  ).toBe('broken');
  expect(judged(curl, { curl: url }, ran(stdout, 0, '')).state).toBe('broken');
});

test('a URL is never taken for an option, nor read by the shell', () => {
  const argv = curlCommand({ url: '-o/tmp/x; `id`' });
  expect(argv[2]).not.toContain('id');
  expect(argv.slice(-2)).toEqual(['--url', '-o/tmp/x; `id`']);
});
