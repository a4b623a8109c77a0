/** A learner who mends something in a shell and breaks something else by it: what, is told while they are at it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { drillLesson } from '../../../src/drill/lesson.ts';
import { makeDrill } from '../../../src/drill/make.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';
import { drillInChinese } from '../../../src/page/said/zh-drill.ts';
import type { Pty } from '../../../src/sandbox/contract.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import { openSession } from '../../../src/session/open.ts';
import type { Session } from '../../../src/session/session.ts';

/** The first drill by seed of the name server, where a page by its address must go on coming. */
const drill = makeDrill({ seed: '3', level: 2, topic: 'dns' })!;
const parsed = parseLesson('drill/lesson.md', drillLesson(drill, drillInChinese), vocabulary);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
const { lesson } = parsed;
const { server, flows } = drill.network;
const page = flows.find(({ id }) => id === 'address')!;

let session: Session;
let pty: Pty;
beforeAll(async () => {
  await embedded.prepare();
  session = openSession({ lesson, driver: embedded, version: '0' });
  pty = await session.openPty('host', { columns: 80, rows: 24, onData: () => {} });
}, 600_000);
afterAll(() => session.close());

const cell = () => session.getState().cells.mend!;
const failing = () => cell().verdicts.filter(({ state }) => state === 'fail');

test('which check was broken is told and no cause, no failure of a try is made of it; mended, it is gone and the drill done', async () => {
  // what works is looked at before anything is done
  await expect.poll(() => session.watch().then(() => cell().status), { timeout: 20_000 }).toBe('waiting');
  expect(failing()).toEqual([]);
  pty.write(`ip netns exec ${server} iptables -A INPUT -p tcp --dport 80 -j DROP\r`);
  await expect.poll(() => failing().map(({ check }) => check), { timeout: 30_000 }).toEqual(['address']);
  const [told] = failing();
  expect(told).toMatchObject({ title: expect.stringContaining(String(page.check.curl)) });
  expect(told!.explanation).toBeUndefined();
  expect(cell()).toMatchObject({ status: 'waiting', attempts: 0, watched: { broken: [told!.title] } });

  pty.write(`ip netns exec ${server} iptables -F INPUT\r`);
  await expect.poll(failing, { timeout: 30_000 }).toEqual([]);
  pty.write(`${drill.faults.map(({ mend }) => mend.replaceAll('\n', '; ')).join('; ')}\r`);
  await expect.poll(() => cell().status, { timeout: 30_000 }).toBe('passed');
}, 150_000);

test('what never held was broken by nobody: it is not told as that', async () => {
  const text = [
    '---',
    'title: Silence',
    '---',
    '## Step',
    '```sh {.task #mend}',
    '# anything',
    '```',
    '```yaml {.expect}',
    '- {netns: done, id: done}',
    '- {ping: 192.0.2.9, id: silent, invariant: true, within: 2s}',
    '```',
    '```sh {.solution}',
    'ip netns add done',
    '```',
  ].join('\n');
  const silence = parseLesson('silence/lesson.md', text, vocabulary);
  if (!silence.ok) throw new Error(JSON.stringify(silence.diagnostics));
  const own = openSession({ lesson: silence.lesson, driver: embedded, version: '0' });
  try {
    // a neighbour that does not answer: the probe takes longer than a look may
    const setUp = await own.openPty('host', { columns: 80, rows: 24, onData: () => {} });
    setUp.write(
      'ip link add s0 type veth peer name s1; ip addr add 192.0.2.1/24 dev s0; ip link set s0 up; ip link set s1 up\r',
    );
    const state = () => own.getState().cells.mend!;
    for (let looks = 0; looks < 6; looks++) {
      await own.watch();
      expect(state().verdicts).toEqual([]);
      expect(state().watched?.broken ?? []).toEqual([]);
      setUp.write(`touch /tmp/${looks}\r`);
    }
  } finally {
    await own.close();
  }
}, 90_000);
