/**
 * A session as a recording, asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/): a header, then one event a
 * line. It shows commands, output and verdicts at the times at which they came; colours are the only thing of the output
 * that a terminal will obey. Each cell has a marker, by which a player jumps.
 */
import type { Verdict } from '../check/model.ts';
import type { Cell } from '../lesson/model.ts';
import { harmless, paint } from '../page/text/paint.ts';
import { oneLine, safeJson, terminalSafe } from '../report/safe.ts';
import type { EventOf, SessionEvent } from '../session/events.ts';
import { MARKS } from './cells.ts';
import { timeline } from './events.ts';
import type { Exporter } from './model.ts';
import { outputReader } from './output.ts';
import type { ExportWords } from './words.ts';

const WIDTH = 100;
const HEIGHT = 30;
/** Seconds: a player makes longer pauses this short. Learners think, and go to lunch. */
const IDLE_LIMIT = 2;
const SGR = { pass: '32', fail: '31', broken: '33', skipped: '2' } as const;

type Code = 'o' | 'm';
type Put = (at: number, code: Code, data: string) => void;

const styled = (style: string, text: string): string => `\x1b[${style}m${harmless(text)}\x1b[0m`;

/** What a cell prints, line by line as the lines become whole. */
class Printer {
  readonly #reader = outputReader({ stdout: '', stderr: '31' });
  readonly #put: Put;
  #shown = 0;
  streamed = false;

  constructor(put: Put) {
    this.#put = put;
  }

  push(at: number, stream: 'stdout' | 'stderr', text: string): void {
    this.streamed ||= text !== '';
    this.#reader.push(text, stream);
    // A line that has no end yet may still grow.
    if (text.includes('\n')) this.#show(at, text.endsWith('\n') ? 0 : 1);
  }

  /** What is left, though its line has no end. */
  end(at: number): void {
    this.#show(at, 0);
  }

  #show(at: number, open: number): void {
    const lines = this.#reader.lines();
    const whole = lines.slice(this.#shown, lines.length - open);
    if (whole.length === 0) return;
    this.#shown += whole.length;
    this.#put(at, 'o', whole.map((line) => `${paint(line, { links: false })}\r\n`).join(''));
  }
}

function command(event: EventOf<'cell-started'>, host: string): string {
  const lines = terminalSafe(event.text).replace(/\n+$/, '').split('\n');
  const prompt = (first: boolean) => styled('1;36', first ? `${host}$` : '>');
  return lines.map((line, index) => `${prompt(index === 0)} ${styled('1', line)}\r\n`).join('');
}

function verdictText(verdict: Verdict, words: ExportWords): string {
  const state = Object.hasOwn(MARKS, verdict.state) ? verdict.state : 'broken';
  const head = `${styled(SGR[state], MARKS[state])} ${harmless(oneLine(verdict.title))}\r\n`;
  if (state === 'pass') return head;
  return `${head}  ${words.found}: ${harmless(oneLine(verdict.found))}\r\n`;
}

/** Events of one recording; milliseconds since its beginning. */
function frames(
  events: readonly SessionEvent[],
  cells: ReadonlyMap<string, Cell>,
  words: ExportWords,
): { at: number; code: Code; data: string }[] {
  const all: { at: number; code: Code; data: string }[] = [];
  let now = 0;
  const put: Put = (at, code, data) => {
    // Clocks are set back now and then; a recording only goes on.
    now = Math.max(now, at);
    all.push({ at: now, code, data });
  };
  const printers = new Map<string, Printer>();
  const replayed = new Set<string>();
  for (const event of events) {
    const { at } = event;
    const cell = 'cell' in event ? cells.get(event.cell) : undefined;
    switch (event.type) {
      case 'cell-started':
        // A replay is quiet on the learner's screen too.
        if (event.by === 'replay') replayed.add(event.cell);
        else replayed.delete(event.cell);
        if (event.by === 'replay') break;
        printers.set(event.cell, new Printer(put));
        put(at, 'm', harmless(event.cell));
        put(at, 'o', `\r\n${command(event, cell?.host ?? 'host')}`);
        break;
      case 'output':
        if (!replayed.has(event.cell)) printers.get(event.cell)?.push(at, event.stream, event.text);
        break;
      case 'cell-finished': {
        const printer = printers.get(event.cell);
        if (replayed.has(event.cell) || printer === undefined) break;
        if (!printer.streamed) {
          printer.push(at, 'stdout', event.stdout);
          printer.push(at, 'stderr', event.stderr);
        }
        printer.end(at);
        if (event.outcome !== 'exited') put(at, 'o', `${styled('33', event.outcome)}\r\n`);
        break;
      }
      case 'check-judged':
        if (!replayed.has(event.cell)) put(at, 'o', verdictText(event.verdict, words));
        break;
      case 'checks-watched':
        // What was typed in the shell is not kept; what it came to is.
        for (const verdict of event.verdicts) put(at, 'o', verdictText(verdict, words));
        break;
      case 'cell-skipped':
        put(
          at,
          'o',
          `\r\n${styled('2', `${event.cell}: ${words.status.skipped}: ${oneLine(event.reason)}`)}\r\n`,
        );
        break;
    }
  }
  return all;
}

export const asciicast: Exporter = (walk, { words }) => {
  const { lesson } = walk;
  const cells = new Map(lesson.cells.map((cell) => [cell.id, cell]));
  const events = timeline(walk);
  const all = frames(events, cells, words);
  const start = all[0]?.at ?? walk.at ?? 0;
  const header = {
    version: 2,
    width: WIDTH,
    height: HEIGHT,
    timestamp: Math.floor(start / 1000),
    duration: ((all.at(-1)?.at ?? start) - start) / 1000,
    idle_time_limit: IDLE_LIMIT,
    title: oneLine(lesson.title),
    env: { TERM: 'xterm-256color', SHELL: '/bin/bash' },
  };
  const lines = all.map(({ at, code, data }) => [(at - start) / 1000, code, data.toWellFormed()]);
  return `${[header, ...lines].map((line) => safeJson(line)).join('\n')}\n`;
};
