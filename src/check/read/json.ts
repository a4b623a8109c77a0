/** JSON values that stand one after the other, as several `ip -j` runs leave them in one stream. */

/** Where the value that starts at `from` ends; -1 when it does not. Strings and escapes are heeded. */
function endOf(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && --depth === 0) return i + 1;
  }
  return -1;
}

/**
 * The values in order. `whole` is false when something between or behind them could not be read: what a tool was
 * still writing when it was stopped, or the lone `[` that `bridge vlan` leaves on a kernel without VLAN filtering.
 * Never throws.
 */
export function readJsonStream(text: string): { values: unknown[]; whole: boolean } {
  const values: unknown[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (at === text.length) return { values, whole: true };
    const end = text[at] === '[' || text[at] === '{' ? endOf(text, at) : -1;
    if (end < 0) return { values, whole: false };
    try {
      values.push(JSON.parse(text.slice(at, end)));
    } catch {
      return { values, whole: false };
    }
    at = end;
  }
}

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** An array whose every element reads as a T; undefined when it is no array or one element does not. */
export function every<T>(value: unknown, read: (element: Json) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const all: T[] = [];
  for (const element of value) {
    const one = isJson(element) ? read(element) : undefined;
    if (one === undefined) return undefined;
    all.push(one);
  }
  return all;
}
