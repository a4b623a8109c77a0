/** Regular expressions of matchers: `{matches: "re"}`, or the scalar `"/re/flags"`. */

const SLASHED = /^\/(.+)\/([imsu]*)$/s;
const compiled = new Map<string, RegExp | string>();

/** The pattern and flags of `/re/flags`; undefined when the text is not written so. */
export function slashed(text: string): { source: string; flags: string } | undefined {
  const found = SLASHED.exec(text);
  return found ? { source: found[1]!, flags: found[2]! } : undefined;
}

/**
 * Compiles once and remembers. Never throws: a pattern that is wrong gives the engine's reason as a string.
 * No `g` or `y`: they would make a match depend on the one before.
 */
export function compile(source: string, flags = ''): RegExp | string {
  const key = `${flags}/${source}`;
  let made = compiled.get(key);
  if (made === undefined) {
    try {
      made = new RegExp(source, flags);
    } catch (error) {
      made =
        error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
    }
    if (compiled.size > 500) compiled.clear();
    compiled.set(key, made);
  }
  return made;
}

/** Makes a text mean itself inside a pattern: for the values of a learner's variables. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
