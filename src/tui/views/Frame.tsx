/**
 * Header, rule, body and footer: every screen has this form and fills the terminal exactly. Rows are cut to their width
 * before they come here; asking Ink to clip them again would make it measure every character once more.
 */
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Line } from '../../page/text/line.ts';
import { Lines } from './Lines.tsx';

export interface FrameProps {
  columns: number;
  rows: number;
  header: Line;
  rule: Line;
  footer: Line;
  /** What is said where it needs more rows than one: over the last rows of the body. */
  said?: readonly Line[] | undefined;
  children: ReactNode;
}

export function Frame({ columns, rows, header, rule, footer, said, children }: FrameProps) {
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines lines={[header, rule]} />
      <Box height={Math.max(0, rows - 3)} width={columns}>
        {children}
      </Box>
      {said ? (
        <Box marginTop={1 - said.length} flexShrink={0}>
          <Lines lines={said} />
        </Box>
      ) : (
        <Lines lines={[footer]} />
      )}
    </Box>
  );
}
