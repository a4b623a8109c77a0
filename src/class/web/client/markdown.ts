/** Speaker notes as elements: paragraphs, lists, `code` and **strong**. More of Markdown nobody needs while speaking. */
import { type Child, h, type View } from './dom.ts';

function inline(text: string): Child[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (/^`.+`$/.test(part)) return h('code', {}, part.slice(1, -1));
    return /^\*\*.+\*\*$/.test(part) ? h('strong', {}, part.slice(2, -2)) : part;
  });
}

function block(text: string): View {
  const lines = text.split('\n');
  if (!/^\s*[-*] /.test(lines[0] ?? '')) return h('p', {}, inline(lines.join(' ')));
  const items: string[] = [];
  for (const line of lines) {
    const item = /^\s*[-*] (.*)/.exec(line)?.[1];
    if (item === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else items.push(item);
  }
  return h(
    'ul',
    {},
    items.map((item) => h('li', {}, inline(item))),
  );
}

export const notesView = (notes: readonly string[]): View[] =>
  notes.flatMap((note) =>
    note
      .split(/\n\s*\n/)
      .filter((part) => part.trim() !== '')
      .map(block),
  );
