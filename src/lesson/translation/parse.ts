/**
 * A translation: the words of a lesson in another language. What runs and what is checked stands once, in the original;
 * a translation shows its cells again, so that it can be read anywhere, and is refused where they are not the same.
 */
import { Faults } from '../faults.ts';
import { type Piece, readPieces } from '../fences.ts';
import { type FrontMatterResult, readFrontMatter } from '../frontmatter.ts';
import { identify } from '../identity.ts';
import { languageOf } from '../language.ts';
import type { Cell, Lesson, Note, ParsedLesson, Step } from '../model.ts';
import { fillPlaceholders } from '../placeholders.ts';
import { readSource } from '../source.ts';
import { roleOf, stepsOf } from '../walk.ts';
import { TRANSLATE } from './blocks.ts';
import { stepWords, tellChanged } from './digest.ts';
import { type CellDraft, Draft } from './draft.ts';
import { tellMissing } from './follow.ts';

/** Fields that are words; every other is the original's. */
const WORDS: readonly string[] = ['title', 'summary', 'lang', 'of'];

function compareFrontMatter(front: FrontMatterResult, draft: Draft): void {
  if (!front.fields) return;
  for (const field of Object.keys(front.fields))
    if (!WORDS.includes(field))
      draft.faults.error(
        'belongs-to-original',
        front.spanOf(field),
        `\`${field}\` stands in the original alone.`,
        'take it away: it holds here too',
      );
  if (draft.original.summary !== '' && front.fields.summary === undefined)
    draft.faults.error(
      'missing-field',
      { line: 1, column: 1, length: 3 },
      'The original has a summary, the translation has none.',
      'write `summary: ...`',
    );
}

/** Fills the draft; returns the steps. */
function walk(pieces: readonly Piece[], draft: Draft, title: string): Step[] {
  let heading = { line: 1, column: 1 };
  const steps = stepsOf(pieces, draft, title, {
    begin({ line }) {
      heading = { line, column: 1 };
    },
    fence(fence) {
      const header = roleOf(draft, fence);
      if (header) TRANSLATE[header.role](draft, fence, header);
    },
  });
  const wanted = draft.original.steps.length;
  if (steps.length !== wanted && !draft.stepTold)
    draft.faults.error(
      'steps-differ',
      { ...heading, length: Infinity },
      `The original has ${wanted} steps, this has ${steps.length} up to here.`,
      'begin each step with a heading `##`, where the original does',
    );
  return steps;
}

/** What can only be said of a cell when all that belongs to it has been read. */
function finish(cell: CellDraft, draft: Draft): Cell {
  const { original } = cell;
  const lacking = original.hints.length - cell.hints.length;
  if (lacking > 0)
    draft.faults.error(
      'missing-block',
      cell.span,
      `The original’s \`${original.id}\` has ${original.hints.length} \`.hint\` blocks; here are ${cell.hints.length}.`,
      `the next one is in ${draft.at(original.hints[cell.hints.length]!.place.line)}`,
    );
  const unsaid = original.expects.filter((check) => check.says !== undefined && !cell.says.has(check.id));
  if (unsaid.length > 0)
    draft.faults.error(
      'missing-words',
      cell.span,
      `Words are missing for checks of \`${original.id}\`: ${unsaid.map(({ id }) => id).join(', ')}.`,
      `write a \`.says\` block after it, with a line \`${unsaid[0]!.id}: ...\``,
    );
  return {
    ...original,
    text: cell.text,
    originalText: original.text,
    step: cell.step,
    hints: cell.hints,
    expects: original.expects.map((check) => {
      const says = cell.says.get(check.id);
      return says === undefined ? check : { ...check, says };
    }),
    ...(cell.solution === undefined ? {} : { solution: cell.solution }),
    place: { file: draft.file, line: cell.span.line, column: cell.span.column },
  };
}

/** Where a step has none of its own, the original's are better than nothing; that is told. */
function notesOf(draft: Draft): Note[] {
  const own = new Set(draft.notes.map(({ step }) => step));
  const missing = draft.original.notes.filter(({ step }) => !own.has(step));
  const [first] = missing;
  if (first)
    draft.faults.warning(
      'missing-notes',
      { line: 1, column: 1, length: 3 },
      `The original has notes for presenters where these are missing: ${draft.at(first.place.line)}.`,
      'write a `.notes` block in the same step',
    );
  return [...draft.notes, ...missing].sort((a, b) => a.step - b.step);
}

/** `file` is used for places, and for the language; it is not read. */
export function parseTranslation(
  file: string,
  bytes: Uint8Array | string,
  original: Lesson,
  /** The original as its file has it, where somebody asks whether its words have changed. */
  source?: string,
): ParsedLesson {
  const read = readSource(file, bytes);
  if (!read.ok) return { ok: false, diagnostics: [read.fault] };
  const { lines, hash } = read.source;
  const faults = new Faults(file, lines);
  const front = readFrontMatter(lines, faults);
  const identity = identify(file);
  const language = languageOf(identity, front, faults);
  const filled = fillPlaceholders(lines, front.length, original.params?.values ?? {}, faults);
  faults.toFile = filled.back;
  const draft = new Draft(file, faults, original);
  compareFrontMatter(front, draft);
  const made = front.fields?.of;
  if (made !== undefined && source !== undefined)
    tellChanged(
      made,
      stepWords(source),
      stepWords(lines.join('\n')),
      (line) => draft.at(line),
      front.spanOf('of'),
      faults,
    );
  const title = front.fields?.title ?? identity.id;
  const steps = walk(readPieces(filled.lines, front.length), draft, title);
  const last = lines.findLastIndex((line) => line.trim() !== '') + 1;
  tellMissing(draft, draft.anchors.length, { line: last, column: 1 });
  const cells = draft.cells.map((cell) => finish(cell, draft));
  if (faults.fatal) return { ok: false, diagnostics: faults.inOrder() };
  for (const [i, { block }] of draft.cells.entries())
    draft.blocks[block] = { kind: 'cell', cell: cells[i]!, line: cells[i]!.place.line };
  const summary = front.fields?.summary ?? '';
  const lesson: Lesson = {
    ...original,
    file,
    language,
    title,
    summary,
    blocks: draft.blocks,
    steps,
    cells,
    notes: notesOf(draft),
    hash,
  };
  return { ok: true, lesson, warnings: faults.inOrder() };
}
