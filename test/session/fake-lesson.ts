/** Lessons as data, and a check engine of one kind: `file`, which holds when a path is there. */
import type { Check, Verdict } from '../../src/check/model.ts';
import type { Cell, Lesson } from '../../src/lesson/model.ts';
import type { CheckEngine, Seen } from '../../src/session/engine.ts';

const place = (line: number) => ({ file: '/lessons/cable/lesson.md', line, column: 1 });

export function fileCheck(path: string, fields: Partial<Check> = {}): Check {
  return {
    id: `is-${path}`,
    kind: 'file',
    host: 'host',
    netns: '',
    withinMs: 0,
    holdsMs: 0,
    not: false,
    points: 0,
    invariant: false,
    spec: { path },
    variables: [],
    place: place(1),
    ...fields,
  };
}

export function cell(id: string, text: string, fields: Partial<Cell> = {}): Cell {
  return {
    id,
    number: 1,
    role: 'run',
    language: 'sh',
    text,
    host: 'host',
    timeoutMs: 30_000,
    background: false,
    interactive: false,
    exit: 0,
    points: 0,
    needs: [],
    expects: [],
    outputs: [],
    hints: [],
    step: 0,
    place: place(10),
    ...fields,
  };
}

export function lessonOf(cells: readonly Cell[], fields: Partial<Lesson> = {}): Lesson {
  const numbered = cells.map((one, index) => ({ ...one, number: index + 1 }));
  return {
    file: '/lessons/cable/lesson.md',
    id: 'cable',
    language: 'en',
    title: 'A cable',
    summary: '',
    hosts: [{ name: 'host' }],
    needs: [],
    blocks: numbered.map((one) => ({ kind: 'cell', cell: one, line: one.place.line })),
    steps: [{ title: 'A cable', from: 0, to: numbered.length }],
    notes: [],
    cells: numbered,
    setups: [],
    hash: 'h1',
    ...fields,
  };
}

const put = (text: string, seen: Pick<Seen, 'values'>): string =>
  text.replace(/\$(\w+)/g, (_, name: string) => seen.values[name] ?? '<unset>');

const pathOf = (check: Check, seen: Pick<Seen, 'values'>) => put((check.spec as { path: string }).path, seen);

export const fileEngine: CheckEngine = {
  needs: (asked) =>
    asked.map(({ check, values }) => ({ read: 'file', host: check.host, path: pathOf(check, { values }) })),
  judge(check, seen): Verdict {
    const path = pathOf(check, seen);
    const file = seen.observation.hosts[check.host]?.files[path];
    const holds = file?.exists === true;
    const state = file === undefined ? 'broken' : holds !== check.not ? 'pass' : 'fail';
    return {
      check: check.id,
      kind: check.kind,
      state,
      title: check.says ?? `${path} is there`,
      expected: `${path} is there`,
      found: holds ? 'it is' : 'it is not',
      differences: [],
      points: check.points,
      looks: 1,
      durationMs: 0,
      host: check.host,
      netns: check.netns,
      place: check.place,
    };
  },
  explainNeeds: (asked) => asked.map(({ check }) => ({ read: 'process', host: check.host })),
  explain: () => ({ cause: 'nobody made it', advice: 'look at touch', steps: [] }),
};
