/** What goes along with an open lesson and ends with it: its session's news, the looks at its network, its shells. */
import type { Session } from '../session/session.ts';
import { watchMap } from './map-watch.ts';
import type { Effect } from './model/effect.ts';
import type { MapPicture } from './model/map-view.ts';
import { type PrintoutControl, type PrintoutOptions, printoutControl } from './printout/control.ts';
import { type ShellControl, type ShellControlOptions, shellControl } from './shell/control.ts';

export interface Beside {
  shells: ShellControl;
  map(): MapPicture;
  sheet: PrintoutControl['sheet'];
  /** False where the effect is none of theirs. */
  carryOut(effect: Effect): boolean;
  stop(): void;
}

type Options = Omit<ShellControlOptions & PrintoutOptions, 'session'>;

/** @param options `onChange` is called whenever the screen would look another */
export function goAlong(session: Session, options: Options): Beside {
  const { onChange } = options;
  const stopListening = session.subscribe(onChange);
  const map = watchMap(session, onChange);
  const shells = shellControl({ session, ...options });
  const printouts = printoutControl({ session, ...options });
  return {
    shells,
    map: () => map.picture,
    sheet: printouts.sheet,
    carryOut: (effect) => [shells, map, printouts].some((one) => one.carryOut(effect)),
    stop() {
      stopListening();
      map.stop();
      shells.stop();
      printouts.stop();
    },
  };
}
