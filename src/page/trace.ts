/** The colours of a trace's lines in a theme. */
import type { TraceTone } from '../trace/write/lines.ts';
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
