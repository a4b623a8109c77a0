/** Shows how the screen begins, where that can be said before everything is loaded. */
import type { Style } from '../../page/layout/style.ts';
import type { Line } from '../../page/text/line.ts';
import { frameOf } from '../model/frame.ts';
import type { ScreenOptions } from '../options.ts';
import { type FirstFrame, paintFirst, type Size } from './paint.ts';

/** Undefined where it cannot be said; whoever opens the screen then says why. */
async function beginning(
  options: ScreenOptions,
  size: Size,
  style: Style,
  dress: () => Promise<void>,
): Promise<Line[] | undefined> {
  const { library, lesson, session } = options;
  if (!library || session) return undefined;
  if (lesson) {
    const begun = await library.begin?.(lesson.id).catch(() => undefined);
    if (!begun) return undefined;
    const { firstOfLesson } = await import('./lesson.ts');
    await dress();
    return firstOfLesson(begun, size, Date.now(), style);
  }
  const items = await library.glance?.();
  if (!items) return undefined;
  const { firstOfCourse } = await import('./course.ts');
  await dress();
  return firstOfCourse(items, library.title, size, Date.now(), style);
}

/** @param dress called when all else is there: what is known by then decides how it looks */
export async function showFirst(
  options: ScreenOptions,
  style: Style,
  dress: () => Promise<void>,
): Promise<FirstFrame | undefined> {
  const { stdout, env } = options;
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  // What a class is like is not known before it has said so.
  if (options.classroom) return undefined;
  // A screen reader is told everything once.
  if (env.INK_SCREEN_READER === 'true' || frameOf(size.columns, size.rows).tooSmall) return undefined;
  const rows = await beginning(options, size, style, dress);
  return rows && paintFirst(rows, options);
}
