/**
 * The shells of a session: each a PTY of the sandbox and a terminal's emulator. They live as long as the session, also
 * while nobody looks. What is typed before a shell is there waits for it.
 */
import { systemClock } from '../../lib/clock.ts';
import type { Line } from '../../page/text/line.ts';
import type { Pty } from '../../sandbox/contract.ts';
import type { Session } from '../../session/session.ts';
import type { Asked } from '../model/shell-keys.ts';
import { WINDOW } from '../model/shell-keys.ts';
import type { Place, ShellTab } from '../model/shell-view.ts';
import type { CreateEmulator, Emulator } from './emulator.ts';

export interface ShellPicture {
  tabs: readonly ShellTab[];
  lines: readonly Line[];
  cursor?: { x: number; y: number } | undefined;
  /** Rows that are hidden below the window. */
  scrolled: number;
}

export const NO_SHELLS: ShellPicture = { tabs: [], lines: [], scrolled: 0 };

export interface ShellPanes {
  /** As a tab looks now. */
  picture(tab: number): ShellPicture;
  asked(tab: number): Asked;
  /** Opens another tab behind the others and gives its number. */
  open(place: Place): number;
  /** The same place again, in the tab whose shell has ended. */
  again(tab: number): void;
  type(tab: number, data: string): void;
  scroll(tab: number, rows: number): void;
  close(tab: number): void;
  /** Where a shell can be opened: each host, then its namespaces. */
  places(): Promise<readonly Place[]>;
  fit(columns: number, rows: number): void;
  stop(): void;
}

export interface ShellPanesOptions {
  session: Session;
  createEmulator: CreateEmulator;
  colours: boolean;
  blink: boolean;
  /** There is another picture. */
  onChange: () => void;
  /** A tab is gone by itself: its program came to its end. */
  onClosed: (tab: number) => void;
}

/** A shell that ended sooner has hardly been used: why it ended is worth reading. */
const BRIEF_MS = 700;
/** Ended by a signal. Below: a shell ends with the status of what ran last in it, and that was seen when it ran. */
const FAILED_FROM = 129;
const INTERRUPTED = 130;

interface Shell {
  tab: ShellTab;
  emulator?: Emulator;
  pty?: Pty;
  /** Typed before there was anybody to read it. */
  waiting: string;
  stopped: boolean;
}

export function shellPanes(options: ShellPanesOptions): ShellPanes {
  const { session, createEmulator, colours, blink, onChange, onClosed } = options;
  const shells: Shell[] = [];
  let size = { columns: 80, rows: 24 };
  let next = 1;
  let stopped = false;

  const tell = () => {
    if (!stopped) onChange();
  };

  const end = (shell: Shell, because: string) => {
    shell.pty = undefined;
    shell.tab = { ...shell.tab, state: 'ended', because };
    tell();
  };

  const drop = (shell: Shell) => {
    shell.stopped = true;
    shell.pty?.kill();
    shell.emulator?.dispose();
    const at = shells.indexOf(shell);
    if (at >= 0) shells.splice(at, 1);
    return at;
  };

  const start = async (shell: Shell) => {
    const began = systemClock.monotonic();
    shell.emulator?.dispose();
    const emulator = await createEmulator({
      ...size,
      colours,
      blink,
      onChange: tell,
      onAnswer: (data) => shell.pty?.write(data),
    });
    shell.emulator = emulator;
    emulator.resize(size.columns, size.rows);
    if (shell.stopped) return emulator.dispose();
    const { host, netns } = shell.tab;
    const opened = { ...size };
    const pty = await session.openPty(host, {
      ...opened,
      ...(netns === '' ? {} : { netns }),
      onData: (chunk) => {
        if (!shell.stopped) emulator.write(chunk);
      },
    });
    if (shell.stopped) return pty.kill();
    shell.pty = pty;
    shell.tab = { ...shell.tab, state: 'live' };
    // The window may have changed while the shell was made.
    if (opened.columns !== size.columns || opened.rows !== size.rows) pty.resize(size.columns, size.rows);
    if (shell.waiting !== '') pty.write(shell.waiting);
    shell.waiting = '';
    tell();
    const status = await pty.exited;
    if (shell.stopped) return;
    const brief = status !== 0 && systemClock.monotonic() - began < BRIEF_MS;
    if (brief || (status >= FAILED_FROM && status !== INTERRUPTED)) return end(shell, `status ${status}`);
    const at = drop(shell);
    if (!stopped) onClosed(at);
  };

  const run = (shell: Shell) =>
    void start(shell).catch((error: unknown) =>
      end(shell, error instanceof Error ? error.message : String(error)),
    );

  return {
    picture(at) {
      const shell = shells[at];
      const tabs = shells.map(({ tab }) => tab);
      const emulator = shell?.emulator;
      if (!emulator) return { ...NO_SHELLS, tabs };
      return {
        tabs,
        lines: emulator.lines(),
        cursor: shell.tab.state === 'live' ? emulator.cursor() : undefined,
        scrolled: emulator.scrolled(),
      };
    },
    asked(at) {
      const shell = shells[at];
      return {
        applicationCursor: false,
        bracketedPaste: false,
        mouse: 'none',
        sgr: false,
        focus: false,
        alternate: false,
        ...shell?.emulator?.keys(),
        tabs: shells.length,
        ended: shell?.tab.state === 'ended',
      };
    },
    open(place) {
      const shell: Shell = {
        tab: { ...place, id: next++, state: 'opening' },
        waiting: '',
        stopped: false,
      };
      shells.push(shell);
      run(shell);
      return shells.length - 1;
    },
    again(at) {
      const shell = shells[at];
      if (shell?.tab.state !== 'ended') return;
      const { because: _, ...tab } = shell.tab;
      shell.tab = { ...tab, state: 'opening' };
      run(shell);
      tell();
    },
    type(at, data) {
      const shell = shells[at];
      if (shell?.pty) shell.pty.write(data);
      else if (shell?.tab.state === 'opening') shell.waiting += data;
    },
    scroll(at, rows) {
      const pages = Math.abs(rows) === WINDOW;
      shells[at]?.emulator?.scroll(pages ? Math.sign(rows) * Math.max(1, size.rows - 2) : rows);
    },
    close(at) {
      const shell = shells[at];
      if (shell) drop(shell);
    },
    async places() {
      const hosts = session.lesson.hosts.map((host) => host.name);
      const seen = await session.observe(hosts.map((host) => ({ read: 'netns', host })));
      return hosts.flatMap((host) => [
        { host, netns: '' },
        ...(seen.hosts[host]?.namespaces ?? [])
          .filter(({ name }) => name !== '')
          .map(({ name }) => ({ host, netns: name })),
      ]);
    },
    fit(columns, rows) {
      if (columns === size.columns && rows === size.rows) return;
      size = { columns, rows };
      for (const shell of shells) {
        shell.emulator?.resize(columns, rows);
        shell.pty?.resize(columns, rows);
      }
    },
    stop() {
      stopped = true;
      for (const shell of [...shells]) drop(shell);
    },
  };
}
