/** The course as its screen begins. */
import type { Style } from '../../page/layout/style.ts';
import type { Line } from '../../page/text/line.ts';
import { courseRows } from '../chrome/course-screen.ts';
import { type CourseView, courseView } from '../model/course.ts';
import type { Size } from './paint.ts';

export function firstOfCourse(
  items: CourseView['items'],
  title: string,
  size: Size,
  now: number,
  style: Style,
): Line[] {
  const { header, rule, body, footer } = courseRows({ ...size, now }, courseView(items), title, style);
  const room = size.rows - 3;
  const rows = body.slice(0, room);
  return [header, rule, ...rows, ...Array.from({ length: room - rows.length }, () => []), footer];
}
