/** A trace's lines in the reader's language and the colours of a theme. */
import stringWidth from 'fast-string-width';
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
    if (body === '') return { text, tone };
    const said = text.replace(body, () => say(body));
    // a place is a column: words of another width must not move what stands behind it
    const missing = tone === 'place' ? stringWidth(text) - stringWidth(said.trimEnd()) : 0;
    return { text: missing > 0 ? said.trimEnd() + ' '.repeat(missing) : said, tone };
  });
