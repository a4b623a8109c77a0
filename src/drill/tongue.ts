/** How a drill is put into words: its sentences are English, and said by whoever knows the reader's language. */

export interface Tongue {
  /** BCP 47, of the lesson that a drill is. */
  language: string;
  say: (sentence: string) => string;
  /** The ticket's first sentence, of its parts. */
  begins: (greeting: string, since: string, trouble: string) => string;
  also: (troubles: readonly string[]) => string;
  stillWorks: (what: string) => string;
  /** Between sentences. */
  gap: string;
}

export const english: Tongue = {
  language: 'en',
  say: (sentence) => sentence,
  begins: (greeting, since, trouble) => `${greeting} ${since} ${trouble}.`,
  also: (troubles) => `And ${troubles.join(', and ')}.`,
  stillWorks: (what) => `At least this still works: ${what}.`,
  gap: ' ',
};
