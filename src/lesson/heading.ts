/**
 * Title and summary of a file as nearly all authors write them: each on one line, as a word after its name or in double
 * quotes. So the list of lessons is there before any reader of YAML is loaded. Whatever is written in another way is left
 * to that reader. Pure.
 */
export interface Heading {
  title: string;
  summary?: string;
}

const FIELD = /^(title|summary):[ \t]+(.*?)[ \t]*$/;
/** Without an escape, so that the text is what stands there. */
const QUOTED = /^"([^"\\\p{Cc}]*)"$/u;
/** Letters, digits, blanks and what means nothing in YAML inside a word. */
const BARE = /^\p{L}[\p{L}\p{N} ,.;()’'!?/+-]*$/u;
/** Words that are no text to YAML. */
const OTHER = /^(null|true|false|yes|no|on|off|[yn])$/i;

function textOf(written: string): string | undefined {
  const quoted = QUOTED.exec(written)?.[1];
  const text = quoted ?? (BARE.test(written) && !OTHER.test(written) ? written : undefined);
  return text?.trim() || undefined;
}

/** One field; undefined when it is not written plainly: another line goes on with it, it stands twice, it is empty. */
function fieldOf(name: string, lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => FIELD.exec(line)?.[1] === name);
  const again = lines.some((line, index) => index !== at && line.startsWith(`${name}:`));
  if (at < 0 || again || /^[ \t]/.test(lines[at + 1] ?? '')) return undefined;
  return textOf(FIELD.exec(lines[at]!)![2]!);
}

function headingOf(lines: readonly string[]): Heading | undefined {
  const title = fieldOf('title', lines);
  const summary = fieldOf('summary', lines);
  if (title === undefined || (summary === undefined && lines.some((line) => line.startsWith('summary'))))
    return undefined;
  return { title, ...(summary === undefined ? {} : { summary }) };
}

/** Of the front matter at the head of a lesson. Other fields are not looked at: who reads the whole lesson does so. */
export function headingOfLesson(head: string): Heading | undefined {
  const lines = head.split(/\r?\n/);
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((text, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(text));
  return end < 0 ? undefined : headingOf(lines.slice(1, end));
}

/** Of a course.yaml in which nothing else stands: so it has no faults. */
export function headingOfCourse(text: string): Heading | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const known = lines.every((line) => line.trim() === '' || line.startsWith('#') || FIELD.test(line));
  return known ? headingOf(lines) : undefined;
}
