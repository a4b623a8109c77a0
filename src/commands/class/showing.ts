/**
 * The network of the sandbox that is presented, for the boards that show it large: looked at when the sandbox is ready and
 * after each cell, as the map of the notebook is, whether that is open or not; and a followed packet, where the presenter is
 * with it.
 */
import type { Link } from '../../board/link.ts';
import { fittingMap, type ShownHop, type ShownMap } from '../../board/shown-map.ts';
import type { Hop } from '../../map/hop.ts';
import { walkOf } from '../../map/walk.ts';
import type { Session } from '../../session/session.ts';
import { wrapped } from '../../session/wrapped.ts';
import { watchMap } from '../../tui/map-watch.ts';

/** The host tells boards no more often. */
const SHOWN_EVERY_MS = 500;

/** What comes at once is sent at once, what comes after that soon: the newest of it. */
function paced(send: () => void): { ask(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  const go = () => {
    timer = undefined;
    sentAt = performance.now();
    send();
  };
  return {
    ask() {
      timer ??= setTimeout(go, Math.max(0, sentAt + SHOWN_EVERY_MS - performance.now()));
    },
    stop: () => clearTimeout(timer),
  };
}

/** The session, and the class is shown its network for as long as it is open; only of lessons that the class has. */
export function showing(session: Session, link: Pick<Link, 'getState' | 'show'>): Session {
  const { lesson } = session;
  let hops: readonly Hop[] = [];
  let at: number | undefined;
  const sending = paced(() => {
    const { network, changed, failure } = map.picture;
    const { course } = link.getState();
    if (!course?.lessons.some(({ id }) => id === lesson.id)) return;
    const shown: ShownMap = {
      lesson: lesson.id,
      ...(network === undefined ? {} : { network }),
      ...(failure === undefined ? {} : { failure }),
      changes: changed.changes,
      ...hopAt(hops, at),
    };
    link.show(network === undefined && failure === undefined ? undefined : fittingMap(shown));
  });
  const map = watchMap(session, () => {
    // A look is under way: what was seen before is still what there is.
    if (!map.picture.looking) sending.ask();
  });
  map.carryOut({ effect: 'map', open: true });
  return wrapped(session, {
    async follow(cell) {
      const capture = await session.follow(cell);
      hops = capture === undefined || typeof capture === 'string' ? [] : walkOf(capture).hops;
      sending.ask();
      return capture;
    },
    atHop(hop) {
      if (hop === at) return;
      at = hop;
      sending.ask();
    },
    close() {
      sending.stop();
      map.stop();
      link.show(undefined);
      return session.close();
    },
  });
}

function hopAt(hops: readonly Hop[], at: number | undefined): { hop?: ShownHop } {
  const hop = at === undefined ? undefined : hops[Math.min(at, hops.length - 1)];
  return hop === undefined ? {} : { hop: { ...hop, at: Math.min(at!, hops.length - 1), of: hops.length } };
}
