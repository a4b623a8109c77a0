/** Where a class is kept: on this machine, in a folder; or on a NATS server, for several hosts. */

import { randomBytes } from 'node:crypto';
import type { CourseOutline } from '../../board/outline.ts';
import { newSecret } from '../../class/code.ts';
import type { Certificate } from '../../class/host/certificate/make.ts';
import { makeCertificate } from '../../class/host/certificate/make.ts';
import { hashOf } from '../../class/host/door.ts';
import { certificateIn, findClasses, newClass, newKey, writeClass } from '../../class/host/folder.ts';
import type { RosterEntry } from '../../class/host/roster.ts';
import type { ServeOptions } from '../../class/host/serve.ts';
import { openDiskLog } from '../../class/log/disk/log.ts';
import { InputError } from '../../lib/errors.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { secretIn } from '../given.ts';
import type { Io } from '../io.ts';
import type { ClassGiven } from './arguments.ts';
import type { ClassCourse } from './course.ts';

export interface KeptClass
  extends Pick<
      ServeOptions,
      'log' | 'id' | 'title' | 'secret' | 'instructorKeyHash' | 'certificate' | 'roster'
    >,
    AsyncDisposable {
  /** For a board that is opened now. */
  key: string;
  /** It was not there before. */
  isNew: boolean;
  /** For people. */
  place: string;
  /** Where it lies on this machine, if it does. */
  folder?: string;
  /** What they should know before it begins. */
  notices: readonly string[];
  /** It is not to go on when a host starts again. */
  ended(at: number): void;
}

export interface KeepOptions {
  course: ClassCourse;
  title: string | undefined;
  roster: readonly RosterEntry[] | undefined;
  /** One that the user has. */
  certificate: Certificate | undefined;
  /** Names and addresses for one that is made. */
  names: readonly string[];
  given: ClassGiven;
}

/** @throws InputError as the log */
export async function keptHere(options: KeepOptions, io: Pick<Io, 'env'>): Promise<KeptClass> {
  const { course, given } = options;
  const { state } = wirebookPaths(io.env);
  const now = Date.now();
  const last = findClasses(state).find(({ file }) => file.path === course.path);
  const goesOn = last !== undefined && last.file.endedAt === undefined && !given.new;
  const title = options.title ?? (goesOn ? last.file.title : course.outline.title);
  const { folder, file } = goesOn
    ? last
    : newClass(state, { title, path: course.path, course: course.outline, now });
  const log = await openDiskLog(folder);
  const certificate = options.certificate ?? certificateIn(folder, options.names, now);
  const withKey = newKey({
    ...file,
    title,
    course: course.outline,
    roster: merged(options.roster, file.roster),
  });
  writeClass(folder, withKey.file);
  const { id, secret, keyHashes, startedAt, roster } = withKey.file;
  const notices = [
    ...(goesOn
      ? [
          `The class of ${new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })} goes on. A new one: --new`,
        ]
      : []),
    ...(log.cut > 0 ? ['The host was killed before: nothing that it acknowledged is missing.'] : []),
  ];
  return {
    log,
    id,
    title,
    secret,
    instructorKeyHash: keyHashes,
    certificate,
    roster,
    key: withKey.key,
    isNew: !goesOn,
    place: folder,
    folder,
    notices,
    ended: (at) => writeClass(folder, { ...withKey.file, endedAt: at }),
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}

const merged = (given: readonly RosterEntry[] | undefined, kept: RosterEntry[] | undefined) =>
  given === undefined ? kept : [...given];

/** What lies open on the server: the log is read by it. */
export interface OpenClass {
  title: string;
  course: CourseOutline;
}
interface SealedClass {
  secret: string;
  key: string;
  certificate: Certificate;
  roster?: RosterEntry[];
}

/** @throws InputError `class-needs`; as `shareClass` and the log */
export async function keptOnNats(options: KeepOptions, io: Pick<Io, 'cwd'>): Promise<KeptClass> {
  const { course, given, names } = options;
  const { nats: url = '', class: id, secret: file } = given;
  if (id === undefined || file === undefined)
    throw new InputError('class-needs', 'A class of several hosts has a name and a secret.', [
      'Give all its hosts the same: --nats URL --class NAME --secret FILE',
      'Make a secret: openssl rand -hex 32 > secret',
    ]);
  const { shareClass } = await import('../../class/log/nats/shared.ts');
  const { openNatsLog } = await import('../../class/log/nats/log.ts');
  const passphrase = secretIn(file, io.cwd);
  let isNew = false;
  const { open, secret } = await shareClass<OpenClass, SealedClass>({ url, id, passphrase }, async () => {
    isNew = true;
    return {
      open: { title: options.title ?? course.outline.title, course: course.outline },
      secret: {
        secret: newSecret(),
        key: randomBytes(32).toString('base64url'),
        certificate: options.certificate ?? makeCertificate(names, Date.now()),
        roster: merged(options.roster, undefined),
      },
    };
  });
  if (JSON.stringify(open.course) !== JSON.stringify(course.outline))
    throw new InputError(
      'other-course',
      `The class ${id} was begun with another course, or another version of it.`,
      ['All its hosts need the same lessons.'],
    );
  const log = await openNatsLog({ url, id });
  return {
    log,
    id,
    title: open.title,
    secret: secret.secret,
    instructorKeyHash: [hashOf(secret.key)],
    certificate: secret.certificate,
    roster: secret.roster,
    key: secret.key,
    isNew,
    place: `${url.replace(/\/\/[^@/]*@/, '//')}, class ${id}`,
    notices: [],
    ended: () => undefined,
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
