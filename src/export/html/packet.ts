/**
 * A packet's walk on a page: its places in a row, and each packet as a table of hops. That is all there without a script
 * and on paper; with the script (packet-script.ts) the hops are walked through one by one.
 */
import type { Trace } from '../../trace/model.ts';
import { packetWalk, type Row, type Walked } from '../packet/rows.ts';
import type { ExportWords } from '../words.ts';
import { attribute, text } from './escape.ts';

/** Interfaces in the order in which they were seen, by the place that they are in. */
function portsOf(packets: readonly Walked[]) {
  const places = new Map<number, { title: string; ports: string[] }>();
  for (const { place, interface: name } of packets.flatMap(({ rows }) => rows)) {
    const known = places.get(place.space) ?? { title: place.title, ports: [] };
    places.set(place.space, known);
    if (name !== undefined && !known.ports.includes(name)) known.ports.push(name);
  }
  return [...places.values()];
}

type Places = ReturnType<typeof portsOf>;

function placesHtml(places: Places, words: ExportWords): string {
  const items = places.map(({ title, ports }) => {
    const list = ports.map((port) => `<span class="port">${text(port)}</span>`).join('');
    return `<li><span class="place">${text(words.say(title))}</span>${list}</li>`;
  });
  return `<div class="stage"><ol class="places" aria-hidden="true">${items.join('')}</ol></div>\n`;
}

function rowHtml(row: Row, ports: readonly string[], words: ExportWords): string {
  const says = row.says.map((phrase) => `<span class="says">${text(words.say(phrase))}</span>`);
  const port = row.interface === undefined ? '' : `<code>${text(row.interface)}</code>`;
  const at = ports.indexOf(`${row.place.title} ${row.interface}`);
  const here = at < 0 ? '' : ` data-port="${at}"`;
  return `<tr class="hop ${row.tone}"${here}><td>${text(row.at)}</td><td>${text(words.say(row.place.title))}</td><td>${port}</td><td>${text(words.say(row.what))}</td><td>${says.join(' ')}</td></tr>`;
}

function walkedHtml(walked: Walked, ports: readonly string[], level: number, words: ExportWords): string {
  const arrow = `<span aria-hidden="true">${walked.answer ? '←' : '→'}</span>`;
  const title = `${arrow} ${text(words.say(walked.title))}`;
  if (walked.again)
    return `<p class="again">${title}: ${text(words.packet.again(walked.again.from, walked.again.to))}</p>\n`;
  const head = words.packet.columns.map((column) => `<th scope="col">${text(column)}</th>`).join('');
  const rows = walked.rows.map((row) => rowHtml(row, ports, words)).join('\n');
  return `<h${level} class="title">${title}</h${level}>\n<table class="hops"><thead><tr>${head}</tr></thead>\n<tbody>\n${rows}\n</tbody></table>\n`;
}

/** @param level of its heading */
export function packetHtml(trace: Trace, words: ExportWords, level = 4): string {
  const walk = packetWalk(trace);
  const places = portsOf(walk.packets);
  const ports = places.flatMap(({ title, ports }) => ports.map((port) => `${title} ${port}`));
  const { title, from, controls } = words.packet;
  const labels = Object.entries(controls)
    .map(([name, label]) => ` data-${name}="${attribute(label)}"`)
    .join('');
  const besides = walk.besides.map((sentence) => `<p class="meta">${text(words.say(sentence))}</p>\n`);
  return `<section class="packet" aria-label="${attribute(`${title} ${walk.command}`)}"${labels}>
<h${level}>${text(title)} <code>${text(walk.command)}</code></h${level}>
<p class="meta">${text(from(words.say(walk.start.title)))}</p>
${placesHtml(places, words)}${walk.packets.map((walked) => walkedHtml(walked, ports, level + 1, words)).join('')}${besides.join('')}</section>
`;
}
