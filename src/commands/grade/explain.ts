/** `wirebook grade LESSON --explain LEARNER [CHECK]`: everything that is known of one point, or of each that was lost. */
import type { GradeRecord, WalkedCell } from '../../grade/model.ts';
import { planFor } from '../../grade/score/items.ts';
import { gradeOf } from '../../grade/score/score.ts';
import { Store } from '../../grade/store.ts';
import { InputError } from '../../lib/errors.ts';
import { suggest } from '../../lib/suggest.ts';
import { columnsOf, wrapLines } from '../../lib/wrap.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import type { Grade, ItemGrade } from '../../report/grades/grade.ts';
import { lostMilli, shown } from '../../report/grades/model.ts';
import { terminalSafe } from '../../report/safe.ts';
import type { ExitCode } from '../io.ts';
import type { GradeIo, GradeOptions, OpenClass } from './class.ts';
import { resultsFolder } from './results.ts';

const WALKS = {
  submitted: 'As it was handed in',
  reference: 'With every earlier failure put right',
  hidden: 'Once more, for hidden checks',
} as const;

export async function explainGrade(
  { lesson, lessonOf }: OpenClass,
  asked: readonly string[],
  options: GradeOptions,
  io: GradeIo,
): Promise<ExitCode> {
  const [learner = '', check, ...more] = asked;
  if (more.length > 0)
    throw new InputError(
      'explain-what',
      'One learner and one check are wanted.',
      '--explain LEARNER [CHECK]',
    );
  const store = new Store(resultsFolder(lesson, options.results, io), new Date());
  try {
    const record = store.get(learner);
    if (record === undefined) throw unknownLearner(store, learner);
    const own = await lessonOf(learner);
    const ids = own.cells.flatMap((cell) => cell.expects.map(({ id }) => id));
    if (check !== undefined && !ids.includes(check)) {
      const near = suggest(check, ids);
      throw new InputError('unknown-check', `There is no check called ${check}.`, [
        near === undefined ? `There are: ${ids.join(', ')}` : `Did you mean ${near}?`,
      ]);
    }
    const grade = gradeOf(planFor(own), record);
    const checks = check === undefined ? grade.items.filter(isLost).map((item) => item.check) : [check];
    const say = await commandSay(options.lang, io.env);
    const told = checks.map((one) => explain(record, grade, one, say));
    const all = told.length > 0 ? told.join('\n\n') : say(wholeOf(grade, learner));
    io.stdout.write(`${wrapLines(terminalSafe(all), columnsOf(io.stdout), 4)}\n`);
    return 0;
  } finally {
    store.close();
  }
}

/** What only followed from a mistake has cost nothing. */
const isLost = (item: ItemGrade): boolean => item.state === 'broken' || lostMilli(item) > 0;

/** Nothing to explain by itself: all points are there, or nothing could be looked at. */
const wholeOf = ({ state, because, earnedMilli = 0, possibleMilli }: Grade, learner: string): string =>
  state === 'graded'
    ? `${learner}: ${shown(earnedMilli)} of ${shown(possibleMilli)}; no point is lost.`
    : `${learner}: ${because ?? state}`;

function unknownLearner(store: Store, learner: string): InputError {
  const names = [...store.all()].map((record) => record.learner);
  const near = suggest(learner, names);
  return new InputError('unknown-learner', `${learner} has not been graded here.`, [
    near === undefined ? `Results are looked for in ${store.folder}` : `Did you mean ${near}?`,
  ]);
}

function explain(record: GradeRecord, grade: ReturnType<typeof gradeOf>, check: string, say: Say): string {
  const item = grade.items.find((one) => one.check === check)!;
  const lines = [
    `${record.learner}, ${check} ${say('of')} ${item.cell}${item.hidden ? ` ${say('(hidden)')}` : ''}${say(': ')}${say(item.title)}`,
    `${say(`${shown(item.earnedMilli)} of ${shown(item.milli)}`)}${item.reason === undefined ? '' : `${say('. ')}${say(item.reason)}`}`,
  ];
  for (const walk of record.walks) {
    const cell = walk.cells.find((one) => one.cell === item.cell);
    const verdict = cell?.verdicts.find((one) => one.check === check);
    if (cell === undefined || verdict === undefined) continue;
    lines.push(
      '',
      say(
        `${WALKS[walk.kind]}: ${verdict.state}, after ${verdict.looks} look${verdict.looks === 1 ? '' : 's'} and ${verdict.durationMs} ms`,
      ),
    );
    const row = (name: string, text: string) => lines.push(`  ${say(name).padEnd(8)}  ${say(text)}`);
    row('expected', verdict.expected);
    row('found', verdict.found);
    for (const { field, expected, found } of verdict.differences)
      lines.push(`  ${say(`${field}: expected ${expected}, found ${found}`)}`);
    if (verdict.explanation !== undefined) {
      row('cause', verdict.explanation.cause);
      for (const step of verdict.explanation.steps)
        lines.push(`    ${say(step.question)} ${say(step.answer)}`);
    }
    // Of the walk for hidden checks nothing is kept that the submission printed.
    if (walk.kind !== 'hidden') lines.push(...ranLines(cell, say));
    const twice = 'what the learner had started was still running, so it was looked at twice';
    if (cell.observation !== undefined)
      row('observed', `${cell.observation.at}${cell.background ? `; ${say(twice)}` : ''}`);
  }
  lines.push(
    '',
    say(
      `Graded ${record.startedAt} on ${record.driver}${record.rejudgedAt === undefined ? '' : `, judged again ${record.rejudgedAt}`}.`,
    ),
  );
  return lines.join('\n');
}

function ranLines({ ran, by }: WalkedCell, say: Say): string[] {
  if (ran === undefined) return [`  ${say('nothing ran: there is no answer')}`];
  const whose = { learner: "the learner's", lesson: "the lesson's", reference: "the author's" }[by];
  const tail = (text: string): string[] => text.trimEnd().split('\n').slice(-15);
  return [
    `  ${say(`ran ${whose} words (${ran.outcome}${ran.exit === null ? '' : `, status ${ran.exit}`}, ${ran.durationMs} ms)`)}`,
    ...ran.text.split('\n').map((line) => `    $ ${line}`),
    ...[...(ran.stdout === '' ? [] : tail(ran.stdout)), ...(ran.stderr === '' ? [] : tail(ran.stderr))].map(
      (line) => `    | ${line}`,
    ),
  ];
}
