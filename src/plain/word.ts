/** Words and commands of the course on lines: what one means, or which of them a step uses. Pure. */
import type { Handbook, HandbookEntry } from '../lesson/handbook.ts';
import type { Lesson } from '../lesson/model.ts';
import { findPattern } from '../page/find/pattern.ts';
import { handbookOfStep } from '../page/handbook.ts';
import { renderMarkdown } from '../page/markdown/render.ts';
import { type Line, span } from '../page/text/line.ts';
import type { PlainStyle } from './print.ts';

function entryLines({ name, text }: HandbookEntry, style: PlainStyle): Line[] {
  const meaning = renderMarkdown(text, style.columns - 4, style);
  return [[span(name, style.theme.subheading)], ...meaning.map((line): Line => [span('    '), ...line])];
}

/** Those that are called so; else those that have it in their names. */
function named(handbook: Handbook, text: string): Handbook {
  const wanted = text.toLowerCase();
  const called = handbook.filter(({ forms }) => forms.some((form) => form.toLowerCase() === wanted));
  if (called.length > 0) return called;
  const pattern = findPattern(text);
  return pattern ? handbook.filter(({ name }) => name.search(pattern) >= 0) : [];
}

export function wordLines(
  handbook: Handbook,
  text: string,
  lesson: Lesson,
  step: number,
  style: PlainStyle,
): Line[] {
  const { words, theme } = style;
  const say = (said: string): Line[] => [[span(said, theme.notice)]];
  if (handbook.length === 0) return say(words.handbook.empty);
  if (text !== '') {
    const found = named(handbook, text);
    return found.length > 0
      ? found.flatMap((entry) => entryLines(entry, style))
      : say(words.handbook.none(text));
  }
  const own = handbookOfStep(handbook, lesson, step);
  // A step that uses none of them is no reason to say nothing.
  const shown = own.length > 0 ? own : handbook;
  const head = (title: string) => (own.length > 0 ? `${words.handbook.ofStep}${words.colon}${title}` : title);
  const list = (kind: HandbookEntry['kind'], title: string): Line[] => {
    const names = shown.filter((entry) => entry.kind === kind).map(({ name }) => `  ${name}`);
    if (names.length === 0) return [];
    return [[span(head(title), theme.subheading)], ...names.map((name): Line => [span(name)])];
  };
  return [...list('word', words.handbook.words), ...list('command', words.handbook.commands)];
}
