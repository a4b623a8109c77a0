/** The map: beside the lesson, or in its place. */
import { Box } from 'ink';
import type { Style } from '../../page/layout/style.ts';
import type { AppState, Screen } from '../model/app.ts';
import { frameOf, isMapBeside, panesOf } from '../model/frame.ts';
import { mapColumns, mapLines, mapPage, visibleMap } from '../model/map.ts';
import type { MapView } from '../model/map-view.ts';
import { Lines } from './Lines.tsx';

export interface MapPaneProps {
  app: AppState;
  screen: Extract<Screen, { name: 'lesson' }>;
  map: MapView;
  style: Style;
}

export function MapPane({ app, screen, map, style }: MapPaneProps) {
  const { columns, rows } = app;
  const panes = panesOf(screen.view);
  const width = mapColumns(columns, rows, panes);
  const frame = frameOf(columns, rows, panes);
  const shown = isMapBeside(columns, panes) ? frame.mapRows : frame.rows;
  const lines = mapLines(mapPage(screen, map), width, style);
  return (
    <Box marginLeft={isMapBeside(columns, panes) ? 2 : 1} width={width} flexShrink={0}>
      <Lines lines={visibleMap(lines, map, shown)} />
    </Box>
  );
}
