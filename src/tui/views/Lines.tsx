/**
 * Rows of styled text as they are. They are already as wide as they may be, so Ink neither wraps nor cuts them. Each is a
 * text of its own: Ink measures and takes apart only those that it has not seen before.
 */
import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line } from '../../page/text/line.ts';
import { paint } from '../../page/text/paint.ts';

const Row = memo(function Row({ text }: { text: string }) {
  return <Text wrap="truncate">{text}</Text>;
});

export const Lines = memo(function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, at) => (
        // Ink leaves out an empty text, and with it its row. A row is its place on the screen.
        <Row key={at} text={paint(line) || ' '} />
      ))}
    </Box>
  );
});
