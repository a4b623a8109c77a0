/** A packet's walk in Markdown: a table of its hops, and the same as a Mermaid sequence, which forges draw. */
import type { Trace } from '../../trace/model.ts';
import { mermaidSequence } from '../../trace/write/mermaid.ts';
import { code, fenced, plain } from '../marked.ts';
import type { ExportWords } from '../words.ts';
import { packetWalk, type Row } from './rows.ts';

/** More arrows than this are no picture any more. */
const MOST_ARROWS = 150;

function rowLine({ at, place, interface: name, what, says }: Row, words: ExportWords): string {
  const cells = [
    plain(at),
    plain(words.say(place.title)),
    name === undefined ? '' : code(name).replaceAll('|', '\\|'),
    plain(words.say(what)),
    says.map((phrase) => plain(words.say(phrase))).join('; '),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function packetParts(trace: Trace, words: ExportWords): string[] {
  const { packet: named } = words;
  const walk = packetWalk(trace);
  const [time, where, via, what, more] = named.columns;
  const head = `| ${[time, where, via, what, more].join(' | ')} |\n| --- | --- | --- | --- | --- |`;
  const parts = [`${named.title} ${code(walk.command)} (${named.from(plain(words.say(walk.start.title)))})`];
  for (const { title, answer, again, rows } of walk.packets) {
    const line = `${answer ? '←' : '→'} ${plain(words.say(title))}`;
    if (again) parts.push(`${line}: ${named.again(again.from, again.to)}`);
    else parts.push(line, `${head}\n${rows.map((row) => rowLine(row, words)).join('\n')}`);
  }
  for (const sentence of walk.besides) parts.push(plain(words.say(sentence)));
  const sequence = mermaidSequence(trace, words.say);
  if (sequence.split('\n').length <= MOST_ARROWS) parts.push(fenced('mermaid', sequence));
  return parts;
}
