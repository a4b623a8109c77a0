/** `wirebook sandbox ...`: machines to play with, without a lesson. */
import type { Need } from '../../check/observation.ts';
import { InputError } from '../../lib/errors.ts';
import { suggest } from '../../lib/suggest.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import { downNamed, listNamed, resetNamed, upNamed } from '../../sandbox/embedded/named.ts';
import type { ExitCode, Io } from '../io.ts';
import type { SandboxOptions } from '../options.ts';
import { attachTerminal } from '../terminal.ts';
import { enterSandbox, staysByName } from './enter.ts';

const progress = (io: Io, say: Say) => {
  let last = '';
  return (message: string) => {
    if (message !== last) io.stderr.write(`${say(message)}\n`);
    last = message;
  };
};

const sayOf = ({ lang }: SandboxOptions, io: Io): Promise<Say> => commandSay(lang, io.env);

export async function sandboxPrepare(options: SandboxOptions, io: Io): Promise<ExitCode> {
  await options.driver.prepare(progress(io, await sayOf(options, io)));
  return 0;
}

export async function sandboxUp(options: SandboxOptions, io: Io): Promise<ExitCode> {
  const hosts = options.hosts.length ? options.hosts : [{ name: 'host' }];
  const { driver } = options;
  const say = await sayOf(options, io);
  if (!staysByName(driver)) {
    if (!driver.switchOff) throw nothingStays(driver.name);
    // what stays is the machines; a lesson's room in them comes and goes
    await (await driver.create({ hosts }, progress(io, say))).destroy();
    const wirebook = `wirebook --sandbox ${driver.name}`;
    io.stdout.write(`${say(`The machines are up: ${hosts.map((host) => host.name).join(', ')}.`)}\n`);
    io.stdout.write(
      `${say(`A lesson on them: ${wirebook}`)}    ${say(`Switch them off: ${wirebook} sandbox down`)}\n`,
    );
    return 0;
  }
  const note = await upNamed(options.name, { hosts }, progress(io, say));
  const name = options.name === 'default' ? '' : ` --name ${options.name}`;
  io.stdout.write(
    `${say(`${note.name} is up: ${note.hosts.map((host) => `${host.name} ${host.address}`).join(', ')}`)}\n`,
  );
  io.stdout.write(`${say(`Enter it: wirebook sandbox shell${name}`)}\n`);
  io.stdout.write(`${say(`End it: wirebook sandbox down${name}`)}\n`);
  return 0;
}

const nothingStays = (driver: string) =>
  new InputError(
    'nothing-stays',
    `A sandbox of ${driver} does not stay: it is made for a lesson or a command.`,
    [
      'One that stays, by a name: wirebook sandbox up (without --sandbox).',
      `A shell in a fresh one: wirebook --sandbox ${driver} sandbox shell`,
    ],
  );

export async function sandboxList(options: SandboxOptions, io: Io): Promise<ExitCode> {
  if (options.driver.switchOff) {
    const { ok, summary } = await options.driver.available();
    const say = await sayOf(options, io);
    io.stdout.write(`${options.json ? JSON.stringify({ ok, summary }, null, 2) : say(summary)}\n`);
    return ok ? 0 : 3;
  }
  const all = await listNamed();
  const say = await sayOf(options, io);
  if (options.json) io.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  else if (all.length === 0) io.stdout.write(`${say('No sandbox is up. Make one: wirebook sandbox up')}\n`);
  for (const note of options.json ? [] : all) {
    const hosts = note.hosts.map((host) => `${host.name} ${host.address}`).join(', ');
    io.stdout.write(`${note.name.padEnd(16)} ${say(`since ${note.since}`)}  ${hosts}\n`);
  }
  return 0;
}

export async function sandboxShell(options: SandboxOptions, io: Io): Promise<ExitCode> {
  const { sandbox, leave } = await enterSandbox(options, io);
  try {
    const { host, netns } = await placeOf(sandbox, options);
    const where = netns === undefined ? host : `${netns} on ${host}`;
    const say = await sayOf(options, io);
    if (io.stdin.isTTY)
      io.stderr.write(`${say(`A shell in ${where}. exit, or Ctrl-] at any time, leaves it.`)}\n`);
    const status = await attachTerminal(sandbox, host, netns === undefined ? {} : { netns }, io);
    if (status === LOST) await tellLoss(sandbox);
    return 0;
  } finally {
    await leave();
  }
}

