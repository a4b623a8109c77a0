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
  pattern: RegExp;
  holes: readonly { name: string; kind: string }[];
  to: string;
}

function ruleOf(from: string, to: string): Rule {
  const holes = [...from.matchAll(HOLE)].map(([, name = '', kind = '']) => ({ name, kind }));
  const source = from
    .split(HOLE)
    .map((part, at) => {
      if (at % 3 === 0) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      return at % 3 === 2 ? HOLES[part]! : '';
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`, 'u'), holes, to };
}

const HAN = /\p{Script=Han}/u;

/** A blank between Chinese and Latin words or numbers, as in Chinese prose; a template does not know what fills it. */
function apart(before: string, value: string, after: string): string {
  const from = HAN.test(before.at(-1) ?? '') && /^[\w/]/.test(value) ? ' ' : '';
  const to = HAN.test(after.at(0) ?? '') && /[\w/]$/.test(value) ? ' ' : '';
  return from + value + to;
}

const ownLetters = (template: string) => template.replace(HOLE, '').replaceAll(' ', '').length;

/** Deep enough for any sentence that we make; a hostile one must not cost more. */
const DEEPEST = 6;
const LONGEST = 2000;
const MOST_KEPT = 2000;

/** @param join how phrases in a row are joined: for `{a,}` and for `{a&}` */
export function createSay(
  templates: Templates,
  join: { ',': string; '&': string },
  /** The end of a sentence. */
  stop: string,
): Say {
  let rules: readonly Rule[] | undefined;
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
    rules ??= Object.entries(templates)
      .toSorted(([one], [other]) => ownLetters(other) - ownLetters(one))
      .map(([from, to]) => ruleOf(from, to));
    for (const rule of rules) {
      const found = rule.pattern.exec(sentence);
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
