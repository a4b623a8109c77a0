/** Reads the beginning of a lesson's file for its heading. */
import { open } from 'node:fs/promises';
import type { Glance } from '../lesson/glance.ts';
import { headingOfLesson } from '../lesson/heading.ts';

/** Longer front matter is read with the lesson. */
const HEAD_BYTES = 4096;

export async function glanceAt(file: string): Promise<Glance | undefined> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.toString('utf8', 0, bytesRead);
    const heading = headingOfLesson(head);
    if (heading) return { summary: '', ...heading };
    const { glance } = await import('../lesson/glance.ts');
    return glance(file, head);
  } catch {
    return undefined;
  }
}
