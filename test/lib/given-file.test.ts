import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WirebookError } from '../../src/lib/errors.ts';
import { readGiven } from '../../src/lib/given-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-given-'));
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  write('class.csv', '\ufeffid,name\na1,Ada\n');
  write('old.csv', Buffer.concat([Buffer.from('id,name\na1,'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd, 0x0a])]));
  write('wide.csv', Buffer.from('\ufeffid,name\n', 'utf16le'));
  write('cert.der', Buffer.from([0x30, 0x82, 0x01, 0x00, 0xff]));
  write('huge.csv', '');
  truncateSync(join(folder, 'huge.csv'), 17 * 1024 * 1024);
  mkdirSync(join(folder, 'sub'));
  symlinkSync('loop', join(folder, 'loop'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROSTER = { code: 'roster-not-readable', what: 'roster' };

function refused(file: string, wanted: Parameters<typeof readGiven>[2] = ROSTER): WirebookError {
  try {
    readGiven(file, folder, wanted);
  } catch (error) {
    if (error instanceof WirebookError) return error;
    throw error;
  }
  throw new Error(`${file} was read`);
}

test('what is there is read, its byte order mark taken away', () => {
  expect(readGiven('class.csv', folder, ROSTER)).toBe('id,name\na1,Ada\n');
  expect(readGiven('/dev/null', folder, ROSTER)).toBe('');
});

test('what is not there is told with where it was looked for, and what is there instead', () => {
  const error = refused('clas.csv');
  expect(error).toMatchObject({ code: 'roster-not-readable', exit: 2 });
  expect(error.message).toBe('The roster cannot be read: clas.csv is not there.');
  expect(error.next).toEqual([
    `It was looked for here: ${join(folder, 'clas.csv')}`,
    `Did you mean ${join(folder, 'class.csv')}?`,
  ]);
  expect(refused('no/such/thing').next.at(-1)).toBe(`Look at what is there: ls ${folder}`);
});

test.each([
  ['sub', /sub is a folder\.$/, /ls .*sub$/],
  ['class.csv/more', /is not there\.$/, /looked for/],
  ['loop', /loop: its links lead in a circle\.$/, undefined],
  ['x'.repeat(300), /its path is too long\.$/, undefined],
  ['huge.csv', /is bigger than 16 MiB\.$/, /the file that you mean/],
  ['/dev/zero', /is bigger than 16 MiB\.$/, /the file that you mean/],
  ['old.csv', /line 2 of old\.csv is not UTF-8\.$/, /iconv -f GB18030 -t UTF-8 old\.csv/],
  ['wide.csv', /wide\.csv is not UTF-8\.$/, /iconv -f UTF-16/],
])('%s', (file, message, next) => {
  const error = refused(file);
  expect(error.message).toMatch(message);
  expect(error.message).not.toMatch(/\bE[A-Z]{3,}\b|no such file|open '/);
  if (next) expect(error.next.join('\n')).toMatch(next);
});

test('a key that is no text at all is not a matter of its encoding', () => {
  const error = refused('cert.der', { code: 'certificate', what: 'certificate', notText: 'PEM is wanted.' });
  expect(error.message).toBe('The certificate cannot be read: cert.der is not a text.');
  expect(error.next).toEqual(['PEM is wanted.']);
});
