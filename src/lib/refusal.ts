/** Why the system has refused something, in words; what Node.js says of it is the name of a call and a number. */

export const REFUSALS: Readonly<Record<string, string>> = {
  // Files and folders.
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'you have no right to do that there',
  EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder',
  EEXIST: 'something of that name is there already',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
  ENOSPC: 'no room is left on the disk',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'it has become too big',
  EROFS: 'the disk can only be read there',
  EIO: 'the disk has failed',
  EBUSY: 'something else is using it',
  ETXTBSY: 'something else is using it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOMEM: 'no memory is left',
  // The network.
  EADDRINUSE: 'another program has it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the other side broke off',
  EPIPE: 'the other side broke off',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ETIMEDOUT: 'no answer came in time',
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'names cannot be looked up now',
};

/** A part of a sentence without its stop. What no system call has said is told as it is. */
export function whyRefused(error: unknown): string {
  const { code, message, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'mkdir') return 'no folder can be made there';
  return REFUSALS[code ?? ''] ?? String(message ?? error).replace(/[.\s]+$/, '');
}

export const isRefusal = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error;
