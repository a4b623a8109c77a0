/** The files that users name beside lessons: each with the word for it, and what to do where it is something else. */
import { readGiven } from '../lib/given-file.ts';

/** @throws InputError `roster-not-readable` */
export const rosterIn = (file: string, cwd: string): string =>
  readGiven(file, cwd, { code: 'roster-not-readable', what: 'roster' });

/** @throws InputError `secret-not-readable` */
export const secretIn = (file: string, cwd: string): string =>
  readGiven(file, cwd, { code: 'secret-not-readable', what: 'secret' }).trim();

/** With which the class signs. @throws InputError `key-not-readable` */
export const privateKeyIn = (file: string, cwd: string): string =>
  readGiven(file, cwd, {
    code: 'key-not-readable',
    what: 'private key',
    notText: 'The class makes one, PEM: openssl genpkey -algorithm ed25519 -out class.pem',
  });

/** @throws InputError `key-not-readable` */
export const publicKeyIn = (file: string, cwd: string): string =>
  readGiven(file, cwd, {
    code: 'key-not-readable',
    what: 'public key',
    notText: 'It is made of the private one, PEM: openssl pkey -in class.pem -pubout -out class.pub.pem',
  });

export const PEM = 'Both are PEM: the certificate with those that signed it behind it, and its private key.';

/** @throws InputError `certificate` */
export const certificateIn = (what: 'certificate' | 'private key', file: string, cwd: string): string =>
  readGiven(file, cwd, { code: 'certificate', what, notText: PEM });
