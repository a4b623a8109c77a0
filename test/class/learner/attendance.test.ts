import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTHING_SHARED } from '../../../src/board/classroom.ts';
import { type Consent, type LearnerEvent, learnerEventSchema } from '../../../src/board/events.ts';
import { LIMITS } from '../../../src/board/limits.ts';
import { type LearnerClassroom, openClassroom } from '../../../src/class/learner/classroom.ts';
import { beginMemory } from '../../../src/class/learner/memory.ts';
import type { PtyOptions } from '../../../src/sandbox/contract.ts';
import { fakeLesson } from '../../tui/fake-lesson.ts';
import { FakeSession } from '../../tui/fake-session.ts';
import { isOwn, type ScriptedHost, SECRET, scriptedHost, until } from '../helpers/scripted-host.ts';

const lesson = fakeLesson();
let state: string;
let host: ScriptedHost;
let classroom: LearnerClassroom;
let folder: string;

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'wirebook-attend-'));
  host = await scriptedHost();
});
afterEach(async () => {
  await classroom.close(0);
  await host.close();
  rmSync(state, { recursive: true, force: true });
});

async function attend(
  consent: Partial<Consent> = {},
  openPty?: (h: string, options: PtyOptions) => Promise<never>,
) {
  const memory = beginMemory(state, {
    address: '127.0.0.1',
    code: 'code',
    name: 'Ada',
    consent: { progress: true, outputs: false, transcript: false, ...consent },
  });
  folder = memory.folder;
  classroom = openClassroom({
    memory,
    address: { host: '127.0.0.1', port: host.port },
    secret: SECRET,
    verify: isOwn,
    version: 'test',
    pace: { firstWaitMs: 10, longestWaitMs: 50, pingMs: 1000, silenceMs: 5000 },
  });
  await until(() => classroom.getState().connection.state === 'connected');
  const inner = new FakeSession(lesson, { takesMs: 1, ...(openPty ? { openPty } : {}) });
  return { inner, session: classroom.attend(inner) };
}

const said = () => host.heard.map(({ event }) => event).filter(({ type }) => type !== 'reaction');
const of = <T extends LearnerEvent['type']>(type: T) =>
  said().filter((event): event is Extract<LearnerEvent, { type: T }> => event.type === type);
const allHeard = async () => {
  // What was done before is told before what is said.
  classroom.act({ do: 'react', reaction: 'understood' });
  await until(() => classroom.getState().unsent === 0, 'all is heard');
};

describe('progress', () => {
  test('says which lesson, where, how each cell went, and that it is done', async () => {
    const { session } = await attend();
    session.act({ do: 'run-cell', cell: 'lay-cable' });
    await session.idle();
    session.act({ do: 'move', block: lesson.steps[2]!.from });
    session.act({ do: 'run-cell', cell: 'addresses', text: 'wrong' });
    await session.idle();
    session.act({ do: 'show-hint', cell: 'addresses' });
    await allHeard();
    expect(of('lesson-opened')).toEqual([{ type: 'lesson-opened', lesson: lesson.id, hash: lesson.hash }]);
    expect(of('moved').map(({ step }) => step)).toEqual([0, 2]);
    expect(of('cell').find(({ cell }) => cell === 'lay-cable')).toMatchObject({
      status: 'passed',
      attempts: 1,
      holding: 2,
      failing: [],
    });
    expect(of('cell').findLast(({ cell }) => cell === 'addresses')).toMatchObject({
      status: 'failed',
      attempts: 1,
      hints: 1,
      holding: 0,
      failing: [
        {
          state: 'fail',
          kind: 'ping',
          because: 'veth-client has no address, so there is no route.',
        },
      ],
    });
  });

  test('alone is what is shared at first: nothing that was printed or written', async () => {
    const { session } = await attend();
    session.act({ do: 'run-cell', cell: 'addresses', text: 'my own words' });
    await session.idle();
    await allHeard();
    const all = JSON.stringify(host.received);
    expect(all).not.toContain('my own words');
    expect(all).not.toContain('veth-client@veth-server');
    expect(of('output')).toEqual([]);
  });

  test('what was done before the class began is told as it stands', async () => {
    const { inner } = await attend();
    inner.act({ do: 'run-cell', cell: 'lay-cable' });
    await inner.idle();
    await inner.close();
    await allHeard();
    host.cutAll();
    classroom.attend(inner);
    await allHeard();
    expect(of('lesson-opened')).toHaveLength(2);
    expect(of('cell').at(-1)).toMatchObject({ cell: 'lay-cable', status: 'passed' });
  });

  test('a cell that is started again and again keeps to the rate that the host allows', async () => {
    const { session, inner } = await attend();
    for (let n = 0; n < 400; n++) {
      inner.tell({ type: 'cell-started', cell: 'slow', text: 'x', by: 'learner' });
      inner.tell({ type: 'reset' });
    }
    await session.idle();
    await allHeard();
    expect(host.received.length).toBeLessThan(20);
  });
});

