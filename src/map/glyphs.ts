/** The signs of a map. The Linux console's font has those of code page 437, so there is a second set for it. */
export interface MapGlyphs {
  up: string;
  half: string;
  down: string;
  corner: { topLeft: string; topRight: string; bottomLeft: string; bottomRight: string };
  line: string;
  side: string;
  /** A cable that carries, and one that does not; lying and standing. */
  cable: { live: string; dead: string; liveDown: string; deadDown: string };
  /** Where a cable meets the edge of a box. */
  join: { right: string; left: string; top: string; bottom: string };
  bridge: { bar: string; tap: string };
  underlay: { out: string; down: string; bottom: string; top: string };
  pass: string;
  fail: string;
  waiting: string;
  arrow: string;
  /** Before the interface where a followed packet is. */
  hop: string;
}

const unicode: MapGlyphs = {
  up: '●',
  half: '◐',
  down: '○',
  corner: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
  line: '─',
  side: '│',
  cable: { live: '─', dead: '╌', liveDown: '│', deadDown: '┊' },
  join: { right: '├', left: '┤', top: '┴', bottom: '┬' },
  bridge: { bar: '═', tap: '╤' },
  underlay: { out: '══', down: '║', bottom: '╥', top: '╨' },
  pass: '✓',
  fail: '✗',
  waiting: '·',
  arrow: '→',
  hop: '▶',
};

const console437: MapGlyphs = {
  ...unicode,
  up: '*',
  half: '%',
  down: 'o',
  corner: { topLeft: '┌', topRight: '┐', bottomLeft: '└', bottomRight: '┘' },
  cable: { live: '─', dead: '.', liveDown: '│', deadDown: ':' },
  pass: '√',
  fail: 'x',
  hop: '►',
};

export const MAP_GLYPHS = { unicode, console437 } as const;
export type GlyphSet = keyof typeof MAP_GLYPHS;
