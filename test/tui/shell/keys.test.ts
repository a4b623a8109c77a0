import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Asked, LEADER, typeInShell } from '../../../src/tui/model/shell-keys.ts';
import { openedShell, SHARE, type ShellView } from '../../../src/tui/model/shell-view.ts';

const asked: Asked = {
  applicationCursor: false,
  bracketedPaste: false,
  mouse: 'none',
  sgr: false,
  focus: false,
  alternate: false,
  tabs: 3,
  ended: false,
};
const type = (chunk: string, view: Partial<ShellView> = {}, more: Partial<Asked> = {}) =>
  typeInShell({ ...openedShell, ...view }, chunk, { ...asked, ...more });
const sent = (typed: ReturnType<typeof type>) =>
  typed.effects.flatMap((effect) => (effect.effect === 'shell-type' ? [effect.data] : [])).join('');

describe('what is typed goes to the shell', () => {
  test.each([
    ['letters', 'ip link\r'],
    ['Ctrl-C, Ctrl-Z, Ctrl-D', '\x03\x1a\x04'],
    ['Alt and a letter', '\x1bb'],
    ['function and editing keys', '\x1bOP\x1b[15~\x1b[3~\x1b[1;5C'],
    ['Chinese and emoji', '网络👩‍💻'],
    ['half a sequence', '\x1b['],
  ])('%s, byte for byte', (_, chunk) => {
    const typed = type(chunk);
    expect(typed.effects).toEqual([{ effect: 'shell-type', data: chunk }]);
    expect(typed.rest).toBe('');
    expect(typed.shell).toEqual(openedShell);
  });

  test('cursor keys as the program has asked for them', () => {
    expect(sent(type('\x1b[A\x1b[H', {}, { applicationCursor: true }))).toBe('\x1bOA\x1bOH');
    expect(sent(type('\x1bOD'))).toBe('\x1b[D');
  });

  test('a paste with its marks only when the program knows them; no key in it is a command', () => {
    const chunk = `\x1b[200~a${LEADER}x\x1b[201~`;
    expect(sent(type(chunk, {}, { bracketedPaste: true }))).toBe(chunk);
    const bare = type(chunk);
    expect(sent(bare)).toBe(`a${LEADER}x`);
    expect(bare.shell).toEqual(openedShell);
  });

  test('a paste may come in pieces', () => {
    const first = type('\x1b[200~one ');
    expect(first.shell.pasting).toBe(true);
    expect(sent(type(`${LEADER}two`, first.shell))).toBe(`${LEADER}two`);
  });

  test('the mouse is not the shell’s', () => {
    const typed = type('a\x1b[<0;3;4Mb');
    expect(sent(typed)).toBe('ab');
    expect(typed.rest).toBe('\x1b[<0;3;4M');
  });
});

describe('after Ctrl-]', () => {
  const after = (key: string, view: Partial<ShellView> = {}) => type(LEADER + key, view);

  test.each(['\x1b', LEADER, '\r'])('%j leads to the lesson, and what follows is the lesson’s', (key) => {
    const typed = after(`${key}jj`);
    expect(typed.shell).toMatchObject({ focus: false, leader: false });
    expect(typed.rest).toBe('jj');
    expect(typed.effects).toEqual([]);
  });

  test('tabs go round, and are chosen by number', () => {
    expect(after('n').shell.tab).toBe(1);
    expect(after('p').shell.tab).toBe(2);
    expect(after('n', { tab: 2 }).shell.tab).toBe(0);
    expect(after('3').shell.tab).toBe(2);
    expect(after('4').shell.tab).toBe(0);
  });

  test('the size has bounds', () => {
    let shell: ShellView = openedShell;
    for (let times = 0; times < 12; times++) shell = after('+', shell).shell;
    expect(shell.share).toBe(SHARE.most);
    for (let times = 0; times < 12; times++) shell = after('-', shell).shell;
    expect(shell.share).toBe(SHARE.least);
  });

  test('] is Ctrl-] itself; an unknown key does nothing', () => {
    expect(sent(after(']'))).toBe(LEADER);
    expect(after('Q')).toEqual({ shell: openedShell, effects: [], rest: '' });
  });

  test('the leader may come alone, and the next key later', () => {
    const first = type(LEADER);
    expect(first.shell.leader).toBe(true);
    expect(type('x', first.shell).effects).toEqual([{ effect: 'shell-close' }]);
  });
});

test('looking back takes no key to the shell, and any other key goes on', () => {
  const back = type(`${LEADER}s`).shell;
  expect(back.scrolling).toBe(true);
  expect(sent(type('jk\x1b[5~', back))).toBe('');
  const on = type('q', back);
  expect(on.shell.scrolling).toBe(false);
  expect(sent(on)).toBe('');
});

test('to a shell that has ended nothing is typed', () => {
  expect(sent(type('ls', {}, { ended: true }))).toBe('');
  expect(type('\r', {}, { ended: true }).effects).toEqual([{ effect: 'shell-again' }]);
});

test('whatever is typed, in whatever pieces, is the same', () => {
  const keys = fc.constantFrom(...'abn123x+-f\x03\r网', LEADER, '\x1b[A', '\x1b[200~', '\x1b[201~');
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 30 }), fc.nat(30), (all, cut) => {
      const whole = type(all.join(''));
      const first = type(all.slice(0, cut).join(''));
      const second = type(all.slice(cut).join(''), first.shell);
      expect(second.shell).toEqual(whole.shell);
      expect(sent(first) + sent(second)).toBe(sent(whole));
      expect(first.rest + second.rest).toBe(whole.rest);
    }),
  );
});
