/** Who uses another's numbers, and whose words are alike: told for people to look at, never as a verdict. */
import { describe, expect, test } from 'vitest';
import { seedOf } from '../../src/grade/seeds.ts';
import { type Answered, compare, foreignValues, strangeNumbers } from '../../src/grade/similarity/compare.ts';
import { lessonFrom } from './lessons.ts';

const TEXT = `---
title: A route
params:
  lan: {subnet: 10.0.0.0/8}
  near: {address: lan}
  port: {int: [20000, 60000]}
---
\`\`\`sh {.task #route points=1}
# yours
\`\`\`
\`\`\`yaml {.expect}
- interface: lo
  address: "{{near}}/24"
\`\`\`
\`\`\`sh {.solution}
ip addr add {{near}}/24 dev lo
ip link set lo up
\`\`\`
`;
const SECRET = 'a secret of sixteen letters';
const lessonFor = (learner: string) => lessonFrom(TEXT, { seed: seedOf(SECRET, learner) });
const valuesOf = (learner: string) => lessonFor(learner).params!.values;
/** `{{near}}` is of `of`, as after copying. */
const answered = (learner: string, text: string, of = learner): Answered => ({
  learner,
  answers: { route: text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => valuesOf(of)[name]!) },
  values: valuesOf(learner),
});
const pairs = (all: readonly Answered[]) =>
  compare(lessonFor('nobody'), all).map(({ learners }) => learners.join(' '));

describe('seeds', () => {
  test('come of the secret and the learner, and of nothing else', () => {
    expect(seedOf(SECRET, 'ada')).toBe(seedOf(SECRET, 'ada'));
    expect(seedOf(SECRET, 'ada')).toMatch(/^[0-9a-f]{32}$/);
    expect(
      new Set([seedOf(SECRET, 'ada'), seedOf(SECRET, 'bo'), seedOf('another secret of letters', 'ada')]).size,
    ).toBe(3);
    // The same name written by another keyboard is the same learner.
    expect(seedOf(SECRET, 'Zo\u00eb')).toBe(seedOf(SECRET, 'Zoe\u0308'));
  });
  test('give each learner other numbers, and the grader the same ones', () => {
    expect(valuesOf('ada')).toEqual(valuesOf('ada'));
    expect(valuesOf('ada').near).not.toBe(valuesOf('bo').near);
  });
});

describe('another’s numbers', () => {
  test('show a copy, with whose they are', () => {
    const all = [
      answered('ada', 'ip addr add {{near}}/24 dev lo'),
      answered('bo', 'ip addr add {{near}}/24 dev lo', 'ada'),
    ];
    expect(foreignValues(all)).toEqual([
      { learner: 'bo', of: 'ada', cell: 'route', param: 'near', value: valuesOf('ada').near },
    ]);
  });
  test('that are one’s own too, or part of a longer word, show nothing', () => {
    const near = valuesOf('ada').near!;
    expect(
      foreignValues([answered('ada', ''), answered('bo', `ip addr add ${near}9/24 dev lo; echo x${near}`)]),
    ).toEqual([]);
    const same = { ...answered('bo', `ip addr add ${near}/24 dev lo`), values: valuesOf('ada') };
    expect(foreignValues([answered('ada', ''), same])).toEqual([]);
  });
});

test('a class that uses no number of its own was given others: that is told', () => {
  const elsewhere = (learner: string): Answered => ({
    ...answered(learner, ''),
    answers: { route: 'ip addr add 10.200.3.4/24 dev lo' },
  });
  const own = answered('cy', 'ip addr add {{near}}/24 dev lo');
  expect(strangeNumbers([elsewhere('ada'), elsewhere('bo')])).toBe(true);
  expect(strangeNumbers([elsewhere('ada'), own])).toBe(false);
  expect(strangeNumbers([answered('ada', 'true')])).toBe(false);
  expect(strangeNumbers([])).toBe(false);
});

describe('alike', () => {
  const own = (words: string): string =>
    `for i in 1 2 3; do\n  ip addr add {{near}}/24 dev lo 2>/dev/null && echo ${words} && break\ndone\nip link set lo up mtu 9000 promisc on`;
  test('are those who share what few others have, also with the numbers exchanged', () => {
    const all = [
      answered('ada', own('done')),
      answered('bo', own('done')),
      answered(
        'cy',
        'ip -4 address add {{near}}/24 broadcast + dev lo valid_lft forever\nip link set dev lo up',
      ),
      answered('di', 'ip -batch - <<END\naddr add {{near}}/24 dev lo\nlink set lo up\nEND\ntrue'),
    ];
    expect(pairs(all)).toEqual(['ada bo']);
  });
  test('are not those who wrote what the lesson itself says, nor what all of the class has', () => {
    const solution = 'ip addr add {{near}}/24 dev lo\nip link set lo up';
    expect(pairs(['ada', 'bo', 'cy'].map((learner) => answered(learner, solution)))).toEqual([]);
    expect(pairs(Array.from({ length: 10 }, (_, i) => answered(`l${i}`, own('done'))))).toEqual([]);
  });
  test('stays quick for a class of hundreds', () => {
    const all = Array.from({ length: 400 }, (_, i) => answered(`l${i}`, own(`word${i} other${i % 7}`)));
    const began = performance.now();
    compare(lessonFor('nobody'), all);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
