/** A program in a real PTY, drawn by a real terminal's emulator: what a learner would see. Tests wait for content, never for time. */
import * as pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface TerminalOptions {
  command: string;
  args: readonly string[];
  columns: number;
  rows: number;
  env?: Readonly<Record<string, string>>;
  /** What it answers when it is asked for the colour of its background; absent: nothing. */
  background?: string;
  /** That answer is on its way for so long. */
  answersAfterMs?: number;
  /** It has no second screen, as the Linux console. */
  oneScreen?: boolean;
}

const PATIENCE_MS = 15_000;

export class TestTerminal {
  readonly #child: pty.IPty;
  readonly #screen: xterm.Terminal;
  readonly exited: Promise<{ exitCode: number; signal?: number }>;
  /** What a program has handed over by OSC 52. */
  clipboard = '';
  /** What a program has called the window. */
  title = '';
  /** All bytes that came. */
  raw = '';
  #written = 0;
  #drawn = 0;
  /** Between the marks of a frame (DEC mode 2026), where a terminal shows nothing of it yet. */
  #inFrame = false;
  /** The end of what came last, in case a mark is cut in two. */
  #tail = '';

  constructor({ command, args, columns, rows, env, background, answersAfterMs, oneScreen }: TerminalOptions) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.#screen.onTitleChange((title) => {
      this.title = title;
    });
    this.#screen.parser.registerOscHandler(52, (data) => {
      this.clipboard = Buffer.from(data.replace(/^c;/, ''), 'base64').toString();
      return true;
    });
    this.#screen.parser.registerOscHandler(11, (data) => {
      const answer = () => this.#child.write(`\x1b]11;${background}\x1b\\`);
      if (data !== '?' || !background) return true;
      if (answersAfterMs === undefined) answer();
      else setTimeout(answer, answersAfterMs);
      return true;
    });
    for (const final of ['h', 'l'])
      this.#screen.parser.registerCsiHandler(
        { prefix: '?', final },
        ([mode]) => Boolean(oneScreen) && mode === 1049,
      );
    this.#child = pty.spawn(command, [...args], {
      cols: columns,
      rows,
      name: env?.TERM ?? 'xterm-256color',
      env: { PATH: process.env.PATH!, HOME: '/nonexistent', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    });
    this.#child.onData((data) => {
      this.#written++;
      this.raw += data;
      const seen = this.#tail + data;
      const begun = seen.lastIndexOf('\x1b[?2026h');
      const ended = seen.lastIndexOf('\x1b[?2026l');
      if (begun !== ended) this.#inFrame = begun > ended;
      this.#tail = seen.slice(-7);
      this.#screen.write(data, () => {
        this.#drawn++;
      });
    });
    this.#screen.onData((answer) => this.#child.write(answer));
    this.exited = new Promise((resolve) => this.#child.onExit(resolve));
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** The rows of the screen, without the spaces at their ends. */
  rows(): string[] {
    const { buffer, rows } = this.#screen;
    return Array.from(
      { length: rows },
      (_, at) => buffer.active.getLine(buffer.active.viewportY + at)?.translateToString(true) ?? '',
    );
  }

  text(): string {
    return this.rows().join('\n');
  }

  /** With what has scrolled out above. */
  all(): string {
    const { active } = this.#screen.buffer;
    return Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true) ?? '',
    ).join('\n');
  }

  get alternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  get cursor(): { x: number; y: number } {
    const { cursorX, cursorY } = this.#screen.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  /** Modes that a program must give back as they were. */
  modes(): Record<string, unknown> {
    const { bracketedPasteMode, applicationCursorKeysMode, mouseTrackingMode, originMode, wraparoundMode } =
      this.#screen.modes;
    // The emulator tells of the cursor only inside.
    const hidden = (this.#screen as unknown as { _core: { coreService: { isCursorHidden: boolean } } })._core
      .coreService.isCursorHidden;
    return {
      alternate: this.alternate,
      bracketedPasteMode,
      applicationCursorKeysMode,
      mouseTrackingMode,
      originMode,
      wraparoundMode,
      hidden,
    };
  }

  /** Colours and attributes that are set anywhere on the screen. */
  colours(): number {
    const { buffer, rows, cols } = this.#screen;
    let coloured = 0;
    for (let y = 0; y < rows; y++) {
      const line = buffer.active.getLine(buffer.active.viewportY + y);
      for (let x = 0; x < cols; x++) {
        const cell = line?.getCell(x);
        if (cell && (!cell.isFgDefault() || !cell.isBgDefault())) coloured++;
      }
    }
    return coloured;
  }

  /** The rows with how they look, for what text alone does not show: `{1;36}title{}`. */
  styled(): string {
    const { buffer, rows, cols } = this.#screen;
    const line = (y: number) => {
      const cells = buffer.active.getLine(buffer.active.viewportY + y);
      let text = '';
      let last = '';
      for (let x = 0; x < cols; x++) {
        const cell = cells?.getCell(x);
        if (!cell || cell.getWidth() === 0) continue;
        const look = [
          cell.isBold() && '1',
          cell.isDim() && '2',
          cell.isItalic() && '3',
          cell.isUnderline() && '4',
          cell.isInverse() && '7',
          cell.isStrikethrough() && '9',
          !cell.isFgDefault() && `f${cell.getFgColor()}`,
          !cell.isBgDefault() && `b${cell.getBgColor()}`,
        ]
          .filter(Boolean)
          .join(';');
        if (look !== last) text += `{${look}}`;
        last = look;
        text += cell.getChars() || ' ';
      }
      return text.trimEnd();
    };
    return Array.from({ length: rows }, (_, y) => line(y)).join('\n');
  }

  write(keys: string): void {
    this.#child.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#child.resize(columns, rows);
  }

  kill(signal: string): void {
    this.#child.kill(signal);
  }

  /** Everything that came is drawn, and no frame is half there: what a person could see. */
  get whole(): boolean {
    return this.#written === this.#drawn && !this.#inFrame;
  }

  /** Resolves as soon as a whole screen fits; rejects with the screen when it never does. */
  async until(fits: string | RegExp | (() => boolean), what = String(fits)): Promise<void> {
    const holds = () =>
      typeof fits === 'function'
        ? fits()
        : typeof fits === 'string'
          ? this.text().includes(fits)
          : fits.test(this.text());
    const end = performance.now() + PATIENCE_MS;
    while (!this.whole || !holds()) {
      if (performance.now() > end) throw new Error(`The screen never showed ${what}:\n${this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Writes keys and waits for what they lead to. */
  async press(keys: string, fits: string | RegExp | (() => boolean)): Promise<void> {
    this.write(keys);
    await this.until(fits);
  }

  /** All that was written is drawn. */
  async drawn(): Promise<void> {
    await this.until(() => true, 'a whole frame');
  }

  /** The terminal is gone, as when a multiplexer is killed; only its own session is told. */
  vanish(): void {
    (this.#child as unknown as { destroy(): void }).destroy();
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
    this.#screen.dispose();
  }
}
