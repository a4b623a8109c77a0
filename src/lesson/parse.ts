/** A lesson file to a lesson, or to all of its faults: never half, never an exception. Pure. */
import { Build } from './build.ts';
import { Faults } from './faults.ts';
import { type Fence, type Piece, readPieces } from './fences.ts';
import { finishCells } from './finish.ts';
import { readFrontMatter } from './frontmatter.ts';
import { readHeader } from './header.ts';
import { Hosts } from './hosts.ts';
import { identify } from './identity.ts';
import { languageOf } from './language.ts';
import type { CheckVocabulary, Lesson, ParsedLesson, Step } from './model.ts';
import { fillPlaceholders } from './placeholders.ts';
import { ADD } from './roles.ts';
import { readSource } from './source.ts';
import { isUnseen } from './unseen.ts';
import { DEFAULT_SEED, valuesOf } from './values.ts';

function addFence(build: Build, fence: Fence): void {
  const at = { line: fence.line, column: fence.column, length: Infinity };
  const { header, shown } = readHeader(fence, build.faults);
  if (shown && fence.nested) return;
  if (!fence.closed)
    build.faults.error(
      'unclosed-fence',
      at,
      'This fence is never closed.',
      'end it with a line of as many backticks',
    );
  if (shown) {
    const language = fence.info.trim().split(/\s+/)[0] ?? '';
    build.blocks.push({ kind: 'code', language, text: fence.lines.join('\n'), line: fence.line });
  } else if (header && fence.nested) {
    const message = `A \`.${header.role}\` block stands at the left margin, not in a list or a quotation.`;
    build.faults.error('nested-block', at, message, 'end the list before it');
  } else if (header) ADD[header.role](build, fence, header);
}

/** Fills the build; returns the steps. */
function walk(pieces: readonly Piece[], build: Build, title: string): Step[] {
  const steps: { title: string; from: number; to: number }[] = [];
  for (const piece of pieces) {
    const heading = piece.kind === 'prose' ? piece.heading : undefined;
    if (heading !== undefined || (steps.length === 0 && !isUnseen(piece))) {
      // What stands before the first heading is a step of its own, named after the lesson; nothing there makes none.
      const from = build.blocks.length;
      if (steps.length > 0) steps.at(-1)!.to = from;
      steps.push({ title: heading ?? title, from, to: from });
      build.step = steps.length - 1;
      if (build.drafts.length > 0) build.between = 'a heading';
    }
    if (piece.kind === 'fence') addFence(build, piece);
    else build.blocks.push({ kind: 'prose', markdown: piece.markdown, line: piece.line });
  }
  if (steps.length === 0) steps.push({ title, from: 0, to: 0 });
  steps.at(-1)!.to = build.blocks.length;
  return steps;
}

export interface ParseOptions {
  /** What its params come of; `DEFAULT_SEED` without it. */
  seed?: string;
}

/** `file` is used for places, and for the lesson's id and language; it is not read. */
export function parseLesson(
  file: string,
  bytes: Uint8Array | string,
  vocabulary: CheckVocabulary,
  { seed = DEFAULT_SEED }: ParseOptions = {},
): ParsedLesson {
  const read = readSource(file, bytes);
  if (!read.ok) return { ok: false, diagnostics: [read.fault] };
  const { lines, hash } = read.source;
  const faults = new Faults(file, lines);
  const front = readFrontMatter(lines, faults);
  const identity = identify(file);
  const language = languageOf(identity, front, faults);
  if (front.fields?.of !== undefined)
    faults.error(
      'belongs-to-translation',
      front.spanOf('of'),
      '`of` says what a translation was made from, and this is an original.',
      'take it away',
    );
  const values = front.params && valuesOf(front.params, identity.id, seed);
  const filled = fillPlaceholders(lines, front.length, values, faults);
  faults.toFile = filled.back;
  const build = new Build(file, faults, new Hosts(front.fields), vocabulary);
  const title = front.fields?.title ?? identity.id;
  const steps = walk(readPieces(filled.lines, front.length), build, title);
  finishCells(build);
  if (faults.fatal) return { ok: false, diagnostics: faults.inOrder() };
  const lesson: Lesson = {
    file,
    id: identity.id,
    language,
    title,
    summary: front.fields?.summary ?? '',
    ...(front.params?.size ? { params: { seed, values: values! } } : {}),
    ...(front.fields?.grading ? { grading: front.fields.grading } : {}),
    hosts: build.hosts.list,
    needs: front.fields?.needs ?? [],
    blocks: build.blocks,
    steps,
    cells: build.drafts.map((draft) => draft.cell),
    setups: build.setups,
    notes: build.notes,
    hash,
  };
  return { ok: true, lesson, warnings: faults.inOrder() };
}
