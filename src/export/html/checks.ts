/** Verdicts as a list: the mark is said in words too, as nothing may be told by colour alone. */
import type { Explanation, Verdict } from '../../check/model.ts';
import { MARKS } from '../cells.ts';
import type { ExportWords } from '../words.ts';
import { text } from './escape.ts';

const STEP_MARKS = { ok: '✓', wrong: '✗', unknown: '?' } as const;

function pair(name: string, value: string): string {
  return `<dt>${text(name)}</dt><dd>${text(value)}</dd>`;
}

function differencesHtml(verdict: Verdict, words: ExportWords): string {
  if (verdict.differences.length === 0) return '';
  const head = [words.field, words.expected, words.found];
  const rows = verdict.differences.map(
    ({ field, expected, found }) =>
      `<tr><th scope="row">${text(field)}</th><td>${text(expected)}</td><td>${text(found)}</td></tr>`,
  );
  const cells = head.map((name) => `<th scope="col">${text(name)}</th>`).join('');
  return `<table><thead><tr>${cells}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function explanationHtml({ cause, advice, steps }: Explanation, words: ExportWords): string {
  const way = steps.map(
    (step) =>
      `<li><span aria-hidden="true">${STEP_MARKS[step.state] ?? '?'}</span> ${text(words.say(step.question))} ${text(words.say(step.answer))}</li>`,
  );
  const list = way.length === 0 ? '' : `<ol>${way.join('')}</ol>`;
  const why = `<p><strong>${text(words.why)}:</strong> ${text(words.say(cause))}</p>`;
  return `${why}${list}<p><strong>${text(words.advice)}:</strong> ${text(words.say(advice))}</p>`;
}

function verdictHtml(verdict: Verdict, words: ExportWords): string {
  const state = Object.hasOwn(MARKS, verdict.state) ? verdict.state : 'broken';
  const head = `<span class="state"><span aria-hidden="true">${MARKS[state]}</span> ${text(words.verdict[state])}</span> ${text(words.say(verdict.title))}`;
  const points =
    verdict.points > 0 ? ` <span class="meta">(${text(words.points)}: ${verdict.points})</span>` : '';
  if (state === 'pass') return `<li class="pass">${head}${points}</li>`;
  const evidence = [
    `<dl>${pair(words.expected, words.say(verdict.expected))}${pair(words.found, words.say(verdict.found))}</dl>`,
    differencesHtml(verdict, words),
    verdict.explanation === undefined ? '' : explanationHtml(verdict.explanation, words),
  ];
  return `<li class="${state}">${head}${points}<div class="evidence">${evidence.join('')}</div></li>`;
}

export function checksHtml(verdicts: readonly Verdict[], words: ExportWords): string {
  if (verdicts.length === 0) return '';
  const items = verdicts.map((verdict) => verdictHtml(verdict, words)).join('\n');
  return `<h4>${text(words.checks)}</h4>\n<ul class="checks">\n${items}\n</ul>\n`;
}
