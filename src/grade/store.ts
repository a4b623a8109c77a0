/**
 * Results on the disk: a file a learner, put in its place whole, so that after a kill at any moment each is there or not.
 * A run that failed is kept beside it and never in its place.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { InputError } from '../lib/errors.ts';
import { makeFolder } from '../lib/folders.ts';
import { whyRefused } from '../lib/refusal.ts';
import { replaceFile } from '../session/journal/files.ts';
import { type Lock, takeLock } from '../session/journal/lock.ts';
import type { GradeRecord } from './model.ts';

const MOST_BYTES = 256 * 1024 * 1024;
const GRADED = '.json.gz';
const FAILED = '.failed.json.gz';

/** A learner's id may be any text; what stands on the disk is plain, and two learners are never one file. */
export function fileName(learner: string): string {
  const plain = learner
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._@+-]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(0, 80);
  const digest = createHash('sha256').update(learner).digest('hex').slice(0, 8);
  return `${plain}-${digest}`;
}

export class Store {
  readonly folder: string;
  readonly #lock: Lock;

  /** @throws InputError `results-held`, `results-not-writable` */
  constructor(folder: string, at: Date) {
    this.folder = folder;
    try {
      makeFolder(join(folder, 'records'), 0o700);
      this.#lock = takeLock(join(folder, 'results'), at.toISOString());
    } catch (error) {
      if (error instanceof InputError)
        throw new InputError(
          'results-held',
          error.message.replace('has this lesson open', `grades into ${folder}`),
          ['Wait for it, or choose another folder: --results FOLDER'],
        );
      throw new InputError(
        'results-not-writable',
        `Results cannot be kept in ${folder}: ${whyRefused(error)}.`,
        ['Choose another folder: --results FOLDER'],
      );
    }
    // Drafts of a run that was killed.
    for (const name of readdirSync(join(folder, 'records')))
      if (/\.(part|new)$/.test(name)) rmSync(join(folder, 'records', name), { force: true });
  }

  #path(learner: string, ending: string): string {
    return join(this.folder, 'records', `${fileName(learner)}${ending}`);
  }

  /** The last result that counts; undefined when there is none, or it can no longer be read. */
  get(learner: string): GradeRecord | undefined {
    const record = readRecord(this.#path(learner, GRADED));
    return record?.learner === learner ? record : undefined;
  }

  put(record: GradeRecord): void {
    const path = this.#path(record.learner, record.state === 'graded' ? GRADED : FAILED);
    try {
      replaceFile(path, gzipSync(JSON.stringify(record), { level: 1 }));
    } catch (error) {
      throw new InputError(
        'results-not-writable',
        `The result of ${record.learner} cannot be kept: ${whyRefused(error)}.`,
        ['Free some room and start again: what was graded so far is kept.'],
      );
    }
    if (record.state === 'graded') rmSync(this.#path(record.learner, FAILED), { force: true });
  }

  /** Every learner who has a result. One record in memory at a time. */
  *all(): Generator<GradeRecord> {
    const names = readdirSync(join(this.folder, 'records')).filter(
      (name) => name.endsWith(GRADED) && !name.endsWith(FAILED),
    );
    for (const name of names.sort(new Intl.Collator('en', { numeric: true }).compare)) {
      const record = readRecord(join(this.folder, 'records', name));
      if (record !== undefined) yield record;
    }
  }

  close(): void {
    this.#lock.release();
  }
}

function readRecord(path: string): GradeRecord | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const record = JSON.parse(
      gunzipSync(readFileSync(path), { maxOutputLength: MOST_BYTES }).toString('utf8'),
    ) as GradeRecord;
    return record.format === 1 && Array.isArray(record.walks) ? record : undefined;
  } catch {
    // Damaged: as if it had never been; it is made again.
    return undefined;
  }
}
