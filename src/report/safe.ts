/** Texts of learners and machines, made safe for what they are written into. Pure. */
import { harmless } from '../lib/text.ts';

/** For a terminal: no control characters; line ends stay. */
export function terminalSafe(text: string): string {
  return harmless(text.replace(/\r\n?/g, '\n')).toWellFormed();
}

/** The same in one line. */
export function oneLine(text: string): string {
  return terminalSafe(text).replace(/\s+/g, ' ').trim();
}

/** JSON in one line that is safe on a terminal too: `JSON.stringify` leaves DEL, C1 and direction marks as they are. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** XML 1.0 has no way at all to write these characters, not even escaped (production 2, Char). */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** For character data. `>` is escaped everywhere, as `]]>` must not stand there. */
export function xmlText(text: string): string {
  return terminalSafe(text)
    .replace(NOT_XML, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** For an attribute in double quotes; a parser turns raw line ends and tabs into blanks there. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}

/** The same for HTML, whose attributes may be in single quotes too. */
export const htmlAttribute = (text: string): string => xmlAttribute(text).replace(/'/g, '&#39;');

/** The message of a GitHub workflow command. */
export function commandMessage(text: string): string {
  return terminalSafe(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a GitHub workflow command. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
