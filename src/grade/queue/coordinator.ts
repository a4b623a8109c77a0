/**
 * The grader's side of the queue: jobs go out, results come back, each is on the disk before the queue forgets it. A grader
 * that was killed starts again with the same run: its jobs are still there or done, and none is done twice.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JsMsg } from '@nats-io/jetstream';
import { originalOf } from '../../lesson/files.ts';
import { keyPath, keyWordsPath } from '../../lesson/load.ts';
import type { Lesson } from '../../lesson/model.ts';
import type { FileText } from '../../lesson/texts.ts';
import type { Queue } from '../../queue/connect.ts';
import { fingerprintOf } from '../attempt.ts';
import type { RunnerResult } from '../grade-all.ts';
import type { GradeRecord, Submission } from '../model.ts';
import type { Store } from '../store.ts';
import { consumerOf, openQueue, pack, publish, unpack } from './connect.ts';
import {
  JOBS,
  jobSubject,
  type LessonText,
  lessonSubject,
  PROTOCOL,
  RESULTS,
  type Result,
  resultSubject,
  resultsOf,
} from './names.ts';

export interface Coordinator {
  run(submission: Submission, lesson: Lesson): Promise<RunnerResult>;
  close(): Promise<void>;
}

export interface CoordinatorOptions {
  url: string;
  lesson: Lesson;
  driver: string;
  store: Store;
  signal: AbortSignal;
  timeoutMs?: number;
  tell: (line: string) => void;
}

const IDLE_MS = 15_000;
/** Without the password. */
const shownUrl = (url: string): string => url.replace(/\/\/[^@/]*@/, '//');

const digestOf = (data: string): string => createHash('sha256').update(data).digest('hex').slice(0, 32);

export async function openCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const queue = await openQueue(options.url);
  try {
    const text = await textOf(options.lesson.file);
    const lesson = digestOf(JSON.stringify(text));
    // The same folder of results is the same run, also after a restart.
    const run = digestOf(JSON.stringify([options.store.folder, options.lesson.id]));
    await publish(queue, lessonSubject(lesson), pack(text), options.signal);
    await comeAfresh(queue, run);
    const waiting = new Waiting(options.store);
    const idle = setTimeout(() => {
      if (!waiting.heard)
        options.tell(
          `No worker has answered yet. Start one: wirebook grade worker --queue ${shownUrl(options.url)}`,
        );
    }, IDLE_MS).unref();
    const listening = listen(queue, run, waiting, options);
    return {
      run: (submission, own) => runOne(queue, { run, lesson, own, submission, waiting }, options),
      close: async () => {
        clearTimeout(idle);
        waiting.closed = true;
        await tidy(queue, run, options);
        await queue.close();
        await listening.catch(() => {});
      },
    };
  } catch (error) {
    await queue.close();
    throw error;
  }
}

const nameOf = (run: string): string => `grader-${run}`;

/** Results that a grader was handed before it was killed are handed out anew at once, not when its time to answer is over. */
async function comeAfresh({ jsm }: Queue, run: string): Promise<void> {
  await jsm.consumers.delete(RESULTS, nameOf(run)).catch(() => {});
}

/** Most lessons have only one of these files. */
function there(file: string | undefined): FileText | undefined {
  if (file === undefined) return undefined;
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch {
    return undefined;
  }
}

async function textOf(file: string): Promise<LessonText> {
  const original = there(originalOf(file));
  const key = there(keyPath(file));
  const keyWords = there(keyWordsPath(file));
  return {
    file,
    text: readFileSync(file, 'utf8'),
    ...(original && { original }),
    ...(key && { key }),
    ...(keyWords && { keyWords }),
  };
}

/** A job that was done twice, as its first worker could not say so, leaves a second result: nobody waits for it. */
async function tidy(queue: Queue, run: string, { driver, signal }: CoordinatorOptions): Promise<void> {
  if (signal.aborted) return;
  try {
    await queue.jsm.streams.purge(JOBS, { filter: jobSubject(driver, run, '*') });
    await queue.jsm.streams.purge(RESULTS, { filter: resultsOf(run) });
  } catch {
    // The next run does it; a month later the server does.
  }
}

