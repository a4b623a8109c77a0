/**
 * Data that lies where others may read it: encrypted and signed with what a passphrase comes to (scrypt, AES-256-GCM), for one
 * purpose (`about`), so that one class's cannot be put in the place of another's.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

interface Sealed {
  format: 1;
  salt: string;
  iv: string;
  tag: string;
  data: string;
}

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );

export async function seal(value: unknown, passphrase: string, about: string): Promise<string> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv);
  cipher.setAAD(Buffer.from(about));
  const data = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  const sealed: Sealed = {
    format: 1,
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return JSON.stringify(sealed);
}

/** @returns undefined when it was sealed with another passphrase, for another purpose, or was changed since */
export async function unseal(text: string, passphrase: string, about: string): Promise<unknown> {
  try {
    const { salt, iv, tag, data } = JSON.parse(text) as Sealed;
    const bytes = (field: string): Buffer => Buffer.from(field, 'base64');
    if (bytes(tag).length !== 16) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', await keyOf(passphrase, bytes(salt)), bytes(iv));
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes(tag));
    const json = Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString('utf8');
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
