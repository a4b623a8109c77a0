/** On lines: what becomes of a packet of one of the cell's checks. */
import type { Cell } from '../lesson/model.ts';
import { WirebookError } from '../lib/errors.ts';
import { mapWords } from '../map/words.ts';
import { type Line, span } from '../page/text/line.ts';
import { sayLine, traceTones } from '../page/trace.ts';
import type { Session } from '../session/session.ts';
import { traceOf } from '../trace/trace.ts';
import { traceLines } from '../trace/write/lines.ts';
import type { PlainStyle } from './print.ts';

export async function packetLines(
  session: Session,
  cell: Cell | undefined,
  { theme, words }: PlainStyle,
): Promise<Line[]> {
  const say = (text: string): Line[] => [[span(text, theme.notice)]];
  const { none, unset, nothing } = mapWords(words.name).walk;
  if (cell === undefined) return say(none);
  try {
    const capture = await session.follow(cell.id);
    if (typeof capture === 'string') return say(capture === 'none' ? none : unset);
    if (capture === undefined) return say(nothing);
    const tones = traceTones(theme);
    return traceLines(traceOf(capture)).map((line) =>
      sayLine(line, words.say).map(({ text, tone }) => span(text, tones[tone])),
    );
  } catch (error) {
    if (!(error instanceof WirebookError)) throw error;
    return say(words.say(error.message));
  }
}
