/**
 * Errors of the user's world, apart from our own bugs.
 *
 * A `WirebookError` is expected: it is printed as one message with what to do next, and its `exit` is the
 * process's exit code (1 a check failed, 2 the input is wrong, 3 the sandbox is broken, 130 interrupted).
 * Any other error that reaches cli.ts is a bug and is printed with its stack.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export abstract class WirebookError extends Error {
  abstract readonly exit: ExitCode;
  /** Stable, for scripts and tests: `lesson-not-found`, `sandbox-namespaces-refused`, ... */
  readonly code: string;
  /** What the user can do now; one line each. */
  readonly next: readonly string[];

  constructor(code: string, message: string, next: string | readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.next = typeof next === 'string' ? [next] : next;
  }

  /** The message in another language: what a tool has said stands in lines of its own behind our sentence. */
  told(say: (sentence: string) => string): string {
    return this.message.split('\n').map(say).join('\n');
  }
}

/** What the user gave (arguments, a lesson, a file) is wrong. */
export class InputError extends WirebookError {
  readonly exit = 2;
}

/** The sandbox could not be made, or broke: never the learner's fault. */
export class SandboxError extends WirebookError {
  readonly exit = 3;
}

/** The user asked us to stop. */
export class Interrupted extends WirebookError {
  readonly exit = 130;
  constructor(message = 'Interrupted.') {
    super('interrupted', message);
  }
}
