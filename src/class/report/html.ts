/**
 * One page that an instructor reads or prints: attendance, the course step by step, where people gave up, the checks. One
 * file, no script, nothing loaded; everything that a learner may have written is escaped.
 */
import { STYLE } from '../../report/grades/html-style.ts';
import { htmlDocument } from '../../report/html-document.ts';
import { htmlAttribute, oneLine, xmlText } from '../../report/safe.ts';
import { type ClassReport, type LearnerLine, SELF_REPORTED } from './model.ts';
import {
  byName,
  hardestSteps,
  minutes,
  placeOf,
  share,
  shownLength,
  shownMoment,
  shownTime,
  stateOf,
} from './words.ts';

/** The only ways by which text comes into the page. */
const text = (value: string | number): string => xmlText(oneLine(String(value)));
const attribute = (value: string): string => htmlAttribute(oneLine(value));

const MORE = `
.plain{min-width:100%}
.plain .rest{width:min(14rem,35vw)}
.plain td,.plain th{white-space:normal;overflow-wrap:normal}
.plain tbody th{min-width:8rem;max-width:20rem;overflow-wrap:anywhere}
.plain td.n,.plain th.n{text-align:right}
.plain td.n{white-space:nowrap}
.plain td.words{min-width:9rem;overflow-wrap:anywhere}
.plain thead th{background:var(--box);position:sticky;top:0}
.good{background:var(--pass)}
.span{display:inline-block;position:absolute;top:0;height:100%;background:var(--pass);min-width:1px}
.line{position:relative;height:.7rem;width:min(12rem,35vw);background:var(--box);border:1px solid var(--line);border-radius:3px;overflow:hidden}
@media print{section{break-inside:auto}tr{break-inside:avoid}thead{display:table-header-group}.line,.rest{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`.trim();

const CELLS = {
  passed: { css: 'earned', sign: '✓', word: 'done' },
  failed: { css: 'lost', sign: '✗', word: 'does not hold' },
  broken: { css: 'unseen', sign: '?', word: 'could not be looked at' },
  skipped: { css: 'unseen', sign: '–', word: 'skipped' },
  running: { css: 'followed', sign: '…', word: 'running' },
  waiting: { css: '', sign: '', word: 'not done' },
} as const;

const section = (id: string, title: string, body: string): string =>
  body === ''
    ? ''
    : `<section aria-labelledby="${id}"><h2 id="${id}">${text(title)}</h2>\n${body}</section>\n`;

