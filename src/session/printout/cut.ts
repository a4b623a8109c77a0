/** Why what is kept ends before what was printed: `limit`, or the disk has no more room. */
export type Cut = 'limit' | 'disk';