describe('outputs', () => {
  test('are told once a run, as a terminal shows them', async () => {
    const { session } = await attend({ outputs: true });
    session.act({ do: 'run-cell', cell: 'addresses', text: 'ip evil' });
    await session.idle();
    await allHeard();
    expect(of('output')).toHaveLength(1);
    expect(of('output')[0]).toMatchObject({ cell: 'addresses', text: 'ip evil' });
    expect(of('output')[0]!.output).toContain('red after');
    expect(JSON.stringify(of('output'))).not.toContain('\\u001b');
  });

  test('that are long are cut, and say so', async () => {
    const { session } = await attend({ outputs: true });
    session.act({ do: 'run-cell', cell: 'addresses', text: 'seq 1 50000' });
    await session.idle();
    await allHeard();
    const [event] = of('output');
    expect(event!.output.length).toBeLessThanOrEqual(LIMITS.output);
    expect(event!.output).toMatch(/^1\n2\n/);
    expect(event!.output).toMatch(/\d+ characters left out/);
    expect(event!.output.trimEnd()).toMatch(/50000$/);
  });

  test('of characters that take many bytes fit into a message all the same', async () => {
    const { session, inner } = await attend({ outputs: true });
    inner.tell({ type: 'cell-started', cell: 'slow', text: '数'.repeat(30_000), by: 'learner' });
    inner.tell({ type: 'output', cell: 'slow', stream: 'stdout', text: '网络"\\'.repeat(20_000) });
    inner.tell({
      type: 'cell-finished',
      cell: 'slow',
      outcome: 'exited',
      exit: 0,
      stdout: '',
      stderr: '',
      durationMs: 1,
    });
    inner.tell({ type: 'checks-finished', cell: 'slow' });
    await session.idle();
    await allHeard();
    const [event] = of('output');
    expect(learnerEventSchema.safeParse(event).success).toBe(true);
    expect(Buffer.byteLength(JSON.stringify({ type: 'say', n: 1, at: 1, event }))).toBeLessThan(
      LIMITS.messageBytes,
    );
  });

  test('of before the word was given are not told', async () => {
    const { session } = await attend();
    session.act({ do: 'run-cell', cell: 'lay-cable' });
    await session.idle();
    await allHeard();
    classroom.act({ do: 'share', consent: { progress: true, outputs: true, transcript: false } });
    await allHeard();
    expect(of('output')).toEqual([]);
    session.act({ do: 'run-cell', cell: 'lay-cable' });
    await session.idle();
    await allHeard();
    expect(of('output')).toHaveLength(1);
  });
});

test('what is shared can be taken back: what waits is not sent, nor is anything after it', async () => {
  const { session } = await attend({ outputs: true });
  await allHeard();
  host.freeze(true);
  session.act({ do: 'run-cell', cell: 'addresses', text: 'secret thing' });
  await session.idle();
  await until(() => readFileSync(join(folder, 'outbox.ndjson'), 'utf8').includes('secret thing'));
  const before = said().length;
  classroom.act({ do: 'share', consent: NOTHING_SHARED });
  expect(readFileSync(join(folder, 'outbox.ndjson'), 'utf8')).not.toMatch(/secret thing|"cell"/);
  session.act({ do: 'run-cell', cell: 'lay-cable' });
  await session.idle();
  classroom.act({ do: 'ask', text: 'Does this still come?' });
  host.cutAll();
  host.freeze(false);
  await allHeard();
  expect(
    said()
      .slice(before)
      .map(({ type }) => type)
      .filter((type) => type !== 'withdrawn'),
  ).toEqual(['consent', 'question']);
});

test('what is shared again is told as it stands', async () => {
  const { session } = await attend({ progress: false });
  session.act({ do: 'run-cell', cell: 'lay-cable' });
  await session.idle();
  await allHeard();
  expect(said()).toEqual([]);
  classroom.act({ do: 'share', consent: { progress: true, outputs: false, transcript: false } });
  await allHeard();
  expect(said().map(({ type }) => type)).toEqual(['consent', 'lesson-opened', 'moved', 'cell']);
});

describe('a shell', () => {
  const echoing = () => {
    let print: (data: Uint8Array) => void = () => {};
    const openPty = async (_host: string, options: PtyOptions) => {
      print = options.onData;
      return { write() {}, resize() {}, kill() {}, exited: new Promise<number>(() => {}) } as never;
    };
    return { openPty, print: (text: string) => print(Buffer.from(text)) };
  };

  test('is told of only where the learner agrees', async () => {
    const { openPty, print } = echoing();
    const { session } = await attend({ transcript: true }, openPty);
    let seen = '';
    await session.openPty('host', {
      columns: 80,
      rows: 24,
      onData: (chunk) => {
        seen += Buffer.from(chunk).toString();
      },
    });
    print('$ ip \x1b[31mlink\x1b[0m\r\n1: lo\r\n');
    await until(() => of('transcript').length === 1);
    expect(of('transcript')[0]!.text).toBe('$ ip link\n1: lo\n');
    expect(seen).toContain('\x1b[31m');
    classroom.act({ do: 'share', consent: { progress: true, outputs: true, transcript: false } });
    print('$ private\r\n');
    await new Promise((resolve) => setTimeout(resolve, 2300));
    await allHeard();
    expect(JSON.stringify(host.received)).not.toContain('private');
  });

  test('is told by whole lines, as they stand in the end', async () => {
    const { openPty, print } = echoing();
    const { session } = await attend({ transcript: true }, openPty);
    await session.openPty('host', { columns: 80, rows: 24, onData: () => {} });
    print('1: lo\r\n$ ecx');
    await until(() => of('transcript').length === 1);
    print('\b\x1b[Kho hi\r\nhi\r\n$ ');
    await until(() => of('transcript').length === 2);
    expect(of('transcript').map(({ text }) => text)).toEqual(['1: lo\n', '$ echo hi\nhi\n']);
    // A full-screen program ends no lines; it is told all the same.
    print('x'.repeat(5000));
    await until(() => of('transcript').length === 3);
    expect(of('transcript')[2]!.text).toMatch(/^\$ x+/);
  });
});

test('who closes the notebook says so; who loses the connection does not', async () => {
  await attend();
  await allHeard();
  await classroom.close();
  await until(() => said().at(-1)?.type === 'left');
});
