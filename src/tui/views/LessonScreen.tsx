/** The lesson: a window onto its page, and beside it the outline where there is room. */
import { Box, useCursor } from 'ink';
import type { Style } from '../../page/layout/style.ts';
import { classRule, stopKey } from '../chrome/class.ts';
import { lessonFooter, longNotice } from '../chrome/footer.ts';
import { lessonHeader, rule } from '../chrome/header.ts';
import { outlineLines } from '../chrome/outline.ts';
import { overlayLines } from '../chrome/overlay.ts';
import { shellFooter } from '../chrome/shell.ts';
import { windowLines } from '../chrome/window.ts';
import type { AppState, Screen } from '../model/app.ts';
import { type Frame as Divided, frameOf, GUTTER, isMapBeside, panesOf } from '../model/frame.ts';
import { topRow } from '../model/scroll.ts';
import { stepOf } from '../model/stops.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';
import { MapPane } from './map.tsx';
import { ShellPane } from './shell.tsx';

type Lesson = Extract<Screen, { name: 'lesson' }>;

/** Where the program in the shell has its cursor on our screen, when keys go there. */
function shellCursor({ view, shell }: Lesson, frame: Divided): { x: number; y: number } | undefined {
  if (!view.shell?.focus || view.mode.name !== 'read' || !frame.shell || !shell.cursor) return undefined;
  const { at } = frame.shell;
  // The lesson, a space and the edge stand beside it; header, rule and tabs above it.
  const x = at === 'beside' ? frame.page + GUTTER + 2 : 0;
  const above = at === 'below' ? frame.rows : at === 'beside' && view.map ? frame.mapRows : 0;
  return { x: x + shell.cursor.x, y: 3 + above + shell.cursor.y };
}

/** The page, and beside it whatever there is room for. */
function Reading({ app, screen, frame, style }: PartProps) {
  const { map } = screen.view;
  const { columns, now } = app;
  const { session, state, view, laid } = screen;
  const top = topRow(view, laid, frame.rows);
  if (map && view.mode.name === 'read' && !isMapBeside(columns, panesOf(view)))
    return <MapPane app={app} screen={screen} map={map} style={style} />;
  const beside = view.shell && frame.shell?.at === 'beside' ? frame.shell : undefined;
  return (
    <>
      <Box width={frame.page + GUTTER} flexShrink={0}>
        <Lines
          lines={windowLines(
            { laid, view, state, lesson: session.lesson },
            top,
            frame.rows,
            frame.page + GUTTER,
            style,
          )}
        />
      </Box>
      {beside && view.shell ? (
        <Box marginLeft={1} flexDirection="column">
          {map && (
            <Box height={frame.mapRows} flexShrink={0}>
              <MapPane app={app} screen={screen} map={map} style={style} />
            </Box>
          )}
          <ShellPane screen={screen} view={view.shell} frame={beside} style={style} />
        </Box>
      ) : map && frame.panel > 0 ? (
        <MapPane app={app} screen={screen} map={map} style={style} />
      ) : frame.panel > 0 && frame.shell === undefined ? (
        <Box marginLeft={3} width={frame.panel - 2} flexShrink={0}>
          <Lines
            lines={outlineLines(session.lesson, state, view.current, now, frame.panel - 2, style).slice(
              0,
              frame.rows,
            )}
          />
        </Box>
      ) : undefined}
    </>
  );
}

interface PartProps {
  app: AppState;
  screen: Lesson;
  frame: Divided;
  style: Style;
}

function Body({ app, screen, frame, style }: PartProps) {
  const { shell } = screen.view;
  const over = overlayLines(app, screen, frame.body, style);
  if (over) return <Lines lines={over} />;
  if (!shell || !frame.shell || frame.shell.at === 'beside')
    return <Reading app={app} screen={screen} frame={frame} style={style} />;
  const pane = <ShellPane screen={screen} view={shell} frame={frame.shell} style={style} />;
  if (frame.shell.at === 'full') return pane;
  return (
    <Box flexDirection="column">
      <Box height={frame.rows} flexShrink={0}>
        <Reading app={app} screen={screen} frame={frame} style={style} />
      </Box>
      {pane}
    </Box>
  );
}

export function LessonScreen({ app, screen, style }: { app: AppState; screen: Lesson; style: Style }) {
  const { columns, rows, now, classroom } = app;
  const { view, state, laid } = screen;
  const { lesson } = screen.session;
  const frame = frameOf(columns, rows, panesOf(view));
  const { setCursorPosition } = useCursor();
  const writing = view.mode.name === 'write' && laid.cursor;
  // Two rows stand above the window: the header and its rule.
  const top = topRow(view, laid, frame.rows);
  setCursorPosition(
    writing ? { x: writing.x + GUTTER, y: writing.row - top + 2 } : shellCursor(screen, frame),
  );
  const context = {
    lesson,
    state,
    laid,
    lessons: screen.lessons,
    rows: frame.rows,
    words: style.words,
    ...(classroom ? { classroom } : {}),
  };
  const here = { lesson, step: stepOf(lesson, view.current ?? 0) };
  const typing =
    view.shell?.focus && view.mode.name === 'read' && (view.notice === undefined || view.shell.leader);
  return (
    <Frame
      columns={columns}
      rows={rows}
      header={lessonHeader(lesson, state, view.current, columns, now, style)}
      rule={
        classroom ? classRule(classroom, here, stopKey(view), { columns, now }, style) : rule(columns, style)
      }
      footer={
        typing && view.shell
          ? shellFooter(view.shell, screen.shell.tabs[view.shell.tab], columns, style)
          : lessonFooter(view, context, columns, style)
      }
      said={typing ? undefined : longNotice(view, columns, style)}
    >
      <Body app={app} screen={screen} frame={frame} style={style} />
    </Frame>
  );
}
