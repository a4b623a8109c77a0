import { expect, test } from 'vitest';
import { writeMap } from '../../src/map/formats.ts';
import { mermaidText } from '../../src/map/mermaid.ts';
import { xmlText } from '../../src/map/svg.ts';
import { lineText } from '../../src/map/text.ts';
import { networkNamed } from './fixture.ts';
import { isXml } from './xml.ts';

const written = (format: Parameters<typeof writeMap>[0]) =>
  writeMap(format, networkNamed('way-out'), { width: 80 }, lineText);

test('what counts as XML here', () => {
  expect(isXml('<a b="1"><c/>x &amp; y</a>')).toBe(true);
  for (const wrong of [
    '',
    'x',
    '<a>',
    '<a></b>',
    '<a b=1/>',
    '<a/><b/>',
    '<a>&x</a>',
    '<a>\x01</a>',
    '<a b="<"/>',
  ])
    expect(isXml(wrong), wrong).toBe(false);
});

test('SVG: well-formed, its names are text, light and dark', () => {
  const svg = written('svg');
  expect(isXml(svg)).toBe(true);
  expect(svg).toMatch(/<text [^>]*>client1<\/text>/);
  expect(svg).toMatch(/<text [^>]*>● client1-veth<\/text>|<text [^>]*>client1-veth<\/text>/);
  expect(svg).toContain('172.30.0.11/24');
  expect(svg).toContain('@media (prefers-color-scheme:dark)');
  expect(svg).not.toMatch(/>[^<]*[─│╭╮╰╯═╤][^<]*<\/text>/);
  expect(svg).toMatchSnapshot();
});

test('Mermaid', () => expect(written('mermaid')).toMatchSnapshot());

test('JSON is the graph', () => {
  expect(JSON.parse(written('json'))).toEqual(JSON.parse(JSON.stringify(networkNamed('way-out'))));
});

test('hostile names', () => {
  expect(xmlText('<a b="c">&\'\x1b')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&apos;\ufffd');
  expect(mermaidText('a"]<b>#1;`')).toBe('a#34;#93;#60;b#62;#35;1#59;#96;');
});
