/** `wirebook class host --offer-sandboxes N`: the part of the command that is about places on the host's own machine. */
import { join } from 'node:path';
import { inUrl } from '../../class/host/addresses.ts';
import { Tries } from '../../class/host/tries.ts';
import type { Held, SeatLimits } from '../../class/offer/limits.ts';
import type { Offer } from '../../class/offer/offer.ts';
import type { SshDoor } from '../../class/offer/ssh.ts';
import { InputError, SandboxError, WirebookError } from '../../lib/errors.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { harmless } from '../../lib/text.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import { chooseWords } from '../../page/words/choose.ts';
import type { Io } from '../io.ts';
import type { ClassGiven } from './arguments.ts';
import type { KeptClass } from './kept.ts';
import { row } from './row.ts';

const SSH_PORT = 2222;
const AWAY_MS = 15 * 60_000;
/** Each has its own ids, and its own address of the loopback. */
const MOST = 1000;

export interface ClassOffer {
  offer: Offer | undefined;
  /** Of all doors of the class together. */
  tries: Tries;
}

interface OfferParts {
  given: ClassGiven;
  /** Where it lies. */
  course: string;
  code: string;
  address: string;
  trouble(error: WirebookError): void;
}

/** @throws InputError `offer-sandboxes`; SandboxError where no sandboxes can be had */
export async function offerFor(
  kept: KeptClass,
  { given, course, code, address, trouble }: OfferParts,
  io: Io,
): Promise<ClassOffer> {
  const tries = new Tries(performance.now());
  const { offerSandboxes: most } = given;
  if (most === undefined) {
    const alone = (['sshPort', 'offerAway'] as const).find((name) => given[name] !== undefined);
    if (alone !== undefined)
      throw new InputError('offer-sandboxes', 'There are no places to be offered.', [
        'Say how many: --offer-sandboxes NUMBER',
      ]);
    return { offer: undefined, tries };
  }
  if (process.platform !== 'linux')
    throw new InputError('offer-sandboxes', `Places are offered on Linux; this is ${process.platform}.`);
  if (most > MOST) throw new InputError('offer-sandboxes', `One host offers ${MOST} places at the most.`);
  const say = await commandSay(given.lang, io.env);
  const { makeOffer } = await import('../../class/offer/offer.ts');
  const offer = await makeOffer({
    folder:
      given.nats === undefined
        ? join(kept.place, 'offer')
        : join(wirebookPaths(io.env).state, 'offer', kept.id),
    most,
    absenceMs: given.offerAway ?? AWAY_MS,
    course,
    title: harmless(kept.title),
    secret: kept.secret,
    code,
    tries,
    sshPort: given.sshPort ?? SSH_PORT,
    listen: given.listen,
    address,
    words: await chooseWords(given.lang, io.env),
    onProgress: (message) => io.stderr.write(`${say(message)}\n`),
    trouble: (error) =>
      trouble(error instanceof WirebookError ? error : new SandboxError('place-not-made', error.message)),
  });
  return { offer, tries };
}

const MIB = 2 ** 20;

/** For the instructor: where the places are, and what holds them within their bounds on this machine. */
export function offerLines(
  { address, port, code }: { address: string; port: number; code: string },
  { most, limits, held }: Offer,
  ssh: SshDoor,
  say: Say,
): { learners: string[]; own: string[] } {
  return {
    learners: [
      row('No Linux:', `ssh ${ssh.port === 22 ? '' : `-p ${ssh.port} `}${code}@${address}`, say),
      row('', `or in a browser, on a phone too: https://${inUrl(address)}:${port}/join`, say),
      row('', `The fingerprint that ssh asks about is ${ssh.fingerprint} (ED25519).`, say),
    ],
    own: [
      row(
        'Places',
        `${most} at once by ssh and browsers, each a notebook and a sandbox on this machine:`,
        say,
      ),
      ...limitLines(limits, held).map((line) => row('', limitIn(say, line), say)),
    ],
  };
}

/** Columns are for English alone. */
const limitIn = (say: Say, line: string): string => {
  const plain = line.replace(/ {2,}/, ' ');
  const text = say(plain);
  return text === plain ? line : text;
};

export function limitLines(limits: SeatLimits, held: Held): string[] {
  const by = (is: boolean, yes: string, no: string): string => (is ? yes : no);
  return [
    `Memory of a sandbox   ${limits.memory / MIB} MiB: ${by(held.memory, 'held by the kernel (cgroup)', 'NOT held at every moment here: a look every 0.4 s ends the largest process')}`,
    `Disk of a sandbox     ${limits.disk / MIB} MiB: held by the kernel (tmpfs)`,
    `Processes             ${limits.processes}: held by the kernel ${by(held.processes, '(cgroup)', '(rlimit of the user namespace)')}`,
    `Processor             ${by(held.cpu, `${limits.cpu} at the most (cgroup)`, 'NOT bounded here: only behind the class by priority')}`,
    `Progress              ${limits.kept / MIB} MiB a learner: looked at every 5 s`,
    ...(held.memory && held.cpu
      ? []
      : ['For all of them to be held: systemd-run --user --scope -p Delegate=yes wirebook class host ...']),
    ...(process.getuid?.() === 0
      ? []
      : [
          'As an ordinary user a notebook has your own ids; what keeps it from your files is its view alone.',
        ]),
  ];
}