const scroll = (id: string, css: string, head: string, rows: readonly string[]): string =>
  `<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="${css}"><thead>${head}</thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;

const heads = (...names: string[]): string =>
  `<tr>${names.map((name) => (name.startsWith('#') ? `<th scope="col" class="n">${text(name.slice(1))}</th>` : `<th scope="col">${text(name)}</th>`)).join('')}</tr>`;

const bar = (part: number, of: number, css = ''): string =>
  `<div class="rest">${part > 0 ? `<span class="bar ${css}" style="width:${((100 * part) / Math.max(1, of)).toFixed(1)}%"></span>` : ''}</div>`;

function figures({ learners, steps }: ClassReport): string {
  const finished = learners.filter((one) => one.finished).length;
  const stopped = steps.reduce((sum, one) => sum + one.stopped, 0);
  const all: [number | string, string][] = [
    [learners.length, 'joined'],
    [finished, 'finished'],
    [stopped, 'went before the end'],
    [learners.reduce((sum, { questions }) => sum + questions, 0), 'questions'],
  ];
  return `<ul class="figures">${all.map(([value, name]) => `<li><b>${text(value)}</b>${text(name)}</li>`).join('')}</ul>`;
}

function attendance(report: ClassReport): string {
  const end = Math.max(report.openedAt + 1, report.endedAt ?? report.at);
  const rows = byName(report.learners).map((learner) => {
    const id = learner.roster === undefined ? '' : `<br><span class="soft">${text(learner.roster)}</span>`;
    return `<tr><th scope="row">${text(learner.name)}${id}</th><td>${text(shownMoment(learner.joinedAt, report))}</td><td>${line(learner, report.openedAt, end)}</td><td class="n">${text(minutes(learner.connectedMs))}</td><td class="n">${text(minutes(learner.activeMs))}</td><td class="words">${text(stateOf(learner, report))}<br><span class="soft">${text(placeOf(learner, report))}</span></td><td class="n">${text(`${learner.points} of ${learner.possible}`)}</td><td class="n">${text(learner.hints)}</td><td class="n">${text(learner.solutions)}</td></tr>`;
  });
  return rows.length === 0
    ? '<p>Nobody has joined.</p>'
    : scroll(
        'attendance',
        'plain',
        heads(
          'Learner',
          'Joined',
          'Connected',
          '#min',
          '#active min',
          'Last place',
          '#Points',
          '#Hints',
          '#Solutions',
        ),
        rows,
      );
}

function line({ spans }: LearnerLine, from: number, to: number): string {
  const at = (moment: number): number =>
    (100 * Math.min(Math.max(0, moment - from), to - from)) / (to - from);
  const parts = spans.map(
    (span) =>
      `<span class="span" style="left:${at(span.from).toFixed(2)}%;width:${(at(span.to) - at(span.from)).toFixed(2)}%"></span>`,
  );
  const words = spans
    .map((span) => `${shownTime(span.from).slice(11)} to ${shownTime(span.to).slice(11)}`)
    .join(', ');
  return `<div class="line" role="img" aria-label="${attribute(words)}" title="${attribute(words)}">${parts.join('')}</div>`;
}

function steps(report: ClassReport): string {
  const all = report.learners.length;
  // Of the lessons that somebody was in; what nobody has opened would bury them.
  const opened = new Set(report.steps.filter(({ reached }) => reached > 0).map(({ lesson }) => lesson));
  const shown = report.steps.filter(({ lesson }) => opened.has(lesson));
  const rows = shown.map(
    (one) =>
      `<tr><th scope="row">${text(one.title)}${report.lessons.length > 1 ? `<br><span class="soft">${text(one.lesson)}</span>` : ''}</th><td>${bar(one.done, all, 'good')}</td><td class="n">${text(one.reached)}</td><td class="n">${text(one.done)}</td><td class="n">${text(share(one.done, one.reached))}</td><td class="n">${text(one.stopped || '')}</td><td class="n">${text(one.medianMs === undefined ? '' : shownLength(one.medianMs))}</td><td class="n">${text(one.hinted || '')}</td><td class="n">${text(one.solved || '')}</td></tr>`,
  );
  return scroll(
    'steps',
    'plain',
    heads(
      'Step',
      'Done',
      '#reached',
      '#done',
      '#',
      '#gave up here',
      '#time (median)',
      '#took hints',
      '#saw a solution',
    ),
    rows,
  );
}

function stops(report: ClassReport): string {
  const rows = hardestSteps(report).map(
    ({ lesson, title, stopped }) =>
      `<li><b>${text(stopped)}</b> at ${text(title)} <span class="soft">${text(lesson)}</span></li>`,
  );
  return rows.length === 0 ? '' : `<ul>${rows.join('\n')}</ul>`;
}

function checks(report: ClassReport): string {
  const rows = report.checks.slice(0, 30).map((one) => {
    const because = one.because.map(
      ({ text: why, count }) => `<br><span class="soft">${text(`${count} × ${why}`)}</span>`,
    );
    const broken =
      one.broken > 0 ? `<br><span class="soft">could not be looked at: ${text(one.broken)}</span>` : '';
    return `<tr><th scope="row">${text(one.title)}<br><span class="soft">${text(`${one.lesson}/${one.cell}`)}</span></th><td>${bar(one.learners, report.learners.length)}</td><td class="n">${text(one.learners)}${broken}</td><td class="n">${text(one.failures)}</td><td class="n">${text(one.open)}</td><td class="words">${because.join('').replace(/^<br>/, '')}</td></tr>`;
  });
  return rows.length === 0
    ? ''
    : scroll(
        'checks',
        'plain',
        heads('Check', 'Learners', '#', '#runs', '#still', 'First thing wrong'),
        rows,
      );
}

function cells(report: ClassReport): string {
  const learners = byName(report.learners);
  const columns = (learners[0]?.cells ?? [])
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell }) => cell.possible > 0);
  if (columns.length === 0) return '';
  const head = `<tr><th scope="col">Learner</th>${columns.map(({ cell }) => `<th scope="col" class="check">${text(report.lessons.length > 1 ? `${cell.lesson}/${cell.cell}` : cell.cell)}<br><span class="soft">${text(cell.possible)}</span></th>`).join('')}</tr>`;
  const rows = learners.map((learner) => {
    const marks = columns.map(({ index }) => {
      const { status, attempts, earned, failing } = learner.cells[index]!;
      const { css, sign, word } = CELLS[status];
      const title = [
        word,
        `${earned} points`,
        attempts > 1 ? `${attempts} attempts` : '',
        ...failing.map(({ title }) => title),
      ].filter(Boolean);
      return `<td class="${css}" title="${attribute(title.join('; '))}"><span role="img" aria-label="${attribute(word)}">${sign}</span></td>`;
    });
    return `<tr><th scope="row">${text(learner.name)}</th>${marks.join('')}</tr>`;
  });
  const key = Object.values(CELLS)
    .filter(({ sign }) => sign !== '')
    .map(({ css, sign, word }) => `<span class="${css}">${sign}</span> ${text(word)}`)
    .join(' · ');
  return `<p class="soft key">${key}</p>\n${scroll('cells', 'grid', head, rows)}`;
}

function polls(report: ClassReport): string {
  return report.polls
    .map(({ question, choices, votes }) => {
      const all = votes.reduce((sum, one) => sum + one, 0);
      const rows = choices.map(
        (choice, index) =>
          `<tr><th scope="row">${text(choice)}</th><td>${bar(votes[index] ?? 0, all, 'good')}</td><td class="n">${text(votes[index] ?? 0)}</td></tr>`,
      );
      return `<h3>${text(question)}</h3><table class="plain"><tbody>${rows.join('')}</tbody></table>`;
    })
    .join('\n');
}

export function html(report: ClassReport): string {
  const until =
    report.endedAt === undefined ? `so far, at ${shownTime(report.at)}` : `to ${shownTime(report.endedAt)}`;
  return htmlDocument({
    title: `Class: ${report.title}`,
    version: report.wirebook,
    css: `${STYLE}\n${MORE}`,
    body: `<a class="skip" href="#main">To the attendance</a>
<header>
<h1>${text(report.title)}</h1>
<p class="soft">${text(`A live class, from ${shownTime(report.openedAt)} ${until} UTC`)}</p>
${figures(report)}
<p class="notice">${text(SELF_REPORTED)}</p>
</header>
<main id="main">
${section('attendance', 'Attendance', attendance(report))}${section('steps', 'The course, step by step', steps(report))}${section('stops', 'Where people gave up', stops(report))}${section('checks', 'Checks that failed most', checks(report))}${section('cells', 'Learners by cells', cells(report))}${section('polls', 'Polls', polls(report))}</main>
`,
  });
}
