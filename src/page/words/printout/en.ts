/** Words about all that a cell has printed. */
import { count } from '../count.ts';

const grouped = (n: number) => n.toLocaleString('en-US');

/** `6.9 MB`: three figures at the most. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export const printoutEn = {
  title: (cell: number) => `All output of cell ${cell}`,
  where: (line: number, lines: number) => `line ${grouped(line)} of ${grouped(lines)}`,
  /** Why its end is not kept. */
  cut: { limit: 'cut at the limit', disk: 'cut: no room on the disk' },
  marked: (lines: number) => `${count(lines, 'line')} marked`,
  looking: (text: string, percent: number) => `Looking for ${text}: ${percent} %`,
  notFound: (text: string) => `${text} is nowhere in this output.`,
  mark: 'mark',
  unmark: 'unmark',
  copy: 'copy',
  save: 'save',
  saveTo: 'Save to:',
  pager: 'pager',
  /** In the page, where there is more than it shows. */
  more: 'F shows all of it',
  leftOut: (characters: number) => `${grouped(characters)} characters left out here; F shows all`,
  folded: (lines: number) =>
    `${grouped(lines)} earlier ${lines === 1 ? 'line' : 'lines'} kept here; F shows all`,
  key: 'all output',
  saved: (path: string, bytes: number) => `Saved to ${path}: ${sizeWords(bytes)}.`,
  exists: (path: string) => `${path} is there already: choose another name.`,
  noFolder: 'Not saved: there is no such folder.',
  notSaved: (why: string) => `Not saved: ${why}.`,
  notHere: 'Nothing of this machine is yours to save to, or to start, here: read it and copy from it.',
  pagerFailed: (message: string) => `The pager did not start: ${message}. $PAGER names another.`,
  gone: 'What this cell printed is no longer kept.',
  help: {
    title: 'All output of a cell',
    open: 'read all of its output: search, copy, save',
    pager: 'open its output in $PAGER',
    save: 'save its output to a file',
    find: 'find in it, next, before',
    mark: 'mark from here, copy what is marked',
  },
};
