/** A lesson file to a lesson, or to all of its faults: never half, never an exception. Pure. */
import { Build } from './build.ts';
import { Faults } from './faults.ts';
import { type Piece, readPieces } from './fences.ts';
import { finishCells } from './finish.ts';
import { readFrontMatter } from './frontmatter.ts';
import { Hosts } from './hosts.ts';
import { identify } from './identity.ts';
import { languageOf } from './language.ts';
import type { CheckVocabulary, Lesson, ParsedLesson, Step } from './model.ts';
import { fillPlaceholders } from './placeholders.ts';
import { ADD } from './roles.ts';
import { readSource } from './source.ts';
import { DEFAULT_SEED, valuesOf } from './values.ts';
import { roleOf, stepsOf } from './walk.ts';

/** Fills the build; returns the steps. */
function walk(pieces: readonly Piece[], build: Build, title: string): Step[] {
  return stepsOf(pieces, build, title, {
    begin() {
      if (build.drafts.length > 0) build.between = 'a heading';
    },
    fence(fence) {
      const header = roleOf(build, fence);
      if (header) ADD[header.role](build, fence, header);
    },
  });
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
