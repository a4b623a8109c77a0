import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertBlocks } from '../../src/record/insert.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(data);
const BLOCK = '```yaml {.expect}\n- netns: a\n```';

describe('a block', () => {
  test.each([
    ['comes right after the fence', '```sh\na\n```\nend\n', `\`\`\`sh\na\n\`\`\`\n${BLOCK}\nend\n`],
    ['comes at the end of a file without one', '```sh\na\n```', `\`\`\`sh\na\n\`\`\`\n${BLOCK}`],
    ['passes over shorter fences inside', '````sh\n```\n````\n', `\`\`\`\`sh\n\`\`\`\n\`\`\`\`\n${BLOCK}\n`],
    ['passes over other fences inside', '~~~sh\n```\n~~~\n', `~~~sh\n\`\`\`\n~~~\n${BLOCK}\n`],
    ['comes after a longer end', '```sh\n`````  \nend', `\`\`\`sh\n\`\`\`\`\`  \n${BLOCK}\nend`],
    [
      'has the line ends of the file',
      '```sh\r\na\r\n```\r\n',
      `\`\`\`sh\r\na\r\n\`\`\`\r\n${BLOCK.replaceAll('\n', '\r\n')}\r\n`,
    ],
    ['comes after a byte order mark', '\ufeff```sh\n```\n', `\ufeff\`\`\`sh\n\`\`\`\n${BLOCK}\n`],
  ])('%s', (_, before, after) => {
    expect(text(insertBlocks(bytes(before), [{ line: 1, block: BLOCK }]))).toBe(after);
  });

  test('is refused where the file is not the one that was run', () => {
    expect(() => insertBlocks(bytes('words\n'), [{ line: 1, block: BLOCK }])).toThrow(RangeError);
    expect(() => insertBlocks(bytes('```sh\n'), [{ line: 1, block: BLOCK }])).toThrow(RangeError);
    expect(() => insertBlocks(bytes(''), [{ line: 3, block: BLOCK }])).toThrow(RangeError);
  });
});

test('every other byte stays, whatever the bytes and the line ends are', () => {
  const filler = fc
    .uint8Array({ maxLength: 60 })
    .map((data) => Buffer.from(data).toString('latin1').replaceAll(/[`~]/g, '.'));
  const end = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, end), { minLength: 1, maxLength: 5 }), filler, (parts, tail) => {
      let file = '';
      const lines: number[] = [];
      for (const [before, eol] of parts) {
        file += `${before}${eol}`;
        lines.push(file.split(/\r\n|\r|\n/).length);
        file += `\`\`\`sh${eol}x${eol}\`\`\`${eol}`;
      }
      file += tail;
      const done = insertBlocks(
        Buffer.from(file, 'latin1'),
        lines.map((line) => ({ line, block: '<<<\n>>>' })),
      );
      const out = Buffer.from(done).toString('latin1');
      expect(out.match(/<<<(\r\n|\r|\n)>>>\1/g) ?? []).toHaveLength(parts.length);
      expect(out.replaceAll(/<<<(\r\n|\r|\n)>>>\1/g, '')).toBe(file);
    }),
  );
});
