/** A trace's lines in the reader's language and the colours of a theme. */
import type { TraceLine, TraceTone } from '../trace/write/lines.ts';
import type { Say } from './said/translate.ts';
import type { Theme } from './theme.ts';

export const traceTones = (theme: Theme): Readonly<Record<TraceTone, string>> => ({
  text: theme.text,
  dim: theme.dim,
  title: theme.title,
  place: theme.current,
  rule: theme.broken,
  changed: theme.running,
  good: theme.pass,
  bad: theme.fail,
  unsure: theme.notice,
});

/** Phrase by phrase; what stands in columns keeps the blanks around it. */
export const sayLine = (line: TraceLine, say: Say): TraceLine =>
  line.map(({ text, tone }) => {
    const body = text.trim();
    return body === '' ? { text, tone } : { text: text.replace(body, () => say(body)), tone };
  });
