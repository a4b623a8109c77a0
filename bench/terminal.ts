/** Programs in a real PTY, drawn by a terminal's emulator, with the moments that matter to whoever sits in front of it. */
import * as pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface Size {
  columns: number;
  rows: number;
}

const PATIENCE_MS = 60_000;

export class BenchTerminal {
  readonly child: pty.IPty;
  readonly screen: xterm.Terminal;
  readonly exited: Promise<unknown>;
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[], { columns, rows }: Size, env: Readonly<Record<string, string>> = {}) {
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    this.child = pty.spawn(process.execPath, [...args], {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: {
        PATH: process.env.PATH!,
        HOME: process.env.HOME!,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        ...env,
      },
    });
    this.child.onData((data) => {
      this.screen.write(data, () => {
        for (const wake of this.#waiting.splice(0)) wake();
      });
    });
    this.screen.onData((answer) => this.child.write(answer));
    this.exited = new Promise((resolve) => this.child.onExit(resolve));
  }

  text(): string {
    const { active } = this.screen.buffer;
    return Array.from({ length: this.screen.rows }, (_, y) =>
      (active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  }

  /** Milliseconds until the screen fits, looked at after each write that was drawn. */
  async until(fits: (text: string) => boolean, what: string): Promise<number> {
    const began = performance.now();
    while (!fits(this.text())) {
      if (performance.now() - began > PATIENCE_MS) throw new Error(`never showed ${what}:\n${this.text()}`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(wake, 100);
        this.#waiting.push(wake);
      });
    }
    return performance.now() - began;
  }

  /** Types a key; milliseconds until what it leads to is drawn. */
  async press(key: string, fits: (text: string) => boolean, what: string): Promise<number> {
    this.child.write(key);
    return this.until(fits, what);
  }

  async close(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
    this.screen.dispose();
  }
}
