/** Reads the beginning of a lesson's file for its heading. */
import { open } from 'node:fs/promises';
import { type Glance, glance } from '../lesson/glance.ts';

/** Longer front matter is read with the lesson. */
const HEAD_BYTES = 4096;

export async function glanceAt(file: string): Promise<Glance | undefined> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return glance(file, buffer.toString('utf8', 0, bytesRead));
  } catch {
    return undefined;
  }
}
