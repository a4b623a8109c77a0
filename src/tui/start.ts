/** Opens the screen and gives the terminal back as it was, whatever happens: quit, error, signal. */
import type { Style } from '../page/layout/style.ts';
import { themeOn } from '../page/theme.ts';
import type { Words } from '../page/words/choose.ts';
import { oneLine } from '../report/safe.ts';
import type { FirstFrame } from './first/paint.ts';
import type { AppState } from './model/app.ts';
import type { ScreenOptions } from './options.ts';
import { createEmulator } from './shell/emulator.ts';
import { tapped } from './shell/tap.ts';
import { createStore } from './store.ts';
import type { Background } from './terminal/background.ts';
import { copySequence } from './terminal/clipboard.ts';
import { keepCompiled } from './terminal/compiled.ts';
import { fromConsole, isConsole } from './terminal/console.ts';
import { editExternally } from './terminal/external-editor.ts';
import { createHandover } from './terminal/handover.ts';
import { keepSmall } from './terminal/memory.ts';
import { createMouse, createReports } from './terminal/mouse.ts';
import type { Question } from './terminal/question.ts';
import { rememberBackground } from './terminal/remembered.ts';
import { pageExternally, saveWhole } from './terminal/whole-output.ts';
import type { Mounted } from './views/mount.tsx';

/** A terminal that has not told of its background by then does not tell: what was guessed is no longer believed. */
const GUESS_MS = 2000;

/** Resolves when the learner has left and the session is closed; rejects with a bug of ours, the terminal restored. */
export async function startScreen(
  options: ScreenOptions,
  style: Style,
  first: FirstFrame | undefined,
  question: Question | undefined,
): Promise<void> {
  const { stdin, stdout, stderr, env, words } = options;
  const mouse = createMouse((sequence) => void stdout.write(sequence), env);
  const handover = createHandover(stdin, { before: mouse.give, after: mouse.take });
  const end = Promise.withResolvers<void>();
  let left: string | undefined;
  const store = createStore({
    library: options.library,
    classroom: options.classroom,
    style,
    // Whoever listens hears all of the screen again with each frame.
    still: env.INK_SCREEN_READER === 'true' || Boolean(env.WIREBOOK_REDUCED_MOTION),
    tickMs: env.INK_SCREEN_READER === 'true' ? 10_000 : env.WIREBOOK_REDUCED_MOTION ? 1000 : 100,
    outside: {
      createEmulator,
      async editor(text) {
        let written = text;
        await handover.lend(async () => {
          written = await editExternally(text, env);
        });
        return written;
      },
      copy(text) {
        if (isConsole(env)) return undefined;
        const sequence = copySequence(text, env);
        if (sequence !== undefined) stdout.write(sequence);
        return sequence !== undefined;
      },
      page: (whole) => handover.lend(() => pageExternally(whole, env)),
      save: (whole, path) => saveWhole(whole, path, env),
      mouse: () => mouse.toggle(),
      motion: mouse.follow,
      quit() {
        left = goodbye(store.getState(), words);
        end.resolve();
      },
      crash: (error) => end.reject(error),
      size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
      now: () => Date.now(),
    },
  });

  const onResize = () => store.resize();
  const onSignal = () => end.resolve();
  stdout.on('resize', onResize);
  options.signal?.addEventListener('abort', onSignal);
  // A terminal that vanished without a SIGHUP for us (its session was another one's): nobody is there to read.
  stdin.once('end', onSignal);
  stdin.once('error', onSignal);

  let screen: Mounted | undefined;
  let guessing: ReturnType<typeof setTimeout> | undefined;
  let stopReload: (() => void) | undefined;
  let stopTidying: (() => void) | undefined;
  // Before anybody prints the error: it must be seen on the learner's own screen.
  const onCrash = (error: unknown) => {
    mouse.give();
    screen?.unmount();
    end.reject(error);
  };
  const { lesson } = options;
  const open = (savedAt?: number) =>
    lesson && store.openLesson(lesson.id, lesson.title, savedAt).catch(end.reject);

  try {
    if (options.session) store.showSession(options.session);
    // The sandbox is made by other processes: it is begun before what takes this one some time.
    const opened = open();
    const { mount } = await import('./views/mount.tsx');
    if (!options.session && !lesson) await store.showCourse();
    // Where its page is seen already, nothing else takes its place.
    if (first) await opened;
    stopReload = options.reload?.((savedAt) => void open(savedAt));
    // Ink does so only after its first frame; until then a key typed ahead would be echoed into it.
    stdin.setRawMode?.(true);
    const reports = createReports(store.mouse);
    const rethemed = (background: Background) => {
      if (style.theme.name !== background) store.retheme(themeOn(background, env));
    };
    const known = await question?.heard();
    if (known) rememberBackground(known, env);
    else if (question) guessing = setTimeout(() => rethemed('dark'), GUESS_MS);
    if (known) rethemed(known);
    question?.listen((background) => {
      clearTimeout(guessing);
      rethemed(background);
      rememberBackground(background, env);
    });
    question?.giveKeyboard();
    screen = mount(
      { store, handover, style, title: options.library?.title ?? '' },
      {
        stdin: tapped(stdin, (chunk) => {
          const typed = isConsole(env) ? fromConsole(chunk) : (question?.take(chunk) ?? chunk);
          return store.take(reports(typed));
        }),
        stdout: first?.stdout ?? stdout,
        stderr,
      },
    );
    first?.giveOver();
    mouse.take();
    stopTidying = keepSmall();
    keepCompiled();
    process.prependListener('uncaughtException', onCrash);
    // A view that throws makes Ink unmount by itself.
    void screen.waitUntilExit().then(() => end.resolve(), end.reject);
    if (options.signal?.aborted) end.resolve();
    await end.promise;
  } finally {
    stopReload?.();
    stopTidying?.();
    clearTimeout(guessing);
    mouse.give();
    await question?.over();
    screen?.unmount();
    await screen?.waitUntilExit().catch(() => {});
    stdout.off('resize', onResize);
    options.signal?.removeEventListener('abort', onSignal);
    stdin.off('end', onSignal);
    stdin.off('error', onSignal);
    process.off('uncaughtException', onCrash);
    await store.close();
  }
  // Not of a preview: its author comes back to a file, not to a place in it. Nor of a drill, which begins anew each time.
  if (left !== undefined && options.reload === undefined && !options.library?.tellsItsEnd)
    stdout.write(`${left}\n`);
}

/** On the learner's own screen again: that nothing is lost, and how to come back; or that it could not be kept. */
function goodbye({ screen }: AppState, words: Words): string | undefined {
  if (screen.name !== 'lesson') return undefined;
  const { session } = screen;
  const { lesson } = session;
  const done = Object.values(screen.state.cells).filter(({ status }) => status === 'passed').length;
  const unkept = session.unkept?.();
  return words.goodbye(
    oneLine(lesson.title),
    done,
    lesson.cells.length,
    unkept === undefined ? undefined : words.say(unkept),
  );
}
