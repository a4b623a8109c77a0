/**
 * The first frame of the screen, written before the library that draws the later ones is loaded; then it is given over to
 * that library, whose own first frame takes its place row by row. Until then giving the terminal back is our own duty.
 */
import type { Line } from '../../page/text/line.ts';
import { paint } from '../../page/text/paint.ts';

export interface Size {
  columns: number;
  rows: number;
}

export interface FirstFrame {
  /** For the library: its first frame stands over this one, without a moment in which there is none. */
  stdout: NodeJS.WriteStream;
  /** The terminal is the library's to give back from now on. */
  giveOver(): void;
  /** As it was, when nobody has taken over. */
  giveBack(): void;
}

const ENTER = '\x1b[?1049h';
const LEAVE = '\x1b[?1049l';
const HIDE = '\x1b[?25l';
const SHOW = '\x1b[?25h';
const HOME = '\x1b[H';
const ERASE = '\x1b[2K';
/** Between these a terminal shows nothing of what is half there; one that does not know them passes over them. */
const WHOLE = ['\x1b[?2026h', '\x1b[?2026l'] as const;

/** @param terminal in which keys typed from now on are kept, unseen, until somebody reads them */
export function paintFirst(
  rows: readonly Line[],
  { stdin, stdout }: { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream },
): FirstFrame {
  let ours = true;
  const done = () => {
    ours = false;
    process.off('uncaughtException', giveBack);
    process.off('exit', giveBack);
  };
  const giveBack = () => {
    if (!ours) return;
    done();
    stdin.setRawMode?.(false);
    stdout.write(LEAVE + SHOW);
  };
  // Before anybody prints the error: it must be seen on the learner's own screen.
  process.prependListener('uncaughtException', giveBack);
  process.on('exit', giveBack);
  stdin.setRawMode?.(true);
  const text = rows.map((row) => paint(row)).join('\r\n');
  stdout.write(ENTER + HIDE + WHOLE[0] + HOME + text + HOME + WHOLE[1]);
  return { stdout: takingOver(stdout), giveOver: done, giveBack };
}

/** Until the first frame: the screen is entered already, and each row is put in the place of what stands there. */
function takingOver(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  let over = false;
  const write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
    if (over || typeof chunk !== 'string') return stdout.write(chunk, ...rest);
    if (!chunk.includes('\n')) return stdout.write(chunk.replace(ENTER, ''), ...rest);
    over = true;
    return stdout.write(HOME + ERASE + chunk.replaceAll('\n', `\n${ERASE}`), ...rest);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
