import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ToolResult } from '../../../src/check/observation.ts';
import { kinds } from '../explain/kinds.ts';
import { judged, ran } from './look.ts';

const target = '10.0.0.12';
/** For each kind: what passes with an answer, and what passes without one. */
const entries: Readonly<Record<string, readonly object[]>> = {
  ping: [{ ping: target }, { ping: target, fails: 'no-reply' }, { ping: target, loss: 100 }],
  curl: [{ curl: target }, { curl: target, fails: 'timeout' }, { curl: target, status: { not: 500 } }],
  tcp: [{ tcp: `${target}:80` }, { tcp: `${target}:80`, fails: 'refused' }],
  udp: [{ udp: `${target}:53` }, { udp: `${target}:53`, fails: 'no-reply' }],
  dns: [
    { dns: 'example.com' },
    { dns: 'example.com', status: 'NXDOMAIN' },
    { dns: 'example.com', fails: 'no-reply' },
  ],
  trace: [{ trace: target }, { trace: target, reached: false }],
};
const all = Object.entries(entries).flatMap(([kind, list]) => list.map((entry) => [kind, entry] as const));

describe.each(all)('%s %j', (name, entry) => {
  const kind = kinds[name]!;
  const failed: [string, ToolResult | undefined][] = [
    ['was not run', undefined],
    ['is missing', { exit: null, stdout: '', stderr: '', failure: 'missing-tool' }],
    ['is missing, says the shell', ran('', 127, 'not found')],
    ['did not end', { exit: null, stdout: '', stderr: '', failure: 'timeout' }],
    ['was killed', ran('', null)],
    ['said nothing', ran('', 0)],
    ['failed without a word', ran('', 1)],
    ['has another exit status', ran('', 2, 'Segmentation fault')],
  ];
  test.each(failed)('is broken when its tool %s', (_, result) => {
    const judgement = judged(kind, entry, result);
    expect(judgement.state).toBe('broken');
    expect(judgement.found).not.toBe('');
  });

  test('fails for good in a namespace that is not there', () => {
    expect(judged(kind, entry, undefined, 'nowhere')).toMatchObject({ state: 'fail', final: true });
  });

  test('never passes on any bytes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom(
        '0% packet loss',
        '1 packets transmitted',
        'HTTP/1.1 200 OK\r\n\r\nhi',
        '{"result":"connected"}',
        '{"result":"answered"}',
        ' 1  10.0.0.12  0.1 ms\n',
      ),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom(0, 1, 2, 127, null), (stdout, stderr, exit) => {
        expect(judged(kind, entry, ran(stdout, exit, stderr)).state).not.toBe('pass');
      }),
      { numRuns: 300 },
    );
  });
});
