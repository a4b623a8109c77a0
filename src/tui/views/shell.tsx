/** The shells: beside the lesson, below it, or over it. */
import type { Style } from '../../page/layout/style.ts';
import { shellLines } from '../chrome/shell.ts';
import type { Screen } from '../model/app.ts';
import type { Frame } from '../model/frame.ts';
import type { ShellView } from '../model/shell-view.ts';
import { Lines } from './Lines.tsx';

export interface ShellPaneProps {
  screen: Extract<Screen, { name: 'lesson' }>;
  view: ShellView;
  frame: NonNullable<Frame['shell']>;
  style: Style;
}

export function ShellPane({ screen, view, frame, style }: ShellPaneProps) {
  return <Lines lines={shellLines(screen.shell, view, frame, style)} />;
}
