/** A cell's text in the reader's own editor. */
import { WirebookError } from '../lib/errors.ts';
import type { Words } from '../page/words/choose.ts';

/** What was written; or what is to be said instead. */
export type Edited = { text: string } | { notice: string };

export async function edited(
  editor: (text: string) => Promise<string>,
  text: string,
  { notice }: Words,
  reason: (error: unknown) => string,
): Promise<Edited> {
  try {
    return { text: await editor(text) };
  } catch (error) {
    const isNotHere = error instanceof WirebookError && error.code === 'editor-not-here';
    return { notice: isNotHere ? notice.editorNotHere : notice.editorFailed(reason(error)) };
  }
}
