/** A real lesson on the real sandbox: parsed, run, observed, judged, remembered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { openJournal } from '../../src/session/journal.ts';
import { openSession } from '../../src/session/open.ts';
import { testLesson } from '../../src/session/test-lesson.ts';

const TEXT = `---
title: A cable
needs: [ip, ping, veth]
---
## Lay it
\`\`\`sh {.setup}
mkdir /tmp/ready
\`\`\`
\`\`\`sh {.run #lay}
cd /tmp/ready
PEER=10.0.0.12
ip netns add client
ip link add near type veth peer name far
ip link set far netns client
echo "laid in $PWD"
\`\`\`
\`\`\`text {.output}
laid in /tmp/ready
\`\`\`
\`\`\`yaml {.expect}
- interface: near
  state: down
  peer: {name: far, in: client}
- ping: $PEER
  fails: unreachable-network
  in: client
\`\`\`
\`\`\`sh {.task #addresses points=2}
# yours
\`\`\`
\`\`\`yaml {.expect}
- ping: $PEER
  within: 5s
\`\`\`
\`\`\`sh {.solution}
ip addr add 10.0.0.11/24 dev near && ip link set near up
ip -n client addr add $PEER/24 dev far && ip -n client link set far up
\`\`\`
\`\`\`sh {.run #away timeout=300ms exit=any}
sleep 20
\`\`\`
`;

let lesson: Lesson;
let folder: string;
beforeAll(async () => {
  await embedded.prepare();
  const parsed = parseLesson('/lessons/cable/lesson.md', TEXT, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
  lesson = parsed.lesson;
  folder = mkdtempSync(join(tmpdir(), 'wirebook-embedded-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('wirebook test: what is right passes, a cell that does not end in time fails, and says so', async () => {
  const { cells, because } = await testLesson(lesson, embedded);
  expect(because).toBeUndefined();
  const told = cells.map((cell) => [cell.id, cell.checks.map((check) => [check.verdict.check, check.state])]);
  expect(told).toEqual([
    [
      'lay',
      [
        ['lay/exit', 'pass'],
        ['lay/output-1', 'pass'],
        ['lay/1', 'pass'],
        ['lay/2', 'pass'],
      ],
    ],
    [
      'addresses',
      [
        ['addresses/exit', 'pass'],
        ['addresses/1', 'pass'],
      ],
    ],
    ['away', [['away/exit', 'fail']]],
  ]);
  expect(cells[2]!.checks[0]!.verdict.found).toBe('it was still running after 300 ms and was ended');
});

test('a walk that was cut short goes on: done cells are run again, a wrong answer is explained', async () => {
  const open = () =>
    openSession({
      lesson,
      driver: embedded,
      journal: openJournal({ path: join(folder, 'l.ndjson'), lesson }),
      version: '0',
    });
  const first = open();
  first.act({ do: 'run-cell', cell: 'lay' });
  first.act({ do: 'run-cell', cell: 'addresses', text: 'ip addr add 10.0.0.11/24 dev near' });
  await first.idle();
  expect(first.getState().cells.lay!.status).toBe('passed');
  const failed = first.getState().cells.addresses!;
  expect(failed.status).toBe('failed');
  expect(failed.verdicts.find((verdict) => verdict.state === 'fail')!.explanation!.cause).not.toBe('');
  await first.close();

  const second = open();
  try {
    expect(second.getState().cells.addresses!.answer).toBe('ip addr add 10.0.0.11/24 dev near');
    // The wrong answer was done again as well, and what is said of it is of this sandbox.
    await second.idle();
    expect(second.getState().cells.addresses).toMatchObject({ status: 'failed', by: 'replay', attempts: 1 });
    expect(second.getState().cells.addresses).not.toHaveProperty('replayed');
    second.act({
      do: 'run-cell',
      cell: 'addresses',
      text: `ip addr del 10.0.0.11/24 dev near && ${lesson.cells[1]!.solution}`,
    });
    await second.idle();
    const { cells, points } = second.getState();
    expect(cells.lay).toMatchObject({ status: 'passed', by: 'replay' });
    expect(cells.addresses!.status).toBe('passed');
    expect(points).toEqual({ earned: 2, possible: 2 });
  } finally {
    await second.close();
  }
});
