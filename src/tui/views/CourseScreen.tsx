import type { Style } from '../../page/layout/style.ts';
import { courseRows } from '../chrome/course-screen.ts';
import type { AppState } from '../model/app.ts';
import type { CourseView } from '../model/course.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';

export interface CourseProps {
  app: AppState;
  view: CourseView;
  title: string;
  style: Style;
}

export function CourseScreen({ app, view, title, style }: CourseProps) {
  const { body, ...frame } = courseRows(app, view, title, style);
  return (
    <Frame columns={app.columns} rows={app.rows} {...frame}>
      <Lines lines={body} />
    </Frame>
  );
}
