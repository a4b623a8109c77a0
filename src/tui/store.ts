/**
 * The controller between the keys and the session: holds what the screen draws, carries out what the pure model asks for.
 * Views subscribe to it with useSyncExternalStore; nothing is ever run inside a view.
 */
import { WirebookError } from '../lib/errors.ts';
import type { Session } from '../session/session.ts';
import { createHold, viewAgain } from './again.ts';
import { type Beside, goAlong } from './beside.ts';
import { classControl } from './class-control.ts';
import { courseControl } from './course-control.ts';
import { edited } from './editing.ts';
import { knowledgeOf } from './known.ts';
import { createLaying } from './laying.ts';
import type { AppState, Screen } from './model/app.ts';
import { only, type Update } from './model/context.ts';
import { copiedWords } from './model/copy.ts';
import type { Effect } from './model/effect.ts';
import { chord } from './model/keys.ts';
import { NO_PICTURE } from './model/map-view.ts';
import { hopPause, stroll } from './model/map-walk.ts';
import { useMouse } from './model/mouse.ts';
import { openView } from './model/open-view.ts';
import { isCounting } from './model/stops.ts';
import { pasteText, pressKey, resized, takeText } from './model/update.ts';
import type { LessonView } from './model/view.ts';
import { kept } from './model/write.ts';
import { createNews } from './news.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { lessonTarget } from './pointer.ts';
import { NO_SHELLS } from './shell/panes.ts';
import type { Store, StoreOptions } from './store-contract.ts';
import { createDelay, createPace, createStep, createTicker } from './timers.ts';

export type { Outside, Store, StoreOptions } from './store-contract.ts';

type LessonScreen = Extract<Screen, { name: 'lesson' }>;

/** The screen follows a busy session at most this often. */
const FRAME_MS = 16;
/** A pause in typing after which the answer is kept. */
const KEEP_MS = 700;

