/** Walks to export: a small lesson through the real parser, what became of it through the real reducer. */

import type { Verdict } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import type { ExportOptions, Walk } from '../../src/export/model.ts';
import { exportWords } from '../../src/export/words.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';

export const OPTIONS: ExportOptions = { words: exportWords('en'), version: '1.2.3' };
export const START = Date.UTC(2026, 10, 23, 12, 0, 0);

export const TEXT = `---
title: A cable & more
summary: Two ends, <one> cable.
---
Before the first heading. [A page](https://example.com/?a=1&b=2), [a neighbour](../02-next/lesson.md),
![a picture](https://example.com/x.png) and <b>no markup</b>.

## Lay \`it\`
\`\`\`sh {.run #lay}
ip link add near type veth peer name far
\`\`\`
\`\`\`sh {.task #up points=2}
# yours
\`\`\`
\`\`\`md {.hint}
Look at \`ip link\`.
\`\`\`
\`\`\`sh {.solution}
ip link set near up
\`\`\`
\`\`\`text
only shown
\`\`\`
\`\`\`md {.quiz #which}
Which end is up?
- [ ] both \`ends\` -- the other one is down
- [x] near -- it was set
\`\`\`
## The end
Nothing more.
`;

export function lessonOf(text = TEXT): Lesson {
  const parsed = parseLesson('/course/01-cable/lesson.md', text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
  return parsed.lesson;
}

export function verdictOf(fields: Partial<Verdict>): Verdict {
  return {
    check: 'lay/1',
    kind: 'interface',
    state: 'pass',
    title: 'there is an interface near on host',
    expected: 'there is an interface near on host',
    found: 'near',
    differences: [],
    points: 0,
    looks: 1,
    durationMs: 1,
    host: 'host',
    netns: '',
    place: { file: 'lesson.md', line: 1, column: 1 },
    ...fields,
  };
}

/** One run of a cell, begun at so many milliseconds after the start. */
export function ran(
  cell: string,
  at: number,
  run: { text?: string; stdout?: string; stderr?: string; verdicts?: readonly Verdict[]; ms?: number },
): SessionEvent[] {
  const { text = 'ip link', stdout = '', stderr = '', verdicts = [], ms = 40 } = run;
  const begin = START + at;
  const end = begin + ms;
  return [
    { at: begin, type: 'cell-started', cell, text, by: 'learner' },
    { at: end, type: 'cell-finished', cell, outcome: 'exited', exit: 0, stdout, stderr, durationMs: ms },
    { at: end, type: 'checks-started', cell },
    ...verdicts.map((verdict): SessionEvent => ({ at: end + 5, type: 'check-judged', cell, verdict })),
    { at: end + 6, type: 'checks-finished', cell },
  ];
}

export function walkOf(events: readonly SessionEvent[], lesson = lessonOf()): Walk {
  const state = events.reduce((one, event) => reduce(one, event, lesson), initialState(lesson, START));
  return { lesson, state, events, source: 'session', at: START };
}

export const FAILED = verdictOf({
  state: 'fail',
  title: 'interface near on host is UP',
  expected: 'interface near on host is UP',
  found: 'near <BROADCAST,MULTICAST> mtu 1500',
  differences: [{ field: 'state', expected: 'UP', found: 'DOWN' }],
  explanation: {
    cause: 'near is DOWN.',
    advice: 'Bring it up.',
    steps: [{ question: 'Is there near?', answer: 'Yes.', state: 'ok' }],
  },
});
