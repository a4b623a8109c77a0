/** Who reads the ticket and mends in a shell, without ever going to the cell, is seen to have mended. */
import { expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { drillLesson } from '../../src/drill/lesson.ts';
import { makeDrill } from '../../src/drill/make.ts';
import { DrillTally } from '../../src/drill/tally.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { openSession } from '../../src/session/open.ts';

test('a drill that is mended in a shell is mended, with its commands counted', async () => {
  const drill = makeDrill({ seed: '7', level: 4, topic: 'nat' })!;
  const parsed = parseLesson('drill/lesson.md', drillLesson(drill), vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  await embedded.prepare();
  const tally = new DrillTally();
  const session = openSession({
    lesson: parsed.lesson,
    driver: embedded,
    version: '0',
    onEvent: (event) => tally.add(event),
  });
  try {
    const pty = await session.openPty('host', { columns: 80, rows: 24, onData: () => {} });
    pty.write('iptables -t nat -S >/tmp/seen\r');
    await expect.poll(() => tally.result()?.commands, { timeout: 20_000 }).toBe(1);
    expect(tally.result()?.mended).toBe(false);
    for (const mend of drill.faults.map((fault) => fault.mend)) pty.write(`${mend}\r`);
    await expect.poll(() => tally.result()?.mended, { timeout: 50_000, interval: 100 }).toBe(true);
    expect(tally.result()).toMatchObject({ commands: 2, hints: 0, solution: false });
  } finally {
    await session.close();
  }
}, 90_000);
