/** What each role adds to a translation: one small function a role. */
import type { RoleName } from '../definitions.ts';
import type { Span } from '../faults.ts';
import type { Fence } from '../fences.ts';
import type { Header } from '../header.ts';
import { readQuiz } from '../quiz.ts';
import { compareAttributes } from './attributes.ts';
import type { CellDraft, Draft } from './draft.ts';
import { follow } from './follow.ts';
import { codeDifference } from './same-code.ts';
import { readSays } from './says.ts';

type Add = (draft: Draft, fence: Fence, header: Header) => void;

const headOf = (fence: Fence): Span => ({ line: fence.line, column: fence.column, length: Infinity });
const lineOf = (fence: Fence, index: number): Span => ({
  line: fence.line + 1 + index,
  column: fence.columns[index] ?? 1,
  length: Infinity,
});

function compareCode(draft: Draft, fence: Fence, original: string, what: string): void {
  const found = codeDifference(fence.lines, original.split('\n'));
  if (!found) return;
  draft.faults.error(
    'differs-from-original',
    found.index === undefined ? headOf(fence) : lineOf(fence, found.index),
    found.index === undefined
      ? `A line of ${what} is missing.`
      : `This line is not that of ${what}; only comments on lines of their own may be translated.`,
    found.wanted === undefined ? 'take it away' : `write \`${found.wanted}\``,
  );
}

const addCell: Add = (draft, fence, header) => {
  draft.cell = undefined;
  draft.begun = true;
  const anchor = follow(draft, fence, header);
  if (!anchor || anchor.kind === 'quiz') return;
  const { cell } = anchor;
  compareAttributes(header, cell, headOf(fence), draft.faults);
  compareCode(draft, fence, cell.text, `\`${cell.id}\` (${draft.at(cell.place.line)})`);
  draft.cell = {
    original: cell,
    span: headOf(fence),
    text: fence.lines.join('\n'),
    step: draft.step,
    hints: [],
    outputs: 0,
    says: new Map(),
    block: draft.blocks.length,
  };
  draft.cells.push(draft.cell);
  // Put in when all that belongs to it has been read.
  draft.blocks.push({ kind: 'cell', cell, line: fence.line });
};

const addQuiz: Add = (draft, fence, header) => {
  draft.cell = undefined;
  const anchor = follow(draft, fence, header);
  const before = draft.faults.count;
  const quiz = readQuiz(fence, draft.file, anchor?.id ?? '', draft.faults);
  // One with faults of its own is not compared: mended, it may well be the same.
  if (anchor?.kind !== 'quiz' || draft.faults.count > before) return;
  const { choices } = anchor.quiz;
  const shape = (all: typeof choices) => all.map(({ right }) => (right ? 'x' : '_')).join(' ');
  if (shape(quiz.choices) !== shape(choices))
    draft.faults.error(
      'differs-from-original',
      headOf(fence),
      `The choices are not those of \`${anchor.id}\` (${draft.at(anchor.line)}): as many, and right in the same places.`,
      `right (x) are in the original: ${shape(choices)}`,
    );
  draft.blocks.push({ kind: 'quiz', quiz, line: fence.line });
};

/** A block that belongs to the cell before it. What follows a cell that is unknown has been told with the cell. */
function ofCell(add: (draft: Draft, cell: CellDraft, fence: Fence, header: Header) => void): Add {
  return (draft, fence, header) => {
    if (draft.cell) add(draft, draft.cell, fence, header);
    else if (!draft.begun)
      draft.faults.error(
        'no-cell',
        headOf(fence),
        'This belongs to the cell before it, and there is none.',
        'write the cell first, as in the original',
      );
  };
}

const addHint = ofCell((draft, cell, fence, header) => {
  const { id, hints } = cell.original;
  const original = hints[cell.hints.length];
  const { when } = header.values;
  const head = headOf(fence);
  if (fence.lines.every((line) => line.trim() === ''))
    draft.faults.error('empty-block', head, 'The `.hint` block is empty.');
  if (!original)
    draft.faults.error(
      'differs-from-original',
      head,
      `The original’s \`${id}\` has ${hints.length === 0 ? 'no hint' : `${hints.length} hints`}; this is one more.`,
      'take it away, or put it into the original as well',
    );
  else if (when !== original.when)
    draft.faults.error(
      'differs-from-original',
      header.spans.when ?? head,
      `The original’s hint (${draft.at(original.place.line)}) ${original.when === undefined ? 'waits for no check' : `speaks when \`${original.when}\` has failed`}.`,
      original.when === undefined ? 'take `when` away' : `write \`{.hint when=${original.when}}\``,
    );
  cell.hints.push({
    markdown: fence.lines.join('\n').trim(),
    ...(original?.when === undefined ? {} : { when: original.when }),
    place: { file: draft.file, line: fence.line, column: fence.column },
  });
});

const addSolution = ofCell((draft, cell, fence) => {
  const { id, solution, place } = cell.original;
  if (solution === undefined)
    draft.faults.error('differs-from-original', headOf(fence), `The original’s \`${id}\` has no solution.`);
  else compareCode(draft, fence, solution, `the solution of \`${id}\` (after ${draft.at(place.line)})`);
  cell.solution = fence.lines.join('\n');
});

const addOutput = ofCell((draft, cell, fence) => {
  const original = cell.original.outputs[cell.outputs++];
  const differs = !original || original.lines.join('\n') !== fence.lines.join('\n');
  if (differs)
    draft.faults.error(
      'differs-from-original',
      headOf(fence),
      `What \`${cell.original.id}\` prints is said by the original, and in other words.`,
      'write the same, or take it away: the original’s holds here too',
    );
});

const addSays = ofCell((draft, cell, fence) => {
  for (const [id, words] of readSays(fence, cell.original.expects, draft.faults)) cell.says.set(id, words);
});

/** A presenter's notes are their own in each language: as many as one likes. */
const addNotes: Add = (draft, fence) => {
  if (fence.lines.every((line) => line.trim() === ''))
    draft.faults.error('empty-block', headOf(fence), 'The `.notes` block is empty.');
  const place = { file: draft.file, line: fence.line, column: fence.column };
  draft.notes.push({ markdown: fence.lines.join('\n').trim(), step: draft.step, place });
};

/** What stands once, in the original, and holds in every language. */
function onlyOriginal(what: string, instead: string): Add {
  return (draft, fence) =>
    draft.faults.error('belongs-to-original', headOf(fence), `${what} in the original alone.`, instead);
}

export const TRANSLATE: Readonly<Record<RoleName, Add>> = {
  run: addCell,
  task: addCell,
  quiz: addQuiz,
  hint: addHint,
  solution: addSolution,
  output: addOutput,
  says: addSays,
  notes: addNotes,
  expect: onlyOriginal('Checks stand', 'take it away; the words of its checks go into a `.says` block'),
  setup: onlyOriginal('What runs unseen stands', 'take it away: it runs here too'),
  topology: onlyOriginal('The network stands', 'take it away: it is made here too'),
};
