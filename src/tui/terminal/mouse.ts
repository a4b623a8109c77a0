/**
 * Asks the terminal to report clicks and the wheel (modes 1000 and 1006), and gives the mouse back. While it is ours the
 * terminal's own selection wants Shift held (Option in iTerm2, Fn in Terminal.app).
 */
import type { MouseEvent } from '../model/mouse.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What of the mouse is reported beyond clicks and the wheel: moves with a button held, all moves. */
export type Motion = 'none' | 'drag' | 'any';

const ON: Readonly<Record<Motion, string>> = {
  none: '\x1b[?1000h\x1b[?1006h',
  drag: '\x1b[?1002h\x1b[?1006h',
  any: '\x1b[?1003h\x1b[?1006h',
};
const OFF: Readonly<Record<Motion, string>> = {
  none: '\x1b[?1006l\x1b[?1000l',
  drag: '\x1b[?1006l\x1b[?1002l',
  any: '\x1b[?1006l\x1b[?1003l',
};

const REPORT = /\x1b\[<(\d+);(\d+);(\d+)([Mm])/g;
/** The beginning of a report whose rest is still to come. */
const BEGUN = /\x1b\[<[\d;]*$/;

function doesOf(bits: number, down: boolean): MouseEvent['does'] {
  // Bits for Shift, Alt and Ctrl do not change what the wheel does.
  const wheel = bits & ~28;
  if (wheel === 64) return 'wheel-up';
  if (wheel === 65) return 'wheel-down';
  // Alt: of the notebook, though a program has asked for the mouse.
  return (bits & ~8) === 0 && down ? 'click' : 'other';
}

/** Takes the reports of the mouse out of what is read, and gives back the rest: Ink drops them, a shell has no use for them. */
export function createReports(tell: (event: MouseEvent) => void): (chunk: string) => string {
  let begun = '';
  return (chunk) => {
    const text = begun + chunk;
    begun = BEGUN.exec(text)?.[0] ?? '';
    const rest = begun === '' ? text : text.slice(0, -begun.length);
    return rest.replace(REPORT, (_, bits, x, y, end) => {
      const [code, down] = [Number(bits), end === 'M'];
      tell({ does: doesOf(code, down), x: Number(x) - 1, y: Number(y) - 1, bits: code, down });
      return '';
    });
  };
}

export interface Mouse {
  /** Whether the reader wants it. */
  readonly wanted: boolean;
  /** Another answer to that; returns it. */
  toggle(): boolean;
  /** What a program in a shell has asked for beyond what the notebook needs. */
  follow(motion: Motion): void;
  /** The screen is ours, or is not. */
  take(): void;
  give(): void;
}

/** `--no-mouse` sets WIREBOOK_MOUSE too. The Linux console has no mouse to report. */
export function createMouse(write: (sequence: string) => void, env: Env): Mouse {
  let wanted = !['0', 'no', 'off', 'false'].includes((env.WIREBOOK_MOUSE ?? '').toLowerCase());
  let ours = false;
  let motion: Motion = 'none';
  return {
    get wanted() {
      return wanted;
    },
    toggle() {
      wanted = !wanted;
      if (ours) write((wanted ? ON : OFF)[motion]);
      return wanted;
    },
    follow(next) {
      if (next === motion) return;
      if (ours && wanted) write(OFF[motion] + ON[next]);
      motion = next;
    },
    take() {
      ours = true;
      if (wanted) write(ON[motion]);
    },
    give() {
      ours = false;
      if (wanted) write(OFF[motion]);
    },
  };
}
