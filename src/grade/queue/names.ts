/**
 * What lies where on the server. Three streams of JetStream: lessons by their digest, jobs, and results. A job's subject
 * holds its run and its fingerprint and may be there once: so a job that is published again after a restart is not done
 * again, whatever time has passed. Results are taken away when the grader has them on its disk.
 */
import type { LessonTexts } from '../../lesson/texts.ts';
import type { GradeRecord, Submission } from '../model.ts';

export const LESSONS = 'WIREBOOK_LESSONS';
export const JOBS = 'WIREBOOK_JOBS';
export const RESULTS = 'WIREBOOK_RESULTS';

export const lessonSubject = (digest: string): string => `wirebook.lessons.${digest}`;
export const jobSubject = (driver: string, run: string, fingerprint: string): string =>
  `wirebook.jobs.${driver}.${run}.${fingerprint}`;
export const jobsOf = (driver: string): string => `wirebook.jobs.${driver}.*.*`;
export const resultSubject = (run: string, fingerprint: string): string =>
  `wirebook.results.${run}.${fingerprint}`;
export const resultsOf = (run: string): string => `wirebook.results.${run}.*`;

/** Raised when a worker of before could not do a job of now. */
export const PROTOCOL = 1;

/** As the grader knows its files; the first one's name says what the lesson is called. */
export type LessonText = LessonTexts;

export interface Job {
  protocol: number;
  run: string;
  fingerprint: string;
  /** Digest of the lesson's text, by which it is fetched. */
  lesson: string;
  seed?: string;
  submission: Submission;
  timeoutMs?: number;
  attempts?: number;
}

export interface Result {
  protocol: number;
  run: string;
  fingerprint: string;
  record: GradeRecord;
}
