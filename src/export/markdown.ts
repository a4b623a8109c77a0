/** A walk through a lesson as Markdown: the lesson's own text, and under each cell what it printed and what holds. */
import type { Verdict } from '../check/model.ts';
import type { Block, Cell, Quiz } from '../lesson/model.ts';
import type { CellState } from '../session/state.ts';
import type { Trace } from '../trace/model.ts';
import { cellFacts, cellText, MARKS, stamp } from './cells.ts';
import { code, fenced, plain } from './marked.ts';
import type { Exporter, Walk } from './model.ts';
import { outputText } from './output.ts';
import { tracesOf } from './packet/found.ts';
import { packetParts } from './packet/markdown.ts';
import type { ExportWords } from './words.ts';

function verdictLines(verdict: Verdict, words: ExportWords): string[] {
  const state = Object.hasOwn(MARKS, verdict.state) ? verdict.state : 'broken';
  const lines = [
    `- ${MARKS[state] === '-' ? '\\-' : MARKS[state]} ${words.verdict[state]}: ${plain(words.say(verdict.title))}`,
  ];
  if (state === 'pass') return lines;
  lines.push(
    `  - ${words.expected}: ${code(words.say(verdict.expected))}`,
    `  - ${words.found}: ${code(words.say(verdict.found))}`,
  );
  for (const { field, expected, found } of verdict.differences)
    lines.push(`  - ${plain(field)}: ${words.expected} ${code(expected)}, ${words.found} ${code(found)}`);
  if (verdict.explanation === undefined) return lines;
  const { cause, advice, steps } = verdict.explanation;
  lines.push(`  - ${words.why}: ${plain(words.say(cause))}`);
  for (const step of steps)
    lines.push(`    - ${plain(words.say(step.question))} ${plain(words.say(step.answer))}`);
  lines.push(`  - ${words.advice}: ${plain(words.say(advice))}`);
  return lines;
}

function cellParts(
  cell: Cell,
  state: CellState | undefined,
  traces: readonly Trace[],
  words: ExportWords,
): string[] {
  const status = state?.status ?? 'waiting';
  const { text } = cellText(cell, state);
  const role = cell.role === 'task' ? ` (${words.task})` : '';
  const facts = [words.status[status], ...cellFacts(cell, state, words)].map(plain).join(', ');
  const parts = [`**${words.cell(cell.number)}**${role} ${code(cell.id)}: ${facts}`];
  if (text.trim() !== '') parts.push(fenced('sh', text));
  const printed = state === undefined ? '' : outputText(state.output);
  if (printed !== '') parts.push(`${words.output}:`, fenced('text', printed));
  if (state?.skippedBecause !== undefined)
    parts.push(`${words.skippedBecause}: ${plain(state.skippedBecause)}`);
  const verdicts = state?.verdicts ?? [];
  if (verdicts.length > 0)
    parts.push(`${words.checks}:`, verdicts.flatMap((verdict) => verdictLines(verdict, words)).join('\n'));
  return [...parts, ...traces.flatMap((trace) => packetParts(trace, words))];
}

function quizParts(quiz: Quiz, walk: Walk, words: ExportWords): string[] {
  const { quizzes } = walk.state;
  const answer = Object.hasOwn(quizzes, quiz.id) ? quizzes[quiz.id] : undefined;
  // They are Markdown as they stand.
  const choices = quiz.choices.map((choice, index) => {
    if (answer?.choice !== index) return `- [ ] ${choice.text}`;
    const because = choice.because === undefined ? '' : ` (${choice.because})`;
    return `- [x] ${choice.text}: ${choice.right ? words.right : words.wrong}${because}`;
  });
  return [quiz.question, choices.join('\n')];
}

type Traces = ReadonlyMap<string, readonly Trace[]>;

function blockParts(block: Block, walk: Walk, traces: Traces, words: ExportWords): string[] {
  switch (block.kind) {
    case 'prose':
      return [block.markdown];
    case 'code':
      return [fenced(/^[\w+-]+$/.test(block.language) ? block.language : '', block.text)];
    case 'cell':
      return cellParts(block.cell, walk.state.cells[block.cell.id], traces.get(block.cell.id) ?? [], words);
    case 'quiz':
      return quizParts(block.quiz, walk, words);
  }
}

export const markdown: Exporter = (walk, { words, version }) => {
  const { lesson, state, source, at } = walk;
  const traces = tracesOf(walk.events);
  const facts = [`${words.lesson}: ${code(lesson.id)}, ${words.source[source]}`];
  if (at !== undefined) facts.push(`${words.walked}: ${stamp(at)}`);
  if (state.points.possible > 0 && source !== 'text')
    facts.push(`${words.points}: ${state.points.earned} / ${state.points.possible}`);
  const parts = [
    `# ${plain(lesson.title)}`,
    ...(lesson.summary === '' ? [] : [plain(lesson.summary)]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...lesson.blocks.flatMap((block) => blockParts(block, walk, traces, words)),
    '---',
    words.made(plain(version)),
  ];
  return `${parts.join('\n\n')}\n`;
};
