/**
 * Keeps the map's picture up to date while it is open: one look when it is opened, one after each cell. What was seen
 * before is kept, so that what a cell changed can be told. Nothing is looked at while the map is closed.
 */
import { diffNetworks, NO_CHANGES } from '../map/diff.ts';
import { lookAtNetwork } from '../map/needs.ts';
import { networkOf } from '../map/network.ts';
import { walkOf } from '../map/walk.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import { AT_REST, looking, nextLook, type Stir, stirred } from '../session/watched/pace.ts';
import type { Effect } from './model/effect.ts';
import { type MapPicture, NO_PICTURE } from './model/map-view.ts';

export interface MapWatch {
  readonly picture: MapPicture;
  /** Opens and closes it; sends the packet of one of a cell's checks, and watches that. False for other effects. */
  carryOut(effect: Effect): boolean;
  stop(): void;
}

const isBusy = ({ cells }: SessionState) =>
  Object.values(cells).some(({ status }) => status === 'running' || status === 'checking');

const isFresh = ({ cells }: SessionState) => Object.values(cells).every(({ status }) => status === 'waiting');

/** What has run so far; a cell that was checked again counts by the objects that are new. */
const ranSoFar = ({ cells, sandbox }: SessionState) =>
  JSON.stringify([sandbox, Object.values(cells).map((cell) => [cell.status, cell.startedAt, cell.attempts])]);

/** @param onChange called when there is another picture, never during a call of `carryOut` */
export function watchMap(session: Session, onChange: () => void): MapWatch {
  let picture = NO_PICTURE;
  let open = false;
  let stopped = false;
  let isLooking = false;
  /** Something has happened since the last look began. */
  let stale = true;
  let wasBusy = false;
  let seen = '';
  /** As it was at the last look. */
  let last: SessionState | undefined;
  /** What happens in a shell is followed at its own pace. */
  let pace = AT_REST;
  let timer: NodeJS.Timeout | undefined;
  /** The look is for what was done in a shell, not for a cell. */
  let byHand = false;

  const set = (next: MapPicture) => {
    if (stopped) return;
    picture = next;
    onChange();
  };

  const look = async (hand: boolean) => {
    const before = picture.walk;
    /** A packet that was sent since the look began is still followed; one of before went another way perhaps. */
    const kept = () => (picture.walk && picture.walk !== before ? { walk: picture.walk } : {});
    const hosts = session.lesson.hosts.map((host) => host.name);
    const state = session.getState();
    // Another sandbox, or the same put back: that is no cell's doing, and all its MAC addresses are new.
    const renewed = last?.sandbox !== state.sandbox || (isFresh(state) && !isFresh(last));
    last = state;
    try {
      // After a reset the cells wait at once, while the sandbox is still being put back.
      if (isFresh(state)) await session.idle();
      const network = networkOf(await lookAtNetwork((needs) => session.observe(needs), hosts));
      const diff = picture.network && !renewed ? diffNetworks(picture.network, network) : NO_CHANGES;
      // Where nothing has changed since, what changed last is still what is pointed out.
      const changed = hand && diff.changes.length === 0 ? picture.changed : diff;
      set({ network, changed, looking: false, ...kept() });
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
    if (stopped || !open || !stale || busy || isLooking || state.sandbox.state !== 'ready') return;
    stale = false;
    isLooking = true;
    picture = { ...picture, looking: true };
    const [hand, began] = [byHand, performance.now()];
    byHand = false;
    pace = looking(pace, began);
    await look(hand);
    pace = { ...pace, lookMs: performance.now() - began };
    isLooking = false;
    later();
    await follow();
  };

  const walk = async (id: string) => {
    set({ ...picture, walk: { cell: id, state: 'looking' } });
    try {
      const capture = await session.follow(id);
      if (typeof capture === 'string') return set({ ...picture, walk: { cell: id, state: capture } });
      set({ ...picture, walk: { cell: id, ...(capture ? walkOf(capture) : { state: 'seen', hops: [] }) } });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      set({ ...picture, walk: { cell: id, state: 'failed', why } });
    }
  };

  const later = () => {
    clearTimeout(timer);
    const due = nextLook(pace);
    if (due === undefined || !open || stopped) return;
    timer = setTimeout(
      () => {
        byHand = !stale;
        stale = true;
        void follow();
      },
      Math.max(0, due - performance.now()),
    );
  };

  const onStir = (what: Stir) => {
    pace = stirred(pace, what, performance.now());
    if (!isLooking) later();
  };

  const unsubscribe = session.subscribe(() => void follow());
  const unstir = session.onStir(onStir);
  return {
    get picture() {
      return picture;
    },
    carryOut(effect) {
      if (effect.effect === 'map') {
        // What happened while it was closed was not the last cell's doing alone: it is not pointed out.
        if (pace.unseenSince !== undefined) stale = true;
        if (effect.open && stale) picture = NO_PICTURE;
        open = effect.open;
        queueMicrotask(() => void follow());
        return true;
      }
      if (effect.effect !== 'walk') return false;
      // never during the call: who presses the key has not been told of the last picture yet
      queueMicrotask(() => void walk(effect.cell));
      return true;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
      unstir();
    },
  };
}
