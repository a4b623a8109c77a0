/** Prints what a session does while it does it: the output of the running cell line by line, and what is said. */

import { type GrowingOutput, growingOutput } from '../page/layout/output.ts';
import type { Line } from '../page/text/line.ts';
import { span } from '../page/text/line.ts';
import type { Session } from '../session/session.ts';
import type { Notice, SandboxState } from '../session/state.ts';
import type { PlainStyle } from './print.ts';

export interface Follower {
  /** Prints what is left, the last unfinished line too, and forgets what was printed. */
  settle(): void;
  stop(): void;
}

export function follow(
  session: Session,
  print: (lines: readonly Line[]) => void,
  style: PlainStyle,
): Follower {
  const printed = new Map<string, { reader: GrowingOutput; output: readonly unknown[]; lines: number }>();
  // Those of the opening are news too: nothing of an earlier run is among them.
  let notice: Notice | undefined;
  let sandbox: SandboxState | undefined;

  const outputs = (whole: boolean) => {
    for (const cell of Object.values(session.getState().cells)) {
      const known = printed.get(cell.id);
      if (cell.output.length === 0) {
        printed.delete(cell.id);
        continue;
      }
      if (!known && cell.status !== 'running' && !whole) continue;
      const entry = known ?? { reader: growingOutput(style), output: [], lines: 0 };
      printed.set(cell.id, entry);
      const lines = entry.reader.read(cell.output);
      // The last line may still grow: it is printed when the next one has begun.
      const until = whole ? lines.length : lines.length - 1;
      if (until > entry.lines) {
        print(lines.slice(entry.lines, until).map((line) => [span('    '), ...line]));
        entry.lines = until;
      }
    }
  };

  const news = () => {
    const state = session.getState();
    const notices = state.notices ?? [];
    for (const one of notices.slice(notice === undefined ? 0 : notices.indexOf(notice) + 1)) {
      const { message, next } = style.words.told(one);
      print([[span(message, style.theme.notice)], ...next.map((line): Line => [span(`  ${line}`)])]);
    }
    notice = notices.at(-1);
    const said = state.sandbox;
    if (
      said.state === sandbox?.state &&
      (said.state !== 'creating' || said.message === (sandbox as typeof said).message)
    )
      return;
    if (said.state === 'creating' && said.message)
      print([[span(style.words.say(said.message), style.theme.dim)]]);
    if (said.state === 'lost') {
      print([
        [span(`${style.glyphs.broken} ${style.words.say(said.message)}`, style.theme.broken)],
        ...said.next.map((line): Line => [span(`  ${style.words.say(line)}`)]),
      ]);
    }
    sandbox = said;
  };

  // What was printed in an earlier run of Wirebook is not printed again.
  for (const cell of Object.values(session.getState().cells)) {
    if (cell.output.length === 0) continue;
    const reader = growingOutput(style);
    printed.set(cell.id, { reader, output: cell.output, lines: reader.read(cell.output).length });
  }
  const stop = session.subscribe(() => {
    news();
    outputs(false);
  });
  news();
  return {
    settle() {
      news();
      outputs(true);
    },
    stop,
  };
}
