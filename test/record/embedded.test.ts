/** A lesson recorded on the real sandbox: what is proposed for it must pass `wirebook test` as it stands. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { record } from '../../src/commands/record.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import type { Entry } from '../../src/record/model.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { testLesson } from '../../src/session/test-lesson.ts';
import { stripped } from './strip.ts';

const original = readFileSync(new URL('fixtures/lesson.md', import.meta.url), 'utf8');
let folder: string;
let file: string;
let printed = '';
let exit: number;
let written: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-record-'));
  file = join(folder, 'lesson.md');
  writeFileSync(file, stripped(original), { mode: 0o640 });
  exit = await record(
    file,
    { driver: embedded, write: true },
    {
      env: {},
      cwd: folder,
      signal: new AbortController().signal,
      stdout: { write: (text) => (printed += text) },
      stderr: { write: () => {} },
    },
  );
  written = readFileSync(file, 'utf8');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The entries that were printed for a cell. */
function proposed(cell: string): Entry[] {
  const block = new RegExp(`<!-- ${cell},[^\\n]*-->\\n\`\`\`yaml \\{\\.expect\\}\\n([\\s\\S]*?)\`\`\``).exec(
    printed,
  );
  return block === null ? [] : parse(block[1]!);
}

describe('recording', () => {
  test('ends well, and what it has written is a lesson', () => {
    expect(exit).toBe(0);
    const parsed = parseLesson(file, written, vocabulary);
    expect(parsed.ok && parsed.warnings).toEqual([]);
  });

  test('adds blocks and changes nothing else', () => {
    expect(stripped(written)).toBe(stripped(original));
    expect(written.match(/\{\.expect\}/g)).toHaveLength(9);
  });

  test.each([
    ['namespaces', { netns: 'client' }],
    [
      'cable',
      { interface: 'near', kind: 'veth', state: 'down', mtu: 1400, peer: { name: 'far', in: 'client' } },
    ],
    ['up', { route: 'default', in: 'client', via: '10.0.0.11', dev: 'far' }],
    ['up', { route: '192.0.2.0/24', in: 'client', type: 'blackhole' }],
    ['bridge', { interface: 'near', address: { not: '10.0.0.11/24' } }],
    ['bridge', { bridge: 'br0', ports: { exactly: ['near'] } }],
    ['filter', { firewall: 'filter', chain: 'FORWARD', policy: 'drop' }],
    [
      'filter',
      {
        firewall: 'nat',
        chain: 'POSTROUTING',
        rule: { source: '10.0.0.0/24', out: '!br0', action: 'masquerade' },
      },
    ],
    [
      'filter',
      {
        firewall: 'guard',
        family: 'inet',
        chain: 'input',
        rule: { protocol: 'tcp', dport: '8080', action: 'drop' },
      },
    ],
    ['filter', { sysctl: 'net.ipv4.ip_forward', value: 1 }],
    ['filter', { sysctl: 'net.ipv4.conf.all.rp_filter', in: 'client', value: 2 }],
    ['variables', { env: 'FIXED', value: 'a $$HOME of its own' }],
    ['variables', { env: 'NOISE' }],
    ['variables', { env: 'PATTERN' }],
    ['server', { listen: 'tcp:8080', address: '127.0.0.1', process: 'perl', within: '5s' }],
    ['other', { netns: 'far-away' }],
    ['other', { route: '203.0.113.0/24', dev: 'lo' }],
    ['undo', { route: 'default', in: 'client', via: '10.0.0.11', dev: 'far', absent: true }],
    ['undo', { netns: 'spare', absent: true }],
    ['undo', { interface: 'far', in: 'client', absent: true }],
    ['undo', { env: 'FIXED', absent: true }],
  ])('of %s: %j', (cell, entry) => {
    expect(proposed(cell)).toContainEqual(entry);
  });

  test('says both ends of a cable that came up, once its carrier is there', () => {
    expect(proposed('up')).toContainEqual({
      interface: 'far',
      in: 'client',
      state: 'up',
      lower_up: true,
      address: ['10.0.0.12/24', 'fd00::12/64'],
      within: '5s',
    });
  });

  test('leaves out what comes with what it says: the connected route of an address', () => {
    expect(proposed('up').filter(({ route }) => route === '10.0.0.0/24')).toEqual([]);
  });

  test('says nothing of what is random, nor of a cell that changes nothing', () => {
    expect(printed).not.toMatch(/([0-9a-f]{2}:){5}|fe80|ifindex|ONCE|\bmac:/);
    const ports = [...printed.matchAll(/listen: (?:tcp|udp):(\d+)/g)].map((found) => Number(found[1]));
    expect(ports).toEqual([8080]);
    expect(printed).toMatch(/quiet, .*: nothing has changed/);
  });

  test('proposes what then passes `wirebook test`: failing before each cell, holding after it', async () => {
    const parsed = parseLesson(file, written, vocabulary);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const result = await testLesson(parsed.lesson, embedded);
    const wrong = result.cells.flatMap((cell) => cell.checks.filter((check) => check.state !== 'pass'));
    expect(wrong).toEqual([]);
    expect(result.state).toBe('pass');
    expect(result.cells.flatMap((cell) => cell.checks).length).toBeGreaterThan(30);
  }, 60_000);
});

test('a lesson whose cell fails is told of and left as it is', async () => {
  const broken = join(folder, 'broken.md');
  const text = '---\ntitle: T\n---\n```sh {.run #wrong}\nip netns add a\nfalse\n```\n';
  writeFileSync(broken, text);
  let out = '';
  const code = await record(
    broken,
    { driver: embedded, write: true },
    {
      env: {},
      cwd: folder,
      signal: new AbortController().signal,
      stdout: { write: (words) => (out += words) },
      stderr: { write: () => {} },
    },
  );
  expect(code).toBe(1);
  expect(out).toContain(
    'wrong, broken.md:4: Expected: the last command ends with status 0. Found: status 1.',
  );
  expect(readFileSync(broken, 'utf8')).toBe(text);
}, 60_000);

test('of a lesson with params the checks have placeholders, and hold for another seed', async () => {
  const seeded = join(folder, 'seeded.md');
  const head =
    '---\ntitle: T\nparams: {lan: {subnet: 10.0.0.0/8}, me: {address: lan}, mtu: {int: [1300, 1400]}}\n---\n';
  writeFileSync(
    seeded,
    `${head}\`\`\`sh {.run #lay}\nip link add near mtu {{mtu}} type veth peer name far\nip addr add {{me}}/24 dev near\nip link set near up\n\`\`\`\n`,
  );
  const code = await record(
    seeded,
    { driver: embedded, write: true },
    {
      env: {},
      cwd: folder,
      signal: new AbortController().signal,
      stdout: { write: () => {} },
      stderr: { write: () => {} },
    },
  );
  expect(code).toBe(0);
  const text = readFileSync(seeded, 'utf8');
  expect(text).toContain('mtu: {{mtu}}');
  expect(text).toContain('{{me}}/24');
  const parsed = parseLesson(seeded, text, vocabulary, { seed: 'another' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  expect((await testLesson(parsed.lesson, embedded)).state).toBe('pass');
}, 60_000);
