/** What the attacks are aimed at: a lesson with a key, graded for real. */
import { attempt } from '../../src/grade/attempt.ts';
import type { GradeRecord } from '../../src/grade/model.ts';
import { planFor } from '../../src/grade/score/items.ts';
import { gradeOf } from '../../src/grade/score/score.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import type { Grade } from '../../src/report/grades/grade.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { lessonFrom } from './lessons.ts';

/** Words of the key that must be found nowhere. */
export const SECRET = 'xyzzy-quux-4711';

const TEXT = `---
title: Attacked
---
\`\`\`sh {.task #work points=2 timeout=2s}
# d0 with 10.9.0.1/24, up; and 10.9.9.9 on lo
\`\`\`
\`\`\`yaml {.expect}
- interface: d0
  id: d0
  state: up
  address: 10.9.0.1/24
- ping: 10.9.9.9
  id: lo
\`\`\`
\`\`\`sh {.solution}
ip link add d0 type veth peer name e0; ip link set e0 up; ip addr add 10.9.0.1/24 dev d0; ip link set d0 up
ip link set lo up; ip addr add 10.9.9.9/32 dev lo
\`\`\`
\`\`\`sh {.task #after points=1 timeout=2s needs=ip}
# d1
\`\`\`
\`\`\`yaml {.expect}
- interface: d1
  id: d1
\`\`\`
\`\`\`sh {.solution}
ip link add d1 type veth peer name e1; ip addr add 10.8.8.8/32 dev lo
\`\`\`
`;

const KEY = `work:
  - route: 10.9.0.0/24
    id: ${SECRET}-route
    dev: d0
    points: 1
    says: ${SECRET} says the route
  - ping: 10.9.0.1
    id: ${SECRET}-ping
    points: 1
after:
  - ping: 10.8.8.8
    id: ${SECRET}-last
    points: 1
`;

export const attacked: Lesson = lessonFrom(TEXT, { key: KEY });
/** All of it, as the author would write it: 6 points. */
export const RIGHT = {
  work: 'ip link add d0 type veth peer name e0; ip link set e0 up; ip addr add 10.9.0.1/24 dev d0; ip link set d0 up\nip link set lo up; ip addr add 10.9.9.9/32 dev lo',
  after: 'ip link add d1 type veth peer name e1; ip addr add 10.8.8.8/32 dev lo',
} as const;

export interface Attacked {
  record: GradeRecord;
  grade: Grade;
  /** Points. */
  earned: number | undefined;
  printed: string;
}

export async function attack(
  answers: Readonly<Record<string, string>>,
  lesson: Lesson = attacked,
  attempts = 1,
): Promise<Attacked> {
  const submission = { learner: 'eve', source: 'eve.md', answers, help: {}, notes: [] };
  const record = await attempt(submission, {
    lesson,
    driver: embedded,
    version: '0',
    signal: new AbortController().signal,
    attempts,
    timeoutMs: 90_000,
  });
  const grade = gradeOf(planFor(lesson), record);
  const printed = record.walks
    .flatMap((walk) => walk.cells.map(({ ran }) => `${ran?.stdout ?? ''}${ran?.stderr ?? ''}`))
    .join('');
  return {
    record,
    grade,
    earned: grade.earnedMilli === undefined ? undefined : grade.earnedMilli / 1000,
    printed,
  };
}
