/** Lessons of the tests, as text and read. */
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseKey, withKey } from '../../src/lesson/key.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';

/** Two namespaces, a cable, addresses, and a route that a guard looks after. */
export const CABLE = `---
title: A cable
needs: [ip, ping]
---
## Rooms
\`\`\`sh {.task #rooms points=2}
# make the namespaces red and blue
\`\`\`
\`\`\`yaml {.expect}
- netns: red
  id: red
- netns: blue
  id: blue
\`\`\`
\`\`\`sh {.solution}
ip netns add red
ip netns add blue
\`\`\`
## Cable
\`\`\`sh {.task #cable points=2}
# lay a cable: r0 in red, b0 in blue
\`\`\`
\`\`\`yaml {.expect}
- interface: r0
  in: red
  id: r0
- interface: b0
  in: blue
  id: b0
\`\`\`
\`\`\`sh {.solution}
ip link add r0 type veth peer name b0
ip link set r0 netns red
ip link set b0 netns blue
\`\`\`
## Addresses
\`\`\`sh {.task #addresses points=3}
# 10.7.0.1/24 and 10.7.0.2/24, both ends up
\`\`\`
\`\`\`yaml {.expect}
- interface: r0
  in: red
  id: r0-address
  address: 10.7.0.1/24
- interface: b0
  in: blue
  id: b0-address
  address: 10.7.0.2/24
- ping: 10.7.0.2
  in: red
  id: reach
\`\`\`
\`\`\`md {.hint}
Two commands an end.
\`\`\`
\`\`\`sh {.solution}
ip -n red addr add 10.7.0.1/24 dev r0
ip -n blue addr add 10.7.0.2/24 dev b0
ip -n red link set r0 up
ip -n blue link set b0 up
\`\`\`
`;

export const SOLUTIONS: Readonly<Record<string, string>> = {
  rooms: 'ip netns add red\nip netns add blue',
  cable: 'ip link add r0 type veth peer name b0\nip link set r0 netns red\nip link set b0 netns blue',
  addresses:
    'ip -n red addr add 10.7.0.1/24 dev r0\nip -n blue addr add 10.7.0.2/24 dev b0\nip -n red link set r0 up\nip -n blue link set b0 up',
};

export function lessonFrom(text: string, { key, seed }: { key?: string; seed?: string } = {}): Lesson {
  const parsed = parseLesson('/course/cable/lesson.md', text, vocabulary, seed === undefined ? {} : { seed });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  if (key === undefined) return parsed.lesson;
  const read = parseKey('/course/cable/lesson.key.yaml', key, parsed.lesson, vocabulary);
  if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  return withKey(parsed.lesson, read.key);
}

export const cable = (): Lesson => lessonFrom(CABLE);
