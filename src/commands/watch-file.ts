/** Tells when a file has other bytes than before, however an editor saves: in place, or by another file of its name. */
import { createHash } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';

/** Asked by `stat`, not by events: these do not come for a file that is replaced, nor over every network. */
const EVERY_MS = 250;

/** Undefined while it cannot be read: some editors take it away for a moment. */
function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/** @returns ends the watch. */
export function watchContent(file: string, changed: () => void, everyMs = EVERY_MS): () => void {
  let last = digestOf(file);
  const look = () => {
    const now = digestOf(file);
    if (now === undefined || now === last) return;
    last = now;
    changed();
  };
  watchFile(file, { interval: everyMs }, look);
  return () => unwatchFile(file, look);
}
