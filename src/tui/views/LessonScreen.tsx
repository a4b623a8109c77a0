/** The lesson: a window onto its page, and beside it the outline where there is room. */
import { Box, useCursor } from 'ink';
import { type Mark, markLine } from '../../page/find/mark.ts';
import { findOnPage, sameMatch } from '../../page/find/matches.ts';
import { visible } from '../../page/layout/page.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, span } from '../../page/text/line.ts';
import { lessonFooter } from '../chrome/footer.ts';
import { lessonHeader, rule } from '../chrome/header.ts';
import { helpLines } from '../chrome/help.ts';
import { outlineLines } from '../chrome/outline.ts';
import { paletteLines } from '../chrome/palette.ts';
import { stepLines } from '../chrome/steps.ts';
import type { AppState, Screen } from '../model/app.ts';
import { frameOf, GUTTER, hasMapBeside } from '../model/frame.ts';
import { topRow } from '../model/scroll.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';
import { MapPane } from './map.tsx';

type Lesson = Extract<Screen, { name: 'lesson' }>;

/** The marks of a search by row of the page; those of the window only. */
function marksIn({ laid, view }: Lesson, top: number, rows: number): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>();
  if (!view.find) return marks;
  for (const match of findOnPage(laid.page, view.find.text)) {
    const current = sameMatch(match, view.find.at);
    for (const { row, from, to } of match.pieces) {
      const at = match.at - match.row + row;
      if (at < top || at >= top + rows) continue;
      marks.set(at, [...(marks.get(at) ?? []), { from, to, current }]);
    }
  }
  return marks;
}

/** The rows of the window, each with the bar of the current block or without. */
export function windowLines(
  screen: Lesson,
  top: number,
  rows: number,
  columns: number,
  style: Style,
): Line[] {
  const { glyphs, theme } = style;
  const bar = span(`${glyphs.current} `, theme.current);
  const marks = marksIn(screen, top, rows);
  const lines: Line[] = visible(screen.laid.page, top, rows).map(({ line, block, name }, at) => {
    const found = marks.get(top + at) ?? [];
    const edge = block === screen.view.current && name !== 'gap' ? bar : span('  ');
    // The match that the reader is at is pointed at too, for those who do not see inverse from inverse.
    const pointed = found.some((mark) => mark.current);
    return [
      ...(pointed ? [span(edge.text.slice(0, 1), edge.style), span('»', theme.notice)] : [edge]),
      ...markLine(line, found),
    ];
  });
  while (lines.length < rows) lines.push(EMPTY);
  return lines.map((line) => clip(line, columns));
}

export function LessonScreen({ app, screen, style }: { app: AppState; screen: Lesson; style: Style }) {
  const { columns, rows, now } = app;
  const { map } = screen.view;
  const frame = frameOf(columns, rows, map !== undefined);
  const { lesson } = screen.session;
  const { view, state, laid } = screen;
  const top = topRow(view, laid, frame.rows);
  const { setCursorPosition } = useCursor();
  const writing = view.mode.name === 'write' && laid.cursor;
  // Two rows stand above the window: the header and its rule.
  setCursorPosition(writing ? { x: writing.x + GUTTER, y: writing.row - top + 2 } : undefined);

  const context = { lesson, state, laid, rows: frame.rows, words: style.words };
  const help = view.mode.name === 'help' ? helpLines(columns - 4, style) : undefined;
  return (
    <Frame
      columns={columns}
      rows={rows}
      header={lessonHeader(lesson, state, view.current, columns, now, style)}
      rule={rule(columns, style)}
      footer={lessonFooter(view, context, columns, style)}
    >
      {help && view.mode.name === 'help' ? (
        <Box paddingLeft={2}>
          <Lines
            lines={help
              .slice(Math.min(view.mode.top, Math.max(0, help.length - frame.rows)))
              .slice(0, frame.rows)}
          />
        </Box>
      ) : view.mode.name === 'palette' ? (
        <Lines
          lines={paletteLines(
            view.mode,
            { ...context, lessons: screen.lessons },
            { columns, rows: frame.rows },
            style,
          )}
        />
      ) : view.mode.name === 'steps' ? (
        <Lines
          lines={stepLines(
            lesson,
            state,
            { selected: view.mode.selected, current: view.current },
            { columns, rows: frame.rows, now },
            style,
          )}
        />
      ) : map && view.mode.name === 'read' && !hasMapBeside(columns) ? (
        <MapPane app={app} screen={screen} map={map} style={style} />
      ) : (
        <>
          <Box width={frame.page + GUTTER} flexShrink={0}>
            <Lines lines={windowLines(screen, top, frame.rows, frame.page + GUTTER, style)} />
          </Box>
          {map && frame.panel > 0 && <MapPane app={app} screen={screen} map={map} style={style} />}
          {!map && frame.panel > 0 && (
            <Box marginLeft={3} width={frame.panel - 2} flexShrink={0}>
              <Lines
                lines={outlineLines(lesson, state, view.current, now, frame.panel - 2, style).slice(
                  0,
                  frame.rows,
                )}
              />
            </Box>
          )}
        </>
      )}
    </Frame>
  );
}
