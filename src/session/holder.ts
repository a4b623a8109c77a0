/**
 * The session's sandbox: made in the background, made again after it was lost, never two at a time. What becomes of it
 * is told in events.
 */
import type { Lesson } from '../lesson/model.ts';
import type { Clock } from '../lib/clock.ts';
import { SandboxError, WirebookError } from '../lib/errors.ts';
import type { Sandbox, SandboxDriver, SandboxSpec } from '../sandbox/contract.ts';
import { missingNeeds } from './cell-needs.ts';
import type { SessionEvent } from './events.ts';
import { noticeOf } from './notices.ts';
import { runSetups } from './setup.ts';

/** The sandbox could not be made ready, and an event has already told why. */
export class NotReady extends Error {}

export interface HolderOptions {
  lesson: Lesson;
  driver: SandboxDriver;
  spec?: Partial<SandboxSpec>;
  clock: Clock;
  emit: (event: SessionEvent) => void;
}

export function specOf(lesson: Lesson, more?: Partial<SandboxSpec>): SandboxSpec {
  return { hosts: lesson.hosts, ...more };
}

export class Holder {
  readonly #options: HolderOptions;
  #making: Promise<Sandbox> | undefined;
  #current: Sandbox | undefined;
  #closed = false;

  constructor(options: HolderOptions) {
    this.#options = options;
  }

  /** The one that is there now. */
  get current(): Sandbox | undefined {
    return this.#current;
  }

  /** @throws NotReady when there is none and cannot be; the events have said why. */
  get(): Promise<Sandbox> {
    if (this.#closed) return Promise.reject(new NotReady());
    this.#making ??= this.#make().catch((error: unknown) => {
      this.#making = undefined;
      if (!(error instanceof NotReady)) this.#tellLost(error);
      throw new NotReady();
    });
    return this.#making;
  }

  async #make(): Promise<Sandbox> {
    const { lesson, driver, spec, clock, emit } = this.#options;
    const began = clock.monotonic();
    emit({ at: clock.now(), type: 'sandbox-creating' });
    const progress = (message: string) => {
      if (!this.#closed) emit({ at: clock.now(), type: 'sandbox-progress', message });
    };
    await driver.prepare(progress);
    const sandbox = await driver.create(specOf(lesson, spec), progress);
    this.#current = sandbox;
    try {
      await this.#begin(sandbox);
    } catch (error) {
      this.#current = undefined;
      await sandbox.destroy().catch(() => {});
      throw error;
    }
    if (this.#closed) throw new NotReady();
    const durationMs = Math.round(clock.monotonic() - began);
    emit({ at: clock.now(), type: 'sandbox-ready', hosts: sandbox.hosts, durationMs });
    void sandbox.lost.then((error) => {
      if (this.#current === sandbox) this.lost(error);
    });
    return sandbox;
  }

  async #begin(sandbox: Sandbox): Promise<void> {
    const { lesson, clock, emit } = this.#options;
    const host = sandbox.hosts[0]!;
    const missing = await missingNeeds(sandbox, host, lesson.needs);
    if (missing.length > 0)
      emit({ at: clock.now(), ...noticeOf('tools-missing', { tools: missing.join(', '), host }) });
    const failed = await runSetups(sandbox, lesson);
    if (failed === undefined) return;
    emit({ at: clock.now(), type: 'setup-failed', message: failed });
    throw new NotReady();
  }

  /** Tells of the loss and forgets the sandbox; the next `get` makes another. Of a known loss nothing is told again. */
  lost(error: unknown): void {
    const gone = this.#current;
    if (gone === undefined && error instanceof SandboxError) return;
    this.#current = undefined;
    this.#making = undefined;
    void gone?.destroy().catch(() => {});
    this.#tellLost(error);
  }

  #tellLost(error: unknown): void {
    const { clock, emit } = this.#options;
    if (this.#closed) return;
    emit({
      at: clock.now(),
      type: 'sandbox-lost',
      message: error instanceof Error ? error.message : String(error),
      next:
        error instanceof WirebookError
          ? error.next
          : ['This may be a bug in Wirebook. `wirebook doctor` says what works here.'],
    });
  }

  /** Back to how it was when it was made, with the lesson's set-up. */
  async reset(): Promise<void> {
    await this.#making?.catch(() => {});
    const sandbox = this.#current;
    if (sandbox === undefined) return;
    try {
      await sandbox.reset();
      await this.#begin(sandbox);
    } catch (error) {
      if (!(error instanceof NotReady)) return this.lost(error);
      this.#current = undefined;
      this.#making = undefined;
      await sandbox.destroy().catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#making?.catch(() => {});
    const sandbox = this.#current;
    this.#current = undefined;
    await sandbox?.destroy().catch(() => {});
  }
}
