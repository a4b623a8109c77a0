/** One thing to say and nothing else: opening, a failure, a terminal that is too small. */
import { Box } from 'ink';
import type { Line } from '../../page/text/line.ts';
import { Lines } from './Lines.tsx';

export function Message({ columns, rows, lines }: { columns: number; rows: number; lines: readonly Line[] }) {
  return (
    <Box width={columns} height={rows} alignItems="center" justifyContent="center">
      <Lines lines={lines.slice(0, rows)} />
    </Box>
  );
}
