/** `wirebook grade worker --queue URL`: grades what others put into a queue, until it is stopped. */
import { availableParallelism } from 'node:os';
import { work } from '../grade/queue/worker.ts';
import { InputError } from '../lib/errors.ts';
import type { GradeIo, GradeOptions } from './grade.ts';
import type { ExitCode } from './io.ts';

export async function gradeWorker(options: GradeOptions, io: GradeIo): Promise<ExitCode> {
  if (options.queue === undefined)
    throw new InputError(
      'no-queue',
      'Where do submissions come from?',
      'wirebook grade worker --queue nats://HOST:4222',
    );
  const tell = (line: string): unknown => io.stderr.write(`${line}\n`);
  await options.driver.prepare(tell);
  await work({
    url: options.queue,
    driver: options.driver,
    version: io.version,
    jobs: options.jobs ?? availableParallelism() * 2,
    signal: io.signal,
    tell,
  });
  return 0;
}
