/** Parts of the host that need no connection. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Book } from '../../../src/board/book.ts';
import type { ClassEvent, Speaker } from '../../../src/board/events.ts';
import { inUrl, ownAddresses, ownNames } from '../../../src/class/host/addresses.ts';
import { certificateIn, findClasses, newClass, newKey, writeClass } from '../../../src/class/host/folder.ts';
import { Present } from '../../../src/class/host/present.ts';
import { toldOf } from '../../../src/class/host/told.ts';
import { PRESENCE_LOST_MS } from '../../../src/class/log/contract.ts';
import { readRoster } from '../../../src/commands/class/roster.ts';
import { COURSE, cell, joined, logOf, NOON } from '../../board/a-class.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a roster', () => {
  const read = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return readRoster(name, folder);
  };
  const both = [
    { id: 'a1', name: 'Ada' },
    { id: 'b2', name: undefined },
  ];
  test.each([
    ['r.csv', 'id,name\na1,Ada\nb2,\n'],
    ['r.csv', 'Name,Code\r\nAda,a1\r\n,b2\r\n'],
    ['r.yaml', '- {id: a1, name: Ada}\n- b2\n'],
    ['r.yml', '- code: a1\n  name: Ada\n- id: b2\n'],
  ])('%s %j', (name, text) => expect(read(name, text)).toEqual(both));
  test.each([
    ['r.csv', 'name\nAda\n', /no column that names the learner/],
    ['r.csv', 'id\na1\na1\n', /r\.csv:3: a1 stands in line 2 already/],
    ['r.csv', 'id\n', /names nobody/],
    ['r.yaml', 'a1: Ada\n', /is not a list/],
    ['r.yaml', '- {name: Ada}\n', /entry 1 is not a learner/],
    ['r.yaml', '- a1\n- a1\n', /a1 is entry 1 and entry 2/],
    ['r.yaml', '- {id: [}\n', /r\.yaml:1:\d+: /],
    ['r.yaml', '', /is not a list|names nobody/],
  ])('%s %j is refused', (name, text, why) => expect(() => read(name, text)).toThrow(why));
});

describe('addresses', () => {
  const of = (address: string, family: 'IPv4' | 'IPv6', internal = false) => ({ address, family, internal });
  test('are those that others may use, the short ones first', () => {
    const interfaces = {
      lo: [of('127.0.0.1', 'IPv4', true)],
      eth0: [of('2001:db8::7', 'IPv6'), of('fe80::1', 'IPv6'), of('192.0.2.7', 'IPv4')],
      usb0: [of('169.254.3.4', 'IPv4')],
    };
    expect(ownAddresses(interfaces as never)).toEqual(['192.0.2.7', '2001:db8::7']);
    expect(inUrl('2001:db8::7')).toBe('[2001:db8::7]');
    expect(inUrl('192.0.2.7')).toBe('192.0.2.7');
  });
  test.each([
    ['Lab1', ['lab1', 'lab1.local']],
    ['lab1.example.org', ['lab1.example.org', 'lab1']],
    ['a b', []],
  ])('a machine called %j', (name, names) => expect(ownNames(name)).toEqual(names));
});

describe('the folder of a class', () => {
  test('is the user’s alone, keeps no key, and the certificate stays the same', () => {
    const made = newClass(folder, { title: 'Monday', path: '/course', course: COURSE, now: NOON });
    const { key, file } = newKey(made.file);
    writeClass(made.folder, file);
    const first = certificateIn(made.folder, ['127.0.0.1'], NOON);
    expect(certificateIn(made.folder, ['192.0.2.1'], NOON + 1)).toEqual(first);
    const [found] = findClasses(folder);
    expect(found).toEqual({ folder: made.folder, file });
    expect(JSON.stringify(found)).not.toContain(key);
    expect(statSync(made.folder).mode & 0o077).toBe(0);
    for (const name of ['class.json', 'key.pem'])
      expect(statSync(join(made.folder, name)).mode & 0o077).toBe(0);
  });
  test('that is none is passed over', () => {
    const made = newClass(folder, { title: 'Monday', path: '/course', course: COURSE, now: NOON });
    writeClass(made.folder, made.file);
    writeFileSync(join(made.folder, 'class.json'), '{"format":2}');
    expect(findClasses(folder)).toEqual([]);
  });
});

describe('who was there', () => {
  const entry = (event: ClassEvent, at: number, host: string) =>
    logOf([`host:${host}/ada` as Speaker, event, at])[0]!;
  test('when a host was killed is found out by the next one, once', () => {
    let now = NOON;
    const present = new Present('a-new', () => now);
    for (const [learner, at] of [
      ['ada', NOON - 9000],
      ['bob', NOON - 5000],
    ] as const)
      present.follow(entry({ type: 'connected', learner, host: 'old' }, at, 'old'));
    present.follow(entry({ type: 'connected', learner: 'eve', host: 'z-alive' }, NOON, 'z-alive'));
    present.follow(entry({ type: 'disconnected', learner: 'bob', host: 'old' }, NOON - 1000, 'old'));
    // Whoever lives has a moment to tell.
    expect(present.orphans()).toEqual([]);
    now += PRESENCE_LOST_MS + 1;
    present.told({ host: 'z-alive', learners: ['eve'] });
    expect(present.of('eve').here).toBe(true);
    expect(present.orphans()).toEqual([{ host: 'old', learner: 'ada', at: NOON - 1000 }]);
    expect(present.orphans()).toEqual([]);
    // The other host falls silent too.
    now += PRESENCE_LOST_MS + 1;
    expect(present.expire()).toEqual(['eve']);
    expect(present.of('eve')).toEqual({ here: false, since: now });
    expect(present.orphans()).toMatchObject([{ host: 'z-alive', learner: 'eve' }]);
  });
});

describe('as lines', () => {
  test('what somebody would want to know', () => {
    const book = new Book(COURSE);
    const failing = [
      { check: 'c', kind: 'ping', state: 'fail' as const, title: 'ping', because: 'no route to 10.0.0.2' },
    ];
    const said = logOf(
      ['host:1', joined('ada')],
      ['learner:ada', { type: 'hand', up: true }],
      ['learner:ada', { type: 'moved', lesson: '01-veth', step: 1 }],
      ['learner:ada', cell('01-veth', 'ping', 'failed', { attempts: 2, failing })],
      ['learner:ada', { type: 'question', id: 'q', text: 'Why\nnot?' }],
      ['learner:ada', { type: 'question', id: 'q', text: 'Why\nnot?' }],
      ['instructor:x', { type: 'pace', pace: { mode: 'gated', upTo: { lesson: '01-veth', step: 0 } } }],
    );
    const lines = said.map((one) => toldOf(book, book.apply(one), one));
    expect(lines.filter((line) => line !== undefined)).toEqual([
      'ADA has joined: 1 in the class.',
      'ADA raises a hand.',
      'ADA: 01-veth/ping does not hold (try 2). no route to 10.0.0.2',
      'ADA asks: Why not?',
      'Open up to 01-veth, step 1.',
    ]);
  });
});
