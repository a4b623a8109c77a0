/** Opens the board on the terminal, and gives the terminal back as it was. */
import { randomUUID } from 'node:crypto';
import { render } from 'ink';
import type { Link } from '../../board/link.ts';
import { chooseGlyphs } from '../../page/glyphs.ts';
import type { Style } from '../../page/layout/style.ts';
import { chooseTheme } from '../../page/theme.ts';
import { boardWords } from '../../page/words/board/choose.ts';
import type { TerminalOptions } from '../options.ts';
import { keepSmall } from '../terminal/memory.ts';
import { BoardApp } from './BoardApp.tsx';
import { createBoardStore } from './store.ts';
import type { OwnHost } from './view.ts';

export interface BoardScreenOptions extends TerminalOptions {
  /** The line to the host; closed by who made it. */
  link: Link;
  /** The board is that of a host in this process. */
  host?: OwnHost;
  /** Given what tells the instructor of a trouble. */
  ready?: (tell: (text: string | undefined) => void) => void;
  now?: () => number;
}

/** Resolves when the instructor has left the board; the class goes on. */
export async function openBoard(options: BoardScreenOptions): Promise<void> {
  const { stdin, stdout, stderr, env, words: notebook, link, signal, host, now = Date.now } = options;
  const words = { ...boardWords(notebook.name), inWords: notebook.say };
  const style: Style = { theme: chooseTheme(options.color, env), glyphs: chooseGlyphs(env), words: notebook };
  const end = Promise.withResolvers<void>();
  const store = createBoardStore({
    link,
    words,
    // Whoever listens hears all of the screen again with each frame.
    tickMs: env.INK_SCREEN_READER === 'true' ? 10_000 : 1000,
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    host,
    now,
    id: randomUUID,
    quit: () => end.resolve(),
  });
  options.ready?.(store.tell);
  const waiting = () => {
    const { connection, refused, why } = link.getState();
    if (refused) return [words.refused[refused.code], ...refused.next];
    if (connection === 'lost') return [words.connection.lost, ...(why ? [why] : [])];
    return [words.connection.connecting];
  };
  const onResize = () => store.resize();
  const onSignal = () => end.resolve();
  stdout.on('resize', onResize);
  signal?.addEventListener('abort', onSignal);
  stdin.once('end', onSignal);
  stdin.once('error', onSignal);
  stdin.setRawMode?.(true);
  const screen = render(<BoardApp store={store} words={words} style={style} waiting={waiting} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 30,
  });
  const stopTidying = keepSmall();
  void screen.waitUntilExit().then(() => end.resolve(), end.reject);
  try {
    if (signal?.aborted) end.resolve();
    await end.promise;
  } finally {
    stopTidying();
    screen.unmount();
    await screen.waitUntilExit().catch(() => {});
    stdout.off('resize', onResize);
    signal?.removeEventListener('abort', onSignal);
    stdin.off('end', onSignal);
    stdin.off('error', onSignal);
    store.close();
  }
}
