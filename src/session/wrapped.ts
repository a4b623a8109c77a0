/** A session of which some things are done otherwise; all else goes to the session itself. */
import type { Session } from './session.ts';

export function wrapped(session: Session, over: Partial<Session>): Session {
  return {
    lesson: session.lesson,
    ...(session.presenting ? { presenting: true } : {}),
    getState: () => session.getState(),
    subscribe: (listener) => session.subscribe(listener),
    act: (action) => session.act(action),
    idle: () => session.idle(),
    observe: (needs) => session.observe(needs),
    follow: (cell) => session.follow(cell),
    openPty: (host, options) => session.openPty(host, options),
    watch: () => session.watch(),
    onStir: (listener) => session.onStir(listener),
    ...(session.atHop ? { atHop: (hop) => session.atHop?.(hop) } : {}),
    close: () => session.close(),
    ...over,
  };
}
