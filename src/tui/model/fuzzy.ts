/** How well a text fits what is typed: its letters in order, best where words begin and where they stand together. Pure. */
import { graphemes } from '../../page/text/width.ts';

export interface Fit {
  score: number;
  /** Indexes of the graphemes that were matched. */
  at: readonly number[];
}

const AT_WORD = 8;
const TOGETHER = 5;
const SAME_START = 4;

const isWordStart = (letters: readonly string[], at: number) =>
  at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1]!) || letters[at]! > '\u2e80';

/** The best place for one typed word; undefined when its letters are not all there. */
function fitWord(word: readonly string[], letters: readonly string[]): Fit | undefined {
  let best: Fit | undefined;
  for (let start = 0; start < letters.length; start++) {
    if (letters[start] !== word[0]) continue;
    const at = [start];
    let score = isWordStart(letters, start) ? AT_WORD : 0;
    for (let next = start + 1; next < letters.length && at.length < word.length; next++) {
      if (letters[next] !== word[at.length]) continue;
      if (next === at.at(-1)! + 1) score += TOGETHER;
      else score += (isWordStart(letters, next) ? AT_WORD : 0) - Math.min(4, next - at.at(-1)!);
      at.push(next);
    }
    if (at.length < word.length) continue;
    if (start === 0) score += SAME_START;
    if (best === undefined || score > best.score) best = { score, at };
  }
  return best;
}

/** Every word of what is typed must fit, in any order. Nothing typed fits everything. */
export function fuzzy(typed: string, text: string): Fit | undefined {
  const letters = graphemes(text.toLowerCase());
  const words = typed.toLowerCase().trim().split(/\s+/).filter(Boolean);
  let score = 0;
  const at = new Set<number>();
  for (const word of words) {
    const fit = fitWord(graphemes(word), letters);
    if (!fit) return undefined;
    score += fit.score;
    for (const index of fit.at) at.add(index);
  }
  // Of two that fit alike the shorter one says it more plainly.
  return { score: words.length === 0 ? 0 : score - letters.length / 50, at: [...at] };
}
