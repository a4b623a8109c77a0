/** The text that a learner is writing and where the cursor is in it. Never changed: each edit makes a new one. */
import { graphemes, textWidth } from '../text/width.ts';

export interface Position {
  row: number;
  /** UTF-16 index into the row, always between two graphemes. */
  column: number;
}

export interface Snapshot extends Position {
  rows: readonly string[];
}

export interface EditorState extends Snapshot {
  /** Screen column that up and down keep to, over shorter rows. */
  goal?: number;
  past: readonly Snapshot[];
  future: readonly Snapshot[];
  /** What the last edit was: letters typed one after the other are undone together. */
  last: 'type' | 'delete' | 'other';
}

/** The cursor stands at the end. */
export function openEditor(text: string): EditorState {
  const rows = cleanText(text).replace(/\n+$/, '').split('\n');
  return { rows, row: rows.length - 1, column: rows.at(-1)!.length, past: [], future: [], last: 'other' };
}

export function editorText(state: Snapshot): string {
  return state.rows.join('\n');
}

/** Typed or pasted text as it may stand in a cell: line ends are \n, tabs are spaces, other controls are gone. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '');
}

/** Grapheme boundaries of a row: 0, ..., its length. */
export function boundaries(row: string): number[] {
  const list = [0];
  for (const grapheme of graphemes(row)) list.push(list.at(-1)! + grapheme.length);
  return list;
}

/** The nearest boundary at or before `column`. */
export function snap(row: string, column: number): number {
  return boundaries(row).findLast((at) => at <= column) ?? 0;
}

/** Screen column of a position, and back. */
export function screenColumn(row: string, column: number): number {
  return textWidth(row.slice(0, column));
}

export function columnAt(row: string, screen: number): number {
  return boundaries(row).findLast((at) => screenColumn(row, at) <= screen) ?? 0;
}
