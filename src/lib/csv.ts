/** CSV by RFC 4180: read (a roster that a spreadsheet has written), and write. Pure. */

import { harmless } from './text.ts';

/** Rows of fields; a byte order mark, any line end, `,` or `;` as most rows of Excel have it. */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '');
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const separator = !head.includes(',') && head.includes(';') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (source[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === separator) {
      row.push(field);
      field = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && source[i + 1] === '\n') i++;
      rows.push([...row, field]);
      row = [];
      field = '';
    } else field += char;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows.filter((fields) => fields.some((one) => one.trim() !== ''));
}

/** What a spreadsheet takes for a formula is made a text, as the learner may have written it. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvField(written: string): string {
  const text = harmless(written.replace(/\r\n?/g, '\n')).toWellFormed();
  const safe = FORMULA.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) && text !== '-' ? `'${text}` : text;
  return /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
