/** Whatever JSON comes, before the hello or after it: the host answers or lets go, serves the others, and keeps only what fits. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { learnerEventSchema } from '../../../src/board/events.ts';
import { anyInstructorEvent, anyLearnerEvent } from '../../board/a-class.ts';
import { connected, type Held, hold, instructor, joined, newLearner } from '../host/a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());

const strange = fc.constantFrom<unknown>(
  null,
  -1,
  0,
  1.5,
  1e308,
  '',
  '\u0000',
  [],
  {},
  true,
  'x'.repeat(3000),
);

/** A message that is right but for one field, which is another, missing, or one too many. */
const mutated = (message: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc
    .tuple(message, fc.nat(), strange, fc.constantFrom('other', 'missing', 'more'))
    .map(([one, which, value, how]) => {
      const keys = Object.keys(one);
      const key = keys[which % keys.length]!;
      if (how === 'more') return { ...one, [`x${which}`]: value };
      if (how === 'other') return { ...one, [key]: value };
      return Object.fromEntries(Object.entries(one).filter(([name]) => name !== key));
    });

const say = (event: fc.Arbitrary<object>, n = 1) =>
  event.map((one) => ({ type: 'say', n, at: 1, event: one }));

test('before the hello', async () => {
  const { port } = held.served;
  const hello = fc.oneof(
    mutated(fc.constant(newLearner('Eve'))),
    mutated(fc.constant(instructor())),
    mutated(say(anyLearnerEvent)),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(hello, async (message) => {
      const client = await connected(port, message as object);
      const answer = await client.answered();
      expect(answer).not.toMatch(/^no answer/);
      client.close();
    }),
    { numRuns: 80 },
  );
  const bob = await joined(port, 'Bob');
  bob.client.say({ type: 'hand', up: true });
  await bob.client.next('heard');
});

test('of a learner', async () => {
  const { port } = held.served;
  let count = 0;
  const kept: unknown[] = [];
  held.served.on((_, { from, event }) => {
    if (from.startsWith('learner:')) kept.push(event);
  });
  const message = fc.oneof(
    mutated(say(anyLearnerEvent)),
    say(mutated(anyLearnerEvent) as fc.Arbitrary<object>),
    say(anyInstructorEvent),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(message, async (one) => {
      const eve = await joined(port, `Eve ${count++}`, {
        consent: { progress: true, outputs: true, transcript: true },
      });
      eve.client.raw(JSON.stringify(one));
      // Either it was one that a learner may say, or it is let go.
      const said = one as { event?: unknown; n?: number } | null;
      if (learnerEventSchema.safeParse(said?.event).success && said?.n === 1)
        await Promise.race([eve.client.next('heard'), eve.client.closed]);
      else await eve.client.closed;
      eve.client.close();
    }),
    { numRuns: 80 },
  );
  const bob = await joined(port, 'Bob');
  bob.client.say({ type: 'hand', up: true });
  await bob.client.next('heard');
  expect(kept.filter((event) => !learnerEventSchema.safeParse(event).success)).toEqual([]);
  expect(held.served.book.ended).toBe(false);
  expect(held.served.book.boardWithoutRows(0).announcements).toEqual([]);
});
