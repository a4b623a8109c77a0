/**
 * One page that an instructor reads: learners by checks, the hardest checks, what to look at, and the evidence of each lost
 * point. One file, no script, nothing loaded; everything that a learner may have written is escaped.
 */
import { formatDuration } from '../../lib/clock.ts';
import { htmlDocument } from '../html-document.ts';
import { htmlAttribute, oneLine, xmlText } from '../safe.ts';
import { hardest, median } from './figures.ts';
import type { CellGrade, Grade, ItemGrade } from './grade.ts';
import { STYLE } from './html-style.ts';
import {
  asSaid,
  countsOf,
  evidenceLines,
  type Format,
  type GradeReport,
  lacks,
  lostMilli,
  type Say,
  shown,
} from './model.ts';

/** The only ways by which text comes into the page. */
const text = xmlText;
const attribute = htmlAttribute;

const KINDS = {
  earned: { css: 'earned', sign: '✓', word: 'holds' },
  lost: { css: 'lost', sign: '✗', word: 'does not hold' },
  followed: { css: 'followed', sign: '↷', word: 'follows from an earlier failure' },
  broken: { css: 'unseen', sign: '?', word: 'could not be looked at' },
} as const;

const STATES = { broken: 'not graded', refused: 'not read', missing: 'nothing handed in' } as const;

function figures(report: GradeReport, say: Say): string {
  const { grades, plan } = report;
  const counts = countsOf(grades);
  const scores = grades.flatMap(({ earnedMilli }) => earnedMilli ?? []);
  const all: [string, string][] = [[String(counts.graded), 'graded']];
  if (counts.broken > 0) all.push([String(counts.broken), 'not graded']);
  if (counts.refused > 0) all.push([String(counts.refused), 'not read']);
  if (counts.missing > 0) all.push([String(counts.missing), 'handed in nothing']);
  if (scores.length > 0) {
    all.push([`${shown(median(scores))}`, `median of ${shown(plan.possibleMilli)}`]);
    all.push([`${scores.filter((score) => score >= plan.possibleMilli).length}`, 'with all points']);
  }
  return `<ul class="figures">${all.map(([value, name]) => `<li><b>${text(value)}</b>${text(say(name))}</li>`).join('')}</ul>`;
}

function gridRow(grade: Grade, index: number, report: GradeReport, say: Say): string {
  const { items } = report.plan;
  const name = grade.name === undefined ? '' : `<br><span class="soft">${text(oneLine(grade.name))}</span>`;
  const head = `<th scope="row"><a href="#learner-${index + 1}">${text(oneLine(grade.learner))}</a>${name}</th>`;
  if (grade.state !== 'graded') {
    const because =
      grade.because === undefined || grade.state === 'missing' ? '' : say(': ') + oneLine(say(grade.because));
    return `<tr>${head}<td class="score">–</td><td class="wide" colspan="${items.length}">${text(say(STATES[grade.state]) + because)}</td></tr>`;
  }
  const byCheck = new Map(grade.items.map((item) => [item.check, item]));
  const cells = items.map(({ check }) => {
    const item = byCheck.get(check);
    if (item === undefined) return '<td></td>';
    const { css, sign, word } = KINDS[item.state];
    const lost = lostMilli(item) > 0 ? ` −${shown(lostMilli(item))}` : '';
    const title = attribute(oneLine(say(item.title) + say(': ') + say(item.reason ?? word)));
    return `<td class="${css}" title="${title}"><span role="img" aria-label="${attribute(say(word))}">${sign}</span>${text(lost)}</td>`;
  });
  return `<tr>${head}<td class="score">${text(shown(grade.earnedMilli ?? 0))}</td>${cells.join('')}</tr>`;
}

