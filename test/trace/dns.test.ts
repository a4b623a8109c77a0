import { expect, test } from 'vitest';
import { readDns } from '../../src/trace/read/dns.ts';

const name = (text: string) =>
  Buffer.concat([
    ...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
const half = (...numbers: number[]) => Buffer.concat(numbers.map((n) => Buffer.from([n >> 8, n & 255])));
const header = (flags: number, answers: number) => half(0x1234, flags, 1, answers, 0, 0);
const record = (type: number, data: Buffer) =>
  Buffer.concat([half(0xc00c, type, 1, 0, 60, data.length), data]);
const question = (type: number) => Buffer.concat([name('www.example.com'), half(type, 1)]);

test('a question, and its answer', () => {
  expect(readDns(Buffer.concat([header(0x0100, 0), question(1)]))).toEqual({
    type: 'A',
    name: 'www.example.com',
  });
  const answer = Buffer.concat([
    header(0x8180, 3),
    question(1),
    record(5, name('web.example.com')),
    record(1, Buffer.from([203, 0, 113, 80])),
    record(28, Buffer.from('20010db8000000000000000000000001', 'hex')),
  ]);
  expect(readDns(answer)?.answer).toEqual({
    code: 'NOERROR',
    values: ['web.example.com', '203.0.113.80', '2001:db8::1'],
  });
  expect(readDns(Buffer.concat([header(0x8183, 0), question(28)]))?.answer).toEqual({
    code: 'NXDOMAIN',
    values: [],
  });
});

test('what is cut off, or points to itself, is left out', () => {
  const whole = Buffer.concat([header(0x8180, 1), question(1), record(1, Buffer.from([10, 0, 0, 1]))]);
  for (let bytes = 0; bytes < whole.length; bytes++) {
    const read = readDns(whole.subarray(0, bytes));
    expect(read?.answer?.values ?? []).toEqual([]);
  }
  expect(readDns(Buffer.concat([header(0, 0), half(0xc00c), half(1, 1)]))).toBeUndefined();
});
