/** What each role adds to a lesson: one small function a role. */
import type { Build, Draft, DraftOf } from './build.ts';
import { DEFAULT_TIMEOUT_MS, type RoleName } from './definitions.ts';
import { readExpect } from './expect.ts';
import type { Span } from './faults.ts';
import type { Fence } from './fences.ts';
import type { Header } from './header.ts';
import type { CellRole } from './model.ts';
import { parseOutput } from './output.ts';
import { readQuiz } from './quiz.ts';
import { readTopology } from './topology/read.ts';
import { topologyScript } from './topology/script.ts';

const spanOf = (fence: Fence): Span => ({ line: fence.line, column: fence.column, length: Infinity });
const textOf = (fence: Fence): string => fence.lines.join('\n');
const isBlank = (fence: Fence): boolean => fence.lines.every((line) => line.trim() === '');

function refuseBlank(build: Build, fence: Fence, what: string): void {
  if (isBlank(fence)) build.faults.error('empty-block', spanOf(fence), `The \`.${what}\` block is empty.`);
}

function claimId(build: Build, header: Header, fallback: string): string {
  const id = header.id?.text ?? fallback;
  if (build.ids.has(id) && header.id)
    build.faults.error(
      'duplicate-id',
      header.id.span,
      `Another block is called \`${id}\`.`,
      'choose another id',
    );
  build.ids.add(id);
  return id;
}

function hostOf(build: Build, header: Header): string {
  const { on } = header.values;
  if (on !== undefined) build.hosts.check(on, header.spans.on!, build.faults);
  return on ?? build.hosts.first;
}

function addCell(build: Build, fence: Fence, header: Header): void {
  const { values, spans } = header;
  const number = build.drafts.length + 1;
  const cell: Draft = {
    id: claimId(build, header, `cell-${number}`),
    number,
    role: header.role as CellRole,
    language: header.language || 'sh',
    text: textOf(fence),
    host: hostOf(build, header),
    timeoutMs: values.timeout ?? DEFAULT_TIMEOUT_MS,
    background: values.background ?? false,
    interactive: values.interactive ?? false,
    exit: values.exit ?? 0,
    points: values.points ?? 0,
    needs: values.needs ?? [],
    expects: [],
    outputs: [],
    hints: [],
    step: build.step,
    place: { file: build.file, line: fence.line, column: fence.column },
  };
  if (cell.role === 'run') refuseBlank(build, fence, 'run');
  if (cell.background && cell.interactive)
    build.faults.error(
      'conflict',
      spans.interactive!,
      'A cell in the background has no terminal.',
      'take `background` or `interactive` away',
    );
  if (cell.background && values.exit !== undefined)
    build.faults.error(
      'conflict',
      spans.exit!,
      'A cell in the background has no exit status yet when it is checked.',
      'take `exit` away',
    );
  build.drafts.push({ cell, span: spanOf(fence), waits: [], spoken: new Set() });
  build.between = undefined;
  build.blocks.push({ kind: 'cell', cell, line: fence.line });
}

/** The cell that a block belongs to; where there is none, that is told. */
function owner(build: Build, fence: Fence, role: RoleName): DraftOf | undefined {
  const draft = build.last;
  if (!draft) {
    const instead = role === 'solution' ? 'write a `.task` before it' : 'write a `.run` or `.task` before it';
    build.faults.error(
      'no-cell',
      spanOf(fence),
      `An \`.${role}\` block belongs to the cell before it, and there is none.`.replace(
        /^An `\.([hs])/,
        'A `.$1',
      ),
      instead,
    );
    return undefined;
  }
  if (build.between) {
    const message = `This belongs to the cell in line ${draft.span.line}, but ${build.between} stands between.`;
    build.faults.warning('far-from-cell', spanOf(fence), message, 'move it up, right after its cell');
  }
  draft.spoken.add(role);
  return draft;
}

function addExpect(build: Build, fence: Fence): void {
  const { file, faults, vocabulary, hosts, checkIds } = build;
  const draft = owner(build, fence, 'expect');
  // Without a cell its own faults are told all the same.
  const cell = draft?.cell ?? { id: '', host: hosts.first, expects: [] };
  const checks = readExpect(fence, { file, faults, vocabulary, hosts, cell, ids: checkIds });
  draft?.cell.expects.push(...checks);
}

