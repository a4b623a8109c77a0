/**
 * A certificate (X.509 v3, RFC 5280) made on the spot and signed by itself, ECDSA on P-256: what browsers and Node.js
 * all take. Who trusts it does so by the class's code (code.ts), or by looking at its print in the browser.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, explicit, implicit, integer, octets, oid, sequence, setOf, text, time, yes } from './der.ts';

export interface Certificate {
  /** PEM. */
  cert: string;
  /** PEM, PKCS #8. */
  key: string;
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const DAY_MS = 24 * 3600_000;
/** Longer ones some browsers refuse even when they are told to go on. */
const DAYS = 397;

/** @param names under which the host is reached: names of machines and IP addresses */
export function makeCertificate(names: readonly string[], now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(setOf(sequence(oid('2.5.4.3'), text('Wirebook class'))));
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    // A learner's clock may be behind.
    sequence(time(new Date(now - 2 * DAY_MS)), time(new Date(now + DAYS * DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(names))),
  );
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  return { cert: pem(der), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function extensions(names: readonly string[]): Buffer[] {
  const critical = (id: string, value: Buffer) => sequence(oid(id), yes, octets(value));
  const plain = (id: string, value: Buffer) => sequence(oid(id), octets(value));
  return [
    // Basic constraints: it signs no others. Key usage: digital signatures. Extended: a server of TLS.
    critical('2.5.29.19', sequence()),
    critical('2.5.29.15', bits(Buffer.from([0x80]), 7)),
    plain('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    plain('2.5.29.17', sequence(...names.map(alternativeName))),
  ];
}

function alternativeName(name: string): Buffer {
  const family = isIP(name);
  if (family === 0) return implicit(2, Buffer.from(name, 'latin1'));
  return implicit(7, family === 4 ? Buffer.from(name.split('.').map(Number)) : ipv6Bytes(name));
}

function ipv6Bytes(address: string): Buffer {
  const plain = address.replace(/%.*/, '');
  const [head = '', tail] = plain.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':')).flatMap(wordsOf);
  const [before, after] = [words(head), words(tail ?? '')];
  const between = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<number>(between).fill(0), ...after];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

/** The last 32 bits may be written as an IPv4 address. */
function wordsOf(part: string): number[] {
  if (!part.includes('.')) return [Number.parseInt(part, 16)];
  const [a, b, c, d] = part.split('.').map(Number) as [number, number, number, number];
  return [(a << 8) | b, (c << 8) | d];
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