type Arrived = { record: GradeRecord; message: JsMsg };

class Waiting {
  readonly #store: Store;
  readonly #asked = new Map<string, (arrived: Arrived) => void>();
  closed = false;
  /** Whether any result has come. */
  heard = false;

  constructor(store: Store) {
    this.#store = store;
  }

  ask(fingerprint: string): Promise<Arrived> {
    return new Promise((resolve) => this.#asked.set(fingerprint, resolve));
  }

  forget(fingerprint: string): void {
    this.#asked.delete(fingerprint);
  }

  arrived(fingerprint: string, arrived: Arrived): void {
    this.heard = true;
    const asked = this.#asked.get(fingerprint);
    if (asked !== undefined) {
      this.#asked.delete(fingerprint);
      asked(arrived);
      return;
    }
    // Of a job that this run has not come to yet, or has the result of: kept once, told when its turn comes.
    const { record, message } = arrived;
    if (record.state === 'graded' && this.#store.get(record.learner)?.fingerprint !== fingerprint)
      this.#store.put(record);
    message.ack();
  }
}

async function listen(
  queue: Queue,
  run: string,
  waiting: Waiting,
  { signal }: CoordinatorOptions,
): Promise<void> {
  while (!waiting.closed && !signal.aborted) {
    try {
      const consumer = await consumerOf(queue, RESULTS, nameOf(run), { filter_subject: resultsOf(run) });
      while (!waiting.closed && !signal.aborted) {
        const message = await consumer.next({ expires: 2000 });
        if (message !== null) take(message, waiting);
      }
    } catch {
      // The server is away, or was restarted: the connection comes back by itself.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function take(message: JsMsg, waiting: Waiting): void {
  const fingerprint = message.subject.split('.').at(-1) ?? '';
  const record = recordIn(message.data, fingerprint);
  if (record === undefined) message.term('no result');
  else waiting.arrived(fingerprint, { record, message });
}

function recordIn(data: Uint8Array, fingerprint: string): GradeRecord | undefined {
  try {
    const { protocol, record } = unpack(data) as Result;
    const isOne =
      protocol === PROTOCOL &&
      record.format === 1 &&
      record.fingerprint === fingerprint &&
      typeof record.learner === 'string' &&
      Array.isArray(record.walks);
    return isOne ? record : undefined;
  } catch {
    return undefined;
  }
}

/** By a worker, for a grader that was killed before it had the result on its disk. */
async function isDone({ jsm }: Queue, run: string, fingerprint: string): Promise<boolean> {
  try {
    const result = await jsm.streams.getMessage(RESULTS, { last_by_subj: resultSubject(run, fingerprint) });
    return result !== null && recordIn(result.data, fingerprint) !== undefined;
  } catch {
    // The server is away: done twice is better than not at all.
    return false;
  }
}

interface One {
  run: string;
  lesson: string;
  own: Lesson;
  submission: Submission;
  waiting: Waiting;
}

async function runOne(
  queue: Queue,
  { run, lesson, own, submission, waiting }: One,
  options: CoordinatorOptions,
): Promise<RunnerResult> {
  const fingerprint = fingerprintOf(own, submission, options.driver);
  const job = {
    protocol: PROTOCOL,
    run,
    fingerprint,
    lesson,
    ...(own.params === undefined ? {} : { seed: own.params.seed }),
    submission,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  };
  const arrived = waiting.ask(fingerprint);
  const stopped = new Promise<undefined>((resolve) =>
    options.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  if (!(await isDone(queue, run, fingerprint)))
    await publish(queue, jobSubject(options.driver, run, fingerprint), pack(job), options.signal);
  const result = await Promise.race([arrived, stopped]);
  if (result === undefined) {
    waiting.forget(fingerprint);
    return { stopped: true };
  }
  const { record, message } = result;
  // The queue forgets the result when it is on the disk, not before.
  return { record, stored: () => message.ack() };
}
