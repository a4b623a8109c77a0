/** What is known of the course around a lesson: read when it is asked for, so that a lesson opens without it. */
import type { Handbook } from '../lesson/handbook.ts';
import type { Library, LibraryItem } from '../page/library.ts';

export interface Known {
  lessons: readonly { id: string; title: string }[];
  handbook?: Handbook;
}

export interface Knowledge {
  now(): Known;
  learn(what: keyof Known): Promise<void>;
  /** The lessons have been asked for, or there are none. */
  asked(): boolean;
}

export function knowledgeOf(library: Library | undefined): Knowledge {
  let known: Known = { lessons: [] };
  let asked = !library;
  return {
    asked: () => asked,
    now: () => known,
    async learn(what) {
      if (what === 'lessons') {
        asked = true;
        if (library) known = { ...known, lessons: (await library.items()).filter((item) => !item.faulty) };
      } else known = { ...known, handbook: known.handbook ?? (await library?.handbook?.()) ?? [] };
    },
  };
}

/** The lessons at a glance, and once all of them are read as they are: called twice, or once where there is no glance. */
export async function listLessons(
  library: Library,
  show: (items: readonly LibraryItem[]) => void,
  background: (work: Promise<void>) => void,
): Promise<void> {
  if (!library.glance) return show(await library.items());
  show(await library.glance());
  background(library.items().then(show));
}
