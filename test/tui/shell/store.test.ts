/** The shells as the screen holds them: opened, typed into, closed, and what the session is told of it. */
import { describe, expect, test, vi } from 'vitest';
import type { Observation } from '../../../src/check/observation.ts';
import { lineText } from '../../../src/page/text/line.ts';
import type { Pty, PtyOptions } from '../../../src/sandbox/contract.ts';
import { frameOf } from '../../../src/tui/model/frame.ts';
import { LEADER } from '../../../src/tui/model/shell-keys.ts';
import { started } from '../started.ts';

/** Ptys that echo what is typed into them. */
function ptys() {
  const open: {
    host: string;
    options: PtyOptions;
    typed: string;
    end: (status: number) => void;
    ended: Promise<number>;
  }[] = [];
  const openPty = async (host: string, options: PtyOptions): Promise<Pty> => {
    const exited = Promise.withResolvers<number>();
    const one = { host, options, typed: '', end: exited.resolve, ended: exited.promise };
    open.push(one);
    return {
      write(data) {
        one.typed += data;
        options.onData(Buffer.from(data));
      },
      resize() {},
      kill: () => exited.resolve(137),
      exited: exited.promise,
    };
  };
  return { open, openPty };
}

const namespaces: Observation = {
  at: '',
  hosts: {
    host: {
      namespaces: ['', 'client'].map((name, at) => ({ name, inode: String(at) })),
      sysctls: {},
      files: {},
      env: {},
    },
  },
  probes: {},
};

const opened = () => {
  const made = ptys();
  const begun = started({ openPty: made.openPty, observe: async () => namespaces });
  const shown = () => begun.screen().shell.lines.map(lineText).join('\n').trimEnd();
  return { ...made, ...begun, shown };
};

describe('the mouse', () => {
  const at = frameOf(80, 24, { map: false, shell: { share: 50, full: false } });
  const click = { does: 'click', bits: 0, down: true, x: 7, y: 2 + at.rows + 1 + 3 } as const;
  const shells = async () => {
    const on = opened();
    on.reach('addresses');
    on.press('t');
    await on.settle();
    const print = async (bytes: string) => {
      on.open[0]!.options.onData(Buffer.from(bytes));
      await on.settle();
    };
    return { ...on, print, typed: () => on.open[0]!.typed };
  };

  test('is the program’s once it has asked, in its own columns, but with Alt and beside the pane', async () => {
    const { store, print, typed, screen, motions } = await shells();
    store.mouse(click);
    expect(typed()).toBe('');
    await print('\x1b[?1003h\x1b[?1006h');
    await vi.waitFor(() => expect(motions.at(-1)).toBe('any'));
    store.mouse(click);
    store.mouse({ ...click, does: 'other', down: false });
    expect(typed()).toBe('\x1b[<0;8;4M\x1b[<0;8;4m');
    store.mouse({ ...click, bits: 8 });
    store.mouse({ ...click, does: 'other', bits: 35, y: 3 });
    expect(typed()).toBe('\x1b[<0;8;4M\x1b[<0;8;4m');
    store.mouse({ ...click, y: 3 });
    expect(screen().view.shell?.focus).toBe(false);
    expect(motions.at(-1)).toBe('none');
    store.mouse(click);
    expect(typed()).toBe('\x1b[<0;8;4M\x1b[<0;8;4m');
    expect(screen().view.shell?.focus).toBe(true);
  });

  test('a button that is let go elsewhere is let go for the program too', async () => {
    const { store, print, typed } = await shells();
    await print('\x1b[?1000h\x1b[?1006h');
    store.mouse(click);
    store.mouse({ ...click, does: 'other', down: false, y: 3 });
    expect(typed()).toBe('\x1b[<0;8;4M\x1b[<0;8;4m');
  });

  test('a program that wants to know is told when keys come to it and when not', async () => {
    const { store, print, typed, press } = await shells();
    await print('\x1b[?1004h');
    store.take(`${LEADER}\x1b`);
    expect(typed()).toBe('\x1b[O');
    press('t');
    expect(typed()).toBe('\x1b[O\x1b[I');
  });
});

