/** Rows of styled text as they are. They are already as wide as they may be, so Ink neither wraps nor cuts them. */
import { Text } from 'ink';
import { memo } from 'react';
import type { Line } from '../../page/text/line.ts';
import { paint } from '../../page/text/paint.ts';

export const Lines = memo(function Lines({ lines }: { lines: readonly Line[] }) {
  // Ink leaves out an empty text, and with it its row.
  return <Text wrap="truncate">{lines.map((line) => paint(line) || ' ').join('\n')}</Text>;
});
