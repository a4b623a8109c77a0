/** What ssh, sudo and the agent say when they fail, in the user's words, with the tool's own last lines. Pure. */
import { SandboxError } from '../../lib/errors.ts';
import type { Failure } from './start.ts';

interface Known {
  code: string;
  pattern: RegExp;
  message: (destination: string) => string;
  next: (destination: string) => readonly string[];
}

const SSH: readonly Known[] = [
  {
    code: 'ssh-unknown-host-key',
    pattern: /Host key verification failed|No \S+ host key is known/,
    message: (to) => `ssh does not know the host key of ${to}, or it is another one than before.`,
    next: (to) => [`Run \`ssh ${to}\` once by hand, compare the key, and accept it.`],
  },
  {
    code: 'ssh-denied',
    pattern: /Permission denied|Too many authentication failures|no mutual signature/i,
    message: (to) => `${to} does not let you in.`,
    next: (to) => [
      `Wirebook answers no question of ssh: \`ssh ${to}\` must work without a password, by a key (ssh-copy-id ${to}; ssh-add for a key with a passphrase).`,
    ],
  },
  {
    code: 'ssh-no-such-host',
    pattern: /Could not resolve hostname|Name or service not known/,
    message: (to) => `ssh cannot find ${to}.`,
    next: () => ['Check the name in the inventory and in ~/.ssh/config.'],
  },
  {
    code: 'ssh-not-reached',
    pattern:
      /Connection refused|Connection timed out|No route to host|Network is unreachable|Operation timed out|Connection (?:closed|reset)/,
    message: (to) => `${to} cannot be reached by ssh.`,
    next: (to) => [
      `Is the machine up, and does \`ssh ${to}\` work? Its sshd may still be starting: try again.`,
    ],
  },
  {
    code: 'sudo-password',
    pattern:
      /sudo: (?:a password is required|no tty present|a terminal is required|sorry, you must have a tty)/,
    message: (to) => `On ${to}, sudo asks for a password.`,
    next: () => [
      'Let that user start the agent without one, in /etc/sudoers.d/wirebook: USER ALL=(root) NOPASSWD: /usr/bin/perl',
      'Or name a destination that logs in as root.',
    ],
  },
  {
    code: 'sudo-refused',
    pattern: /is not in the sudoers file|is not allowed to (?:run sudo|execute)|sudo: (?:command )?not found/,
    message: (to) => `On ${to}, you may not use sudo, and a lesson needs root.`,
    next: () => ['Name a destination that logs in as root, or a user who may use sudo.'],
  },
  {
    code: 'no-perl',
    pattern: /wirebook: no perl|perl: (?:command )?not found/,
    message: (to) => `${to} has no perl, which the agent of Wirebook is written in (perl-base is enough).`,
    next: () => ['Install it there: apt install perl-base, dnf install perl-interpreter, apk add perl.'],
  },
];

const AGENT: Readonly<Record<string, { message: string; next: readonly string[] }>> = {
  'not-root': {
    message: 'a lesson needs root there',
    next: ['Log in as root, or let sudo be used: take `sudo: no` out of the inventory.'],
  },
  'no-bash': { message: 'there is no /bin/bash', next: ['Install bash there.'] },
  'in-use': {
    message: 'another Wirebook has a lesson on it',
    next: ['One lesson at a time has a machine: end the other, or wait until it is over.'],
  },
  room: { message: 'the place for the lesson could not be made there', next: [] },
};

/** @param what how the machine is called in a message: `ann@lab1` */
export function explainSsh(what: string, { code, said, exit }: Failure): SandboxError {
  const lines = lastLines(said);
  const own = code === undefined ? undefined : AGENT[code];
  if (own) return new SandboxError(code!, `${what}: ${own.message}${lines ? `:\n${lines}` : '.'}`, own.next);
  const known = SSH.find(({ pattern }) => pattern.test(said));
  const tail = lines ? `\n${lines}` : '';
  if (known) return new SandboxError(known.code, `${known.message(what)}${tail}`, known.next(what));
  const how = exit === null ? 'ssh could not be started' : `ssh ended with status ${exit}`;
  return new SandboxError('ssh-failed', `The agent could not be started on ${what}: ${how}.${tail}`, [
    `Does \`ssh ${what} true\` work?`,
  ]);
}

/** What a person needs of a tool's error output: the end, without empty lines. */
export function lastLines(text: string, count = 5): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
}
