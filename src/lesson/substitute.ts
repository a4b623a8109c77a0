/**
 * Shell variables in a check: `$NAME` and `${NAME}` in any text of its spec; `$$` is a dollar. A `$` before anything
 * else stays as it is, so that a pattern may end in one.
 */

const VARIABLE = /\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/g;
// In a pattern `\$` is a dollar already, whatever follows: the first alternative steps over escapes.
const IN_PATTERN = /\\.|\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/g;

/** Calls `replace` for each `$NAME` (with its name) and each `$$` (without one) of a text. */
function eachVariable(text: string, key: string, replace: (whole: string, name?: string) => string): string {
  return text.replace(
    key === 'matches' ? IN_PATTERN : VARIABLE,
    (whole: string, bare?: string, braced?: string) =>
      whole.startsWith('\\') ? whole : replace(whole, bare ?? braced),
  );
}

/** Rebuilds plain data with each text replaced; `key` is the field that holds it, or the list in that field. */
function mapTexts(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, key));
  if (value === null || typeof value !== 'object') return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change, name)]),
  );
}

/** Names that the texts mention, each once, in order. */
export function variablesOf(spec: unknown): string[] {
  const names = new Set<string>();
  mapTexts(spec, (text, key) =>
    eachVariable(text, key, (whole, name) => {
      if (name !== undefined) names.add(name);
      return whole;
    }),
  );
  return [...names];
}

/**
 * The spec with the values put in. A variable that is unset (null or absent) is named in `missing` and its `$NAME` left:
 * a check with a missing variable cannot be looked at. Under `matches` a value is taken literally: its dots are dots.
 */
export function substitute<Spec>(
  spec: Spec,
  variables: Readonly<Record<string, string | null>>,
): { spec: Spec; missing: readonly string[] } {
  const missing = new Set<string>();
  const replaced = mapTexts(spec, (text, key) =>
    eachVariable(text, key, (whole, name) => {
      // A bare `$` would be the end of the line in a pattern; `$$` means the character.
      if (name === undefined) return key === 'matches' ? '\\$' : '$';
      const value = Object.hasOwn(variables, name) ? variables[name] : null;
      if (value === null || value === undefined) {
        missing.add(name);
        return whole;
      }
      return key === 'matches' ? value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : value;
    }),
  );
  return { spec: replaced as Spec, missing: [...missing] };
}
