import { describe, expect, test } from 'vitest';
import { dns } from '../../../src/check/kinds/dns.ts';
import { tcp } from '../../../src/check/kinds/tcp.ts';
import { udp } from '../../../src/check/kinds/udp.ts';
import { judged, ran } from './look.ts';

const said = (result: object) => ran(JSON.stringify({ host: '10.0.0.12', port: 80, ...result }));

describe('tcp', () => {
  const connected = said({ result: 'connected', address: '10.0.0.12', banner: 'SSH-2.0-OpenSSH\r\n' });
  test('connects, and the banner is compared', () => {
    expect(judged(tcp, { tcp: '10.0.0.12:80' }, connected).state).toBe('pass');
    expect(judged(tcp, { tcp: '10.0.0.12:80', banner: { contains: 'SSH' } }, connected).state).toBe('pass');
    expect(judged(tcp, { tcp: '10.0.0.12:80', banner: 'nginx' }, connected)).toMatchObject({
      state: 'fail',
      differences: [{ field: 'banner' }],
    });
    expect(judged(tcp, { tcp: '10.0.0.12:80', fails: 'refused' }, connected).state).toBe('fail');
  });
  test.each(['refused', 'timeout', 'unreachable', 'dns'])('fails: %s', (reason) => {
    const failed = said({ result: reason, error: 'words' });
    expect(judged(tcp, { tcp: '10.0.0.12:80', fails: reason }, failed).state).toBe('pass');
    expect(
      judged(tcp, { tcp: '10.0.0.12:80', fails: reason === 'dns' ? 'refused' : 'dns' }, failed).state,
    ).toBe('fail');
    expect(judged(tcp, { tcp: '10.0.0.12:80' }, failed).state).toBe('fail');
  });
  test('an end point is a host and a port, or a variable', () => {
    for (const good of ['10.0.0.12:80', 'web:80', '[fd00::1]:80', '$WEB_IP:80'])
      expect(tcp.schema.safeParse({ tcp: good }).success).toBe(true);
    for (const bad of ['10.0.0.12', 'web:0', 'web:70000', 'fd00::1:80x', ':80'])
      expect(tcp.schema.safeParse({ tcp: bad }).success).toBe(false);
  });
});

describe('udp', () => {
  test('the answer is compared', () => {
    const answered = said({ result: 'answered', address: '10.0.0.12', answer: 'hello' });
    expect(judged(udp, { udp: '10.0.0.12:80', answer: 'hello' }, answered).state).toBe('pass');
    expect(judged(udp, { udp: '10.0.0.12:80', answer: 'bye' }, answered).state).toBe('fail');
    expect(judged(udp, { udp: '10.0.0.12:80', fails: 'no-reply' }, answered).state).toBe('fail');
    expect(judged(udp, { udp: '10.0.0.12:80', fails: 'no-reply' }, said({ result: 'no-reply' })).state).toBe(
      'pass',
    );
    expect(judged(udp, { udp: '10.0.0.12:80' }, said({ result: 'no-reply' })).state).toBe('fail');
  });
});

describe('dns', () => {
  const answer = (status: string, ...values: string[]) =>
    ran(
      JSON.stringify({
        name: 'web.test',
        type: 'A',
        result: 'answered',
        server: '8.8.8.8',
        status,
        answers: values.map((value) => ({ name: 'web.test', type: 'A', ttl: 1, value })),
      }),
    );
  test('values, one or several', () => {
    const two = answer('NOERROR', '10.0.0.1', '10.0.0.2');
    expect(judged(dns, { dns: 'web.test' }, two).state).toBe('pass');
    expect(judged(dns, { dns: 'web.test', answer: '10.0.0.2' }, two).state).toBe('pass');
    expect(judged(dns, { dns: 'web.test', answer: ['10.0.0.2', '10.0.0.1'] }, two).state).toBe('pass');
    expect(judged(dns, { dns: 'web.test', answer: ['10.0.0.2', '10.0.0.3'] }, two).state).toBe('fail');
    expect(judged(dns, { dns: 'web.test', answer: { exactly: ['10.0.0.2'] } }, two).state).toBe('fail');
  });
  test('no record is no answer, unless the status is what matters', () => {
    expect(judged(dns, { dns: 'web.test' }, answer('NOERROR')).state).toBe('fail');
    expect(judged(dns, { dns: 'web.test', status: 'NOERROR' }, answer('NOERROR')).state).toBe('pass');
    expect(judged(dns, { dns: 'web.test', status: 'NXDOMAIN' }, answer('NXDOMAIN')).state).toBe('pass');
    expect(judged(dns, { dns: 'web.test', status: 'NXDOMAIN' }, answer('NOERROR', '10.0.0.1')).state).toBe(
      'fail',
    );
    expect(judged(dns, { dns: 'web.test' }, answer('NXDOMAIN')).state).toBe('fail');
  });
  test('what contradicts itself is refused', () => {
    expect(dns.refuse?.(dns.schema.parse({ dns: 'x', status: 'NXDOMAIN', answer: '10.0.0.1' }))).toMatch(
      /gives no answer/,
    );
    expect(dns.refuse?.(dns.schema.parse({ dns: 'x', fails: 'no-reply', status: 'NXDOMAIN' }))).toMatch(
      /no status/,
    );
  });
});
