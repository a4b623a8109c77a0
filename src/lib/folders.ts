/**
 * Makes folders. Node.js's own `recursive` never ends where a folder is there and yet nothing can be made in it because
 * "it is not there", as under /proc: it goes on making the one above. Here each is tried twice at the most.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** With all those above it. A folder that is there already is left as it is. */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    makeFolder(above, mode);
    try {
      mkdirSync(path, { mode });
    } catch (again) {
      // Two that start at once make the same.
      if (!isFolder(path)) throw again;
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
