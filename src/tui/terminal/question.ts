/**
 * The terminal is asked for its background before anything is drawn: one that is near has answered when the first frame is,
 * which is then in the right colours. One that is far, or behind another, answers later, or never: nobody waits for it.
 *
 * The answer comes among the keys. So the keyboard is listened to from then on; what is typed meanwhile is given back to it.
 * Who leaves before a late answer has come waits for it a moment, that it does not reach the shell.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ASK, type Background, createAnswers } from './background.ts';

/** As long as a terminal on the other side of the world takes. */
const LATE_MS = 1000;

export interface Question {
  /** What has been answered so far. */
  heard(): Promise<Background | undefined>;
  /** Called with an answer that comes later. */
  listen(tell: (background: Background) => void): void;
  /** Takes answers out of what is read, and gives back the rest. */
  take(chunk: string): string;
  /** From now on another reads the keyboard, and hands us what it has read; what was typed until now is the first of it. */
  giveKeyboard(): void;
  /** Nothing more will come. */
  over(): Promise<void>;
}

interface Terminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
}

/** Reads what has come, if anything has: the loop that waits for it goes round once. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export function askBackground({ stdin, stdout }: Terminal, now: () => number = Date.now): Question {
  const asked = now();
  const answered = Promise.withResolvers<void>();
  let answer: Background | undefined;
  let tell: (background: Background) => void = () => {};
  let typed = '';
  let ours = true;

  const take = createAnswers((background) => {
    answer = background;
    answered.resolve();
    tell(background);
  }, now);
  const onReadable = () => {
    if (!ours) return;
    for (;;) {
      const chunk: string | Buffer | null = stdin.read();
      if (chunk === null) return;
      typed += take(chunk.toString('latin1'));
    }
  };
  stdin.on('readable', onReadable);
  // Else the terminal would echo the answer, and keep it until Enter.
  stdin.setRawMode?.(true);
  stdout.write(ASK);

  return {
    async heard() {
      await turn();
      return answer;
    },
    listen(hear) {
      tell = hear;
    },
    take,
    giveKeyboard() {
      if (!ours) return;
      ours = false;
      stdin.off('readable', onReadable);
      // Byte for byte: half a letter is made whole by the other half.
      if (typed !== '') stdin.unshift(Buffer.from(typed, 'latin1'));
    },
    async over() {
      const left = asked + LATE_MS - now();
      if (answer === undefined && left > 0) await Promise.race([answered.promise, sleep(left)]);
      if (!ours) return;
      ours = false;
      stdin.off('readable', onReadable);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}
