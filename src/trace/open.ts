import type { Routed, Step } from './model.ts';

/** A journey before it is known how it ended. */
export interface Open {
  key: string;
  kind: 'arp' | 'packet';
  steps: readonly Step[];
  /** The routes that were chosen, each with the step before which it stands. */
  routes?: readonly (Routed & { before: number })[];
}
