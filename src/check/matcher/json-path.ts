/** The small part of JSONPath that a check needs: `$.a.b[0]["c d"]`, `[-1]` for the last. */

export type JsonPath = readonly (string | number)[];

const STEP = /\.([A-Za-z_][\w-]*)|\[(-?\d+)\]|\[(?:"([^"]*)"|'([^']*)')\]/y;

/** The steps of a path; undefined when it is not one. `$` alone is the whole. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const step = STEP.exec(text);
    if (!step) return undefined;
    steps.push(step[2] !== undefined ? Number(step[2]) : (step[1] ?? step[3] ?? step[4])!);
  }
  return steps;
}

/** What the path leads to; undefined when it leads nowhere. Own properties only: `$.constructor` finds nothing. */
export function followJsonPath(value: unknown, path: JsonPath): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) at = typeof step === 'number' ? at.at(step) : undefined;
    else at = Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : undefined;
  }
  return at;
}
