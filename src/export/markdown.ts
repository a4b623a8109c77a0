/** A walk through a lesson as Markdown: the lesson's own text, and under each cell what it printed and what holds. */
import type { Verdict } from '../check/model.ts';
import type { Block, Cell, Quiz } from '../lesson/model.ts';
import { oneLine, terminalSafe } from '../report/safe.ts';
import type { CellState } from '../session/state.ts';
import { cellFacts, cellText, MARKS, stamp } from './cells.ts';
import type { Exporter, Walk } from './model.ts';
import { outputText } from './output.ts';
import type { ExportWords } from './words.ts';

/** A fence longer than any run of backticks inside: nothing in it can end it. */
export function fenced(language: string, content: string): string {
  const safe = terminalSafe(content).replace(/\n$/, '');
  const longest = Math.max(2, ...[...safe.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${safe}\n${fence}`;
}

/** In one line, every character that Markdown might obey with a backslash before it (CommonMark 0.31, section 2.4). */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#+!|&~]/g, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^[-=]/, '\\$&');
}

/** A code span that nothing inside can end. */
export function code(text: string): string {
  const safe = oneLine(text);
  if (safe === '') return '""';
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map((run) => run[0].length));
  const mark = '`'.repeat(longest + 1);
  return longest > 0 ? `${mark} ${safe} ${mark}` : `${mark}${safe}${mark}`;
}

function verdictLines(verdict: Verdict, words: ExportWords): string[] {
  const state = Object.hasOwn(MARKS, verdict.state) ? verdict.state : 'broken';
  const lines = [
    `- ${MARKS[state] === '-' ? '\\-' : MARKS[state]} ${words.verdict[state]}: ${plain(verdict.title)}`,
  ];
  if (state === 'pass') return lines;
  lines.push(
    `  - ${words.expected}: ${code(verdict.expected)}`,
    `  - ${words.found}: ${code(verdict.found)}`,
  );
  for (const { field, expected, found } of verdict.differences)
    lines.push(`  - ${plain(field)}: ${words.expected} ${code(expected)}, ${words.found} ${code(found)}`);
  if (verdict.explanation === undefined) return lines;
  const { cause, advice, steps } = verdict.explanation;
  lines.push(`  - ${words.why}: ${plain(cause)}`);
  for (const step of steps) lines.push(`    - ${plain(step.question)} ${plain(step.answer)}`);
  lines.push(`  - ${words.advice}: ${plain(advice)}`);
  return lines;
}

function cellParts(cell: Cell, state: CellState | undefined, words: ExportWords): string[] {
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
  return parts;
}

function quizParts(quiz: Quiz, walk: Walk, words: ExportWords): string[] {
  const { quizzes } = walk.state;
  const answer = Object.hasOwn(quizzes, quiz.id) ? quizzes[quiz.id] : undefined;
  const choices = quiz.choices.map((choice, index) => {
    if (answer?.choice !== index) return `- [ ] ${plain(choice.text)}`;
    const because = choice.because === undefined ? '' : ` (${plain(choice.because)})`;
    return `- [x] ${plain(choice.text)}: ${choice.right ? words.right : words.wrong}${because}`;
  });
  return [quiz.question, choices.join('\n')];
}

function blockParts(block: Block, walk: Walk, words: ExportWords): string[] {
  switch (block.kind) {
    case 'prose':
      return [block.markdown];
    case 'code':
      return [fenced(/^[\w+-]+$/.test(block.language) ? block.language : '', block.text)];
    case 'cell':
      return cellParts(block.cell, walk.state.cells[block.cell.id], words);
    case 'quiz':
      return quizParts(block.quiz, walk, words);
  }
}

export const markdown: Exporter = (walk, { words, version }) => {
  const { lesson, state, source, at } = walk;
  const facts = [`${words.lesson}: ${code(lesson.id)}, ${words.source[source]}`];
  if (at !== undefined) facts.push(`${words.walked}: ${stamp(at)}`);
  if (state.points.possible > 0 && source !== 'text')
    facts.push(`${words.points}: ${state.points.earned} / ${state.points.possible}`);
  const parts = [
    `# ${plain(lesson.title)}`,
    ...(lesson.summary === '' ? [] : [plain(lesson.summary)]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...lesson.blocks.flatMap((block) => blockParts(block, walk, words)),
    '---',
    words.made(plain(version)),
  ];
  return `${parts.join('\n\n')}\n`;
};
