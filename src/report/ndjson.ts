/**
 * One JSON object a line, as soon as it is known. The last line has the counts, not the lessons again: a reader that
 * keeps lines has everything.
 */
import type { Reporter } from './model.ts';
import { safeJson } from './safe.ts';

export const ndjson: Reporter = (event) => {
  switch (event.type) {
    case 'lesson-tested': {
      // Its cells have been told one by one; those that never began were not.
      const { cells, ...result } = event.result;
      const untold = cells.filter((cell) => cell.text === undefined && cell.fault === undefined);
      return `${safeJson({ type: event.type, result, untested: untold.map(({ id, state, because }) => ({ id, state, because })) })}\n`;
    }
    case 'test-finished': {
      const { lessons: _, refused, ...report } = event.report;
      return `${safeJson({ type: event.type, ...report, refused: refused.length })}\n`;
    }
    default:
      return `${safeJson(event)}\n`;
  }
};
