/** For people at a terminal: who was there, how far they came, and where it went wrong. */
import width from 'fast-string-width';
import { oneLine } from '../../report/safe.ts';
import { type ClassReport, SELF_REPORTED } from './model.ts';
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

const STEPS = 8;
const CHECKS = 10;

export function text(report: ClassReport): string {
  const { title, openedAt, endedAt, at, learners } = report;
  const until = endedAt === undefined ? `so far (${shownTime(at)})` : `until ${shownTime(endedAt)}`;
  const parts = [
    `${oneLine(title)}\nfrom ${shownTime(openedAt)} ${until}, UTC; ${learners.length} learner${learners.length === 1 ? '' : 's'}`,
    attendance(report),
    course(report),
    stops(report),
    checks(report),
    polls(report),
    SELF_REPORTED,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function attendance(report: ClassReport): string {
  const { learners } = report;
  if (learners.length === 0) return 'Nobody has joined.';
  const isRoster = learners.some(({ roster }) => roster !== undefined);
  const head = [
    ...(isRoster ? ['id'] : []),
    'name',
    'joined',
    'there',
    'active',
    'done',
    'points',
    'hints',
    '',
    'last place',
  ];
  const rows = byName(learners).map((one) => [
    ...(isRoster ? [one.roster ?? ''] : []),
    one.name,
    shownMoment(one.joinedAt, report),
    `${minutes(one.connectedMs)} min`,
    `${minutes(one.activeMs)} min`,
    String(one.done),
    `${one.points}/${one.possible}`,
    `${one.hints}${one.solutions > 0 ? `+${one.solutions}s` : ''}`,
    stateOf(one, report),
    placeOf(one, report),
  ]);
  return table(head, rows);
}

/** Steps of the lessons that somebody was in; the others by their names. */
function course({ steps, lessons }: ClassReport): string {
  const opened = new Set(steps.filter(({ reached }) => reached > 0).map(({ lesson }) => lesson));
  const others = lessons.map(({ id }) => id).filter((id) => !opened.has(id));
  const head = ['step', 'reached', 'done', '', 'stopped', 'time', 'hints', 'solution'];
  const shown = steps.filter(({ lesson }) => opened.has(lesson));
  const rows = shown.map((one) => [
    `${lessons.length > 1 ? `${one.lesson}: ` : ''}${one.title}`,
    String(one.reached),
    String(one.done),
    share(one.done, one.reached),
    one.stopped === 0 ? '' : String(one.stopped),
    one.medianMs === undefined ? '' : shownLength(one.medianMs),
    one.hinted === 0 ? '' : String(one.hinted),
    one.solved === 0 ? '' : String(one.solved),
  ]);
  const rest = others.length === 0 ? '' : `Nobody was in: ${others.map(oneLine).join(', ')}`;
  return [rows.length === 0 ? '' : table(head, rows), rest].filter((part) => part !== '').join('\n\n');
}

function stops(report: ClassReport): string {
  const lines = hardestSteps(report)
    .slice(0, STEPS)
    .map(({ lesson, title, stopped }) => `  ${stopped}  ${oneLine(`${lesson}: ${title}`)}`);
  return lines.length === 0 ? '' : ['Where people gave up', ...lines].join('\n');
}

function checks(report: ClassReport): string {
  const lines = report.checks
    .slice(0, CHECKS)
    .flatMap((one) => [
      `  ${one.learners} learner${one.learners === 1 ? '' : 's'}, ${one.failures} run${one.failures === 1 ? '' : 's'}${one.open > 0 ? `, ${one.open} still` : ''}${one.broken > 0 ? `; could not be looked at: ${one.broken}` : ''}  ${oneLine(`${one.lesson}/${one.cell}: ${one.title}`)}`,
      ...one.because.map(({ text: why, count }) => `      ${count} x ${oneLine(why)}`),
    ]);
  return lines.length === 0 ? '' : ['Checks that failed most', ...lines].join('\n');
}

function polls(report: ClassReport): string {
  const lines = report.polls.flatMap(({ question, choices, votes }) => [
    `  ${oneLine(question)}`,
    ...choices.map((choice, index) => `    ${votes[index] ?? 0}  ${oneLine(choice)}`),
  ]);
  return lines.length === 0 ? '' : ['Polls', ...lines].join('\n');
}

/** Columns as wide as they must be; names of any script stay in theirs. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ''))));
  return all
    .map((row) =>
      row
        .map((one, at) => one + ' '.repeat(widths[at]! - width(one)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
