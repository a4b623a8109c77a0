/** The map: what the reader has opened of it, and what was seen at the last look. */
import { type NetworkDiff, NO_CHANGES } from '../../map/diff.ts';
import type { Hop } from '../../map/hop.ts';
import type { Network } from '../../map/model.ts';

/** What is open of it; absent from the view when it is closed. */
export interface MapView {
  /** First row shown. */
  top: number;
  routes: boolean;
  /** Over all of the screen, for a projector. */
  large?: boolean;
  /** Which hop of a followed packet is shown. */
  hop?: number;
  /** The packet walks by itself. */
  strolls?: true;
  /** How fast: an index into PACES; absent until it was changed. */
  pace?: number;
}

/** A packet of a cell's checks that is followed over the map. */
export type Walk = { cell: string } & (
  | { state: 'looking' | 'none' | 'unset' }
  | { state: 'failed'; why: string }
  | { state: 'seen'; hops: readonly Hop[]; said?: string }
);

/** The last look at the network. */
export interface MapPicture {
  network?: Network;
  /** Against the look before: what the last cell changed. */
  changed: NetworkDiff;
  /** A look is under way. */
  looking: boolean;
  /** Why there is none. */
  failure?: string;
  /** Gone with the next look: the network is another then. */
  walk?: Walk;
}

export const NO_PICTURE: MapPicture = { changed: NO_CHANGES, looking: false };
