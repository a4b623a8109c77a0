/** What an original and its translation are read alike by: pieces to steps, and a fence to what is made of it. */
import type { Faults } from './faults.ts';
import type { Fence, Piece } from './fences.ts';
import { type Header, readHeader } from './header.ts';
import type { Block, Step } from './model.ts';
import { isUnseen } from './unseen.ts';

/** What is filled: a `Build` or a `Draft`. */
interface Filled {
  readonly faults: Faults;
  readonly blocks: Block[];
  step: number;
}

/** A block with a role; one without is shown as it is. What is wrong with either is told. */
export function roleOf(filled: Filled, fence: Fence): Header | undefined {
  const at = { line: fence.line, column: fence.column, length: Infinity };
  const { header, shown } = readHeader(fence, filled.faults);
  if (shown && fence.nested) return undefined;
  if (!fence.closed)
    filled.faults.error(
      'unclosed-fence',
      at,
      'This fence is never closed.',
      'end it with a line of as many backticks',
    );
  if (shown) {
    const language = fence.info.trim().split(/\s+/)[0] ?? '';
    filled.blocks.push({ kind: 'code', language, text: fence.lines.join('\n'), line: fence.line });
    return undefined;
  }
  if (header && fence.nested) {
    const message = `A \`.${header.role}\` block stands at the left margin, not in a list or a quotation.`;
    filled.faults.error('nested-block', at, message, 'end the list before it');
    return undefined;
  }
  return header;
}

interface Walk {
  /** A step begins with this piece. */
  begin(piece: Piece): void;
  fence(fence: Fence): void;
}

/** What stands before the first heading is a step of its own, named after the lesson; nothing there makes none. */
export function stepsOf(pieces: readonly Piece[], filled: Filled, title: string, on: Walk): Step[] {
  const steps: { title: string; from: number; to: number }[] = [];
  for (const piece of pieces) {
    const heading = piece.kind === 'prose' ? piece.heading : undefined;
    if (heading !== undefined || (steps.length === 0 && !isUnseen(piece))) {
      const from = filled.blocks.length;
      if (steps.length > 0) steps.at(-1)!.to = from;
      steps.push({ title: heading ?? title, from, to: from });
      filled.step = steps.length - 1;
      on.begin(piece);
    }
    if (piece.kind === 'fence') on.fence(piece);
    else filled.blocks.push({ kind: 'prose', markdown: piece.markdown, line: piece.line });
  }
  if (steps.length === 0) steps.push({ title, from: 0, to: 0 });
  steps.at(-1)!.to = filled.blocks.length;
  return steps;
}