function grid(report: GradeReport, say: Say): string {
  const { items, possibleMilli } = report.plan;
  const heads = items.map(({ check, milli, hidden }) => {
    const tag = hidden ? ` <span class="tag">${text(say('hidden'))}</span>` : '';
    return `<th scope="col" class="check">${text(check)}${tag}<br><span class="soft">${text(shown(milli))}</span></th>`;
  });
  const cells = [...Map.groupBy(items, ({ cell }) => cell)].map(
    ([cell, its]) => `<th scope="colgroup" colspan="${its.length}">${text(cell)}</th>`,
  );
  const rows = report.grades.map((grade, index) => gridRow(grade, index, report, say));
  const key = Object.values(KINDS)
    .map(({ css, sign, word }) => `<span class="${css}">${sign}</span> ${text(say(word))}`)
    .join(' · ');
  return `<section aria-labelledby="grid"><h2 id="grid">${text(say('Learners by checks'))}</h2>
<p class="soft key">${key}</p>
<div class="scroll" role="region" aria-labelledby="grid" tabindex="0"><table class="grid">
<thead><tr><th scope="col" rowspan="2">${text(say('Learner'))}</th><th scope="col" rowspan="2">${text(say(`of ${shown(possibleMilli)}`))}</th>${cells.join('')}</tr><tr class="checks">${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></section>`;
}

