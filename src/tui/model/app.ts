/** Everything the screen draws from, and nothing it does not. */
import type { ClassroomState } from '../../board/classroom.ts';
import type { Handbook } from '../../lesson/handbook.ts';
import type { LaidOut } from '../../page/layout/lesson.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import type { Sheet } from '../printout/sheet.ts';
import type { ShellPicture } from '../shell/panes.ts';
import type { CourseView } from './course.ts';
import type { MapPicture } from './map-view.ts';
import type { LessonView } from './view.ts';

export type Screen =
  | { name: 'course'; view: CourseView }
  | { name: 'opening'; title: string }
  | {
      name: 'lesson';
      session: Session;
      state: SessionState;
      view: LessonView;
      laid: LaidOut;
      map: MapPicture;
      /** Of the course, once they are known. */
      lessons: readonly { id: string; title: string }[];
      /** Of the course, once it is known. */
      handbook?: Handbook;
      shell: ShellPicture;
      /** All that a cell has printed, while it is looked at. */
      sheet: Sheet | undefined;
    }
  /** In the reader's language. */
  | { name: 'failed'; message: string; next: readonly string[] };

export interface AppState {
  screen: Screen;
  /** The live class; absent outside of one. */
  classroom?: ClassroomState;
  /** What was said in it last, while no lesson is open to say it in. */
  classNews?: string | undefined;
  columns: number;
  rows: number;
  /** Milliseconds since the epoch, for what counts while we look. */
  now: number;
}
