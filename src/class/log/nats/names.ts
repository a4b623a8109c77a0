/** What of a class lies where on the server: a stream a class, which only grows, and beside it who is connected where. */
import { InputError } from '../../../lib/errors.ts';

export const streamOf = (id: string): string => `WIREBOOK_CLASS_${id}`;
/** What all hosts of a class have alike; a message a class. */
export const CLASSES = 'WIREBOOK_CLASSES';
export const sharedSubject = (id: string): string => `wirebook.classes.${id}`;
export const logSubject = (id: string): string => `wirebook.class.${id}.log`;
/** Not kept by the server. */
export const presenceSubject = (id: string): string => `wirebook.class.${id}.present`;

export const shownSubject = (id: string): string => `wirebook.class.${id}.shown`;

/** A part of a subject and of a stream's name: neither a dot nor a wildcard can stand in it. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws InputError `bad-class-id` */
export function checkedId(id: string): string {
  if (ID.test(id)) return id;
  throw new InputError(
    'bad-class-id',
    `${JSON.stringify(id)} cannot be the name of a class on a NATS server.`,
    ['Use letters, digits, - and _, at most 64.'],
  );
}
