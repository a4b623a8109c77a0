/**
 * Keeps the heap small while programs print without end. V8 would rather let it grow to hundreds of megabytes of garbage than
 * collect it in time. A full collection of what the notebook lives on takes some tens of milliseconds; there is one only when
 * so much garbage has come together since the last, and none while nothing happens.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** About as much as the first frames leave behind: an ordinary lesson never comes to it twice. */
const GARBAGE_BYTES = 32 * 2 ** 20;
const LOOK_MS = 250;

/** Looks from now on; returns how to stop. */
export function keepSmall(): () => void {
  // The space for what is young grows eightfold while much is printed, and is never given back: it stays as the start left it.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') return () => {};
  const used = () => getHeapStatistics().used_heap_size;
  let lived = used();
  const timer = setInterval(() => {
    if (used() < lived + GARBAGE_BYTES) return;
    collect();
    lived = used();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
