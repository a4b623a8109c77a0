/** Fragments of answers, and how many of the rare ones two learners share. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import type { Foreign, Pair } from '../../report/grades/grade.ts';

export interface Answered {
  learner: string;
  answers: Readonly<Record<string, string>>;
  /** The learner's own values of the lesson's params. */
  values: Readonly<Record<string, string>>;
}

/** Tokens of a fragment: fewer are in every answer, more miss what was moved about. */
const RUN = 6;
/** A fragment that more than this part of the class has (and more than two of them) says nothing. */
const COMMON = 0.3;
/** Fewer rare fragments than this are chance: each word left out of the author's own answer makes RUN - 1 of them. */
const LEAST = 12;
const REPORTED = 0.6;
const MOST_PAIRS = 200;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A value stands alone: `10.1.2.3` is not in `10.1.2.30`. */
const standing = (value: string): RegExp => new RegExp(`(?<![\\w.:])${escaped(value)}(?![\\w:]|\\.\\d)`, 'g');

/** Words of the shell; comments say most of who wrote them, so they stay, as words of their own. */
function tokensOf(text: string, values: Answered['values']): string[] {
  let plain = text;
  const longest = Object.entries(values).sort(([, a], [, b]) => b.length - a.length);
  for (const [name, value] of longest) plain = plain.replace(standing(value), `{{${name}}}`);
  return plain.match(/\{\{\w+\}\}|[\w./:@%+-]+|[^\s\w]/g) ?? [];
}

function fragmentsOf(answers: Answered['answers'], values: Answered['values']): Set<string> {
  const fragments = new Set<string>();
  for (const text of Object.values(answers)) {
    const tokens = tokensOf(text, values);
    for (let i = 0; i + RUN <= tokens.length; i++) fragments.add(tokens.slice(i, i + RUN).join(' '));
  }
  return fragments;
}

/** What the lesson says, anybody may have typed. */
function givenBy(lesson: Lesson): Set<string> {
  const texts = lesson.cells.flatMap((cell) => [cell.text, cell.solution ?? '']);
  return fragmentsOf(Object.fromEntries(texts.entries()), lesson.params?.values ?? {});
}

export function compare(lesson: Lesson, all: readonly Answered[]): Pair[] {
  const given = givenBy(lesson);
  const holders = new Map<string, number[]>();
  for (const [index, { answers, values }] of all.entries())
    for (const fragment of fragmentsOf(answers, values)) {
      if (given.has(fragment)) continue;
      const its = holders.get(fragment);
      if (its === undefined) holders.set(fragment, [index]);
      else its.push(index);
    }
  const most = Math.max(2, Math.floor(all.length * COMMON));
  const rare = all.map(() => 0);
  const shared = new Map<string, string[]>();
  for (const [fragment, its] of holders) {
    if (its.length > most) continue;
    for (const index of its) rare[index]! += 1;
    for (const [i, a] of its.entries())
      for (const b of its.slice(i + 1)) {
        const key = `${a} ${b}`;
        const list = shared.get(key);
        if (list === undefined) shared.set(key, [fragment]);
        else list.push(fragment);
      }
  }
  return [...shared]
    .flatMap(([key, fragments]): Pair[] => {
      const [a, b] = key.split(' ').map(Number) as [number, number];
      const score = fragments.length / Math.min(rare[a]!, rare[b]!);
      if (fragments.length < LEAST || score < REPORTED) return [];
      const learners = [all[a]!.learner, all[b]!.learner] as const;
      return [{ learners, score: Number(score.toFixed(3)), shared: fragments.slice(0, 5) }];
    })
    .sort((a, b) => b.score - a.score || (a.learners.join('\0') < b.learners.join('\0') ? -1 : 1))
    .slice(0, MOST_PAIRS);
}

/** An address, a subnet, a port: out of so many that nobody has it by chance. A name or an MTU is out of few. */
const isTelling = (value: string): boolean =>
  /^[\da-f]+[.:][\da-f.:/]+$/i.test(value) || /^\d{5,}$/.test(value);

export function foreignValues(all: readonly Answered[]): Foreign[] {
  // Each value that exactly one learner was given.
  const owners = new Map<string, { of: string; param: string }[]>();
  for (const { learner, values } of all)
    for (const [param, value] of Object.entries(values)) {
      if (!isTelling(value)) continue;
      owners.set(value, [...(owners.get(value) ?? []), { of: learner, param }]);
    }
  const found: Foreign[] = [];
  for (const { learner, answers, values } of all) {
    const own = new Set(Object.values(values));
    for (const [cell, text] of Object.entries(answers))
      for (const word of wordsOf(text)) {
        const its = own.has(word) ? undefined : owners.get(word);
        if (its?.length === 1)
          found.push({ learner, of: its[0]!.of, cell, param: its[0]!.param, value: word });
      }
  }
  return found;
}

/** `10.1.2.3/24` is also the address alone; `10.1.2.3:80` too. */
const partsOf = (word: string): string[] => [
  word,
  word.replace(/\/\d+$/, ''),
  word.replace(/(\.\d+):\d+$/, '$1'),
  word.replace(/[.:]+$/, ''),
];

const wordsOf = (text: string): Set<string> => new Set(text.match(/[\w.:/]+/g)?.flatMap(partsOf) ?? []);

/**
 * Nobody at all uses a number of their own: then it is more likely that the numbers are wrong, by another secret or another
 * name of the lesson's folder, than that a whole class has it wrong.
 */
export function strangeNumbers(all: readonly Answered[]): boolean {
  const telling = all.filter(({ values }) => Object.values(values).some(isTelling));
  const answered = telling.filter(({ answers }) =>
    Object.values(answers).some((text) => [...wordsOf(text)].some(isTelling)),
  );
  return (
    answered.length > 0 &&
    answered.every(({ answers, values }) => {
      const own = new Set(Object.values(values).filter(isTelling));
      return Object.values(answers).every((text) => [...wordsOf(text)].every((word) => !own.has(word)));
    })
  );
}
