/** The log of a class, read from the first entry to the last, as a report. Pure: no clock, no disk. */
import { Book } from '../../board/book.ts';
import type { Entry, HostEvent, LearnerEvent } from '../../board/events.ts';
import type { CourseOutline } from '../../board/outline.ts';
import { checkLines, stepLines } from './hurdles.ts';
import { learnerLine } from './learner.ts';
import type { ClassReport } from './model.ts';
import { Walk } from './walk.ts';
import { type Worth, worthOf } from './worth.ts';

export interface ReportOptions {
  course: CourseOutline;
  wirebook: string;
  /** Now; of a class that has ended its end counts. */
  at: number;
}

/** A class in which nothing at all was said for so long is not held any more, though nobody was left to say so. */
const QUIET_MS = 10 * 60_000;

export class Reporter {
  readonly #options: Omit<ReportOptions, 'at'>;
  /** What counts and what does not is its to say: repeated entries, and such as nobody had a right to. */
  readonly #book: Book;
  readonly #walks = new Map<string, Walk>();
  readonly #worth: readonly Worth[];
  readonly #steps: ReadonlyMap<string, number>;
  readonly #lessons: ReadonlySet<string>;
  #endedAt: number | undefined;
  #lastAt = 0;

  constructor(options: Omit<ReportOptions, 'at'>) {
    this.#options = options;
    this.#book = new Book(options.course);
    this.#worth = worthOf(options.course);
    this.#steps = new Map(this.#worth.map(({ lesson, cell, step }) => [`${lesson}/${cell.id}`, step]));
    this.#lessons = new Set(options.course.lessons.map(({ id }) => id));
  }

  add(entry: Entry): void {
    const { from, at, event } = entry;
    const { counted, member, learner } = this.#book.apply(entry);
    if (!counted) return;
    this.#lastAt = Math.max(this.#lastAt, at);
    if (from.startsWith('learner:')) {
      this.#walks.get(from.slice('learner:'.length))?.says(
        event as LearnerEvent,
        at,
        (lesson, cell) => this.#steps.get(`${lesson}/${cell}`),
        (lesson) => this.#lessons.has(lesson),
      );
      return;
    }
    if (member === 'joined') this.#walks.set(learner!, new Walk(event as Joined, at));
    if (member === 'removed') this.#walks.get(learner!)!.remove(at);
    if (event.type === 'class-ended') this.#endedAt ??= at;
    // At the end all go, and nobody has given up by that.
    if (this.#endedAt !== undefined) return;
    if (event.type === 'connected') this.#walks.get(event.learner)?.presence.connected(at, event.host);
    if (event.type === 'disconnected') this.#walks.get(event.learner)?.presence.disconnected(at, event.host);
  }

  report(now: number): ClassReport {
    const { course, wirebook } = this.#options;
    const at = this.#endedAt ?? Math.min(now, this.#lastAt + QUIET_MS);
    const walks = [...this.#walks.values()];
    const learners = walks.map((walk) => learnerLine(walk, this.#worth, course, at));
    const { title, polls } = this.#book.boardWithoutRows(now);
    return {
      format: 1,
      wirebook,
      id: this.#book.id ?? '',
      title,
      openedAt: this.#book.openedAt ?? at,
      ...(this.#endedAt === undefined ? {} : { endedAt: this.#endedAt }),
      at: now,
      lessons: course.lessons.map(({ id, title: name }) => {
        const its = this.#worth.filter(({ lesson }) => lesson === id);
        return {
          id,
          title: name,
          cells: its.filter(({ counts }) => counts).length,
          possible: its.reduce((sum, { possible }) => sum + possible, 0),
          started: walks.filter(({ started }) => started.has(id)).length,
          finished: walks.filter(({ finished }) => finished.has(id)).length,
        };
      }),
      learners,
      steps: stepLines(walks, learners, this.#worth, course),
      checks: checkLines(walks),
      polls: polls.map(({ question, choices, votes }) => ({ question, choices, votes })),
    };
  }
}

type Joined = Extract<HostEvent, { type: 'joined' }>;

export function reportOf(entries: Iterable<Entry>, { at, ...options }: ReportOptions): ClassReport {
  const reporter = new Reporter(options);
  for (const entry of entries) reporter.add(entry);
  return reporter.report(at);
}
