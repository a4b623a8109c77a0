import { describe, expect, test } from 'vitest';
import { translationSkeleton } from '../../src/lesson/translation/skeleton.ts';
import { lessonOf } from './helpers/marked.ts';

describe('what a translation begins as', () => {
  const begin = (text: string) => translationSkeleton(text, lessonOf(text, 'course/01-x/lesson.md'));

  test('is the original without what stands once, with the words of its checks', () => {
    expect(
      begin(`---
title: A cable
summary: Lay it.
needs: [ip]
---
Before.

\`\`\`sh {.setup}
true
\`\`\`

## Lay it

\`\`\`sh {.run #lay on=host}
ip link add a type veth peer name b
\`\`\`
\`\`\`yaml {.expect}
- interface: a
  says: "the cable is there"
- ping: 10.0.0.1
  id: reply
\`\`\`
\`\`\`yaml {.expect}
- ping: 10.0.0.2
  says: another reply
\`\`\`

After.

\`\`\`sh {.run}
ls
\`\`\`
\`\`\`yaml {.expect}
- interface: a
\`\`\`
`),
    ).toBe(`---
title: "A cable"
summary: "Lay it."
of: "a7d4 b737"
---
Before.

## Lay it

\`\`\`sh {.run #lay on=host}
ip link add a type veth peer name b
\`\`\`
\`\`\`yaml {.says}
lay/1: "the cable is there"
# reply: 
\`\`\`
\`\`\`yaml {.says}
lay/3: "another reply"
\`\`\`

After.

\`\`\`sh {.run}
ls
\`\`\`
`);
  });
});
