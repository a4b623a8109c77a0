/**
 * GitHub Actions: an annotation a failure, and the readable report between `stop-commands` marks, so that nothing that a
 * cell has printed can be taken for a workflow command.
 */
import { casesOf, nameOf, pathFrom } from './cases.ts';
import type { Report, Reporter, ReportOptions } from './model.ts';
import { pretty } from './pretty.ts';
import { commandMessage, commandProperty, oneLine } from './safe.ts';

function annotation(
  options: ReportOptions,
  place: { file: string; line: number },
  title: string,
  message: string,
): string {
  const properties = [
    `file=${commandProperty(pathFrom(options.root, place.file))}`,
    `line=${place.line}`,
    `title=${commandProperty(oneLine(title))}`,
  ];
  return `::error ${properties.join(',')}::${commandMessage(message)}\n`;
}

function annotations(report: Report, options: ReportOptions): string {
  const lines = report.lessons.flatMap((lesson) =>
    casesOf(lesson)
      .filter((one) => one.state === 'fail' || one.state === 'broken')
      .map((one) => {
        const what = one.state === 'broken' ? 'could not be checked' : (one.fault ?? 'does not hold');
        const message = [one.message, ...one.details].filter((text) => text !== '').join('\n');
        return annotation(
          options,
          one.place,
          `${nameOf(lesson)} ${one.id}: ${what}`,
          `${one.name}\n${message}`,
        );
      }),
  );
  for (const { diagnostics } of report.refused)
    for (const fault of diagnostics)
      if (fault.severity === 'error') lines.push(annotation(options, fault.place, fault.code, fault.message));
  return lines.join('');
}

export const github: Reporter = (event, options) => {
  // Told as it goes on, like `pretty`, each part fenced by itself: an interrupted run must not stay fenced.
  // In English in every language, as all that comes of a job is.
  const text = pretty(event, { ...options, color: false, say: (sentence) => sentence });
  const shown = text === '' ? '' : `::stop-commands::${options.token}\n${text}\n::${options.token}::\n`;
  return event.type === 'test-finished' ? shown + annotations(event.report, options) : shown;
};

/** What $GITHUB_STEP_SUMMARY takes at most is 1 MiB; more is refused whole. */
const SUMMARY_BYTES = 1024 * 1024 - 1024;

const MARKS = { pass: 'held', fail: 'failed', broken: 'broken', skipped: 'skipped' } as const;

/** A cell of a Markdown table: no pipe, no HTML, no line end can leave it. */
function cellText(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The job's summary, in Markdown. */
export function githubSummary(report: Report): string {
  const rows = ['| lesson | cell | check | result | evidence |', '| --- | --- | --- | --- | --- |'];
  let bytes = 0;
  for (const lesson of report.lessons)
    for (const one of casesOf(lesson)) {
      if (one.state === 'pass') continue;
      const columns = [
        nameOf(lesson),
        one.cell?.id ?? '',
        one.name,
        MARKS[one.state],
        one.message.slice(0, 500),
      ];
      const row = `| ${columns.map(cellText).join(' | ')} |`;
      bytes += Buffer.byteLength(row) + 1;
      if (bytes > SUMMARY_BYTES) return summary(report, [...rows, '', 'There is more; see the log.']);
      rows.push(row);
    }
  return summary(report, rows.length === 2 ? [] : rows);
}

function summary(report: Report, rows: readonly string[]): string {
  const { checks } = report.counts;
  const total = `${checks.pass} checks held, ${checks.fail} failed, ${checks.broken} broken, ${checks.skipped} skipped.`;
  return `## Wirebook\n\n${total}\n${rows.length > 0 ? `\n${rows.join('\n')}\n` : ''}`;
}
