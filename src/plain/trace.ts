/** On lines: what becomes of a packet of one of the cell's checks. */
import type { Cell } from '../lesson/model.ts';
import { WirebookError } from '../lib/errors.ts';
import { walkNeed } from '../map/walk.ts';
import { mapWords } from '../map/words.ts';
import { type Line, span } from '../page/text/line.ts';
import { sayLine, traceTones } from '../page/trace.ts';
import type { Session } from '../session/session.ts';
import type { CellState } from '../session/state.ts';
import { traceOf } from '../trace/trace.ts';
import { traceLines } from '../trace/write/lines.ts';
import type { PlainStyle } from './print.ts';

export async function packetLines(
  session: Session,
  found: { cell: Cell; state: CellState } | undefined,
  { theme, words }: PlainStyle,
): Promise<Line[]> {
  const say = (text: string): Line[] => [[span(text, theme.notice)]];
  const { none, nothing } = mapWords(words.name).walk;
  const hosts = session.lesson.hosts.map(({ name }) => name);
  const need = walkNeed(found?.cell, found?.state.verdicts ?? [], hosts);
  if (need === undefined || found === undefined) return say(none);
  try {
    const capture = await session.follow(found.cell.id, need);
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
