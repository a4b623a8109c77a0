/** The signs of the screen. The Linux console's font has only those of code page 437, so there is a second set for it, and a third to be heard. */

export interface Glyphs {
  pass: string;
  fail: string;
  broken: string;
  running: readonly string[];
  waiting: string;
  skipped: string;
  task: string;
  current: string;
  bullet: string;
  ellipsis: string;
  quote: string;
  fold: string;
  /** Before what goes on of a row of code that was too long. */
  wrap: string;
  chosen: string;
  unchosen: string;
  full: string;
  empty: string;
  dot: string;
  rule: string;
  box: {
    topLeft: string;
    topRight: string;
    bottomLeft: string;
    bottomRight: string;
    left: string;
    right: string;
    line: string;
    side: string;
  };
}

const unicode: Glyphs = {
  wrap: '↳',
  pass: '✓',
  fail: '✗',
  broken: '!',
  running: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  waiting: '○',
  skipped: '–',
  task: '✎',
  current: '▌',
  bullet: '•',
  ellipsis: '…',
  quote: '│',
  fold: '┆',
  chosen: '●',
  unchosen: '○',
  full: '━',
  empty: '─',
  dot: '·',
  rule: '─',
  box: {
    topLeft: '╭',
    topRight: '╮',
    bottomLeft: '╰',
    bottomRight: '╯',
    left: '├',
    right: '┤',
    line: '─',
    side: '│',
  },
};

const console437: Glyphs = {
  ...unicode,
  wrap: '»',
  pass: '√',
  fail: 'x',
  running: ['|', '/', '-', '\\'],
  waiting: 'o',
  skipped: '-',
  task: '*',
  current: '█',
  bullet: '*',
  ellipsis: '.',
  fold: ':',
  chosen: '*',
  unchosen: 'o',
  full: '═',
  dot: '·',
  box: {
    topLeft: '┌',
    topRight: '┐',
    bottomLeft: '└',
    bottomRight: '┘',
    left: '├',
    right: '┤',
    line: '─',
    side: '│',
  },
};

/** For a screen reader: signs that are read as what they mean, and no lines of frames. Nothing turns. */
const spoken: Glyphs = {
  wrap: ' ',
  pass: 'ok:',
  fail: 'no:',
  broken: '!',
  running: ['...'],
  waiting: '-',
  skipped: '-',
  task: 'task:',
  current: '>',
  bullet: '-',
  ellipsis: '...',
  quote: '>',
  fold: '...',
  chosen: '*',
  unchosen: '-',
  full: '=',
  empty: '-',
  dot: ',',
  rule: ' ',
  box: {
    topLeft: ' ',
    topRight: ' ',
    bottomLeft: ' ',
    bottomRight: ' ',
    left: ' ',
    right: ' ',
    line: ' ',
    side: ' ',
  },
};

export function chooseGlyphs(env: Readonly<Record<string, string | undefined>>): Glyphs {
  if (env.INK_SCREEN_READER === 'true') return spoken;
  if (env.WIREBOOK_REDUCED_MOTION) {
    const { WIREBOOK_REDUCED_MOTION: _, ...rest } = env;
    const still = chooseGlyphs(rest);
    return { ...still, running: still.running.slice(0, 1) };
  }
  return env.TERM === 'linux' ? console437 : unicode;
}
