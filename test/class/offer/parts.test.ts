/** What places are made of, part by part: who is let in, what a terminal is brought to, what is left in a folder. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext } from 'ssh2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatCode } from '../../../src/class/code.ts';
import { Tries } from '../../../src/class/host/tries.ts';
import { dropHome, readyHome, sizeOfHome } from '../../../src/class/offer/home.ts';
import { createModes } from '../../../src/class/offer/modes.ts';
import { People, readBack } from '../../../src/class/offer/people.ts';
import { createRedraw } from '../../../src/class/offer/redraw.ts';
import { authenticate, type Guest } from '../../../src/class/offer/ssh-login.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'K7QM4T';
const CODE = formatCode({ secret: SECRET, print: '9XWB3HPD' });

/** One connection, on which several ways may be tried. */
function connection(people: People) {
  const guest: Guest = {};
  const options = { secret: SECRET, code: CODE, people, tries: new Tries(performance.now()) };
  return {
    guest,
    /** What was answered. */
    try(
      given: Partial<Record<'method' | 'username' | 'password' | 'key' | 'signature' | 'blob', unknown>>,
    ): string {
      let answer = 'nothing';
      const context = {
        ...given,
        accept: () => {
          answer = 'accepted';
        },
        reject: (methods?: string[]) => {
          answer = `rejected ${methods?.join() ?? ''}`.trim();
        },
      } as unknown as AuthContext;
      authenticate(context, '192.0.2.1', guest, options);
      return answer;
    },
  };
}

describe('who comes by ssh', () => {
  const pair = ssh2.utils.generateKeyPairSync('ed25519');
  const parsed = ssh2.utils.parseKey(pair.private) as ssh2.ParsedKey;
  const key = { algo: 'ssh-ed25519', data: parsed.getPublicSSH() };
  const blob = Buffer.from('what the protocol has to be signed');

  test('a key that somebody only names is nobody’s: their place is not had by it and the code', () => {
    const people = new People(folder);
    people.add({ name: 'Lea', key: key.data }, 0);
    const one = connection(people);
    // The server may say that the key would do; who has it must sign.
    one.try({ method: 'publickey', username: 'Lea', key });
    expect(one.guest.person).toBeUndefined();
    expect(one.try({ method: 'password', username: 'Lea', password: CODE })).toBe('accepted');
    expect(one.guest).toEqual({ name: 'Lea' });
  });

  test('a key that signs is theirs; a signature of something else is not', () => {
    const people = new People(folder);
    const { person } = people.add({ name: 'Lea', key: key.data }, 0)!;
    const one = connection(people);
    const signature = parsed.sign(blob) as Buffer;
    expect(
      one.try({ method: 'publickey', username: 'lea', key, signature, blob: Buffer.from('other') }),
    ).toMatch(/^rejected/);
    expect(one.guest.person).toBeUndefined();
    expect(one.try({ method: 'publickey', username: 'lea', key, signature, blob })).toBe('accepted');
    expect(one.guest.person).toBe(person);
  });

  test('a name without the code, a wrong code, a word that nobody has', () => {
    const one = connection(new People(folder));
    expect(one.try({ method: 'none', username: 'Lea' })).toBe('rejected publickey,password');
    expect(one.try({ method: 'password', username: 'Lea', password: '' })).toMatch(/^rejected/);
    expect(one.try({ method: 'password', username: 'Lea', password: 'K7QM4' })).toMatch(/^rejected/);
    expect(one.try({ method: 'none', username: 'AAAAA-AAAAA-AAAAA' })).toMatch(/^rejected/);
    expect(one.try({ method: 'keyboard-interactive', username: 'back-AAAAA-AAAAA' })).toMatch(/^rejected/);
    expect(one.try({ method: 'password', username: '\x1b[2J', password: CODE })).toMatch(/^rejected/);
    expect(one.guest).toEqual({});
  });

  test('wrong ones are counted: then the right one is not looked at', () => {
    const one = connection(new People(folder));
    for (let i = 0; i < 20; i++) one.try({ method: 'keyboard-interactive', username: 'back-AAAAA-AAAAA' });
    expect(one.try({ method: 'keyboard-interactive', username: CODE })).toBe('rejected');
  });

  test('people are there again after a start; their words are not, only what proves them', () => {
    const { back, person } = new People(folder).add({ name: 'Lea' }, 0)!;
    const again = new People(folder);
    expect(again.withBack(readBack(back.toLowerCase().replace('back-', 'BACK '))!)?.id).toBe(person.id);
    expect(again.withBack('0000000000')).toBeUndefined();
    expect(lstatSync(join(folder, 'people.json')).mode & 0o77).toBe(0);
    expect(readdirSync(folder).join()).toBe('people.json');
  });
});

