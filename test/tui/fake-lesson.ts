/** A lesson with one of everything, parsed by the real parser; every kind of check is taken as it is. */
import type { CheckVocabulary, Lesson } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';

const anything: CheckVocabulary = {
  kinds: ['interface', 'ping', 'output'],
  parse: (_kind, fields) => ({ ok: true, spec: fields }),
};

const TEXT = `---
title: Two namespaces and a cable
summary: What the smallest network is made of.
hosts:
  - name: host
    address: 172.17.0.33/16
---
A namespace is **not** a machine. It is a *view*: the same kernel, another list of \`interfaces\`.
See [the manual](https://example.org/netns) for more, or read on.

> Predict first, then run.

1. make two namespaces
2. lay a cable
   - one end here
   - one end there

| name | address |
| ---- | ------: |
| client | 10.0.0.11 |
| server | 10.0.0.12 |

## Lay the cable

What will \`ip link\` say of a cable that nobody has switched on?

\`\`\`sh {.run #lay-cable timeout=20s}
# both ends at once
ip link add veth-client type veth peer name "veth-server"
for i in 1 2 3; do echo "$i"; done
\`\`\`
\`\`\`yaml {.expect}
- interface: veth-client
- interface: veth-server
\`\`\`

## Give addresses

Now it is up to you.

\`\`\`sh {.task #addresses points=2}
# give both ends an address and bring them up
\`\`\`
\`\`\`yaml {.expect}
- ping: 10.0.0.12
\`\`\`
\`\`\`md {.hint}
Think of \`ip addr add\`.
\`\`\`
\`\`\`md {.hint}
And of \`ip link set ... up\`.
\`\`\`
\`\`\`sh {.solution}
ip addr add 10.0.0.11/24 dev veth-client
\`\`\`

\`\`\`md {.quiz #state}
Which word says that the *other end* is up too?

- [ ] UP: that is only this end's flag
- [x] LOWER_UP: the carrier is there
\`\`\`

## Much to read

\`\`\`sh {.run #much}
seq 1 100000
\`\`\`

\`\`\`sh {.run #slow}
sleep 1000
\`\`\`

That was all.
`;

export function fakeLesson(text = TEXT): Lesson {
  const parsed = parseLesson('fake/lesson.md', new TextEncoder().encode(text), anything);
  if (!parsed.ok)
    throw new Error(parsed.diagnostics.map((one) => `${one.place.line}: ${one.message}`).join('\n'));
  return parsed.lesson;
}
