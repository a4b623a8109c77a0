/** Text that Markdown obeys nothing in. */
import { oneLine, terminalSafe } from '../report/safe.ts';

/** A fence longer than any run of backticks inside: nothing in it can end it. */
export function fenced(language: string, content: string): string {
  const safe = terminalSafe(content).replace(/\n$/, '');
  const longest = Math.max(2, ...[...safe.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${safe}\n${fence}`;
}

/** In one line, every character that Markdown might obey with a backslash before it (CommonMark 0.31, section 2.4). */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#+!|&~]/g, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^[-=]/, '\\$&');
}

/** A code span that nothing inside can end. */
export function code(text: string): string {
  const safe = oneLine(text);
  if (safe === '') return '""';
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map((run) => run[0].length));
  const mark = '`'.repeat(longest + 1);
  return longest > 0 ? `${mark} ${safe} ${mark}` : `${mark}${safe}${mark}`;
}
