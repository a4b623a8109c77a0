/** A strict reader of XML 1.0, as far as reports use it: throws at the first thing that is not well-formed. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';
const CHAR = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (text.includes('<')) throw new Error('a raw <');
  if (text.includes(']]>')) throw new Error(']]> in character data');
  return text.replace(/&([^;]*);?/g, (whole, body: string) => {
    const number = /^#(\d+)$/.exec(body);
    if (whole.endsWith(';') && number) return String.fromCodePoint(Number(number[1]));
    const char = ENTITIES[body];
    if (!whole.endsWith(';') || char === undefined) throw new Error(`not an entity: ${whole.slice(0, 20)}`);
    return char;
  });
}

export function readXml(xml: string): Element {
  if (!CHAR.test(xml)) throw new Error('a character that XML cannot hold');
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let at = 0;
  const declaration = /^<\?xml version="1.0" encoding="UTF-8"\?>\n/.exec(xml);
  if (declaration) at = declaration[0].length;
  const tag = new RegExp(`<(?:/(${NAME})\\s*|(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?))>`, 'y');
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next === -1 ? undefined : next);
    open.at(-1)!.text += decode(text);
    if (next === -1) break;
    tag.lastIndex = next;
    const found = tag.exec(xml);
    if (!found) throw new Error(`not a tag: ${xml.slice(next, next + 40)}`);
    at = tag.lastIndex;
    if (found[1] !== undefined) {
      if (open.length === 1 || open.pop()!.name !== found[1])
        throw new Error(`</${found[1]}> closes nothing`);
      continue;
    }
    const element: Element = { name: found[2]!, attributes: {}, children: [], text: '' };
    for (const [, name, value] of found[3]!.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))) {
      if (name! in element.attributes) throw new Error(`${name} twice`);
      element.attributes[name!] = decode(value!);
    }
    open.at(-1)!.children.push(element);
    if (found[4] === '') open.push(element);
  }
  if (open.length !== 1 || top.children.length !== 1 || top.text.trim() !== '')
    throw new Error('not one element');
  return top.children[0]!;
}
