/** Durations as lessons write them: `500ms`, `5s`, `2m`. Never a bare number: nobody knows its unit. */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
const FORM = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)$/;

/** Milliseconds, whole; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = FORM.exec(text.trim());
  return match ? Math.round(Number(match[1]) * UNITS[match[2]!]!) : undefined;
}
