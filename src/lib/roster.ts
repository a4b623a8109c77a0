/** The roster: who is in the class, and by which name a learner's file or folder goes. Pure. */

import { parseCsv } from './csv.ts';
import { InputError } from './errors.ts';

export interface Learner {
  id: string;
  name?: string;
  /** Everything that a file or folder of theirs may be called. */
  aliases: readonly string[];
  /** All columns as they were, for gradebooks that want them back. */
  columns: Readonly<Record<string, string>>;
}

export interface Roster {
  learners: readonly Learner[];
  /** The one whose name, id or alias a file's or folder's name is, or begins with (`Ada Lovelace_123_assignsubmission`). */
  find(name: string): Learner | undefined;
}

const ID = [
  'id',
  'learner',
  'username',
  'login',
  'sis login id',
  'sis user id',
  'email',
  'email address',
  'code',
];
const NAME = ['name', 'full name', 'student'];

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** @throws InputError `roster` */
export function parseRoster(file: string, text: string): Roster {
  const [head = [], ...rows] = parseCsv(text);
  const names = head.map(plain);
  const column = (wanted: readonly string[]): number =>
    wanted.map((one) => names.indexOf(one)).find((index) => index >= 0) ?? -1;
  const idAt = column(ID);
  if (idAt < 0)
    throw new InputError('roster', `${file} has no column that names the learner.`, [
      `Its first line is the head; one of these is needed: ${ID.slice(0, 5).join(', ')}.`,
    ]);
  const nameAt = column(NAME);
  const firstAt = column(['first name', 'given name']);
  const lastAt = column(['last name', 'surname', 'family name']);
  const learners: Learner[] = [];
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const id = row[idAt]?.trim() ?? '';
    // Canvas writes the points possible below the head.
    if (id === '') continue;
    const before = seen.get(id);
    if (before !== undefined)
      throw new InputError('roster', `${file}:${index + 2}: ${id} stands in line ${before} already.`);
    seen.set(id, index + 2);
    const whole = [row[firstAt]?.trim(), row[lastAt]?.trim()].filter(Boolean).join(' ');
    const name = row[nameAt]?.trim() || whole || undefined;
    learners.push({
      id,
      name,
      aliases: [
        id,
        name,
        row[column(['file', 'folder', 'submission'])],
        row[column(['email', 'email address'])],
        row[column(['username', 'login', 'sis login id'])],
      ]
        .map((one) => plain(one ?? ''))
        .filter((one) => one !== ''),
      columns: Object.fromEntries(head.map((key, at) => [key.trim(), row[at] ?? ''])),
    });
  }
  return { learners, find: (given) => findLearner(learners, plain(given)) };
}

function findLearner(learners: readonly Learner[], name: string): Learner | undefined {
  const exact = learners.find(({ aliases }) => aliases.includes(name));
  if (exact !== undefined) return exact;
  const starts = learners.filter(({ aliases }) => aliases.some((alias) => name.startsWith(`${alias}_`)));
  return starts.length === 1 ? starts[0] : undefined;
}
