/** Archives and bundles from strangers: nothing leaves the folder, nothing is followed, nothing grows without a bound. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readBundle } from '../../src/grade/bundle/read.ts';
import { verifyBundle } from '../../src/grade/bundle/verify.ts';
import { writeBundle } from '../../src/grade/bundle/write.ts';
import { fileName } from '../../src/grade/store.ts';
import { isInside, readArchive, writeArchive } from '../../src/grade/submission/archive.ts';
import { findSubmissions, readSubmission } from '../../src/grade/submission/find.ts';
import { Unreadable } from '../../src/grade/submission/safe-read.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { headerOf } from '../../src/session/journal/records.ts';
import { cable } from './lessons.ts';

const lesson = cable();
const folder = mkdtempSync(join(tmpdir(), 'archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zip = (files: Record<string, string>) =>
  writeArchive(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
const refused = (bytes: Buffer): string => {
  try {
    readArchive(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return 'read';
};
/** The same archive with a field of the first central entry changed. */
function patched(bytes: Buffer, change: (copy: Buffer, central: number, local: number) => void): Buffer {
  const copy = Buffer.from(bytes);
  const central = copy.readUInt32LE(copy.length - 6);
  change(copy, central, copy.readUInt32LE(central + 42));
  return copy;
}

describe('an archive', () => {
  test('comes back as it was written, and others can read it', () => {
    const files = { 'a.md': 'hello\n'.repeat(1000), 'b/ü.txt': '' };
    expect([...readArchive(zip(files))].map(([name, data]) => [name, data.toString()])).toEqual(
      Object.entries(files),
    );
    writeFileSync(join(folder, 'x.zip'), zip(files));
    // Ends with a status that says whether anything is odd.
    execFileSync('unzip', ['-tq', 'x.zip'], { cwd: folder });
    expect(execFileSync('unzip', ['-p', 'x.zip', 'a.md'], { cwd: folder, encoding: 'utf8' })).toBe(
      files['a.md'],
    );
  });
  test('of another program (Python’s zipfile) is read', () => {
    const bytes = Buffer.from(
      'UEsDBBQAAAAIALRbel0m8NsAFgAAAIgTAAAGAAAAZC9hLnNo7cExAQAAAMKg2otvCj+gAAAAAIC3AVBLAwQUAAAAAAC0W3pdC/lDVgYAAAAGAAAABAAAAHMubWRzdG9yZWRQSwECFAMUAAAACAC0W3pdJvDbABYAAACIEwAABgAAAAAAAAAAAAAAgAEAAAAAZC9hLnNoUEsBAhQDFAAAAAAAtFt6XQv5Q1YGAAAABgAAAAQAAAAAAAAAAAAAAIABOgAAAHMubWRQSwUGAAAAAAIAAgBmAAAAYgAAAAAA',
      'base64',
    );
    expect([...readArchive(bytes)].map(([name, data]) => [name, data.length])).toEqual([
      ['d/a.sh', 5000],
      ['s.md', 6],
    ]);
  });
  test.each([
    '../x.md',
    'a/../../x.md',
    '/etc/passwd',
    'C:\\x',
    'a\\..\\b',
    '~/x',
    'a/./b',
    'x\0.md',
    'a\nb',
    '..',
    'x/..',
  ])('that names %j is refused', (name) => {
    expect(isInside(name)).toBe(false);
    expect(refused(zip({ [name]: 'x' }))).toMatch(/names a path outside its folder/);
  });
  test('with a symbolic link is refused', () => {
    expect(
      refused(
        patched(zip({ 'a.md': '/etc/passwd' }), (copy, at) =>
          copy.writeUInt32LE((0o120777 << 16) >>> 0, at + 38),
        ),
      ),
    ).toMatch(/symbolic link/);
  });
  test('that unpacks to more than it may, or says less than it unpacks to, is refused', () => {
    const bomb = zip({ 'a.md': '\0'.repeat(40 * 2 ** 20) });
    expect(bomb.length).toBeLessThan(60_000);
    expect(refused(bomb)).toMatch(/unpacks to more than/);
    expect(refused(patched(bomb, (copy, at) => copy.writeUInt32LE(100, at + 24)))).toMatch(/damaged/);
  });
  test('of many files that are too much together is refused', () => {
    const files = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`${i}.md`, '\0'.repeat(8 * 2 ** 20)]),
    );
    expect(refused(zip(files))).toMatch(/unpacks to more than/);
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.md`, '']));
    expect(refused(zip(many))).toMatch(/holds 3000 files/);
  });
  test('whose entries share their bytes (a bomb of overlaps) is refused', () => {
    const bytes = zip({ 'a.md': 'x'.repeat(1000), 'b.md': 'x'.repeat(1000) });
    const second = bytes.readUInt32LE(bytes.length - 6) + 46 + 4;
    expect(refused(patched(bytes, (copy) => copy.writeUInt32LE(0, second + 42)))).toMatch(/overlap/);
  });
  test('that is encrypted, packed unusually, zip64, has a name twice, is cut or none is refused', () => {
    const one = zip({ 'a.md': 'hello' });
    expect(refused(patched(one, (copy, at) => copy.writeUInt16LE(1, at + 8)))).toMatch(/encrypted/);
    expect(refused(patched(one, (copy, at) => copy.writeUInt16LE(99, at + 10)))).toMatch(/unusual way/);
    expect(refused(patched(one, (copy) => copy.writeUInt16LE(0xffff, copy.length - 12)))).toMatch(/zip64/);
    const two = zip({ 'a.md': 'x', 'b.md': 'y' });
    const twice = patched(two, (copy, at) => copy.write('a', at + 46 + 4 + 46));
    expect(refused(twice)).toMatch(/twice/);
    expect(refused(one.subarray(10))).toMatch(/damaged|no zip/);
    expect(refused(Buffer.from('hello'))).toMatch(/no zip/);
    expect(refused(Buffer.alloc(0))).toMatch(/no zip/);
  });
  test('that is damaged anywhere is refused or read, and never breaks the reader', () => {
    const whole = zip({ 'a.md': 'hello hello hello', 'b/c.sh': 'echo' });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, cut) => {
        const copy = Buffer.from(whole.subarray(0, cut > whole.length / 2 ? cut : whole.length));
        if (at < copy.length) copy[at] = byte;
        refused(copy);
      }),
      { numRuns: 2000 },
    );
  });
  test('of garbage behind a true head never grows', () => {
    const packed = deflateRawSync(Buffer.alloc(100, 1));
    expect(packed.length).toBeLessThan(100);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void refused(Buffer.from(bytes))));
  });
});

describe('a folder of submissions', () => {
  const read = async (name: string) => {
    const [place] = findSubmissions([name], 'cable', folder);
    return readSubmission(place!, async () => lesson);
  };
  test('with a FIFO, a device, a link or too big a file holds nobody up', async () => {
    mkdirSync(join(folder, 'odd'));
    execFileSync('mkfifo', ['odd/fifo.md'], { cwd: folder });
    symlinkSync('/dev/zero', join(folder, 'odd/zero.md'));
    symlinkSync('/', join(folder, 'odd/root'));
    writeFileSync(join(folder, 'odd/big.md'), 'x'.repeat(2 * 2 ** 20));
    writeFileSync(join(folder, 'odd/nul.sh'), '### rooms\n\0');
    writeFileSync(
      join(folder, 'odd/links.zip'),
      patched(zip({ 'a.md': '/etc/passwd' }), (copy, at) =>
        copy.writeUInt32LE((0o120777 << 16) >>> 0, at + 38),
      ),
    );
    const places = findSubmissions(['odd'], 'cable', folder);
    const all = await Promise.all(places.map((place) => readSubmission(place, async () => lesson)));
    expect(
      Object.fromEntries(all.map((one) => [one.learner, 'refused' in one ? one.refused : 'read'])),
    ).toEqual({
      fifo: 'It is neither a file nor a folder.',
      zero: 'It is a symbolic link, which is not followed.',
      root: 'It is a symbolic link, which is not followed.',
      big: 'It has 2097152 bytes; at most 1048576 are read.',
      nul: 'nul.sh holds a NUL character, so it is no text.',
      links: 'a.md in the archive is a symbolic link, which is not followed.',
    });
  });
  test('with tasks named like parts of the language is only read', async () => {
    writeFileSync(join(folder, 'proto.md'), '### __proto__\n```sh\nx\n```\n### constructor\n```sh\ny\n```\n');
    expect(await read('proto.md')).toMatchObject({
      refused: expect.stringContaining('no task called __proto__'),
    });
  });
  test('gives names to results that lead nowhere else', () => {
    const names = [
      '../../etc/passwd',
      '/root',
      '.',
      '..',
      'a\0b',
      'a\nb',
      '',
      '💥'.repeat(300),
      'con',
      'a/b',
      'A',
      'a',
    ].map(fileName);
    for (const name of names) expect(name).toMatch(/^[^./\0\n][^/\0\n]{0,200}$/u);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });
});

describe('a bundle', () => {
  const at = 1_700_000_000_000;
  const events: SessionEvent[] = [
    { at, type: 'answer-edited', cell: 'rooms', text: 'ip netns add red' },
    { at, type: 'hint-shown', cell: 'addresses', hint: 0 },
    { at, type: 'reset' },
    { at, type: 'answer-edited', cell: 'cable', text: 'ip link' },
  ];
  const journal = [headerOf(lesson), ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = {
    private: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    public: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
  const make = (key?: string) =>
    readArchive(writeBundle({ lesson, learner: 'ada', journal, createdAt: new Date(at).toISOString(), key }));
  const findings = (change: (files: Map<string, Buffer>) => void, key = pem.private) => {
    const files = make(key);
    change(files);
    return verifyBundle(files, { publicKey: pem.public, lesson }).findings.map(({ text }) => text);
  };

  test('is as it was made, and its answers and hints come back, also those of before a reset', () => {
    expect(verifyBundle(make(pem.private), { publicKey: pem.public, lesson })).toMatchObject({
      findings: [],
      signature: 'valid',
    });
    expect(readBundle(make(), lesson, 'ada')).toEqual({
      answers: { rooms: 'ip netns add red', cable: 'ip link' },
      help: { addresses: { hints: 1, solution: false } },
      notes: [],
    });
  });
  test('tells which line of its journal was changed', () => {
    const found = findings((files) =>
      files.set('journal.ndjson', Buffer.from(journal.replace('"hint":0', '"hint":1'))),
    );
    expect(found).toEqual([
      'journal.ndjson:3 was changed, taken out or put in (now: hint-shown of addresses); the 2 lines before it are as they were.',
    ]);
  });
  test('tells of a line that was taken out, put in, or cut off', () => {
    const lines = journal.trimEnd().split('\n');
    const set = (changed: string[]) =>
      findings((files) => files.set('journal.ndjson', Buffer.from(`${changed.join('\n')}\n`)))[0];
    expect(set(lines.toSpliced(2, 1))).toMatch(/^journal.ndjson:3 was changed/);
    expect(set(lines.toSpliced(1, 0, lines[1]!))).toMatch(/^journal.ndjson:3 was changed/);
    expect(set(lines.slice(0, -1))).toBe('journal.ndjson has lost its last 1 lines.');
    expect(set([...lines, lines[1]!])).toBe('journal.ndjson has 1 lines more than when it was bundled.');
  });
  test('tells of answers that were changed, files put in or taken out', () => {
    expect(
      findings((files) => files.set('answers.md', Buffer.from('### rooms\n```sh\nother\n```\n'))),
    ).toEqual([
      'answers.md was changed after it was bundled.',
      'answers.md does not say what the journal says.',
    ]);
    expect(findings((files) => files.set('more.md', Buffer.from('x')))).toEqual(['more.md was added.']);
    expect(findings((files) => files.delete('journal.ndjson'))).toEqual(['journal.ndjson was taken out.']);
    expect(findings((files) => files.delete('manifest.json'))).toEqual([
      'manifest.json is missing or cannot be read.',
    ]);
  });
  test('made anew by somebody else does not bear the class’s signature', () => {
    const other = generateKeyPairSync('ed25519').privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string;
    expect(findings(() => {}, other).join()).toMatch(/signature is not the one of this key/);
    const changed = findings((files) => {
      const manifest = JSON.parse(files.get('manifest.json')!.toString());
      files.set('manifest.json', Buffer.from(JSON.stringify({ ...manifest, learner: 'bo' })));
    });
    expect(changed.join()).toMatch(/signature is not/);
    expect(verifyBundle(make(), { publicKey: pem.public }).signature).toBe('none');
    expect(readBundle(make(), lesson, 'ada', pem.public).notes).toEqual(['The bundle is not signed.']);
    expect(readBundle(make(), lesson, 'bo').notes).toEqual(['The bundle was made by ada.']);
  });
  test('of another lesson, or without a manifest that can be read, is no submission', () => {
    const files = make();
    expect(() => readBundle(files, { ...lesson, id: 'other' })).toThrow('it is a bundle of the lesson cable');
    files.set('manifest.json', Buffer.from('{"wirebook":"submission","files":{"__proto__":1}}'));
    expect(() => readBundle(files, lesson)).toThrow(/manifest cannot be read/);
  });
});
