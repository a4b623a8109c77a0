/**
 * A worker: takes jobs, grades each in a sandbox of this machine, hands the result back, and only then says that the job is
 * done. It may come and go and die at any moment: what it had taken goes to another.
 */
import { hostname } from 'node:os';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import { vocabulary } from '../../check/vocabulary.ts';
import type { Lesson } from '../../lesson/model.ts';
import { parseTexts } from '../../lesson/texts.ts';
import type { Queue } from '../../queue/connect.ts';
import type { SandboxDriver } from '../../sandbox/contract.ts';
import { attempt, brokenRecord } from '../attempt.ts';
import type { GradeRecord } from '../model.ts';
import { consumerOf, openQueue, pack, publish, SPEAK_MS, unpack } from './connect.ts';
import {
  JOBS,
  type Job,
  jobsOf,
  LESSONS,
  type LessonText,
  lessonSubject,
  PROTOCOL,
  resultSubject,
} from './names.ts';

export interface WorkerOptions {
  url: string;
  driver: SandboxDriver;
  version: string;
  /** Sandboxes at the same time. */
  jobs: number;
  signal: AbortSignal;
  tell: (line: string) => void;
}

/** A submission that so many workers died of is not tried on another. */
const DELIVERIES = 4;
const AWAY_MS = 500;
const LATER_MS = 30_000;

export async function work(options: WorkerOptions): Promise<void> {
  const queue = await openQueue(options.url);
  const lessons = new Lessons(queue);
  options.tell(`${hostname()}: ${options.jobs} at a time; waiting for submissions`);
  try {
    await Promise.all(Array.from({ length: options.jobs }, () => slot(queue, lessons, options)));
  } finally {
    await queue.close();
  }
}

async function slot(queue: Queue, lessons: Lessons, options: WorkerOptions): Promise<void> {
  const { driver, signal } = options;
  while (!signal.aborted) {
    try {
      const consumer: Consumer = await consumerOf(queue, JOBS, `workers-${driver.name}`, {
        filter_subject: jobsOf(driver.name),
      });
      while (!signal.aborted) {
        const message = await consumer.next({ expires: 2000 });
        if (message !== null) await take(queue, message, lessons, options);
      }
    } catch (error) {
      if (queue.nc.isClosed()) throw error;
      // The server is away: the connection comes back by itself.
      await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    }
  }
}

async function take(queue: Queue, message: JsMsg, lessons: Lessons, options: WorkerOptions): Promise<void> {
  const { signal, tell } = options;
  const speaking = setInterval(() => message.working(), SPEAK_MS);
  try {
    const job = jobIn(message.data);
    if (job === undefined) return message.term('no job');
    if (job.protocol !== PROTOCOL) {
      tell(`a job of another Wirebook (${job.protocol}, here ${PROTOCOL}) was left to others`);
      return message.nak(LATER_MS);
    }
    const record = await recordOf(job, message, lessons, options);
    if (signal.aborted && record.state === 'broken') return message.nak();
    await hand(queue, job, record, signal);
    // With the server's word that it knows: else the job would be done again.
    await message.ackAck({ timeout: 10_000 });
    tell(
      `${record.learner}: ${record.state === 'graded' ? 'graded' : `not graded: ${record.because}`}, ${record.durationMs} ms`,
    );
  } finally {
    clearInterval(speaking);
  }
}

function jobIn(data: Uint8Array): Job | undefined {
  try {
    const job = unpack(data) as Job;
    return typeof job.run === 'string' && typeof job.submission?.learner === 'string' ? job : undefined;
  } catch {
    return undefined;
  }
}

async function recordOf(
  job: Job,
  message: JsMsg,
  lessons: Lessons,
  options: WorkerOptions,
): Promise<GradeRecord> {
  const { driver, version, signal } = options;
  const lesson = await lessons.get(job.lesson, job.seed);
  const common = { lesson, driver, version, signal };
  const deaths = message.info.deliveryCount - 1;
  const record =
    deaths >= DELIVERIES
      ? brokenRecord(job.submission, common, `${deaths} workers ended while they graded it.`)
      : await attempt(job.submission, {
          ...common,
          ...(job.timeoutMs === undefined ? {} : { timeoutMs: job.timeoutMs }),
          ...(job.attempts === undefined ? {} : { attempts: job.attempts }),
        });
  return { ...record, fingerprint: job.fingerprint };
}

/** What is more than a message may hold goes without what was observed: it can then not be judged again, and says so. */
async function hand(queue: Queue, job: Job, record: GradeRecord, signal: AbortSignal): Promise<void> {
  const most = (queue.nc.info?.max_payload ?? 1024 * 1024) - 1024;
  const wrap = (one: GradeRecord): Uint8Array =>
    pack({ protocol: PROTOCOL, run: job.run, fingerprint: job.fingerprint, record: one });
  let data = wrap(record);
  if (data.length > most)
    data = wrap({
      ...record,
      notes: [
        ...record.notes,
        'What was observed was too much to be sent, so it cannot be judged again without a run.',
      ],
      walks: record.walks.map((walk) => ({
        ...walk,
        cells: walk.cells.map(({ observation: _, ...cell }) => cell),
      })),
    });
  await publish(queue, resultSubject(job.run, job.fingerprint), data, signal);
}

/** Lessons by digest and seed, fetched once. */
class Lessons {
  readonly #queue: Queue;
  readonly #texts = new Map<string, LessonText>();
  readonly #lessons = new Map<string, Lesson>();

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  async get(digest: string, seed: string | undefined): Promise<Lesson> {
    const id = `${digest} ${seed ?? ''}`;
    const known = this.#lessons.get(id);
    if (known !== undefined) return known;
    const text = this.#texts.get(digest) ?? (await this.#fetch(digest));
    this.#texts.set(digest, text);
    const lesson = lessonOf(text, seed);
    // Each learner may have a seed of their own: the oldest go.
    if (this.#lessons.size > 200) this.#lessons.delete(this.#lessons.keys().next().value!);
    this.#lessons.set(id, lesson);
    return lesson;
  }

  async #fetch(digest: string): Promise<LessonText> {
    const stored = await this.#queue.jsm.streams.getMessage(LESSONS, { last_by_subj: lessonSubject(digest) });
    if (stored === null) throw new Error(`the lesson ${digest} is not on the server`);
    return unpack(stored.data) as LessonText;
  }
}

function lessonOf(texts: LessonText, seed: string | undefined): Lesson {
  const parsed = parseTexts(texts, vocabulary, seed === undefined ? {} : { seed });
  if (parsed.ok) return parsed.lesson;
  throw new Error(`the lesson ${texts.file} cannot be read here`);
}
