/** The least that a full-screen Ink program does: one frame with a heading and rows of text. The peer of our first frame. */
import { Box, render, Text, useInput } from 'ink';

const { columns = 80, rows = 24 } = process.stdout;

function Program() {
  useInput(() => {});
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text bold>Ready</Text>
      {Array.from({ length: rows - 2 }, (_, at) => (
        <Text key={String(at)}>Row {at} of a program that shows some text.</Text>
      ))}
    </Box>
  );
}

render(<Program />, { alternateScreen: true, interactive: true });
