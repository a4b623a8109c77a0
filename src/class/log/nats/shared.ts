/**
 * What all hosts of a class must have alike, beside its log: the first one makes it and puts it there, the others take it. The
 * course lies open, by which the log is read. Certificate, keys and code are sealed with a secret that each host is given as
 * a file and that never goes to the server: who may read there gets nobody in and passes for no host.
 */
import { DiscardPolicy, type JetStreamManager, StorageType } from '@nats-io/jetstream';
import { InputError } from '../../../lib/errors.ts';
import { whyRefused } from '../../../lib/refusal.ts';
import {
  connectQueue,
  ensureStream,
  isThereAlready,
  type Queue,
  QueueError,
} from '../../../queue/connect.ts';
import { CLASSES, checkedId, sharedSubject } from './names.ts';
import { seal, unseal } from './sealed.ts';

export interface Shared<Open, Secret> {
  open: Open;
  secret: Secret;
}

export interface SharedOptions {
  url: string;
  /** Of the class. */
  id: string;
  /** What all its hosts know. */
  passphrase: string;
}

const SHORTEST = 16;

/** @throws InputError `secret-too-short`, `wrong-secret`, QueueError */
export async function shareClass<Open, Secret>(
  { url, id, passphrase }: SharedOptions,
  make: () => Promise<Shared<Open, Secret>>,
): Promise<Shared<Open, Secret>> {
  if (passphrase.length < SHORTEST)
    throw new InputError('secret-too-short', 'The secret of the hosts is too short: it could be guessed.', [
      'Make one: openssl rand -hex 32 > secret',
    ]);
  const queue = await connectQueue(url, `wirebook class ${checkedId(id)}`, makeStream);
  try {
    const there = await read(queue, id);
    if (there !== undefined) return await opened(there, passphrase, id, queue);
    const made = await make();
    const text = JSON.stringify({ open: made.open, sealed: await seal(made.secret, passphrase, id) });
    try {
      await queue.js.publish(sharedSubject(id), text);
      return made;
    } catch (error) {
      // Another host was first, in the same moment.
      const first = isThereAlready(error) ? await read(queue, id) : undefined;
      if (first === undefined) throw notKept(error as Error, queue);
      return await opened(first, passphrase, id, queue);
    }
  } finally {
    await queue.close();
  }
}

/** What of a class lies open. @throws InputError `class-not-found`, QueueError */
export async function lookAtClass<Open>(url: string, id: string): Promise<Open> {
  const queue = await connectQueue(url, `wirebook class ${checkedId(id)}`, async () => {});
  try {
    const text = await read(queue, id);
    if (text === undefined)
      throw new InputError('class-not-found', `There is no class ${id} on the NATS server ${queue.server}.`, [
        'Its name is what its hosts were given with --class.',
      ]);
    return (JSON.parse(text) as { open: Open }).open;
  } finally {
    await queue.close();
  }
}

/** One a class, and the first stays: a second is refused by the server itself. */
async function makeStream(jsm: JetStreamManager): Promise<void> {
  await ensureStream(jsm, {
    name: CLASSES,
    subjects: [sharedSubject('*')],
    storage: StorageType.File,
    max_msgs_per_subject: 1,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
  });
}

async function read({ jsm }: Queue, id: string): Promise<string | undefined> {
  try {
    const stored = await jsm.streams.getMessage(CLASSES, { last_by_subj: sharedSubject(id) });
    return stored?.string();
  } catch (error) {
    if (/not found/.test((error as Error).message)) return undefined;
    throw error;
  }
}

async function opened<Open, Secret>(
  text: string,
  passphrase: string,
  id: string,
  { server }: Queue,
): Promise<Shared<Open, Secret>> {
  const { open, sealed } = JSON.parse(text) as { open: Open; sealed: string };
  const secret = await unseal(sealed, passphrase, id);
  if (secret === undefined)
    throw new InputError(
      'wrong-secret',
      `The class ${id} on the NATS server ${server} was begun with another secret.`,
      ['Give all its hosts the same file, or begin a class of another name: --class NAME'],
    );
  return { open, secret: secret as Secret };
}

const notKept = (error: Error, { server }: Queue): QueueError =>
  new QueueError(
    'class-store-broken',
    `The NATS server ${server} does not keep the class: ${whyRefused(error)}.`,
    ['It needs JetStream, and room: nats-server --jetstream --store_dir FOLDER'],
  );
