/** The board on the screen: keys go to the store, lines come out; nothing else happens here. */
import { useInput, usePaste } from 'ink';
import { useSyncExternalStore } from 'react';
import type { Style } from '../../page/layout/style.ts';
import { EMPTY, type Line, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import type { BoardWords } from '../../page/words/board/choose.ts';
import { keysOf } from '../model/keys.ts';
import { Frame } from '../views/Frame.tsx';
import { Lines } from '../views/Lines.tsx';
import { Message } from '../views/Message.tsx';
import { bodyLines } from './body-lines.ts';
import { footLine, headLine, tabsLine } from './frame-lines.ts';
import { safe } from './safe.ts';
import type { BoardStore } from './store.ts';

const SMALLEST = { columns: 60, rows: 16 };

export interface BoardAppProps {
  store: BoardStore;
  words: BoardWords;
  style: Style;
  /** How the line is as long as there is no board. */
  waiting: () => readonly string[];
}

export function BoardApp({ store, words, style, waiting }: BoardAppProps) {
  const { seen, screen } = useSyncExternalStore(store.subscribe, store.getState);
  useInput((input, key) => {
    for (const press of keysOf(input, key)) store.press(press);
  });
  usePaste((text) => store.paste(text));
  const { columns, rows } = screen;
  const message = (texts: readonly string[]): Line[] => [
    ...texts.flatMap((text) => wrapText(safe(text), Math.max(10, columns - 2), style.theme.text)),
    EMPTY,
    [span(' q', style.theme.key), span(` ${words.keys.quit}`, style.theme.dim)],
  ];
  if (columns < SMALLEST.columns || rows < SMALLEST.rows)
    return <Message columns={columns} rows={rows} lines={message([words.tooSmall])} />;
  if (!seen) return <Message columns={columns} rows={rows} lines={message(waiting())} />;
  return (
    <Frame
      columns={columns}
      rows={rows}
      header={headLine(seen, style)}
      rule={tabsLine(seen, style)}
      footer={footLine(seen, style)}
    >
      <Lines lines={bodyLines(seen, style)} />
    </Frame>
  );
}
