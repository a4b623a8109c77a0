/**
 * Node.js writes what it has compiled when the process ends; a terminal that is closed, or a machine that is switched off,
 * ends it without. So it is written once the screen is there and nobody waits.
 */
import { flushCompileCache } from 'node:module';

const QUIET_MS = 1500;

export function keepCompiled(): void {
  setTimeout(() => flushCompileCache(), QUIET_MS).unref();
}
