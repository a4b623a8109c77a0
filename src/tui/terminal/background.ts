/**
 * The question for the colour of the background (OSC 11), and the answer: most terminals give one, also through tmux and over
 * SSH. It comes among the keys, some time or never.
 */

type Env = Readonly<Record<string, string | undefined>>;

export const ASK = '\x1b]11;?\x1b\\';

const ANSWER =
  /\x1b\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?(?:\x07|\x1b\\)/gi;
/** The beginning of an answer whose rest is still to come. Escape alone is a key. */
const BEGUN = /\x1b\](?:1(?:1(?:;[^\x07\x1b]{0,40}\x1b?)?)?)?$/;

export type Background = 'light' | 'dark';

/** Whoever has said which theme is wanted, and who can be told nothing, is not asked. */
export function asksBackground(color: boolean, env: Env): boolean {
  const told = ['dark', 'light', 'contrast', 'plain'].includes(env.WIREBOOK_THEME ?? '');
  return color && !told && !env.COLORFGBG && env.TERM !== 'linux' && env.INK_SCREEN_READER !== 'true';
}

/** Of a value in as many hexadecimal digits as the terminal likes. */
const share = (digits: string): number => Number.parseInt(digits, 16) / (16 ** digits.length - 1);

function backgroundOf(red: string, green: string, blue: string): Background {
  // As bright as it looks.
  const seen = 0.2126 * share(red) + 0.7152 * share(green) + 0.0722 * share(blue);
  return seen > 0.5 ? 'light' : 'dark';
}

/** Answers come soon; later nothing that looks like the beginning of one is held back. */
const WAIT_MS = 5000;

/** Takes the answer out of what is read, and gives back the rest. */
export function createAnswers(
  tell: (background: Background) => void,
  now: () => number = Date.now,
): (chunk: string) => string {
  let begun = '';
  const until = now() + WAIT_MS;
  return (chunk) => {
    const text = begun + chunk;
    begun = now() < until ? (BEGUN.exec(text)?.[0] ?? '') : '';
    const rest = begun === '' ? text : text.slice(0, -begun.length);
    return rest.replace(ANSWER, (_, red: string, green: string, blue: string) => {
      tell(backgroundOf(red, green, blue));
      return '';
    });
  };
}
