/** Ink takes the screen. A file of its own: it is loaded while the lesson is opened. */
import { type Instance, render } from 'ink';
import { App, type AppProps } from './App.tsx';

export type Mounted = Pick<Instance, 'unmount' | 'waitUntilExit'>;

export interface Streams {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/** Frames a second that Ink may write; a key is drawn at once all the same. */
const MAX_FPS = 60;

export function mount(props: AppProps, streams: Streams): Mounted {
  return render(<App {...props} />, {
    ...streams,
    exitOnCtrlC: false,
    // A terminal is a terminal, also where CI is set.
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: MAX_FPS,
  });
}