describe('a terminal that comes later', () => {
  test('is brought to the modes that the program has switched on, however they were cut', () => {
    const modes = createModes();
    expect(modes.sequence()).toBe('');
    for (const part of ['\x1b[?1049h\x1b[?1000;1006h\x1b[?', '25l', '\x1b', '[?2004h text \x1b[?1000l'])
      modes.see(Buffer.from(part));
    expect(modes.sequence()).toBe('\x1b[?1049h\x1b[?25l\x1b[?1006h\x1b[?2004h');
  });

  test('is not brought to anything that is no mode of a notebook', () => {
    const modes = createModes();
    modes.see(Buffer.from(`\x1b[?9999h\x1b[?5h\x1b[?${'1;'.repeat(10_000)}h`));
    expect(modes.sequence().length).toBeLessThan(20);
  });
});

describe('a learner’s folder', () => {
  test('is theirs alone, without marks of processes that have ended; links are not followed', () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, 'deep'), { recursive: true });
    writeFileSync(join(home, 'deep', 'a.ndjson'), 'x');
    writeFileSync(join(home, 'deep', 'a.ndjson.lock.2.1440643.40ecdc32.4026532348'), '');
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'b.lock.2.1.a.1'), 'x'.repeat(100_000));
    symlinkSync(outside, join(home, 'link'));
    readyHome(home, undefined);
    expect(readdirSync(join(home, 'deep'))).toEqual(['a.ndjson']);
    expect(existsSync(join(outside, 'b.lock.2.1.a.1'))).toBe(true);
    expect(lstatSync(home).mode & 0o777).toBe(0o700);
    expect(sizeOfHome(home)).toBeLessThan(50_000);
    const own = lstatSync(outside).uid;
    if (process.getuid?.() === 0) {
      readyHome(home, 1_879_113_728);
      expect(lstatSync(join(home, 'deep', 'a.ndjson')).uid).toBe(1_879_113_728);
      expect(lstatSync(outside).uid).toBe(own);
    }
  });

  test('with more files than can be is too much, and goes at once', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    for (let i = 0; i < 3100; i++) writeFileSync(join(home, String(i)), '');
    expect(sizeOfHome(home)).toBe(Number.POSITIVE_INFINITY);
    dropHome(home);
    expect(existsSync(home)).toBe(false);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });
});

describe('a terminal that takes over', () => {
  /** Looks at its size only now and then, and draws what has changed; all of it when it is lower than before. */
  function slowProgram(shown: (text: string) => void, everyMs: number) {
    const size = { now: 30, known: 30 };
    let frames = 0;
    const timer = setInterval(() => {
      if (size.now < size.known) shown('\x1b[1;1H\x1b[Jall of it');
      else shown(`\x1b[H\x1b[32mframe ${frames++}`);
      size.known = size.now;
    }, everyMs);
    return {
      resize(_: number, rows: number) {
        size.now = rows;
      },
      size,
      stop: () => clearInterval(timer),
    };
  }

  test('is drawn all of it, also where the program shows other things first and is slow to look at its size', async () => {
    let text = '';
    const program = slowProgram((piece) => {
      text += piece;
      for (const part of [piece.slice(0, 7), piece.slice(7)]) redraw.see(Buffer.from(part));
    }, 40);
    const redraw = createRedraw(program.resize, { waitMs: 200, frameMs: 5 });
    // Something comes at once that has to do with nothing.
    const begun = redraw.begin(
      () => ({ columns: 90, rows: 30 }),
      () => true,
    );
    redraw.see(Buffer.from('\x1b[Hsandbox ready'));
    await begun;
    program.stop();
    expect(text).toContain('all of it');
    expect(program.size.now).toBe(30);
  });

  test('has its own size in the end, also where nothing is ever drawn; one that is gone changes nothing any more', async () => {
    const sizes: number[] = [];
    const redraw = createRedraw((_, rows) => void sizes.push(rows), { waitMs: 5, frameMs: 0 });
    await redraw.begin(
      () => ({ columns: 90, rows: 30 }),
      () => true,
    );
    expect(sizes.at(-1)).toBe(30);
    sizes.length = 0;
    await redraw.begin(
      () => ({ columns: 90, rows: 24 }),
      () => false,
    );
    expect(sizes).toEqual([23]);
  });
});
