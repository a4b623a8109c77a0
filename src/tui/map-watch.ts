/**
 * Keeps the map's picture up to date while it is open: one look when it is opened, one after each cell. What was seen
 * before is kept, so that what a cell changed can be told. Nothing is looked at while the map is closed.
 */
import { diffNetworks, NO_CHANGES } from '../map/diff.ts';
import { lookAtNetwork } from '../map/needs.ts';
import { networkOf } from '../map/network.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import { type MapPicture, NO_PICTURE } from './model/map.ts';

export interface MapWatch {
  readonly picture: MapPicture;
  open(open: boolean): void;
  /** Looks again although no cell has run: the learner worked in a shell. */
  refresh(): void;
  stop(): void;
}

const isBusy = ({ cells }: SessionState) =>
  Object.values(cells).some(({ status }) => status === 'running' || status === 'checking');

const isFresh = ({ cells }: SessionState) => Object.values(cells).every(({ status }) => status === 'waiting');

/** What has run so far; a cell that was checked again counts by the objects that are new. */
const ranSoFar = ({ cells, sandbox }: SessionState) =>
  JSON.stringify([sandbox, Object.values(cells).map((cell) => [cell.status, cell.startedAt, cell.attempts])]);

/** @param onChange called when there is another picture, never during a call of `open` or `refresh` */
export function watchMap(session: Session, onChange: () => void): MapWatch {
  let picture = NO_PICTURE;
  let open = false;
  let stopped = false;
  let looking = false;
  /** Something has happened since the last look began. */
  let stale = true;
  let wasBusy = false;
  let seen = '';
  /** As it was at the last look. */
  let last: SessionState | undefined;

  const set = (next: MapPicture) => {
    if (stopped) return;
    picture = next;
    onChange();
  };

  const look = async () => {
    const hosts = session.lesson.hosts.map((host) => host.name);
    const state = session.getState();
    // Another sandbox, or the same put back: that is no cell's doing, and all its MAC addresses are new.
    const renewed = last?.sandbox !== state.sandbox || (isFresh(state) && !isFresh(last));
    last = state;
    try {
      // After a reset the cells wait at once, while the sandbox is still being put back.
      if (isFresh(state)) await session.idle();
      const network = networkOf(await lookAtNetwork((needs) => session.observe(needs), hosts));
      const changed = picture.network && !renewed ? diffNetworks(picture.network, network) : NO_CHANGES;
      set({ network, changed, looking: false });
    } catch (error) {
      // A sandbox that is away comes back, and then it is looked at again; a map of before would be wrong.
      set({
        changed: NO_CHANGES,
        looking: false,
        failure: error instanceof Error ? error.message : String(error),
      });
    }
  };

  const follow = async () => {
    const state = session.getState();
    const busy = isBusy(state);
    const now = ranSoFar(state);
    if (now !== seen || (wasBusy && !busy)) stale = true;
    seen = now;
    wasBusy = busy;
    if (stopped || !open || !stale || busy || looking || state.sandbox.state !== 'ready') return;
    stale = false;
    looking = true;
    picture = { ...picture, looking: true };
    await look();
    looking = false;
    await follow();
  };

  const unsubscribe = session.subscribe(() => void follow());
  return {
    get picture() {
      return picture;
    },
    open(next) {
      // What happened while it was closed was not the last cell's doing alone: it is not pointed out.
      if (next && stale) picture = NO_PICTURE;
      open = next;
      queueMicrotask(() => void follow());
    },
    refresh() {
      stale = true;
      queueMicrotask(() => void follow());
    },
    stop() {
      stopped = true;
      unsubscribe();
    },
  };
}
