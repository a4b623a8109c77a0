/** Who has a place on the host, and how they prove that it is theirs: by a word that they were given, or by their key of ssh. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../lib/folders.ts';
import { replaceFile } from '../../session/journal/files.ts';

const personSchema = z.object({
  /** Names their folder. */
  id: z.string().regex(/^[\w-]+$/),
  /** SHA-256 of the word. */
  back: z.string(),
  /** SHA-256 of public keys. */
  keys: z.array(z.string()),
  /** As they came by it. */
  name: z.string().optional(),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
const fileSchema = z.object({ format: z.literal(1), people: z.array(personSchema) });

export type Person = z.infer<typeof personSchema>;

const FILE = 'people.json';
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
const PREFIX = 'back-';
/** Folders that are made for who comes and goes. */
const MOST = 5000;
const MOST_KEYS = 8;

const hashOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** `back-7KQ2M-9TX4B`, however it was typed; undefined when it is no such word. 50 bits, and wrong ones are counted. */
export function readBack(text: string): string | undefined {
  const match = /^back-?(.*)$/i.exec(text.trim());
  if (!match) return undefined;
  const letters = match[1]!.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? letters
    : undefined;
}

function newBack(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${PREFIX}${letters.slice(0, 5)}-${letters.slice(5)}`;
}

export interface Newcomer {
  name?: string;
  key?: Buffer;
}

export class People {
  readonly #folder: string;
  #people: Person[];

  constructor(folder: string) {
    this.#folder = folder;
    this.#people = read(join(folder, FILE));
  }

  get size(): number {
    return this.#people.length;
  }

  withBack(back: string): Person | undefined {
    const hash = hashOf(back);
    return this.#people.find((person) => person.back === hash);
  }

  withKey(key: Buffer): Person | undefined {
    const hash = hashOf(key);
    return this.#people.find((person) => person.keys.includes(hash));
  }

  withName(name: string): Person | undefined {
    const plain = fold(name);
    return this.#people.find((person) => person.name !== undefined && fold(person.name) === plain);
  }

  /** Undefined when there are too many. */
  add({ name, key }: Newcomer, now: number): { person: Person; back: string } | undefined {
    if (this.#people.length >= MOST) return undefined;
    const back = newBack();
    const person: Person = {
      id: randomBytes(9).toString('base64url'),
      back: hashOf(readBack(back)!),
      keys: key === undefined ? [] : [hashOf(key)],
      ...(name === undefined ? {} : { name }),
      since: now,
    };
    this.#people.push(person);
    this.#save();
    return { person, back };
  }

  /** They come by it as well from now on. */
  addKey(person: Person, key: Buffer): void {
    const hash = hashOf(key);
    if (this.#people.some(({ keys }) => keys.includes(hash)) || person.keys.length >= MOST_KEYS) return;
    person.keys.push(hash);
    this.#save();
  }

  #save(): void {
    makeFolder(this.#folder, 0o700);
    replaceFile(join(this.#folder, FILE), `${JSON.stringify({ format: 1, people: this.#people })}\n`);
  }
}

const fold = (name: string): string => name.normalize('NFKC').toLowerCase();

function read(path: string): Person[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return fileSchema.parse(JSON.parse(text)).people;
}
