/** `wirebook grade worker --queue URL`: grades what others put into a queue, until it is stopped. */
import { availableParallelism } from 'node:os';
import { work } from '../../grade/queue/worker.ts';
import { InputError } from '../../lib/errors.ts';
import type { ExitCode } from '../io.ts';
import { type GradeIo, type GradeOptions, trustIn } from './class.ts';

export async function gradeWorker(options: GradeOptions, io: GradeIo): Promise<ExitCode> {
  if (options.queue === undefined)
    throw new InputError(
      'no-queue',
      'Where do submissions come from?',
      'wirebook grade worker --queue nats://HOST:4222',
    );
  await trustIn(options.driver);
  const tell = (line: string): unknown => io.stderr.write(`${line}\n`);
  await options.driver.prepare(tell);
  await work({
    url: options.queue,
    driver: options.driver,
    version: io.version,
    jobs: Math.min(options.jobs ?? availableParallelism() * 2, options.driver.parallel ?? Infinity),
    signal: io.signal,
    tell,
  });
  return 0;
}
