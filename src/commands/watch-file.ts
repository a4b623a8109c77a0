/** Tells when a file has other bytes than before, however an editor saves: in place, or by another file of its name. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** Asked by `stat`, not by events: these do not come for a file that is replaced, nor over every network. */
const EVERY_MS = 250;
/** On a busy machine a change is noticed so late at most. */
const LATEST_MS = 3000;

/** What differs when a file was written or replaced. Undefined while it cannot be seen: some editors take it away for a moment. */
function stampOf(file: string): string | undefined {
  try {
    const stat = statSync(file, { bigint: true });
    return `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
  } catch {
    return undefined;
  }
}

function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/** Milliseconds since the epoch; never long ago: a file that is moved into place has been written at any time. */
function savedAt(file: string): number {
  const now = Date.now();
  try {
    return Math.max(now - LATEST_MS, Math.min(now, statSync(file).mtimeMs));
  } catch {
    return now;
  }
}

/**
 * Both stamp and digest are taken before this returns, so that no change after the call is missed: `fs.watchFile` takes
 * its first look some time later, and holds what it finds then for the beginning.
 *
 * @param changed is told when it was saved
 * @returns ends the watch.
 */
export function watchContent(
  file: string,
  changed: (savedAt: number) => void,
  everyMs = EVERY_MS,
): () => void {
  // The stamp first: what is written between the two is read again at the next look.
  let stamp = stampOf(file);
  let digest = digestOf(file);
  const look = () => {
    const nowStamp = stampOf(file);
    if (nowStamp === stamp) return;
    const now = digestOf(file);
    if (now === undefined) return;
    stamp = nowStamp;
    if (now === digest) return;
    digest = now;
    changed(savedAt(file));
  };
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}
