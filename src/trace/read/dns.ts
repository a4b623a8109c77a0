/** What a datagram to or from port 53 asks and answers (RFC 1035), as far as it was captured. Pure. */
import { formatAddress } from '../../lib/addresses.ts';

export interface Dns {
  /** `A`, `AAAA`, ... */
  type: string;
  name: string;
  /** Of an answer: addresses and names; `NXDOMAIN` and the like where there is none. */
  answer?: { code: string; values: readonly string[] };
}

const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  255: 'ANY',
};
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];
const HEADER = 12;
/** Names point to one another; a hostile one points to itself. */
const MOST_LABELS = 64;
const MOST_VALUES = 4;

function nameAt(data: Buffer, start: number): { name: string; end: number } | undefined {
  const labels: string[] = [];
  let at = start;
  let end: number | undefined;
  for (let count = 0; count < MOST_LABELS && at < data.length; count++) {
    const length = data[at]!;
    if (length === 0) return { name: labels.join('.') || '.', end: end ?? at + 1 };
    if (length >= 0xc0) {
      if (at + 2 > data.length) return undefined;
      end ??= at + 2;
      at = data.readUInt16BE(at) & 0x3fff;
      continue;
    }
    if (at + 1 + length > data.length) return undefined;
    labels.push(data.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return undefined;
}

function recordValue(data: Buffer, type: number, at: number, length: number): string | undefined {
  if (at + length > data.length) return undefined;
  if (type === 1 && length === 4) return [...data.subarray(at, at + 4)].join('.');
  if (type === 28 && length === 16)
    return formatAddress({ family: 6, value: BigInt(`0x${data.toString('hex', at, at + 16)}`) });
  return [2, 5, 12].includes(type) ? nameAt(data, at)?.name : undefined;
}

/** @param data behind the header of UDP */
export function readDns(data: Buffer): Dns | undefined {
  if (data.length < HEADER || data.readUInt16BE(4) !== 1) return undefined;
  const flags = data.readUInt16BE(2);
  const question = nameAt(data, HEADER);
  if (question === undefined || question.end + 4 > data.length) return undefined;
  const number = data.readUInt16BE(question.end);
  const asked = { type: TYPES[number] ?? `type ${number}`, name: question.name };
  if ((flags & 0x8000) === 0) return asked;
  const values: string[] = [];
  let at = question.end + 4;
  for (let left = data.readUInt16BE(6); left > 0 && values.length < MOST_VALUES; left--) {
    const owner = nameAt(data, at);
    if (owner === undefined || owner.end + 10 > data.length) break;
    const length = data.readUInt16BE(owner.end + 8);
    const value = recordValue(data, data.readUInt16BE(owner.end), owner.end + 10, length);
    if (value !== undefined) values.push(value);
    at = owner.end + 10 + length;
  }
  return { ...asked, answer: { code: CODES[flags & 15] ?? String(flags & 15), values } };
}
