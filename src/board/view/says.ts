/** What a row says in words: the same on the page and in the terminal. */
import type { BoardWords } from '../../page/words/board/choose.ts';
import type { Consent, Pace } from '../events.ts';
import type { CourseOutline, CoursePlace } from '../outline.ts';
import type { BoardState, LearnerRow } from '../rows.ts';
import { cellOf, titleOf } from './places.ts';
import { clock } from './time.ts';

export interface RowSays {
  /** `stuck 4:12` */
  status: string;
  /** `cell 7: ping 10.0.0.12 does not answer, no reply`; '' where there is nothing more to say. */
  detail: string;
}

/** `at` is now by the host's clock. */
export function rowSays(
  row: LearnerRow,
  course: CourseOutline,
  at: number,
  words: BoardWords,
  /** Where there is little room: what stands for `failing` and `could not look`. */
  signs?: { fail: string; broken: string },
): RowSays {
  const status = words.status[row.status];
  if (row.stuckOn && row.status !== 'done') {
    const { lesson, cell, failing, since, attempts } = row.stuckOn;
    const number = cellOf(course, lesson, cell)?.number;
    const [first] = failing;
    const what = first
      ? [first.title, ...(first.because ? [first.because] : [])].map(words.inWords).join('; ')
      : words.tries(attempts);
    const where = number === undefined ? cell : words.cell(number);
    const fails = first?.state === 'broken' ? 'broken' : 'failed';
    const how = signs
      ? ` ${fails === 'broken' ? signs.broken : signs.fail} `
      : ` ${words.mark[fails]}${words.colon}`;
    const time = row.status === 'stuck' ? clock(at - since) : '';
    return {
      status: time ? `${status} ${time}` : status,
      detail: `${where}${first ? how : words.colon}${what}`,
    };
  }
  const counts = row.status === 'idle' || row.status === 'away';
  return {
    status: counts ? `${status} ${clock(at - row.since)}` : status,
    detail: row.place ? titleOf(course, row.place) : '',
  };
}

export function paceSays(
  pace: Pace,
  where: CoursePlace | undefined,
  course: CourseOutline,
  words: BoardWords,
) {
  const place = (one: CoursePlace | undefined) => (one ? titleOf(course, one) : words.pace.nowhere);
  if (pace.mode === 'gated') return words.pace.gatedLong(place(pace.upTo));
  return pace.mode === 'free' ? words.pace.freeLong : words.pace.followingLong(place(where));
}

export function consentSays({ progress, outputs, transcript }: Consent, words: BoardWords): string {
  const { detail } = words;
  const shared = [
    progress && detail.sharesProgress,
    outputs && detail.sharesOutputs,
    transcript && detail.sharesTranscript,
  ].filter((one) => one !== false);
  return shared.length > 0 ? shared.join(', ') : detail.sharesNothing;
}

/** What is left of the timer; undefined without one. `at` is now by the host's clock. */
export function timerLeft({ timer }: BoardState, at: number): { label: string; leftMs: number } | undefined {
  return timer && { label: timer.label, leftMs: Math.max(0, timer.endsAt - at) };
}

/** Names for the big screen: who they are by the order in which they came. */
export function namesOf(
  rows: readonly LearnerRow[],
  hidden: boolean,
  words: BoardWords,
): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, name }, at) => [id, hidden ? words.anonymous(at + 1) : name]));
}
