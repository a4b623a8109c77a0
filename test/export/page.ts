import { PACKET_SCRIPT } from '../../src/export/html/packet-script.ts';

/**
 * A reader of HTML that knows only what an exported page may hold. Whatever else stands there (an unknown element or
 * attribute, a stray `<`, an end without a beginning, a script that is not ours) throws.
 */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Text of it and of all inside, entities read. */
  text: string;
  /** Names of the elements that it stands in. */
  within: readonly string[];
}

const VOID = new Set(['meta', 'hr', 'br']);
const ELEMENTS = new Set(
  'html head meta title style script body a header h1 h2 h3 h4 h5 h6 p dl dt dd nav ol ul li main section article pre code samp span strong em s blockquote table thead tbody tr th td div footer hr br'.split(
    ' ',
  ),
);
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  lang: /^[A-Za-z-]+$/,
  charset: /^utf-8$/,
  name: /^(viewport|generator)$/,
  content: /^[^<>]*$/,
  'http-equiv': /^Content-Security-Policy$/,
  href: /^(#[a-z]+(-\d+)?|https?:\/\/[^\s]*|mailto:[^\s]*)$/i,
  rel: /^noreferrer$/,
  class: /^[a-z0-9 -]+$/,
  id: /^(lesson|cell-\d+|step-\d+)$/,
  style: /^((color|background-color):#[0-9a-f]{6};?)+$|^text-align:(left|right|center)$/,
  role: /^group$/,
  tabindex: /^0$/,
  'data-port': /^\d+$/,
  'data-back': /^[^<>]*$/,
  'data-next': /^[^<>]*$/,
  'data-play': /^[^<>]*$/,
  'data-pause': /^[^<>]*$/,
  'data-speed': /^[^<>]*$/,
  'data-hop': /^[^<>]*$/,
  scope: /^(row|col)$/,
  start: /^\d+$/,
  'aria-hidden': /^true$/,
  'aria-label': /^[\s\S]*$/,
  'aria-labelledby': /^(cell|step)-\d+$/,
};

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/y;
const TEXT = /[^<>&]+|&(?:amp|lt|gt|quot|#39|#9|#10);/y;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#9;': '\t',
  '&#10;': '\n',
};
const decode = (text: string) => text.replace(/&[^;]+;/g, (entity) => ENTITIES[entity] ?? entity);

function attributesOf(source: string, at: string): Record<string, string> {
  const found = [...source.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(
    (match) => [match[1]!, decode(match[2]!)] as const,
  );
  for (const [name, value] of found) {
    const form = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
    if (form === undefined || !form.test(value)) throw new Error(`Attribute ${name}="${value}" of ${at}`);
  }
  return Object.fromEntries(found);
}

export function readPage(html: string): Element[] {
  const start = '<!DOCTYPE html>';
  if (!html.startsWith(start)) throw new Error('No doctype.');
  const style = /<style>\n([^<]*)<\/style>/.exec(html)?.[1];
  if (style === undefined) throw new Error('No style sheet.');
  if (/url\(|@import|expression/.test(style)) throw new Error('The style sheet loads something.');
  const source = html.replace(style, '').replace(PACKET_SCRIPT, '');
  const isScripted = html.includes(PACKET_SCRIPT);
  const all: Element[] = [];
  const open: Element[] = [];
  for (let at = start.length; at < source.length; ) {
    TAG.lastIndex = at;
    TEXT.lastIndex = at;
    const tag = TAG.exec(source);
    const text = tag ? null : TEXT.exec(source);
    if (tag === null && text === null) throw new Error(`Neither text nor tag: ${source.slice(at, at + 80)}`);
    if (text !== null) {
      for (const element of open) element.text += decode(text[0]);
      at += text[0].length;
      continue;
    }
    const [whole, end, name, attributes] = tag!;
    if (!ELEMENTS.has(name!)) throw new Error(`Element ${whole}`);
    at += whole.length;
    if (end === '/') {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`${whole} ends ${last?.name ?? 'nothing'}`);
      continue;
    }
    const within = open.map((element) => element.name);
    const element = { name: name!, attributes: attributesOf(attributes!, whole), text: '', within };
    all.push(element);
    if (!VOID.has(name!)) open.push(element);
  }
  const scripts = all.filter(({ name }) => name === 'script');
  if (scripts.length !== (isScripted ? 1 : 0)) throw new Error('A script that is not ours.');
  for (const script of scripts) {
    if (script.text !== '') throw new Error('A script that is not ours.');
    script.text = PACKET_SCRIPT;
  }
  if (open.length > 0) throw new Error(`${open.at(-1)!.name} is never closed.`);
  const ids = all.flatMap((element) => element.attributes.id ?? []);
  if (new Set(ids).size !== ids.length) throw new Error(`An id twice: ${ids.join(' ')}`);
  for (const { attributes } of all)
    for (const name of [
      attributes['aria-labelledby'],
      attributes.href?.startsWith('#') ? attributes.href.slice(1) : undefined,
    ])
      if (name !== undefined && !ids.includes(name)) throw new Error(`There is no ${name}.`);
  return all;
}