export function createStore(options: StoreOptions): Store {
  const { library, style, outside, tickMs = 100, still = false } = options;
  const listeners = new Set<() => void>();
  let state: AppState = { screen: { name: 'opening', title: '' }, ...outside.size(), now: outside.now() };
  let beside: Beside | undefined;
  const withNews = createNews(style.words);
  const reason = (error: unknown) => style.words.say(error instanceof Error ? error.message : String(error));
  let closed = false;
  const hold = createHold();
  const knowledge = knowledgeOf(library);

  const set = (next: Partial<AppState>) => {
    if (closed) return;
    state = { ...state, ...next, ...ofClass() };
    ticker.run(isCounting(state.screen));
    outside.motion?.((state.screen.name === 'lesson' && beside?.shells.motion(state.screen.view)) || 'none');
    if (state.screen.name === 'lesson') state.screen.session.atHop?.(state.screen.view.map?.hop);
    strolling.run(hopPause(state.screen.name === 'lesson' ? state.screen.view.map : undefined));
    for (const listener of listeners) listener();
  };

  const live =
    options.classroom &&
    classControl({
      classroom: options.classroom,
      words: style.words,
      now: outside.now,
      screen: () => state.screen,
      show: (view, effects = []) => {
        state = { ...state, now: outside.now() }; // it comes by itself, long after the last key
        apply({ view, effects });
      },
      onChange: () => (state.screen.name === 'lesson' ? pace.ask() : set({ now: outside.now() })),
      hasLesson: (id) => knowledge.now().lessons.some((one) => one.id === id),
    });
  const ofClass = () => live?.drawn() ?? {};
  const { lay, contextOf, fresh } = createLaying({ style, knowledge, live, state: () => state, still });

  /** The session as it is now, with what it has to say: a frame that had only the first would be followed by another. */
  const follow = () => {
    if (state.screen.name !== 'lesson') return;
    showLesson(state.screen, withNews(state.screen.view, state.screen.session), outside.now());
  };

  const ticker = createTicker(tickMs, () => {
    if (state.screen.name === 'lesson') follow();
    else set({ now: outside.now() });
  });

  /** A packet that walks over the map by itself. */
  const strolling = createStep(() => {
    if (state.screen.name === 'lesson') apply(stroll(state.screen.view, contextOf(state.screen)));
  });

  const showLesson = ({ session }: Pick<LessonScreen, 'session'>, view: LessonView, now = state.now) => {
    beside?.shells.fit(view, state);
    // At its end the lesson says which one is next.
    if (session.getState().finished && !knowledge.asked()) background(learn('lessons'));
    set({
      now,
      screen: {
        name: 'lesson',
        session,
        state: session.getState(),
        view,
        laid: lay(session, view, now),
        map: beside?.map() ?? NO_PICTURE,
        ...knowledge.now(),
        shell: beside?.shells.picture(view) ?? NO_SHELLS,
        sheet: beside?.sheet(view),
      },
    });
  };

  /** A session that prints thousands of lines a second is drawn sixty times a second. */
  const pace = createPace(FRAME_MS, follow);

  const leaveSession = async () => {
    beside?.stop();
    beside = undefined;
    keep.cancel();
    if (state.screen.name !== 'lesson') return;
    const { session, view } = state.screen;
    if (view.mode.name === 'write') carryOut(kept(view, contextOf(state.screen), view.mode).effects);
    await session.close();
  };

  const carryOut = (effects: readonly Effect[]) => {
    for (const effect of effects) {
      if (state.screen.name !== 'lesson') return;
      if (beside?.carryOut(effect)) continue;
      const { session } = state.screen;
      switch (effect.effect) {
        case 'act':
          session.act(effect.action);
          break;
        case 'copy':
          say(copiedWords(outside.copy(effect.text), effect.text, style.words));
          break;
        case 'editor':
          background(editor(effect.cell, effect.text));
          break;
        case 'list':
          // A lesson opened by itself has no list to go back to.
          if (library) background(leaveThen(library.title, () => course.show(session.lesson.id)));
          else outside.quit();
          break;
        case 'mouse':
          say(outside.mouse() ? style.words.notice.mouseOn : style.words.notice.mouseOff);
          break;
        case 'lessons':
        case 'handbook':
          background(learn(effect.effect));
          break;
        case 'open':
          background(leaveThen(effect.title, () => openLesson(effect.id, effect.title)));
          break;
        case 'quit':
          outside.quit();
      }
    }
  };

  const background = (work: Promise<void>) => void work.catch(outside.crash);

  const learn = async (what: 'lessons' | 'handbook') => {
    await knowledge.learn(what);
    if (state.screen.name === 'lesson') showLesson(state.screen, state.screen.view);
    live?.follow();
  };

  let leaving: Promise<void> = Promise.resolve();

  const leaveThen = async (title: string, next: () => Promise<void>) => {
    leaving = leaveSession();
    set({ screen: { name: 'opening', title } });
    await leaving;
    await next();
  };

  const say = (text: string) => {
    if (state.screen.name === 'lesson') showLesson(state.screen, { ...state.screen.view, notice: text });
  };

  const editor = oneAtATime(async (cell: string, text: string) => {
    const done = await edited(outside.editor, text, style.words, reason);
    if ('notice' in done) return say(done.notice);
    if (state.screen.name !== 'lesson') return;
    apply(takeText(state.screen.view, cell, done.text, contextOf(state.screen)));
  });

  const apply = (asked: Update) => {
    if (state.screen.name !== 'lesson') return;
    const update = live?.settle(asked, state.screen.session.lesson) ?? asked;
    showLesson(state.screen, update.view);
    carryOut(update.effects);
    if (state.screen.name === 'lesson') beside?.shells.follow(state.screen.view);
    keep.later();
    live?.follow();
  };

  /** What is being typed is kept after a pause, so that it survives a crash. */
  const keep = createDelay(KEEP_MS, () => {
    if (state.screen.name !== 'lesson' || state.screen.view.mode.name !== 'write') return;
    carryOut(kept(state.screen.view, contextOf(state.screen), state.screen.view.mode).effects);
  });

  const openLesson = async (id: string, title: string, savedAt = Infinity) => {
    if (!library) return;
    const before = state.screen.name === 'lesson' && state.screen.session.lesson.id === id;
    if (before) leaveForAgain();
    else set({ screen: { name: 'opening', title }, now: outside.now() });
    hold.begin();
    try {
      const session = await library.open(id);
      if (closed) await session.close();
      else showSession(session, savedAt);
      hold.end(before);
    } catch (error) {
      hold.end(false);
      if (!(error instanceof WirebookError)) throw error;
      const say = await style.words.sayFaults();
      set({ screen: { name: 'failed', message: error.told(say), next: error.next.map(say) } });
    }
  };

  /** Its session is closed by whoever opens the next one. */
  const leaveForAgain = () => {
    // As it is at this moment, and not at the last frame.
    if (state.screen.name === 'lesson') showLesson(state.screen, state.screen.view, outside.now());
    beside?.stop();
    beside = undefined;
    keep.now();
  };

  const showSession = (session: Session, savedAt = Infinity) => {
    fresh();
    const now = outside.now();
    const start = withNews(openView(session.lesson, session.getState().block), session);
    const { screen } = state;
    // A preview puts a new session in the place of the old one.
    const { view, effects }: Update =
      screen.name === 'lesson' && screen.session.lesson.id === session.lesson.id
        ? viewAgain(screen, start, { next: session, app: state, lay: (as) => lay(session, as, now), savedAt })
        : only(start);
    beside?.stop();
    beside = goAlong(session, {
      createEmulator: outside.createEmulator,
      colours: style.theme.colours,
      blink: !still,
      view: () => (state.screen.name === 'lesson' ? state.screen.view : undefined),
      show: (next, effects = []) => apply({ view: next, effects }),
      onChange: pace.ask,
      failed: (error) => say(style.words.notice.shellFailed(reason(error))),
      words: style.words,
      taken: outside,
      reason,
    });
    showLesson({ session }, view, now);
    carryOut(effects);
    // Where the class goes there must be a way to.
    if (live) background(learn('lessons'));
  };

  const course = courseControl({
    library,
    style,
    state: () => state,
    show: (screen) => set({ screen, now: outside.now() }),
    open: (id, title) => background(openLesson(id, title)),
    quit: outside.quit,
    background,
  });

  const resize = () => {
    const size = outside.size();
    if (state.screen.name !== 'lesson') return set(size);
    const { screen } = state;
    const anchored = screen.view.follow
      ? screen.view
      : resized(screen.view, screen.laid, contextOf(screen).rows);
    state = { ...state, ...size };
    showLesson(screen, anchored);
  };

  const store: Store = {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    press(press) {
      if (chord(press) !== 'ctrl-c' && hold.keeps(() => store.press(press))) return;
      const { screen } = state;
      if (screen.name === 'course') {
        live?.pressedInCourse(chord(press), screen.view.filter?.typing ?? false);
        course.press(screen, press);
      } else if (screen.name === 'lesson') {
        apply(pressKey(screen.view, press, contextOf(screen)));
      } else if (chord(press) === 'ctrl-c' || chord(press) === 'q') outside.quit();
      else if (screen.name === 'failed') {
        if (library) background(course.show());
        else outside.quit();
      }
    },
    take: (chunk) => beside?.shells.take(chunk) ?? chunk,
    paste(text) {
      if (hold.keeps(() => store.paste(text))) return;
      if (state.screen.name === 'lesson') apply(pasteText(state.screen.view, text, contextOf(state.screen)));
    },
    mouse(event) {
      if (hold.keeps(() => store.mouse(event))) return;
      const { screen } = state;
      if (screen.name === 'course') course.mouse(screen, event);
      else if (screen.name === 'lesson') {
        const context = contextOf(screen);
        const target = lessonTarget(state, screen, context, event, style);
        if (beside?.shells.mouse(event, target)) return;
        apply(useMouse(screen.view, event, target, context, pressKey));
      }
    },
    retheme(theme) {
      style.theme = theme;
      fresh();
      resize();
    },
    resize,
    openLesson,
    showSession,
    showCourse: course.show,
    async close() {
      if (closed) return;
      const left = leaveSession();
      closed = true;
      live?.stop();
      pace.cancel();
      ticker.run(false);
      strolling.run(undefined);
      keep.cancel();
      await Promise.all([left, leaving]);
    },
  };
  return store;
}
