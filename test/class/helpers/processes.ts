/** Hosts and crowds in processes of their own, ended with the test. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CourseOutline } from '../../../src/board/outline.ts';
import { makeCertificate } from '../../../src/class/host/certificate/make.ts';
import { hashOf } from '../../../src/class/host/door.ts';
import type { CrowdOptions, Host } from './crowd.ts';
import type { FromCrowd, ToCrowd } from './crowd-process.ts';
import type { FromHost, HostProcessOptions } from './host-process.ts';

/** What all hosts of one class have alike. */
export interface Keys {
  secret: string;
  key: string;
  common: Pick<HostProcessOptions, 'secret' | 'instructorKeyHash' | 'certificate'>;
}

export function makeKeys(): Keys {
  const key = randomBytes(32).toString('base64url');
  const secret = 'K7QM4T';
  return {
    secret,
    key,
    common: {
      secret,
      instructorKeyHash: hashOf(key),
      certificate: makeCertificate(['127.0.0.1'], Date.now()),
    },
  };
}

export interface HostProcess extends Host {
  kill(): Promise<void>;
  /** Megabytes that are resident. */
  memory(): number;
  /** Milliseconds of a processor, since it started. */
  cpu(): Promise<number>;
}

/** An answer that fits; rejects when the process is gone. */
const answer = <T>(child: ChildProcess, fits: (message: never) => T | undefined): Promise<T> =>
  new Promise((resolve, reject) => {
    const on = (message: unknown): void => {
      const found = fits(message as never);
      if (found === undefined) return;
      child.off('message', on);
      resolve(found);
    };
    child.on('message', on);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

const start = (name: string): ChildProcess =>
  fork(join(import.meta.dirname, name), {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

export async function startHost(
  keys: Keys,
  course: CourseOutline,
  log: HostProcessOptions['log'],
): Promise<HostProcess> {
  const child = start('host-process.ts');
  child.send({ ...keys.common, course, log } satisfies HostProcessOptions);
  const port = await answer(child, (message: FromHost) =>
    message.told === 'port' ? message.port : undefined,
  );
  return {
    address: '127.0.0.1',
    port,
    kill: () => kill(child),
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
    },
    cpu: () => {
      const told = answer(child, (message: FromHost) => (message.told === 'cpu' ? message.ms : undefined));
      child.send('cpu');
      return told;
    },
  };
}

export type Talked = Extract<FromCrowd, { told: 'talked' }>;

export interface CrowdProcess {
  talk(times: number, everyMs: number): Promise<Talked>;
  kill(): Promise<void>;
}

/** Resolves when all of them are in the class. */
export async function startCrowd(options: CrowdOptions): Promise<CrowdProcess> {
  const child = start('crowd-process.ts');
  const send = (message: ToCrowd): void => void child.send(message);
  // A host may bring what cannot be sent.
  const hosts = options.hosts.map(({ address, port }) => ({ address, port }));
  send({ do: 'join', options: { ...options, hosts } });
  await answer(child, (message: FromCrowd) => (message.told === 'joined' ? true : undefined));
  return {
    talk: (times, everyMs) => {
      const told = answer(child, (message: FromCrowd) => (message.told === 'talked' ? message : undefined));
      send({ do: 'talk', times, everyMs });
      return told;
    },
    kill: () => kill(child),
  };
}