/** What a terminal's program seems to end with when its sandbox does. */
const LOST = 255;

/** @throws SandboxError when the sandbox is gone; it is told of a moment after its programs. */
async function tellLoss(sandbox: Sandbox): Promise<void> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 500, undefined));
  const error = await Promise.race([sandbox.lost, late]);
  if (error) throw error;
}

/** A host and a namespace that are there; those that are, where they are not. */
async function placeOf(
  sandbox: Sandbox,
  { host = sandbox.hosts[0]!, netns }: SandboxOptions,
): Promise<{ host: string; netns?: string }> {
  knownHost(sandbox, host);
  if (netns === undefined || netns === '') return { host };
  const seen = await sandbox.observe([{ read: 'netns', host }]);
  const names = (seen.hosts[host]?.namespaces ?? []).map(({ name }) => name).filter((name) => name !== '');
  if (names.includes(netns)) return { host, netns };
  const meant = suggest(netns, names);
  throw new InputError('no-such-netns', `${host} has no network namespace ${netns}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    names.length > 0
      ? `Its namespaces: ${names.join(', ')}.`
      : 'It has none yet; ip netns add NAME makes one.',
  ]);
}

function knownHost(sandbox: Sandbox, host: string): void {
  if (sandbox.hosts.includes(host)) return;
  throw new InputError(
    'no-such-host',
    `The sandbox has no host ${host}.`,
    `Its hosts: ${sandbox.hosts.join(', ')}.`,
  );
}

/** The exit code is 0 or 1 as the command's was 0 or not; the status itself is told. */
export async function sandboxExec(
  argv: readonly string[],
  options: SandboxOptions,
  io: Io,
): Promise<ExitCode> {
  const { sandbox, leave } = await enterSandbox(options, io);
  try {
    const { host, netns } = await placeOf(sandbox, options);
    const result = await sandbox.exec(host, argv, {
      ...(netns === undefined ? {} : { netns }),
      onOutput: (stream, chunk) => {
        (stream === 'stdout' ? io.stdout : io.stderr).write(chunk);
      },
    });
    if (result.exit === 0) return 0;
    const say = await sayOf(options, io);
    io.stderr.write(`wirebook: ${say(`the command ended with status ${result.exit}`)}\n`);
    return 1;
  } finally {
    await leave();
  }
}

export async function sandboxProbe(options: SandboxOptions, io: Io): Promise<ExitCode> {
  const { sandbox, leave } = await enterSandbox(options, io);
  try {
    const hosts = options.host ? [options.host] : sandbox.hosts;
    for (const host of hosts) knownHost(sandbox, host);
    const reads = ['netns', 'ip', 'bridge', 'nft', 'listen', 'process'] as const;
    const needs = hosts.flatMap((host) => reads.map((read): Need => ({ read, host })));
    const observation = await sandbox.observe(needs);
    io.stdout.write(`${JSON.stringify(observation, null, 2)}\n`);
    return Object.values(observation.hosts).some((host) => host.failure) ? 3 : 0;
  } finally {
    await leave();
  }
}

export async function sandboxReset(options: SandboxOptions, io: Io): Promise<ExitCode> {
  if (!staysByName(options.driver)) throw nothingStays(options.driver.name);
  await resetNamed(options.name);
  io.stdout.write(`${(await sayOf(options, io))(`${options.name} is as new.`)}\n`);
  return 0;
}

export async function sandboxDown(options: SandboxOptions, io: Io): Promise<ExitCode> {
  if (options.driver.switchOff) {
    const say = await sayOf(options, io);
    await options.driver.switchOff(progress(io, say));
    io.stdout.write(`${say('The machines are off.')}\n`);
    return 0;
  }
  if (!staysByName(options.driver)) throw nothingStays(options.driver.name);
  await downNamed(options.name);
  io.stdout.write(`${(await sayOf(options, io))(`${options.name} is gone.`)}\n`);
  return 0;
}

export async function sandboxImage(options: SandboxOptions, io: Io): Promise<ExitCode> {
  const { writeArchive } = await import('../../sandbox/rootfs/rootfs.ts');
  await writeArchive(options.output!);
  const say = await sayOf(options, io);
  io.stdout.write(
    `${say(`${options.output} is written. On a machine without apt: WIREBOOK_IMAGE=FILE wirebook`)}\n`,
  );
  return 0;
}