function hard(report: GradeReport, say: Say): string {
  const rows = hardest(report)
    .slice(0, 15)
    .map(
      ({ check, cell, title, failed, followed, of }) =>
        `<tr><th scope="row">${text(check)}<br><span class="soft">${text(cell)}</span></th><td>${text(say(title))}</td><td><div class="rest">${failed > 0 ? `<span class="bar" style="width:${((100 * failed) / of).toFixed(1)}%"></span>` : ''}</div></td><td>${text(say(`${failed} of ${of}`))}${followed > 0 ? `<br><span class="soft">${text(say(`${followed} only followed`))}</span>` : ''}</td></tr>`,
    );
  if (rows.length === 0) return '';
  return `<section aria-labelledby="hard"><h2 id="hard">${text(say('Hardest checks'))}</h2>
<div class="scroll" role="region" aria-labelledby="hard" tabindex="0"><table class="hard"><thead><tr>${['Check', 'What', 'Lost by', 'Learners'].map((name) => `<th scope="col">${text(say(name))}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div></section>`;
}

/** Sentences in which parts are marked: `@name` is put in when the rest has its language. */
const MARKED = {
  uses: '@learner uses @value in @cell, which is @param of @of',
  shares: '@a and @b: @percent of what few others have, as @shared',
} as const;

const sentence = (which: keyof typeof MARKED, say: Say, parts: Readonly<Record<string, string>>): string =>
  text(say(MARKED[which])).replace(/@(\w+)/g, (_, name: string) => parts[name] ?? '');

function alike({ similarity: { pairs, foreign } }: GradeReport, say: Say): string {
  if (pairs.length + foreign.length === 0) return '';
  const copied = foreign.map(
    ({ learner, of, cell, param, value }) =>
      `<li>${sentence('uses', say, {
        learner: `<b>${text(oneLine(learner))}</b>`,
        value: `<code>${text(value)}</code>`,
        cell: text(cell),
        param: `<code>${text(param)}</code>`,
        of: `<b>${text(oneLine(of))}</b>`,
      })}</li>`,
  );
  const near = pairs.map(
    ({ learners: [a, b], score, shared }) =>
      `<li>${sentence('shares', say, {
        a: `<b>${text(oneLine(a))}</b>`,
        b: `<b>${text(oneLine(b))}</b>`,
        percent: `${Math.round(score * 100)}%`,
        shared: `<code>${text(oneLine(shared[0] ?? ''))}</code>`,
      })}</li>`,
  );
  return `<section aria-labelledby="alike"><h2 id="alike">${text(say('To look at'))}</h2>
<p class="soft">${text(say('Equal words may be the only way, or come of work together. A person decides.'))}</p>
<ul>${[...copied, ...near].join('\n')}</ul></section>`;
}

function itemHtml(item: ItemGrade, say: Say): string {
  const lost = lostMilli(item);
  const points = item.state === 'broken' ? '?' : lost > 0 ? `−${shown(lost)}` : '0';
  const evidence = evidenceLines(item).slice(item.reason === undefined ? 0 : 1);
  const rows = evidence.map((line) => {
    const at = line.indexOf(': ');
    return `<dt>${text(say(line.slice(0, at)))}</dt><dd>${text(say(line.slice(at + 2)))}</dd>`;
  });
  const tags = [item.hidden ? ['hidden'] : [], item.said ? ['its own words'] : []]
    .flat()
    .map((tag) => ` <span class="tag">${text(say(tag))}</span>`)
    .join('');
  return `<div class="item ${KINDS[item.state].css}"><b>${text(points)}</b> ${text(item.cell + say(': ') + say(item.title))}${tags}<br>${text(say(item.reason ?? ''))}${rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`}</div>`;
}

/** More is looked at in the submission itself. */
const MOST_SHOWN = 4000;

/** Below what it has lost: what was handed in for the cell. */
function answerHtml({ cell, answer }: CellGrade, say: Say): string {
  // Of a live class the answers are not kept.
  if (answer === undefined) return '';
  if (answer.trim() === '') return `<p class="soft">${text(say(`Nothing was handed in for ${cell}.`))}</p>`;
  const more = answer.length > MOST_SHOWN ? '\n...' : '';
  return `<pre tabindex="0" role="group" aria-label="${attribute(say(`what was handed in for ${cell}`))}"><code>${text(answer.slice(0, MOST_SHOWN).trimEnd() + more)}</code></pre>`;
}

function cellHtml(cell: CellGrade | undefined, items: readonly ItemGrade[], say: Say): string {
  const isTask = cell !== undefined && cell.possibleMilli > 0;
  return `${items.map((item) => itemHtml(item, say)).join('\n')}${isTask ? answerHtml(cell, say) : ''}`;
}

function learner(grade: Grade, index: number, say: Say): string {
  const score =
    grade.earnedMilli === undefined
      ? `<span class="unseen">${text(grade.state === 'graded' ? '' : say(STATES[grade.state]))}</span>`
      : text(say(`${shown(grade.earnedMilli)} of ${shown(grade.possibleMilli)}`));
  const items = [...Map.groupBy(grade.items.filter(lacks), (item) => item.cell)].map(([cell, its]) =>
    cellHtml(
      grade.cells.find((one) => one.cell === cell),
      its,
      say,
    ),
  );
  const help = grade.cells.flatMap(({ cell, penalty, penaltyMilli }) =>
    penalty === undefined
      ? []
      : [`<p>${text(`${cell}${say(': ')}−${shown(penaltyMilli)}${say('. ')}${say(penalty)}`)}</p>`],
  );
  const notes = grade.notes.map((note) => `<p class="notice">${text(oneLine(say(note)))}</p>`);
  const facts = [
    grade.source === '' ? '' : `${text(say('From'))} <code>${text(oneLine(grade.source))}</code>`,
    grade.durationMs > 0 ? text(say(`graded in ${formatDuration(grade.durationMs)}`)) : '',
    grade.attempts > 1 ? text(say(`at the ${grade.attempts}. try`)) : '',
  ].filter((fact) => fact !== '');
  const because = grade.because === undefined ? '' : `<p>${text(say(grade.because))}</p>`;
  const whole =
    items.length === 0 && grade.state === 'graded' ? `<p>${text(say('Everything holds.'))}</p>` : '';
  return `<details id="learner-${index + 1}"><summary><h3>${text(oneLine(grade.learner))}</h3> ${score}</summary>
<p class="soft">${facts.join(text(say(', ')))}</p>${notes.join('')}${because}${whole}${items.join('\n')}${help.join('')}</details>`;
}

export const html: Format = (report, { say = asSaid, language = 'en' }) => {
  const { lesson, plan, grades } = report;
  const notices = plan.notices.map((notice) => `<p class="notice">${text(say(notice))}</p>`).join('');
  const stopped = report.interrupted
    ? `<p class="notice">${text(say('Grading was interrupted: some are missing.'))}</p>`
    : '';
  return htmlDocument({
    language,
    title: say('Grades') + say(': ') + lesson.title,
    version: report.wirebook,
    css: STYLE,
    body: `<a class="skip" href="#main">${text(say('To the table'))}</a>
<header>
<h1>${text(lesson.title)}</h1>
<p class="soft">${text(lesson.id + say(', ') + say(`graded ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC in ${formatDuration(report.durationMs)} on ${report.driver}`))}</p>
${figures(report, say)}${stopped}${notices}
</header>
<main id="main">
${grid(report, say)}
${hard(report, say)}
${alike(report, say)}
<section aria-labelledby="evidence"><h2 id="evidence">${text(say('Evidence'))}</h2>
${grades.map((grade, index) => learner(grade, index, say)).join('\n')}
</section>
</main>
`,
  });
};
