import { describe, expect, test } from 'vitest';
import { ping } from '../../../src/check/kinds/ping.ts';
import { type PingResult, pingCommand, readPing } from '../../../src/check/probe/ping.ts';
import { judged, ran, tools } from './look.ts';

const failures: Readonly<Record<string, string>> = {
  'ping no route': 'unreachable-network',
  'ping host unreachable': 'unreachable-host',
  'ping host silent': 'no-reply',
  'ping rejected': 'prohibited',
  'ping net unreachable beyond': 'unreachable-network',
  'ping prohibited beyond': 'prohibited',
  'ping blackhole': 'unreachable-network',
  'ping unreachable route': 'unreachable-host',
  'ping prohibit route': 'prohibited',
  'ping unknown host': 'unknown-host',
  'ping too long': 'message-too-long',
};

describe('what ping prints', () => {
  test.each(Object.entries(failures))('%s is %s', (name, reason) => {
    expect(readPing(tools[name])).toMatchObject({ received: 0, loss: 100, reason });
    expect(judged(ping, { ping: '10.0.0.2' }, tools[name]).state).toBe('fail');
    expect(judged(ping, { ping: '10.0.0.2', fails: reason }, tools[name]).state).toBe('pass');
    for (const other of new Set(Object.values(failures)))
      if (other !== reason)
        expect(judged(ping, { ping: '10.0.0.2', fails: other }, tools[name]).state).toBe('fail');
  });

  test('an answer has counts, ttl, round trip and the address that was tried', () => {
    const result = readPing(tools['ping answered']) as PingResult;
    expect(result).toMatchObject({ address: '10.0.0.2', sent: 3, received: 3, loss: 0, ttls: [64, 64, 64] });
    expect(result.rtt).toBeGreaterThan(0);
  });

  test('a hundred percent loss is not read as none', () => {
    expect(tools['ping host silent']?.stdout).toContain('0% packet loss');
    expect(judged(ping, { ping: '10.0.0.5' }, tools['ping host silent']).state).toBe('fail');
  });

  test('counts that do not fit the exit status are not believed', () => {
    const { stdout } = tools['ping answered']!;
    expect(judged(ping, { ping: '10.0.0.2' }, ran(stdout, 1)).state).toBe('broken');
    expect(
      judged(ping, { ping: '10.0.0.2', fails: 'no-reply' }, ran(tools['ping host silent']!.stdout, 0)).state,
    ).toBe('broken');
  });
});

describe('fields', () => {
  const answered = tools['ping answered'];
  test('ttl, rtt and loss are compared', () => {
    expect(
      judged(ping, { ping: '10.0.0.2', count: 3, ttl: 64, loss: 0, rtt: { lt: 1000 } }, answered).state,
    ).toBe('pass');
    const wrong = judged(ping, { ping: '10.0.0.2', count: 3, ttl: 63 }, answered);
    expect(wrong).toMatchObject({
      state: 'fail',
      differences: [{ field: 'ttl', expected: '63', found: '64' }],
    });
    expect(judged(ping, { ping: '10.0.0.2', loss: 100 }, answered).state).toBe('fail');
    expect(judged(ping, { ping: '10.0.0.2', rtt: { gt: 1000 } }, answered).state).toBe('fail');
  });

  test('where nothing was sent there is no loss to speak of', () => {
    expect(judged(ping, { ping: '10.0.0.2', loss: 100 }, tools['ping no route']).state).toBe('fail');
    expect(judged(ping, { ping: '10.0.0.2', loss: 100 }, tools['ping host silent']).state).toBe('pass');
    expect(judged(ping, { ping: '10.0.0.2', loss: 100, ttl: 64 }, tools['ping host silent']).state).toBe(
      'fail',
    );
  });

  test('the evidence names the address', () => {
    expect(judged(ping, { ping: 'web' }, answered).found).toMatch(
      /^web \(10\.0\.0\.2\) answered 3 of 3, ttl 64/,
    );
  });

  test('a failure has nothing to compare', () => {
    expect(ping.refuse?.(ping.schema.parse({ ping: 'x', fails: 'no-reply', ttl: 64 }))).toMatch(
      /give `fails`/,
    );
    for (const entry of [
      { ping: 'x', ttl: {} },
      { ping: 'x', count: 0 },
      { ping: '' },
      { ping: 'x', fail: 'y' },
      { ping: 'x', fails: 'y' },
    ])
      expect(ping.schema.safeParse(entry).success).toBe(false);
  });
});

test('a target is never taken for an option', () => {
  expect(pingCommand({ target: '-f', count: 1, wait: 1 }).slice(-2)).toEqual(['--', '-f']);
  expect(readPing(tools['ping option as target'])).toMatchObject({ reason: 'unknown-host' });
});

test('ARP is given the time that it takes when its failure is what is expected', () => {
  const argv = (entry: object) => {
    const need = ping
      .needs(ping.schema.parse(entry), { host: 'h', netns: '', hosts: ['h'] })
      .find((each) => each.read === 'probe');
    return need?.read === 'probe' ? need.argv.join(' ') : '';
  };
  expect(argv({ ping: 'x', fails: 'unreachable-host' })).toContain('-W 4');
  expect(argv({ ping: 'x' })).toContain('-W 1');
});
