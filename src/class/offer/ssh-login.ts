/**
 * Who comes by ssh, said by the user's name:
 *
 *     CODE@host        the class's code: a place for somebody new, or for whose key is known
 *     back-WORD@host   the word that they were given: their own place
 *     NAME@host        with the code as password: a place for somebody new of that name
 */
import ssh2, { type AuthContext } from 'ssh2';
import { isSameText, parseCode } from '../code.ts';
import { cleanName } from '../host/clean.ts';
import type { Tries } from '../host/tries.ts';
import { type People, type Person, readBack } from './people.ts';

/** Who was let in, and as whom. */
export interface Guest {
  person?: Person;
  name?: string;
  key?: Buffer;
}

export interface LoginOptions {
  secret: string;
  /** As it is read out. */
  code: string;
  people: People;
  tries: Tries;
}

const now = (): number => performance.now();

export function authenticate(
  context: AuthContext,
  address: string,
  guest: Guest,
  options: LoginOptions,
): void {
  const { people, tries } = options;
  // Nothing of an attempt before, which may have been about somebody else, is left for this one.
  for (const one of ['person', 'name', 'key'] as const) delete guest[one];
  // Who has used theirs up is not even compared.
  if (tries.waitMs(address, now()) > 0) {
    context.reject([]);
    return;
  }
  const wrong = (): void => {
    tries.wrong(address, now());
    context.reject([]);
  };
  const key = keyOf(context);
  if (context.method === 'publickey' && key === undefined) {
    context.reject([]);
    return;
  }
  const back = readBack(context.username);
  if (back !== undefined) {
    const person = people.withBack(back);
    if (person === undefined) {
      wrong();
      return;
    }
    guest.person = person;
    proved(context, guest, key);
    return;
  }
  if (isCode(context.username, options)) {
    guest.person = key?.isSigned ? people.withKey(key.data) : undefined;
    proved(context, guest, key);
    return;
  }
  // A code with a slip in it would be taken for a name.
  if (looksLikeCode(context.username)) {
    wrong();
    return;
  }
  const name = cleanName(context.username);
  if (name === '') {
    context.reject([]);
    return;
  }
  if (key !== undefined) {
    // Its key alone says that it is them.
    const person = people.withKey(key.data);
    if (person === undefined || person !== people.withName(name)) {
      context.reject(['password']);
      return;
    }
    if (key.isSigned) guest.person = person;
    proved(context, guest, key);
    return;
  }
  if (context.method !== 'password') {
    context.reject(['publickey', 'password']);
    return;
  }
  const { password } = context;
  const own = readBack(password);
  const person = own === undefined ? undefined : people.withBack(own);
  if (person !== undefined) guest.person = person;
  else if (isCode(password, options) || isSameText(plain(password), plain(options.secret))) guest.name = name;
  else {
    wrong();
    return;
  }
  context.accept();
}

/** By the name that they gave alone. Their key is asked for as well, so that they are known by it the next time. */
function proved(context: AuthContext, guest: Guest, key: Key | undefined): void {
  if (context.method === 'publickey' && key !== undefined) {
    if (key.isSigned) guest.key = key.data;
    context.accept();
  } else if (context.method === 'keyboard-interactive' || context.method === 'password') context.accept();
  else context.reject(['publickey', 'keyboard-interactive']);
}

interface Key {
  data: Buffer;
  /** That they have it; else they ask only whether it would do. */
  isSigned: boolean;
}

/** Undefined when there is none, or it is not theirs. */
function keyOf(context: AuthContext): Key | undefined {
  if (context.method !== 'publickey') return undefined;
  const { key, signature, blob, hashAlgo } = context;
  if (signature === undefined || blob === undefined) return { data: key.data, isSigned: false };
  const parsed = ssh2.utils.parseKey(key.data);
  if (parsed instanceof Error) return undefined;
  return [parsed].flat()[0]?.verify(blob, signature, hashAlgo) === true
    ? { data: key.data, isSigned: true }
    : undefined;
}

const plain = (text: string): string => text.trim().toUpperCase();

function isCode(text: string, { code }: LoginOptions): boolean {
  try {
    const { secret, print } = parseCode(text);
    const own = parseCode(code);
    return isSameText(secret + print, own.secret + own.print);
  } catch {
    return false;
  }
}

const looksLikeCode = (text: string): boolean => /^[0-9A-Z]{5}-?[0-9A-Z]{5}-?[0-9A-Z]{5}$/i.test(text.trim());