describe('Ctrl-]', () => {
  test('leads back into the shell that is open, also from writing, and keeps what was written', async () => {
    const { press, settle, screen, reach, store, session } = opened();
    reach('addresses');
    press('ctrl-]');
    expect(screen().view.shell).toBeUndefined();
    press('t');
    await settle();
    store.take(`${LEADER}\x1b`);
    expect(screen().view.shell?.focus).toBe(false);
    press('ctrl-]');
    expect(screen().view.shell?.focus).toBe(true);
    store.take(`${LEADER}\x1b`);
    press('i', 'x', 'ctrl-]');
    expect(screen().view).toMatchObject({ mode: { name: 'read' }, shell: { focus: true } });
    expect(session.getState().cells.addresses?.answer).toContain('x');
  });
});

describe('t', () => {
  test('opens a shell on the host of the cell, and tells the session where the learner is', async () => {
    const { open, press, settle, screen, reach, session } = opened();
    reach('addresses');
    const before = session.acted.length;
    press('t');
    await settle();
    expect(open.map(({ host, options }) => [host, options.netns])).toEqual([['host', undefined]]);
    expect(screen().view.shell).toMatchObject({ focus: true, tab: 0 });
    expect(session.acted.slice(before).every((action) => action.do === 'move')).toBe(true);
    expect(session.getState().block).toBe(screen().view.current);
  });

  test('what is typed before the shell is there waits for it', async () => {
    const { open, press, settle, store, shown } = opened();
    press('t');
    expect(store.take('ls\r')).toBe('');
    await settle();
    expect(open[0]!.typed).toBe('ls\r');
    expect(shown()).toContain('ls');
  });

  test('a shell that does not start says why, in its pane, and crashes nothing', async () => {
    const { press, settle, screen, crashes } = started({
      openPty: () => Promise.reject(new Error('no PTY')),
    });
    press('t');
    await settle();
    expect(screen().shell.tabs[0]).toMatchObject({ state: 'ended', because: 'no PTY' });
    expect(crashes).toEqual([]);
  });
});

test('keys are the lesson’s again after Ctrl-] twice, and the shell goes on', async () => {
  const { press, settle, store, screen, open } = opened();
  press('t');
  await settle();
  expect(store.take(`a${LEADER}${LEADER}j`)).toBe('j');
  expect(store.take('k')).toBe('k');
  expect(open[0]!.typed).toBe('a');
  expect(screen().view.shell!.focus).toBe(false);
  press('t');
  expect(store.take('b')).toBe('');
  expect(open).toHaveLength(1);
});

test('T asks where, and opens another tab there', async () => {
  const { press, settle, screen, open } = opened();
  press('t');
  await settle();
  press('T');
  // The shell has the focus: a T is typed like any other letter, not by `press`.
  await settle();
  expect(screen().view.mode.name).toBe('places');
  press('2');
  await settle();
  expect(open.at(-1)!.options.netns).toBe('client');
  expect(screen().view.shell!.tab).toBe(1);
  expect(screen().shell.tabs.map(({ netns }) => netns)).toEqual(['', 'client']);
});

test('a program that ends closes its tab; the last one closes the pane', async () => {
  const { press, settle, screen, store, open } = opened();
  press('t');
  await settle();
  store.take(`${LEADER}t`);
  await settle();
  press('1');
  await settle();
  open[1]!.end(0);
  await settle();
  expect(screen().shell.tabs).toHaveLength(1);
  open[0]!.end(0);
  await settle();
  expect(screen().view.shell).toBeUndefined();
});

test('leaving the lesson ends its shells', async () => {
  const { press, settle, store, open } = opened();
  press('t');
  await settle();
  await store.close();
  expect(await open[0]!.ended).toBe(137);
});
