/**
 * How things look: SGR parameters by meaning, and the glyphs. The sixteen colours of the terminal are used, so that the
 * user's own palette decides what they are. Every state has a glyph and a word besides its colour.
 */

export interface Theme {
  name: 'dark' | 'light' | 'contrast' | 'plain';
  /** False: no colour, only bold, dim, underline, inverse. Programs' own colours are dropped too. */
  colours: boolean;
  text: string;
  dim: string;
  strong: string;
  emphasis: string;
  deleted: string;
  heading: string;
  subheading: string;
  link: string;
  code: string;
  quote: string;
  bullet: string;
  border: string;
  /** The cell that keys act on. */
  current: string;
  title: string;
  bar: string;
  key: string;
  pass: string;
  fail: string;
  broken: string;
  running: string;
  waiting: string;
  points: string;
  notice: string;
  selected: string;
  stderr: string;
  hint: string;
  shell: {
    comment: string;
    string: string;
    variable: string;
    option: string;
    command: string;
    operator: string;
    number: string;
  };
}

const dark: Theme = {
  name: 'dark',
  colours: true,
  text: '',
  dim: '2',
  strong: '1',
  emphasis: '3',
  deleted: '9;2',
  heading: '1;36',
  subheading: '1',
  link: '4;36',
  code: '33',
  quote: '3;2',
  bullet: '36',
  border: '2',
  current: '36',
  title: '1',
  bar: '36',
  key: '1;36',
  pass: '32',
  fail: '31',
  broken: '35',
  running: '33',
  waiting: '2',
  points: '33',
  notice: '33',
  selected: '1;36',
  stderr: '',
  hint: '36',
  shell: {
    comment: '2;3',
    string: '32',
    variable: '35',
    option: '36',
    command: '1',
    operator: '33',
    number: '',
  },
};

/** Yellow and bright colours vanish on a light background: blue and magenta take their place. */
const light: Theme = {
  ...dark,
  name: 'light',
  heading: '1;34',
  link: '4;34',
  code: '35',
  bullet: '34',
  current: '34',
  bar: '34',
  key: '1;34',
  running: '34',
  points: '35',
  notice: '1;34',
  selected: '1;34',
  hint: '34',
  shell: {
    comment: '2;3',
    string: '32',
    variable: '35',
    option: '34',
    command: '1',
    operator: '31',
    number: '',
  },
};

/** Nothing is dim and no colour has to be told from another: the terminal's own foreground, bold, underlined, inverse. */
const contrast: Theme = {
  ...dark,
  name: 'contrast',
  dim: '',
  deleted: '9',
  heading: '1;4',
  link: '4',
  code: '1',
  quote: '3',
  bullet: '1',
  border: '',
  current: '1',
  bar: '1',
  key: '1;4',
  pass: '1',
  fail: '1;7',
  broken: '1;7',
  running: '1',
  waiting: '',
  points: '1',
  notice: '1',
  selected: '1;7',
  hint: '1',
  shell: { comment: '3', string: '', variable: '', option: '', command: '1', operator: '', number: '' },
};

const plain: Theme = {
  name: 'plain',
  colours: false,
  text: '',
  dim: '2',
  strong: '1',
  emphasis: '3',
  deleted: '9',
  heading: '1;4',
  subheading: '1',
  link: '4',
  code: '1',
  quote: '3',
  bullet: '',
  border: '2',
  current: '1',
  title: '1',
  bar: '',
  key: '1',
  pass: '',
  fail: '1',
  broken: '1',
  running: '1',
  waiting: '2',
  points: '',
  notice: '1',
  selected: '7',
  stderr: '',
  hint: '',
  shell: { comment: '2', string: '', variable: '', option: '', command: '1', operator: '', number: '' },
};

export const THEMES: Readonly<Record<Theme['name'], Theme>> = { dark, light, contrast, plain };

type Env = Readonly<Record<string, string | undefined>>;

/** COLORFGBG (`15;0`: foreground;background) is what many terminals tell of themselves; 7 and 9-15 are light backgrounds. */
function lightBackground(env: Env): boolean {
  const background = Number.parseInt(env.COLORFGBG?.split(';').at(-1) ?? '', 10);
  return background === 7 || (background >= 9 && background <= 15);
}

/** Every look of it, changed; lines are no text, and stay as they are. */
function changed(theme: Theme, change: (look: string) => string): Theme {
  const changedIn = <T extends object>(looks: T): T =>
    Object.fromEntries(
      Object.entries(looks).map(([name, look]: [string, unknown]) => [
        name,
        typeof look !== 'string' || name === 'name' || name === 'border' ? look : change(look),
      ]),
    ) as T;
  return { ...changedIn(theme), shell: changedIn(theme.shell) };
}

/** The Linux console shows what is dim in a grey that can hardly be read, and what is bold and inverse in that grey on another. */
function readable(look: string): string {
  const codes = look.split(';').filter((code) => code !== '2');
  return codes.filter((code) => code !== '1' || !codes.includes('7')).join(';');
}

/**
 * On white two of the looks fail: green is too bright on many terminals, and what is dim is no greyer than the rest where a
 * terminal makes it darker, as xterm does. Where there are more than sixteen colours, a dark green and a grey are taken.
 */
const onWhite = (look: string): string =>
  look.replace(/(?<=^|;)32(?=;|$)/, '38;5;28').replace(/(?<=^|;)2(?=;|$)/, '38;5;243');
const LINE_ON_WHITE = '38;5;248';

const hasMoreColours = (env: Env): boolean =>
  /^xterm|256color|direct/.test(env.TERM ?? '') || Boolean(env.COLORTERM);

/** The theme as this terminal can show it. */
export function themeOn(name: Theme['name'], env: Env): Theme {
  const theme = THEMES[name];
  if (env.TERM === 'linux') return changed(theme, readable);
  return name === 'light' && hasMoreColours(env)
    ? { ...changed(theme, onWhite), border: LINE_ON_WHITE }
    : theme;
}

export function chooseTheme(color: boolean, env: Env): Theme {
  if (!color) return themeOn('plain', env);
  const wanted = env.WIREBOOK_THEME;
  if (wanted === 'dark' || wanted === 'light' || wanted === 'contrast' || wanted === 'plain')
    return themeOn(wanted, env);
  return themeOn(lightBackground(env) ? 'light' : 'dark', env);
}
