/** The notebook's screen on a made-up course, for tests in a real terminal. Bundled by the tests, run by plain node. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as pty from '@lydell/node-pty';
import type { Observation } from '../../src/check/observation.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { Library } from '../../src/page/library.ts';
import { chooseWords } from '../../src/page/words/choose.ts';
import type { Pty, PtyOptions } from '../../src/sandbox/contract.ts';
import { openScreen } from '../../src/tui/open.ts';
import { FakeClassroom } from '../tui/fake-classroom.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';
import { FakeSession } from '../tui/fake-session.ts';

const { env, stdin, stdout, stderr } = process;
const NOW = Date.UTC(2026, 10, 23, 12);

/** A real shell of this machine without its files' greetings; it says where the screen believes it to be. */
async function openPty(host: string, options: PtyOptions): Promise<Pty> {
  const where = options.netns ? `${options.netns}@${host}` : 'inside';
  const child = pty.spawn('/bin/sh', [], {
    name: 'xterm-256color',
    cols: options.columns,
    rows: options.rows,
    env: { PS1: `${where}$ `, PATH: env.PATH ?? '', LANG: 'C.UTF-8', HOME: env.FAKE_HOME ?? '/nonexistent' },
  });
  child.onData((data) => options.onData(Buffer.from(data)));
  return {
    write: (data) => child.write(typeof data === 'string' ? data : Buffer.from(data).toString()),
    resize: (columns, rows) => child.resize(columns, rows),
    exited: new Promise((resolve) =>
      child.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode)),
    ),
    kill: () => child.kill('SIGHUP'),
  };
}

const NAMESPACES: Observation = {
  at: '',
  hosts: {
    host: {
      namespaces: ['', 'client', 'server'].map((name, at) => ({ name, inode: String(at + 1) })),
      sysctls: {},
      files: {},
      env: {},
    },
  },
  probes: {},
};

/** Until the test says so nothing comes after the first frame. */
const released = env.FAKE_HOLD
  ? new Promise<void>((resolve) => process.once('SIGUSR2', () => resolve()))
  : Promise.resolve();
// A promise alone keeps no program alive.
const alive = setInterval(() => {}, 1000);
void released.then(() => clearInterval(alive));

const lesson = fakeLesson();
let glances = 0;
let progress = { passed: 0, total: lesson.cells.length };
const library: Library = {
  title: 'A packet’s way',
  summary: 'From one cable to a cluster.',
  items: async () => [
    {
      id: 'cable',
      title: lesson.title,
      summary: lesson.summary,
      cells: progress,
      points: { earned: 0, possible: 2 },
      finished: false,
      openedAt: Date.now() - 3 * 3600_000,
      faulty: false,
    },
    {
      id: 'bridge',
      title: 'A bridge instead of a cable for every pair',
      summary: 'Many on one wire, as Docker does it.',
      text: 'A forwarding database says which port has which address.',
      finished: false,
      faulty: false,
    },
    { id: 'broken', title: 'broken', summary: '', finished: false, faulty: true },
  ],
  async glance() {
    if (glances++ > 0) await released;
    return library.items();
  },
  async begin() {
    // The terminal has said something, before anything is drawn.
    if (env.FAKE_ANSWERED) await once(stdin, 'readable');
    return { lesson, state: new FakeSession(lesson, { ready: false }).getState() };
  },
  async open(id) {
    await released;
    if (id === 'broken')
      throw new InputError('lesson-faulty', 'broken/lesson.md has a fault.', 'Mend line 3.');
    const session = new FakeSession(lesson, {
      openPty,
      observe: async () => NAMESPACES,
      takesMs: Number(env.FAKE_MS ?? 30),
      ready: !env.FAKE_HOLD,
      ...(env.FAKE_NOW ? { now: () => NOW } : {}),
    });
    const close = session.close;
    session.close = async () => {
      progress = {
        ...progress,
        passed: Object.values(session.getState().cells).filter((cell) => cell.status === 'passed').length,
      };
      await close();
    };
    return session;
  },
};

/** What the instructor does is written on a line of the control file's: one change of the class, as JSON. */
const classroom = env.FAKE_CLASS ? new FakeClassroom(lesson) : undefined;
if (classroom && env.FAKE_CLASS) {
  let done = 0;
  setInterval(() => {
    const lines = readFileSync(env.FAKE_CLASS!, 'utf8').split('\n').filter(Boolean);
    for (const line of lines.slice(done)) classroom.set(JSON.parse(line) as object);
    done = lines.length;
  }, 20);
}

const interruption = new AbortController();
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, () => interruption.abort());
if (env.FAKE_CRASH) {
  setTimeout(() => {
    throw new Error('a bug on purpose');
  }, Number(env.FAKE_CRASH));
}

const crashed = (error: unknown) => {
  stdout.write(`crashed: ${(error as Error).message}\n`);
  process.exit(70);
};
process.on('uncaughtException', crashed);

try {
  await openScreen({
    stdin,
    stdout,
    stderr,
    env,
    color: !env.NO_COLOR,
    words: await chooseWords(env.FAKE_LANG, {}),
    library,
    ...(classroom ? { classroom } : {}),
    signal: interruption.signal,
    ...(env.FAKE_LESSON ? { lesson: { id: env.FAKE_LESSON, title: lesson.title } } : {}),
  });
  stdout.write('left\n');
  process.exit(0);
} catch (error) {
  crashed(error);
}
