/** Replaces a file whole: after a crash at any moment either the old text is there or the new one. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export function replaceFile(path: string, text: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    const fd = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
