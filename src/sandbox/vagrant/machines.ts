/** Brings the machines up, whatever state they are in: not made, switched off, asleep, hung, or changed by an update. */
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import type { OnProgress } from '../contract.ts';
import { type SshMachine, sshArgv } from '../remote/ssh.ts';
import { readNote, recipe, writeNote } from './note.ts';
import { ownSshConfig, sshEntries } from './output.ts';
import { MACHINES, type Settings } from './settings.ts';
import { Vagrant } from './vagrant.ts';

/** How a machine was when it was fresh. */
export const SNAPSHOT = 'wirebook';
/** A machine that runs answers within this; one that is only just starting, within the other. */
const ANSWER_MS = 3000;
const PATIENCE_MS = 20_000;
/** As long as another may take to make them. */
const BUSY_MS = 600_000;

export class Machines {
  readonly #settings: Settings;
  readonly #vagrant: Vagrant;
  /** One at a time: Vagrant locks its machines. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#vagrant = new Vagrant(settings);
  }

  get vagrant(): Vagrant {
    return this.#vagrant;
  }

  /** How ssh reaches one that is up. */
  ssh(name: string): SshMachine {
    return { destination: name, options: ['-F', this.#config()] };
  }

  /**
   * Without asking Vagrant, when they were up before and still answer: a start of Vagrant alone takes seconds.
   * @returns whether there was something to do
   */
  async up(names: readonly string[], onProgress: OnProgress = () => {}): Promise<boolean> {
    const turn = this.#queue.then(async () => {
      if (this.#current(names) && (await this.#answer(names, ANSWER_MS))) return false;
      await this.#bringUpInTurn(names, onProgress);
      return true;
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Something is wrong with what seems to be up: look again, with Vagrant. */
  async repair(names: readonly string[], onProgress: OnProgress = () => {}): Promise<void> {
    const turn = this.#queue.then(async () => {
      for (const name of names) await this.#hangUp(name);
      await this.#bringUpInTurn(names, onProgress);
    });
    this.#queue = turn.catch(() => {});
    await turn;
  }

  async halt(onProgress: OnProgress = () => {}): Promise<void> {
    for (const { name } of MACHINES) await this.#hangUp(name);
    await this.#vagrant.run(['halt', '--no-tty'], onProgress);
  }

  #config(): string {
    return join(this.#settings.dot, 'wirebook-ssh-config');
  }

  #knownHosts(): string {
    return join(this.#settings.dot, 'wirebook-known-hosts');
  }

  /** Known to us, and provisioned with what Wirebook brings now. */
  #current(names: readonly string[]): boolean {
    const note = readNote(this.#settings.dot);
    const now = recipe();
    return existsSync(this.#config()) && names.every((name) => note[name]?.recipe === now);
  }

  async #answer(names: readonly string[], ms: number): Promise<boolean> {
    const config = existsSync(this.#config()) ? readFileSync(this.#config(), 'utf8') : '';
    const entries = sshEntries(config);
    const answers = await Promise.all(
      names.map((name) => {
        const entry = entries.find(({ host }) => host === name);
        return (
          entry !== undefined && (entry.proxied ? this.#runs(name) : greets(entry.hostName, entry.port, ms))
        );
      }),
    );
    return answers.every((one) => one);
  }

  async #runs(name: string): Promise<boolean> {
    const { execa } = await import('execa');
    const [ssh, ...args] = [...sshArgv(this.ssh(name)), 'true'];
    return !(await execa(ssh!, args, { reject: false, timeout: 20_000 })).failed;
  }

  /** Another Wirebook, or a person with Vagrant, may be at it: what they do is not in our way, it may be what we want. */
  async #bringUpInTurn(names: readonly string[], onProgress: OnProgress): Promise<void> {
    const end = Date.now() + BUSY_MS;
    while (true) {
      try {
        return await this.#bringUp(names, onProgress);
      } catch (error) {
        if (!(error instanceof SandboxError && error.code === 'vagrant-busy') || Date.now() > end)
          throw error;
        onProgress('another Vagrant is at work on these machines: waiting for it');
        await sleep(3000);
      }
    }
  }

  async #bringUp(names: readonly string[], onProgress: OnProgress): Promise<void> {
    const { dot } = this.#settings;
    onProgress('asking Vagrant for the machines');
    const before = await this.#vagrant.status();
    const fresh = names.filter((name) => before.states.get(name) === 'not_created');
    const down = names.filter((name) => before.states.get(name) !== 'running');
    if (fresh.length > 0) {
      await rm(this.#knownHosts(), { force: true });
      for (const name of fresh) await writeNote(dot, name, { snapshot: undefined, recipe: undefined });
    }
    if (down.length > 0) await this.#start(down, onProgress);
    await this.#writeConfig(names);
    for (const name of names.filter((each) => !down.includes(each))) {
      if (await this.#answersAtLast(name, onProgress)) continue;
      await this.#revive(name, onProgress);
    }
    await this.#writeConfig(names);
    for (const name of names) await this.#provision(name, fresh.includes(name), onProgress);
  }

  async #start(names: readonly string[], onProgress: OnProgress): Promise<void> {
    const began = performance.now();
    await this.#vagrant.run(['up', ...names, '--no-tty'], onProgress);
    const startMs = Math.round(performance.now() - began);
    for (const name of names) await writeNote(this.#settings.dot, name, { startMs });
  }

  /** The machines' addresses may be others after each start. */
  async #writeConfig(names: readonly string[]): Promise<void> {
    const texts: string[] = [];
    for (const name of names) texts.push(await this.#vagrant.run(['ssh-config', name]));
    const old = existsSync(this.#config()) ? readFileSync(this.#config(), 'utf8') : '';
    const kept = old.split(/^(?=Host )/m).filter((block) => {
      const [, host] = /^Host (\S+)/.exec(block) ?? [];
      return host !== undefined && host !== '*' && !names.includes(host);
    });
    makeFolder(this.#settings.dot);
    await writeFile(this.#config(), ownSshConfig(texts.join('\n'), this.#knownHosts()) + kept.join(''));
  }

  /** It may be restarting by itself. */
  async #answersAtLast(name: string, onProgress: OnProgress): Promise<boolean> {
    const end = Date.now() + PATIENCE_MS;
    if (await this.#answer([name], ANSWER_MS)) return true;
    onProgress(`${name}: waiting for it to answer`);
    while (Date.now() < end) {
      await sleep(500);
      if (await this.#answer([name], ANSWER_MS)) return true;
    }
    return false;
  }

  /** Runs, and does not answer: back to how it was when it was fresh, or started anew; whichever was quicker last time. */
  async #revive(name: string, onProgress: OnProgress): Promise<void> {
    const { snapshot, startMs = 60_000, restoreMs = 0 } = readNote(this.#settings.dot)[name] ?? {};
    if (snapshot && restoreMs <= startMs) {
      onProgress(`${name}: does not answer; going back to its snapshot`);
      try {
        const began = performance.now();
        await this.#vagrant.run(
          ['snapshot', 'restore', name, SNAPSHOT, '--no-provision', '--no-tty'],
          onProgress,
        );
        await writeNote(this.#settings.dot, name, { restoreMs: Math.round(performance.now() - began) });
        await this.#writeConfig([name]);
        if (await this.#answer([name], PATIENCE_MS)) return;
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
        onProgress(`${name}: its snapshot could not be restored; starting it anew`);
      }
    }
    onProgress(`${name}: does not answer; starting it anew`);
    await this.#vagrant.run(['halt', '--force', name, '--no-tty'], onProgress);
    await this.#start([name], onProgress);
  }

  async #provision(name: string, fresh: boolean, onProgress: OnProgress): Promise<void> {
    const { dot } = this.#settings;
    const now = recipe();
    const note = readNote(dot)[name] ?? {};
    if (note.recipe === now) return;
    // a fresh one was provisioned by `up`
    if (!fresh) {
      onProgress(`${name}: setting it up for this version of Wirebook`);
      await this.#vagrant.run(['provision', name, '--no-tty'], onProgress);
    }
    onProgress(`${name}: keeping a snapshot of how it is now`);
    const snapshot = await this.#snapshot(name);
    await writeNote(dot, name, { recipe: now, snapshot });
  }

  async #snapshot(name: string): Promise<boolean> {
    await this.#hangUp(name);
    try {
      await this.#vagrant.run(['snapshot', 'save', name, SNAPSHOT, '--force', '--no-tty']);
      return true;
    } catch (error) {
      // some providers have none; the machines serve without
      if (error instanceof SandboxError) return false;
      throw error;
    }
  }

  /** A connection that lasts from before a restart or a snapshot is dead. */
  async #hangUp(name: string): Promise<void> {
    if (!existsSync(this.#config())) return;
    const { execa } = await import('execa');
    const argv = sshArgv(this.ssh(name));
    await execa(argv[0]!, ['-O', 'exit', ...argv.slice(1)], { reject: false, timeout: 5000 });
  }
}

/** Whether an sshd answers there. */
function greets(host: string, port: number, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ms, () => end(false));
    socket.once('data', (chunk) => end(chunk.toString('latin1').startsWith('SSH-')));
    for (const event of ['error', 'close', 'end']) socket.once(event, () => end(false));
  });
}
