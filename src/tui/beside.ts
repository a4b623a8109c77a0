/** What goes along with an open lesson and ends with it: its session's news, the looks at its network, its shells. */
import type { Session } from '../session/session.ts';
import { watchMap } from './map-watch.ts';
import type { Effect } from './model/effect.ts';
import type { MapPicture } from './model/map-view.ts';
import { type ShellControl, shellControl } from './shell/control.ts';

export interface Beside {
  shells: ShellControl;
  map(): MapPicture;
  /** False where the effect is none of theirs. */
  carryOut(effect: Effect): boolean;
  stop(): void;
}

type ShellOptions = Parameters<typeof shellControl>[0];

/** @param options `onChange` is called whenever the screen would look another */
export function goAlong(session: Session, options: Omit<ShellOptions, 'session'>): Beside {
  const { onChange } = options;
  const stopListening = session.subscribe(onChange);
  const map = watchMap(session, onChange);
  const shells = shellControl({ session, ...options });
  return {
    shells,
    map: () => map.picture,
    carryOut: (effect) => shells.carryOut(effect) || map.carryOut(effect),
    stop() {
      stopListening();
      map.stop();
      shells.stop();
    },
  };
}
