/** Who may join, where there is a roster: by their code, or by their name as it stands there. */
import type { Learner } from '../../lib/roster.ts';
import { cleanName } from './clean.ts';

export interface RosterEntry {
  /** Their code, or whatever names them in the gradebook. */
  id: string;
  name?: string;
}

/** As reports of grades know learners. */
export const learnerOf = ({ id, name }: RosterEntry): Learner => ({
  id,
  ...(name === undefined ? {} : { name }),
  aliases: [],
  columns: {},
});

export class Rosters {
  readonly #ids = new Map<string, RosterEntry>();
  /** Names that two have are no one's: those join by their code. */
  readonly #names = new Map<string, RosterEntry | undefined>();

  constructor(entries: readonly RosterEntry[]) {
    for (const entry of entries) {
      this.#ids.set(keyOf(entry.id), entry);
      const name = keyOf(cleanName(entry.name ?? ''));
      if (name !== '') this.#names.set(name, this.#names.has(name) ? undefined : entry);
    }
  }

  find(code: string | undefined, name: string): RosterEntry | undefined {
    if (code !== undefined && code !== '') return this.#ids.get(keyOf(code));
    return this.#names.get(keyOf(name)) ?? this.#ids.get(keyOf(name));
  }
}

const keyOf = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
