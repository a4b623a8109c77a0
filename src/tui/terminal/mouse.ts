/**
 * Asks the terminal to report clicks and the wheel (modes 1000 and 1006), and gives the mouse back. While it is ours the
 * terminal's own selection wants Shift held (Option in iTerm2, Fn in Terminal.app).
 */
import type { MouseEvent } from '../model/mouse.ts';

type Env = Readonly<Record<string, string | undefined>>;

const ON = '\x1b[?1000h\x1b[?1006h';
const OFF = '\x1b[?1006l\x1b[?1000l';

const REPORT = /\x1b\[<(\d+);(\d+);(\d+)([Mm])/g;
/** The beginning of a report whose rest is still to come. */
const BEGUN = /\x1b\[<[\d;]*$/;

function eventOf(bits: number, x: number, y: number, down: boolean): MouseEvent | undefined {
  const at = { x: x - 1, y: y - 1 };
  // Bits for Shift, Alt and Ctrl do not change what the wheel does.
  const wheel = bits & ~28;
  if (wheel === 64) return { does: 'wheel-up', ...at };
  if (wheel === 65) return { does: 'wheel-down', ...at };
  return bits === 0 && down ? { does: 'click', ...at } : undefined;
}

/** Takes the reports of the mouse out of what is read, and gives back the rest: Ink drops them, a shell has no use for them. */
export function createReports(tell: (event: MouseEvent) => void): (chunk: string) => string {
  let begun = '';
  return (chunk) => {
    const text = begun + chunk;
    begun = BEGUN.exec(text)?.[0] ?? '';
    const rest = begun === '' ? text : text.slice(0, -begun.length);
    return rest.replace(REPORT, (_, bits, x, y, end) => {
      const event = eventOf(Number(bits), Number(x), Number(y), end === 'M');
      if (event) tell(event);
      return '';
    });
  };
}

export interface Mouse {
  /** Whether the reader wants it. */
  readonly wanted: boolean;
  /** Another answer to that; returns it. */
  toggle(): boolean;
  /** The screen is ours, or is not. */
  take(): void;
  give(): void;
}

/** `--no-mouse` sets WIREBOOK_MOUSE too. The Linux console has no mouse to report. */
export function createMouse(write: (sequence: string) => void, env: Env): Mouse {
  let wanted = !['0', 'no', 'off', 'false'].includes((env.WIREBOOK_MOUSE ?? '').toLowerCase());
  let ours = false;
  return {
    get wanted() {
      return wanted;
    },
    toggle() {
      wanted = !wanted;
      if (ours) write(wanted ? ON : OFF);
      return wanted;
    },
    take() {
      ours = true;
      if (wanted) write(ON);
    },
    give() {
      ours = false;
      if (wanted) write(OFF);
    },
  };
}
