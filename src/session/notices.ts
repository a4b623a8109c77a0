/**
 * What a session has to say for itself, each with a stable code and its values: the English sentence is made here, for
 * reports and journals; other languages have their own for the same code (page/said/notices.ts).
 */
export type Values = Readonly<Record<string, string | number>>;

export interface Said {
  message: string;
  next: readonly string[];
}

const cellsOf = (n: string | number) => (n === 1 ? 'one cell' : `${n} cells`);

function againOf(cells: string | number, commands: string | number): string {
  const typed = commands === 1 ? 'one command of your shells' : `${commands} commands of your shells`;
  if (commands === 0) return cellsOf(cells);
  return cells === 0 ? typed : `${cellsOf(cells)} and ${typed}`;
}

/** Several texts are joined by `, ` in a value. */
export const NOTICES = {
  'sandbox-new': ({ cells, commands = 0 }) => ({
    message: `The sandbox is new: what you had done is run again, ${againOf(cells!, commands)}.`,
    next: [],
  }),
  'commands-left': ({ commands }) => ({
    message: `Not run again of what you typed in shells: ${commands}.`,
    next: ['Type it again there where it matters.'],
  }),
  'hand-work-gone': ({ cells }) => ({
    message: `The sandbox is new: what you had done in a shell for ${cells} went with the old one.`,
    next: ['Do it once more there.'],
  }),
  'not-repeated': ({ cells }) => ({
    message: `Not run again in the new sandbox: ${cells}. What was seen there before counts no more.`,
    next: [],
  }),
  'lesson-changed': ({ cells }) => ({
    message: `The lesson has changed since you were here: ${cells} begin anew. Your answers are kept.`,
    next: [],
  }),
  'no-longer-passes': ({ cell }) => ({
    message: `${cell} passed before and now does not; look at it again.`,
    next: [],
  }),
  'held-before': ({ checks }) => ({
    message: `Held before their cell had run already: ${checks}. A check that does says nothing about the cell.`,
    next: ['Let it expect what the cell changes; or write `invariant: true`, where it is meant.'],
  }),
  'stopped-not-passed': ({ cell }) => ({
    message: `Stopped at ${cell}: it did not pass, and what follows builds on it.`,
    next: [],
  }),
  'stopped-no-answer': ({ cell }) => ({
    message: `Stopped at ${cell}: it has neither your answer nor a solution.`,
    next: [],
  }),
  'cell-running': ({ cell }) => ({ message: `${cell} is running; interrupt it first.`, next: [] }),
  'no-such-cell': ({ cell }) => ({ message: `There is no cell called ${cell} in this lesson.`, next: [] }),
  'no-such-answer': ({ quiz, choice }) => ({
    message: `There is no such answer: ${quiz}, ${choice}.`,
    next: [],
  }),
  'journal-mended': ({ lines, path }) => ({
    message: `${lines === 1 ? 'One line' : `${lines} lines`} of your progress could not be read and ${lines === 1 ? 'is' : 'are'} kept in ${path}.`,
    next: [],
  }),
  'journal-not-written': ({ why }) => ({
    message: `Your progress cannot be written: ${why}.`,
    next: ['You can go on; free some room or mend the folder to keep it.'],
  }),
  'tools-missing': ({ tools, host }) => ({
    message: `This lesson needs what is not there on ${host}: ${tools}.`,
    next: ['Try another sandbox: --sandbox NAME. What each has, `wirebook doctor` says.'],
  }),
} as const satisfies Readonly<Record<string, (values: Values) => Said>>;

export type NoticeCode = keyof typeof NOTICES;

/** Wirebook speaks about the session itself: it was resumed, the journal was mended, a tool is missing. */
export interface Notice extends Said {
  type: 'notice';
  /** Absent in what a version without codes has kept. */
  code?: NoticeCode;
  values?: Values;
}

export function noticeOf(code: NoticeCode, values: Values = {}): Notice {
  return { type: 'notice', code, values, ...NOTICES[code](values) };
}
