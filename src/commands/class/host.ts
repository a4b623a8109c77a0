/** `wirebook class host [COURSE]`: holds a class until it has ended, or until the host is stopped. */
import { X509Certificate } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createSecureContext } from 'node:tls';
import { SOCKET } from '../../board/socket.ts';
import { codeOf, formatCode } from '../../class/code.ts';
import { inUrl, isAny, ownAddresses, ownNames } from '../../class/host/addresses.ts';
import type { Certificate } from '../../class/host/certificate/make.ts';
import { MOST_LEARNERS, type ServedClass, serveClass } from '../../class/host/serve.ts';
import { toldOf } from '../../class/host/told.ts';
import { InputError, type WirebookError } from '../../lib/errors.ts';
import { whyRefused } from '../../lib/refusal.ts';
import { harmless } from '../../lib/text.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import { chooseWords } from '../../page/words/choose.ts';
import { certificateIn, PEM } from '../given.ts';
import type { ExitCode, Io } from '../io.ts';
import type { ClassGiven } from './arguments.ts';
import { type ClassCourse, loadClassCourse } from './course.ts';
import { type KeptClass, keptHere, keptOnNats } from './kept.ts';
import { offerFor, offerLines } from './offer.ts';
import { onOwnBoard } from './own-board.ts';
import { writeResults } from './results.ts';
import { readRoster } from './roster.ts';
import { row } from './row.ts';

/** After the end: what learners had still to say comes in. */
const LAST_WORDS_MS = 3000;

export async function classHost(target: string | undefined, given: ClassGiven, io: Io): Promise<ExitCode> {
  const course = await loadClassCourse(target, given.lang, io);
  const roster = given.roster === undefined ? undefined : readRoster(given.roster, io.cwd);
  const own = ownCertificate(given, io);
  const addresses = isAny(given.listen) ? ownAddresses() : [given.listen];
  const names = [...ownNames(), ...addresses, 'localhost', '127.0.0.1'];
  const options = { course, title: given.title, roster, certificate: own, names, given };
  await using kept = given.nats === undefined ? await keptHere(options, io) : await keptOnNats(options, io);

  const say = await commandSay(given.lang, io.env);
  for (const line of kept.notices) io.stderr.write(`${say(line)}\n`);
  const onStderr = (error: WirebookError | undefined): void => {
    io.stderr.write(troubleLine(error, say));
  };
  let trouble = onStderr;
  const code = formatCode(await codeOf(kept.secret, new X509Certificate(kept.certificate.cert).raw));
  const address = addresses[0] ?? '127.0.0.1';
  const { offer, tries } = await offerFor(
    kept,
    { given, course: course.path, code, address, trouble: (error) => trouble(error) },
    io,
  );
  await using served = await serveClass({
    ...kept,
    tries,
    more: offer?.more,
    course: course.outline,
    notes: course.notes,
    invitation: (port) => ({ code, address: at(address, port), places: offer !== undefined }),
    port: given.port ?? SOCKET.port,
    listen: given.listen,
    names: ownNames(),
    max: given.max ?? MOST_LEARNERS,
    trouble: (error) => trouble(error),
  });
  if (served.book.ended) throw hasEnded(kept);
  // Ended before the class is: their last words come in.
  await using _places = offer;
  const ssh = await offer?.open(served.port, served.inside);
  const invited = invitation({
    title: kept.title,
    code,
    key: kept.key,
    port: served.port,
    addresses,
    kept,
    say,
  });
  if (offer && ssh) {
    const { learners, own } = offerLines({ address, port: served.port, code }, offer, ssh, say);
    invited.learners.push(...learners);
    invited.own.push(...own);
  }
  const hasScreen = given.screen !== false && io.stdin.isTTY && io.stdout.isTTY;
  io.stdout.write(
    `${[...invited.head, ...invited.learners, ...invited.own, ...invited.foot].join('\n')}\n\n`,
  );
  const lost = hasScreen
    ? await onOwnBoard(
        {
          served,
          key: kept.key,
          words: { ...(await chooseWords(given.lang, io.env)), say },
          invitation: invited.learners,
          own: invited.own,
          troubles: (tell) => {
            trouble = tell ?? onStderr;
          },
        },
        io,
      )
    : await onLines(served, io, say);
  if (served.book.ended) {
    kept.ended(Date.now());
    await Promise.race([aborted(io.signal), new Promise((done) => setTimeout(done, LAST_WORDS_MS))]);
    await writeResults(served, kept, io, say);
  } else if (lost === undefined)
    io.stderr.write(
      `${say('The host has stopped; the class has not ended, and goes on when you start it again.')}\n`,
    );
  if (lost !== undefined) throw lost;
  return 0;
}

