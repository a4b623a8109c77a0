/**
 * Sentences that the layers below make in English (verdicts, explanations, what the session has to say), in the reader's
 * language. As with gettext the English sentence is the key: journals and reports stay readable for everybody, and words
 * are chosen where they are drawn. A template has holes for what stands in it:
 * `{a}` one word as it is, `{a*}` anything as it is, `{a~}` a phrase that is translated too, `{a,}` and `{a&}` such
 * phrases in a row, `{a@}` a place (`in client on host`).
 * What no template fits stays English: it may be an author's own sentence, or what a program said.
 */

/** English template to the other language's. The one with most words of its own comes first, then as they stand here. */
export type Templates = Readonly<Record<string, string>>;

export type Say = (sentence: string) => string;

const HOLES: Readonly<Record<string, string>> = {
  '': '(\\S+?)',
  '*': '([\\s\\S]+?)',
  '~': '([\\s\\S]+?)',
  ',': '([\\s\\S]+?)',
  '&': '([\\s\\S]+?)',
  '@': '((?:in|on|from) \\S+(?: on \\S+)?)',
};
const HOLE = /\{(\w+)([*~,&@]?)\}/g;

interface Rule {
  from: string;
  to: string;
  /** What every sentence that fits begins and ends with. */
  head: string;
  tail: string;
  letters: number;
  /** Made when a sentence may fit: that of all takes longer than to draw a page. */
  pattern?: RegExp;
  holes: readonly { name: string; kind: string }[];
}

const ownLetters = (template: string) => template.replace(HOLE, '').replaceAll(' ', '').length;

function ruleOf([from, to]: readonly [string, string]): Rule {
  const found = [...from.matchAll(HOLE)];
  const last = found.at(-1)!;
  return {
    from,
    to,
    head: from.slice(0, found[0]!.index),
    tail: from.slice(last.index + last[0].length),
    letters: ownLetters(from),
    holes: found.map(([, name = '', kind = '']) => ({ name, kind })),
  };
}

function patternOf({ from }: Rule): RegExp {
  const source = from
    .split(HOLE)
    .map((part, at) => {
      if (at % 3 === 0) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      return at % 3 === 2 ? HOLES[part]! : '';
    })
    .join('');
  return new RegExp(`^${source}$`, 'u');
}

function fitting(rule: Rule, sentence: string): RegExpExecArray | null {
  if (!sentence.startsWith(rule.head) || !sentence.endsWith(rule.tail)) return null;
  rule.pattern ??= patternOf(rule);
  return rule.pattern.exec(sentence);
}

interface Rules {
  /** Sentences without holes: nothing else can have more words of its own. */
  whole: ReadonlyMap<string, string>;
  holed: readonly Rule[];
}

function rulesOf(tables: readonly Templates[]): Rules {
  const whole = new Map(tables.flatMap((table) => Object.entries(table)));
  const holed = [...whole].filter(([from]) => from.search(HOLE) >= 0).map(ruleOf);
  for (const { from } of holed) whole.delete(from);
  return { whole, holed: holed.sort((one, other) => other.letters - one.letters) };
}

const HAN = /\p{Script=Han}/u;

/** A blank between Chinese and Latin words or numbers, as in Chinese prose; a template does not know what fills it. */
function apart(before: string, value: string, after: string): string {
  const from = HAN.test(before.at(-1) ?? '') && /^[\w/`]/.test(value) ? ' ' : '';
  const to = HAN.test(after.at(0) ?? '') && /[\w/`]$/.test(value) ? ' ' : '';
  return from + value + to;
}

/** Deep enough for any sentence that we make; a hostile one must not cost more. */
const DEEPEST = 6;
const LONGEST = 2000;
const MOST_KEPT = 2000;

/**
 * @param tables of two that have a template the later one counts. They are put together with the first sentence: of many
 *   hundred fields that takes longer than to draw a page.
 * @param join how phrases in a row are joined: for `{a,}` and for `{a&}`
 */
export function createSay(
  tables: readonly Templates[],
  join: { ',': string; '&': string },
  /** The end of a sentence. */
  stop: string,
): Say {
  let rules: Rules | undefined;
  const known = new Map<string, string>();

  const filled = ({ to, holes }: Rule, found: RegExpExecArray, depth: number): string => {
    const values = new Map(
      holes.map(({ name, kind }, at) => {
        const text = found[at + 1]!;
        if (kind === '' || kind === '*') return [name, text];
        if (kind === ',')
          return [
            name,
            text
              .split(', ')
              .map((part) => said(part, depth + 1))
              .join(join[',']),
          ];
        if (kind === '&')
          return [
            name,
            text
              .split(' and ')
              .map((part) => said(part, depth + 1))
              .join(join['&']),
          ];
        return [name, said(text, depth + 1)];
      }),
    );
    return to.replace(/\{(\w+)\}/g, (hole, name: string, at: number) =>
      apart(to.slice(0, at), values.get(name) ?? '', to.slice(at + hole.length)),
    );
  };

  const said = (sentence: string, depth: number): string => {
    if (depth > DEEPEST || sentence.length > LONGEST) return sentence;
    rules ??= rulesOf(tables);
    const whole = rules.whole.get(sentence);
    if (whole !== undefined) return whole;
    for (const rule of rules.holed) {
      const found = fitting(rule, sentence);
      if (found) return filled(rule, found, depth);
    }
    return asClause(sentence, depth) ?? sentence;
  };

  /** What is elsewhere the end of a line stands here as a sentence of its own. */
  const asClause = (sentence: string, depth: number): string | undefined => {
    if (!/^[A-Z][\s\S]*[^.]\.$/.test(sentence)) return undefined;
    const clause = sentence[0]!.toLowerCase() + sentence.slice(1, -1);
    const text = said(clause, depth + 1);
    return text === clause ? undefined : text + stop;
  };

  return (sentence) => {
    const before = known.get(sentence);
    if (before !== undefined) return before;
    const text = said(sentence, 0);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(sentence, text);
    return text;
  };
}

/** English: as it was said. */
export const asSaid: Say = (sentence) => sentence;
