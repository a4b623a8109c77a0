/**
 * A cell's output as lines of styled text: colours stay, whatever else a terminal would obey is gone. The one reader of
 * the screen serves here too, so that a page shows what the learner saw.
 */
import { type Line, lineText } from '../page/text/line.ts';
import { createOutputReader } from '../page/text/output.ts';
import type { OutputPiece } from '../session/state.ts';

/** A style that no SGR has: what stderr prints without a colour of its own. */
export const STDERR = 'stderr';

export function outputReader(base: Readonly<Record<'stdout' | 'stderr', string>>) {
  return createOutputReader({ colours: true, base });
}

export function outputLines(pieces: readonly OutputPiece[]): readonly Line[] {
  const reader = outputReader({ stdout: '', stderr: STDERR });
  for (const piece of pieces) reader.push(piece.text, piece.stream);
  const lines = reader.lines();
  const end = lines.findLastIndex((line) => lineText(line).trim() !== '');
  return lines.slice(0, end + 1);
}

export function outputText(pieces: readonly OutputPiece[]): string {
  return outputLines(pieces).map(lineText).join('\n');
}
