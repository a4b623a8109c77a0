/** Reads a journal's bytes, whatever has happened to them. Pure. */
import type { SessionEvent } from '../events.ts';
import type { SessionState } from '../state.ts';
import { decodeLine } from './decode.ts';
import type { Header } from './records.ts';

export interface JournalContent {
  header?: Header;
  snapshot?: SessionState;
  /** After the snapshot, in order. */
  events: SessionEvent[];
  /** Lines that cannot be read and are not merely cut off at the end. */
  bad: string[];
  /** How many bytes are whole; what follows was torn when the writer died. */
  wholeBytes: number;
  /** The last line is whole but for its end of line. */
  isOpen: boolean;
}

export function readJournal(bytes: Uint8Array): JournalContent {
  const content: JournalContent = { events: [], bad: [], wholeBytes: 0, isOpen: false };
  const decoder = new TextDecoder();
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    if (end === -1) break;
    take(content, decoder.decode(bytes.subarray(from, end)));
    from = end + 1;
    content.wholeBytes = from;
  }
  // A JSON object that parses cannot have been cut.
  const rest = decoder.decode(bytes.subarray(content.wholeBytes));
  if (decodeLine(rest) !== undefined) {
    take(content, rest);
    content.wholeBytes = bytes.length;
    content.isOpen = true;
  }
  return content;
}

function take(content: JournalContent, line: string): void {
  if (line === '') return;
  const decoded = decodeLine(line);
  if (decoded === undefined) content.bad.push(line);
  else if (decoded.kind === 'header') content.header = decoded.header;
  else if (decoded.kind === 'snapshot') {
    content.snapshot = decoded.state;
    content.events = [];
  } else content.events.push(decoded.event);
}
