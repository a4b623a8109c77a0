/** One trace as a document of its own: `wirebook sandbox trace --format html`, `md`. Pure. */
import type { Trace } from '../trace/model.ts';
import { documentHtml } from './html/document.ts';
import { text } from './html/escape.ts';
import { packetHtml } from './html/packet.ts';
import { plain } from './marked.ts';
import type { ExportOptions } from './model.ts';
import { packetParts } from './packet/markdown.ts';

export function traceHtml(trace: Trace, { words, version }: ExportOptions): string {
  const title = `${words.packet.title} ${trace.command.argv.join(' ')}`;
  return documentHtml({
    language: words.name,
    title,
    version,
    packets: true,
    body: `<main>
${packetHtml(trace, words, 1)}</main>
<footer><p>${text(words.made(version))}</p></footer>
`,
  });
}

export function traceMarkdown(trace: Trace, { words, version }: ExportOptions): string {
  const [, ...rest] = packetParts(trace, words);
  const from = words.packet.from(plain(words.say(trace.start.title)));
  const head = `# ${words.packet.title} ${plain(trace.command.argv.join(' '))}`;
  return `${[head, from, ...rest, '---', words.made(plain(version))].join('\n\n')}\n`;
}
