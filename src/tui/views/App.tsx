/** Chooses the screen. Keys and pastes go to the store; nothing else happens here. */
import { useApp, useInput, usePaste } from 'ink';
import { useInsertionEffect, useSyncExternalStore } from 'react';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import type { AppState } from '../model/app.ts';
import { frameOf } from '../model/frame.ts';
import { keysOf } from '../model/keys.ts';
import type { Store } from '../store.ts';
import type { Handover } from '../terminal/handover.ts';
import { CourseScreen } from './CourseScreen.tsx';
import { LessonScreen } from './LessonScreen.tsx';
import { Message } from './Message.tsx';

export interface AppProps {
  store: Store;
  handover: Handover;
  style: Style;
  title: string;
}

function opening(title: string, app: AppState, style: Style): Line[] {
  const frame = style.glyphs.running[Math.floor(app.now / 100) % style.glyphs.running.length]!;
  return [clip([span(`${frame} `, style.theme.running), span(style.words.opening(title))], app.columns)];
}

function failed(message: string, next: readonly string[], app: AppState, style: Style): Line[] {
  const room = Math.max(10, Math.min(80, app.columns - 4));
  const indent = { first: [span('  ')], rest: [span('  ')] };
  // Faults of a lesson are several lines: one mark for all of them.
  const [head = '', ...more] = message.split('\n');
  return [
    ...wrapText(head, room, style.theme.strong, {
      first: [span(`${style.glyphs.fail} `, style.theme.fail)],
      rest: [span('  ')],
    }),
    ...more.flatMap((line) => wrapText(line, room, style.theme.text, indent)),
    ...next.flatMap((line) => wrapText(line, room, style.theme.text, indent)),
    EMPTY,
    [span('  Enter', style.theme.key), span(` ${style.words.keys.close}`, style.theme.dim)],
  ];
}

export function App({ store, handover, style, title }: AppProps) {
  const app = useSyncExternalStore(store.subscribe, store.getState);
  const { suspendTerminal } = useApp();
  useInsertionEffect(() => handover.register((use) => suspendTerminal(use)), [handover, suspendTerminal]);
  useInput((input, key) => {
    for (const press of keysOf(input, key)) store.press(press);
  });
  usePaste((text) => store.paste(text));

  const { columns, rows, screen } = app;
  if (frameOf(columns, rows).tooSmall) {
    return (
      <Message
        columns={columns}
        rows={rows}
        lines={wrapText(style.words.tooSmall(columns, rows), Math.max(1, columns))}
      />
    );
  }
  switch (screen.name) {
    case 'course':
      return <CourseScreen app={app} view={screen.view} title={title} style={style} />;
    case 'opening':
      return <Message columns={columns} rows={rows} lines={opening(screen.title, app, style)} />;
    case 'failed':
      return (
        <Message columns={columns} rows={rows} lines={failed(screen.message, screen.next, app, style)} />
      );
    case 'lesson':
      return <LessonScreen app={app} screen={screen} style={style} />;
  }
}
