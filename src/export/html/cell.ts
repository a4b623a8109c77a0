/** One cell: what ran, what it printed, what its checks say. */
import type { Cell, Quiz } from '../../lesson/model.ts';
import { shownHints } from '../../session/hints.ts';
import type { CellState, SessionState } from '../../session/state.ts';
import type { Trace } from '../../trace/model.ts';
import { cellFacts, cellText } from '../cells.ts';
import { outputLines } from '../output.ts';
import type { ExportWords } from '../words.ts';
import { checksHtml } from './checks.ts';
import { attribute, text } from './escape.ts';
import { codeHtml, inlineHtml, markdownHtml } from './markdown.ts';
import { linesHtml } from './output.ts';
import { packetHtml } from './packet.ts';

function outputHtml(state: CellState, label: string, words: ExportWords): string {
  const lines = outputLines(state.output);
  if (lines.length === 0)
    return state.outcome === undefined ? '' : `<p class="meta">${text(words.noOutput)}</p>\n`;
  const name = attribute(label);
  return `<pre class="output" tabindex="0" role="group" aria-label="${name}"><samp>${linesHtml(lines)}</samp></pre>\n`;
}

function helpHtml(cell: Cell, state: CellState, words: ExportWords): string {
  const hints = shownHints(state)
    .flatMap((index) => cell.hints[index] ?? [])
    .map(
      (hint) =>
        `<h4>${text(words.hint)}</h4>\n${markdownHtml(hint.markdown, { from: 5, titles: words.titles })}`,
    );
  const solution =
    state.solutionShown && cell.solution !== undefined
      ? [`<h4>${text(words.solution)}</h4>\n${codeHtml(cell.solution, words.solution)}`]
      : [];
  return [...hints, ...solution].join('');
}

/** @param traces packets that were watched while its checks were looked at, or that the learner followed */
export function cellHtml(
  cell: Cell,
  state: CellState | undefined,
  words: ExportWords,
  traces: readonly Trace[] = [],
): string {
  const status = state?.status ?? 'waiting';
  const id = `cell-${cell.number}`;
  const name = words.cell(cell.number);
  const { text: shown, answered } = cellText(cell, state);
  const kind = answered ? words.answer : cell.role === 'task' ? words.given : words.command;
  const role = cell.role === 'task' ? ` (${text(words.task)})` : '';
  const skipped =
    state?.skippedBecause === undefined
      ? ''
      : `<p class="meta">${text(words.skippedBecause)}: ${text(state.skippedBecause)}</p>\n`;
  return `<article class="cell ${status}" aria-labelledby="${id}">
<h3 id="${id}">${text(name)}${role} <code>${text(cell.id)}</code> <span class="state">${text(words.status[status])}</span></h3>
<p class="meta">${text(cellFacts(cell, state, words).join(', '))}</p>
${codeHtml(shown, `${name}: ${kind}`, 'command')}${state === undefined ? '' : outputHtml(state, `${name}: ${words.output}`, words)}${skipped}${checksHtml(state?.verdicts ?? [], words)}${traces.map((trace) => packetHtml(trace, words)).join('')}${state === undefined ? '' : helpHtml(cell, state, words)}</article>
`;
}

export function quizHtml(quiz: Quiz, answers: SessionState['quizzes'], words: ExportWords): string {
  const answer = Object.hasOwn(answers, quiz.id) ? answers[quiz.id] : undefined;
  const choices = quiz.choices.map((choice, index) => {
    const chosen = answer?.choice === index;
    const said = chosen
      ? ` <span class="state">${text(words.chosen)}, ${text(choice.right ? words.right : words.wrong)}</span>`
      : '';
    const because = chosen && choice.because !== undefined ? `: ${inlineHtml(choice.because)}` : '';
    return `<li>${inlineHtml(choice.text)}${said}${because}</li>`;
  });
  const open = answer === undefined ? `<p class="meta">${text(words.notAnswered)}</p>\n` : '';
  return `<section class="quiz" aria-label="${attribute(words.question)}">
${markdownHtml(quiz.question, { from: 3, titles: words.titles })}<ol>
${choices.join('\n')}
</ol>
${open}</section>
`;
}
