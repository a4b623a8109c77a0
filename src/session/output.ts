/**
 * Output of a cell, kept bounded: the beginning and the end, and between them one piece that says how much is missing.
 * What is printed first tells what began, what is printed last tells how it ended.
 */
import type { OutputPiece } from './state.ts';

/** UTF-16 units kept of a cell's output: 256 KiB of memory, as a unit is two bytes at most. */
export const KEPT_UNITS = 128 * 1024;
const HEAD_UNITS = KEPT_UNITS / 4;
/** A piece grows to this size before the next one begins: appending stays cheap, and pieces stay few. */
const PIECE_UNITS = 8 * 1024;
/** stdout and stderr that take turns byte by byte make many tiny pieces: these are bounded too. */
const MAX_PIECES = 2048;

/** Where `text` may be cut at `at` without splitting a surrogate pair. */
function cutPoint(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

const size = (pieces: readonly OutputPiece[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.omitted === undefined ? piece.text.length : 0), 0);

function marker(stream: OutputPiece['stream'], omitted: number): OutputPiece {
  return { stream, text: `\n... ${omitted} characters left out ...\n`, omitted };
}

/** Adds text at the end; what is too much goes from the middle. */
export function appendOutput(
  pieces: readonly OutputPiece[],
  stream: OutputPiece['stream'],
  text: string,
): readonly OutputPiece[] {
  if (text === '') return pieces;
  const last = pieces.at(-1);
  const joined =
    last !== undefined &&
    last.stream === stream &&
    last.omitted === undefined &&
    last.text.length + text.length <= PIECE_UNITS
      ? [...pieces.slice(0, -1), { stream, text: last.text + text }]
      : [...pieces, ...slices(text).map((part) => ({ stream, text: part }))];
  return size(joined) > KEPT_UNITS || joined.length > MAX_PIECES ? shorten(joined) : joined;
}

function slices(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = cutPoint(text, Math.min(text.length, from + PIECE_UNITS));
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

function shorten(pieces: readonly OutputPiece[]): readonly OutputPiece[] {
  const gap = pieces.findIndex((piece) => piece.omitted !== undefined);
  const { head, rest } =
    gap === -1 ? splitHead(pieces) : { head: pieces.slice(0, gap), rest: pieces.slice(gap + 1) };
  let omitted = gap === -1 ? 0 : (pieces[gap]!.omitted ?? 0);
  let from = 0;
  let kept = size(head) + size(rest);
  while (from < rest.length - 1 && (kept > KEPT_UNITS || head.length + 1 + rest.length - from > MAX_PIECES)) {
    omitted += rest[from]!.text.length;
    kept -= rest[from]!.text.length;
    from += 1;
  }
  if (omitted === 0) return pieces;
  return [...head, marker(head.at(-1)?.stream ?? 'stdout', omitted), ...rest.slice(from)];
}

function splitHead(pieces: readonly OutputPiece[]): { head: OutputPiece[]; rest: OutputPiece[] } {
  let units = 0;
  let at = 0;
  while (at < pieces.length && units + pieces[at]!.text.length <= HEAD_UNITS && at < MAX_PIECES / 4) {
    units += pieces[at]!.text.length;
    at += 1;
  }
  return { head: pieces.slice(0, at), rest: pieces.slice(at) };
}

/** A text of at most `limit` UTF-16 units: its first third and its last two, with a line between. */
export function clipText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = cutPoint(text, Math.floor(limit / 3));
  const tail = cutPoint(text, text.length - Math.floor((limit * 2) / 3));
  return `${text.slice(0, head)}\n... ${tail - head} characters left out ...\n${text.slice(tail)}`;
}
