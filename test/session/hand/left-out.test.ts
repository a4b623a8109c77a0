/** Which commands of a shell are done again, and why others are not. */
import { describe, expect, test } from 'vitest';
import type { Deed, Hand } from '../../../src/session/deed.ts';
import { leftOf, leftOut } from '../../../src/session/hand/left-out.ts';
import type { HandNews } from '../../../src/session/hand/recorder.ts';
import { Recorder } from '../../../src/session/hand/recorder.ts';

const typed = (text: string, more: Partial<Hand> = {}): Deed => ({
  cell: 'one',
  text,
  by: 'learner',
  outcome: 'exited',
  hand: { id: '1', shell: 's', host: 'host', netns: '', cwd: '/root', how: 'ended', exit: 0, ...more },
});

describe('a command that was typed', () => {
  test.each([
    'ip netns add blue',
    'cd /tmp',
    'A=1',
    'greet() { echo hi; }',
    'python3 -m http.server 80 &',
    'for i in 1 2; do ip link add v$i type dummy; done',
    'ping -c 2 10.0.0.2',
    'cat > /tmp/file <<E\nhi\nE',
    'python3 make.py',
    'bash setup.sh',
    'ip netns exec blue ip link set lo up',
  ])('%s is done again', (text) => expect(leftOut(typed(text))).toBeUndefined());

  test.each([
    'exit',
    'bash',
    'ip netns exec blue bash',
    'unshare -n bash',
    'sudo bash -l',
    'ping 10.0.0.2',
    'fg',
  ])('%s is not, and nothing is lost by that', (text) => expect(leftOut(typed(text))).toBe('silent'));

  test.each(['vim note', 'ssh node01', 'python3', 'ip netns exec blue sh', 'passwd', 'cat'])(
    '%s asks somebody at a keyboard',
    (text) => expect(leftOut(typed(text))).toBe('keyboard'),
  );

  test('is left out for how it ended, and where it was', () => {
    expect(leftOut(typed('nc -l 80', { how: 'interrupted', exit: 130 }))).toBe('interrupted');
    expect(leftOut(typed('./tool', { how: 'full-screen' }))).toBe('keyboard');
    const { netns: _, ...hand } = typed('hostname inner').hand!;
    expect(leftOut({ ...typed('hostname inner'), hand })).toBe('elsewhere');
    expect(leftOut(typed('', { how: 'unknown' }))).toBe('unknown');
    const { outcome: __, ...under } = typed('make', { how: 'unfinished' });
    expect(leftOut(under)).toBe('interrupted');
  });

  test('is named when it is left out, a long one in short', () => {
    const deeds = [
      typed('vim note'),
      typed('exit'),
      typed('ip link add a type dummy'),
      typed(`ssh ${'x'.repeat(80)}`),
    ];
    const [first, second, ...more] = leftOf(deeds);
    expect([first, more]).toEqual(['vim note', []]);
    expect(second!.length).toBeLessThan(50);
  });
});

describe('what a terminal tells', () => {
  function recorder() {
    const news: HandNews[] = [];
    let now = 0;
    const one = new Recorder({ host: 'host', name: 'n', now: () => now, tell: (told) => news.push(told) });
    let line = 0;
    const entered = (text: string, shell = '2') =>
      one.told({ is: 'entered', shell, netns: '', cwd: '/root', line: ++line, text });
    return {
      one,
      news,
      entered,
      ended: (exit = 0, shell = '2') => one.told({ is: 'ended', shell, exit }),
      later: (ms: number) => {
        now += ms;
      },
    };
  }

  test('is kept where it may have changed something, with how it ended', () => {
    const { news, entered, ended, later } = recorder();
    entered('ip link');
    ended();
    entered('ip netns add blue');
    later(40);
    ended(1);
    expect(news).toEqual([
      {
        type: 'command-typed',
        text: 'ip netns add blue',
        hand: expect.objectContaining({ shell: 'n.2', cwd: '/root' }),
      },
      { type: 'command-over', id: 'n.1', how: 'ended', exit: 1, durationMs: 40 },
    ]);
  });

  test('a key that stops, a program that takes the whole screen, a shell that ends: each is said', () => {
    const { one, news, entered, ended } = recorder();
    const how = () => news.flatMap((one) => (one.type === 'command-over' ? [one.how] : []));
    entered('nc -l 80');
    one.wrote('\x03');
    // Some programs end well when they are interrupted.
    ended(0);
    entered('./full');
    one.printed(Buffer.from('\x1b[?10'));
    one.printed(Buffer.from('49h'));
    ended();
    entered('sleep 60 ; ip link del a');
    one.closed();
    expect(how()).toEqual(['interrupted', 'full-screen', 'unfinished']);
    // What the one before has printed says nothing of the next.
    entered('tput smcup; ./quiet');
    one.printed(Buffer.from('\x1b[?1049h'));
    ended();
    entered('ip addr add 10.0.0.1/24 dev a');
    one.printed(Buffer.from('done'));
    ended();
    expect(how().slice(-2)).toEqual(['full-screen', 'ended']);
    // At the prompt it stops nothing.
    one.wrote('\x03');
    entered('ip netns add b');
    ended();
    expect(how().at(-1)).toBe('ended');
  });

  test('a command that the shell does not remember is kept without its words', () => {
    const { one, news } = recorder();
    const told = { is: 'entered', shell: '2', netns: '', cwd: '/root', line: 7 } as const;
    one.told({ ...told, text: 'A=1' });
    one.told({ ...told, text: 'A=1' });
    one.told({ is: 'ended', shell: '2', exit: 0 });
    const typedTexts = news.flatMap((each) => (each.type === 'command-typed' ? [each.text] : []));
    expect(typedTexts).toEqual(['A=1', '']);
    expect(news.at(-1)).toMatchObject({ how: 'unknown' });
  });

  test('a shell in a shell is one of its own, and the outer command goes on', () => {
    const { one, news, entered, ended } = recorder();
    entered('ip netns exec blue bash');
    entered('ip link set lo up', '9');
    one.wrote('\x03');
    ended(130, '9');
    ended(0);
    const typedTexts = news.flatMap((each) =>
      each.type === 'command-typed' ? [[each.text, each.hand.shell]] : [],
    );
    expect(typedTexts).toEqual([
      ['ip netns exec blue bash', 'n.2'],
      ['ip link set lo up', 'n.9'],
    ]);
    expect(news.at(-1)).toMatchObject({ how: 'ended', exit: 0 });
  });
});