const hasEnded = ({ id }: KeptClass): InputError =>
  new InputError('class-ended', `The class ${id} has ended.`, [
    'Begin another one: with another --class NAME.',
  ]);

function troubleLine(error: WirebookError | undefined, say: Say): string {
  if (error === undefined) return `${say('The class goes on.')}\n`;
  return `${harmless(say(error.message))}\n${error.next.map((line) => `  ${say(line)}\n`).join('')}`;
}

interface Invitation {
  title: string;
  code: string;
  key: string;
  port: number;
  addresses: readonly string[];
  kept: KeptClass;
  say: Say;
}

interface Invited {
  head: string[];
  /** What learners may see. */
  learners: string[];
  own: string[];
  foot: string[];
}

/** As a learner types it. */
const at = (address: string, port: number): string =>
  port === SOCKET.port ? address : `${inUrl(address)}:${port}`;

function invitation({ title, code, key, port, addresses, kept, say }: Invitation): Invited {
  const places = addresses.length > 0 ? addresses : ['127.0.0.1'];
  const [first, ...others] = places.map((place) => at(place, port));
  const print = new X509Certificate(kept.certificate.cert).fingerprint256;
  return {
    head: [`${harmless(title)}: ${say(kept.isNew ? 'the class is open.' : 'the class goes on.')}`, ''],
    learners: [
      row('Learners:', `wirebook class join ${first} ${code}`, say),
      ...(others.length > 0 ? [row('', `or at ${others.join(', ')}`, say)] : []),
    ],
    own: [
      row('Board:', `https://${inUrl(places[0]!)}:${port}/board#${key}`, say),
      row('', 'For you alone: who has this address may steer the class.', say),
      row('', 'The browser asks once about the certificate. It is the right one if its SHA-256 is', say),
      row('', print, say),
      row('', 'In another terminal: wirebook class board "ADDRESS", with that address.', say),
      ...(kept.roster === undefined
        ? []
        : [row('Roster:', `${kept.roster.length} may join, by their code or name.`, say)]),
      row('Kept in', kept.place, say),
    ],
    foot: [row('Ctrl-C', 'ends the class, or stops this host only: it asks.', say)],
  };
}

/** Both or none. */
function ownCertificate({ cert, key }: ClassGiven, io: Io): Certificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new InputError('certificate', 'A certificate needs its key, and a key its certificate.', [
      'Give both: --cert FILE --key FILE',
    ]);
  const certificate = {
    cert: certificateIn('certificate', cert, io.cwd),
    key: certificateIn('private key', key, io.cwd),
  };
  try {
    createSecureContext(certificate);
    new X509Certificate(certificate.cert);
  } catch (error) {
    throw new InputError('certificate', `${cert} and ${key} do not go together: ${whyRefused(error)}.`, [
      PEM,
    ]);
  }
  return certificate;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Until it has ended, or the host is to stop. Why the class can be held no more, where that is so. */
async function onLines(served: ServedClass, io: Io, say: Say): Promise<WirebookError | undefined> {
  const stopped = Promise.withResolvers<undefined>();
  void aborted(io.signal).then(() => stopped.resolve(undefined));
  const off = served.on((change, entry) => {
    const text = toldOf(served.book, change, entry);
    if (text === undefined) return;
    const time = new Date(entry.at).toTimeString().slice(0, 8);
    io.stdout.write(`${time} ${harmless(say(text))}\n`);
  });
  const lines =
    io.stdin.isTTY && io.stdout.isTTY ? createInterface({ input: io.stdin, output: io.stdout }) : undefined;
  lines?.on('SIGINT', () => {
    io.stdout.write(
      `\n${say('End the class for everybody (e), stop this host and let it go on later (s), or go on (Enter)?')} `,
    );
  });
  lines?.on('line', (line) => {
    const answer = line.trim().toLowerCase();
    if (answer === 'e' || answer === 'end') void served.end();
    else if (answer === 's' || answer === 'stop') stopped.resolve(undefined);
    else if (answer !== '')
      io.stdout.write(`${say('e ends the class, s stops this host. All else is done on the board.')}\n`);
  });
  lines?.on('close', () => stopped.resolve(undefined));
  try {
    return await Promise.race([served.ended, stopped.promise]);
  } finally {
    off();
    lines?.removeAllListeners('close');
    lines?.close();
  }
}

export type { ClassCourse };
