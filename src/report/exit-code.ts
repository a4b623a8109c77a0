/** What a report comes to as a process's exit code. Pure. */
import type { ExitCode } from '../lib/errors.ts';
import type { Report } from './model.ts';

/**
 * What makes the result incomplete stands before what it says: interrupted 130, a sandbox that broke 3, a lesson that was
 * refused 2, a check that failed 1, nothing tested 2, all held 0.
 */
export function exitCodeOf(report: Report): ExitCode {
  if (report.interrupted) return 130;
  const { lessons, cells } = report.counts;
  if (lessons.broken > 0 || cells.broken > 0) return 3;
  if (report.refused.length > 0) return 2;
  if (cells.fail > 0) return 1;
  return cells.pass > 0 ? 0 : 2;
}