function addOutput(build: Build, fence: Fence): void {
  const draft = owner(build, fence, 'output');
  const { faults } = parseOutput(fence.lines);
  for (const { code, index, message, instead } of faults) {
    const line = fence.lines[index];
    const span = {
      line: fence.line + 1 + index,
      column: fence.columns[index] ?? 1,
      length: line?.length ?? 1,
    };
    build.faults.error(code, code === 'empty-output' ? spanOf(fence) : span, message, instead);
  }
  const place = { file: build.file, line: fence.line, column: fence.column };
  draft?.cell.outputs.push({ lines: fence.lines, place });
}

function addHint(build: Build, fence: Fence, header: Header): void {
  refuseBlank(build, fence, 'hint');
  const draft = owner(build, fence, 'hint');
  const { when } = header.values;
  const place = { file: build.file, line: fence.line, column: fence.column };
  draft?.cell.hints.push({ markdown: textOf(fence).trim(), ...(when === undefined ? {} : { when }), place });
  if (when !== undefined) draft?.waits.push({ check: when, span: header.spans.when! });
}

function addSolution(build: Build, fence: Fence): void {
  refuseBlank(build, fence, 'solution');
  const cell = owner(build, fence, 'solution')?.cell;
  if (!cell) return;
  const told = `The cell before it, in line ${cell.place.line},`;
  if (cell.role !== 'task')
    build.faults.error(
      'solution-without-task',
      spanOf(fence),
      `${told} is no task, so it needs no solution.`,
      'make it a `.task`, or take the solution away',
    );
  else if (cell.solution !== undefined)
    build.faults.error('two-solutions', spanOf(fence), `${told} has a solution already.`, 'keep one of them');
  cell.solution ??= textOf(fence);
}

function addSetup(build: Build, fence: Fence, header: Header): void {
  refuseBlank(build, fence, 'setup');
  const place = { file: build.file, line: fence.line, column: fence.column };
  build.setups.push({ text: textOf(fence), host: hostOf(build, header), place });
}

/** A network is one more thing to set up; where it has faults, they are told and nothing is. */
function addTopology(build: Build, fence: Fence, header: Header): void {
  const host = hostOf(build, header);
  const parts = readTopology(fence, build.faults);
  const place = { file: build.file, line: fence.line, column: fence.column };
  if (parts.some((part) => part.host) && header.values.on !== undefined)
    build.faults.error(
      'conflict',
      header.spans.on!,
      'A block with `hosts:` names its hosts itself.',
      'leave `on=` away',
    );
  for (const part of parts) {
    if (part.host) build.hosts.check(part.host.name, part.host.span, build.faults);
    build.setups.push({
      text: topologyScript(part.topology, part.tunnels),
      host: part.host?.name ?? host,
      place,
    });
  }
}

function addQuiz(build: Build, fence: Fence, header: Header): void {
  const id = claimId(build, header, `quiz-${++build.quizzes}`);
  const quiz = readQuiz(fence, build.file, id, build.faults);
  if (build.drafts.length > 0) build.between = 'a quiz';
  build.blocks.push({ kind: 'quiz', quiz, line: fence.line });
}

function addNotes(build: Build, fence: Fence): void {
  refuseBlank(build, fence, 'notes');
  const place = { file: build.file, line: fence.line, column: fence.column };
  build.notes.push({ markdown: textOf(fence).trim(), step: build.step, place });
}

/** The words of checks stand with the checks; apart from them only where the checks are elsewhere. */
function addSays(build: Build, fence: Fence): void {
  build.faults.error(
    'only-in-translation',
    spanOf(fence),
    'A `.says` block belongs to a translation; this is an original.',
    'write `says: ...` in the check itself',
  );
}

export const ADD: Readonly<Record<RoleName, (build: Build, fence: Fence, header: Header) => void>> = {
  run: addCell,
  task: addCell,
  expect: addExpect,
  output: addOutput,
  hint: addHint,
  solution: addSolution,
  setup: addSetup,
  topology: addTopology,
  quiz: addQuiz,
  notes: addNotes,
  says: addSays,
};
