import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandCounter, RAN, WAITS } from '../../../src/session/watched/counted.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test('the sign is found wherever the pieces are cut', () => {
  const text = `# ip addr\r\n${RAN}1: lo\x1b]777${RAN}${RAN.slice(0, 5)}${RAN}end`;
  fc.assert(
    fc.property(fc.array(fc.nat({ max: text.length })), (cuts) => {
      const counter = commandCounter();
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const found = places.map((at, i) => counter.printed(bytes(text.slice(places[i - 1] ?? 0, at))));
      expect(found.reduce((sum, each) => sum + each, 0)).toBe(3);
    }),
  );
});

describe('a shell that only says when it waits', () => {
  const typing = () => {
    const counter = commandCounter();
    let sum = counter.printed(bytes(`${WAITS}# `));
    return {
      /** Types, and the shell shows so many prompts. */
      type(text: string, prompts = 1) {
        counter.typed(text);
        for (let i = 0; i < prompts; i++) sum += counter.printed(bytes(`\r\n${WAITS}# `));
        return sum;
      },
    };
  };

  test('each line is a command, an empty one and one that was given up are none', () => {
    const shell = typing();
    expect(shell.type('ip addr\r')).toBe(1);
    expect(shell.type('\r')).toBe(1);
    expect(shell.type('  \t\r')).toBe(1);
    expect(shell.type('ip rou\x03')).toBe(1);
    expect(shell.type('ip rou\x15\r')).toBe(1);
    expect(shell.type('\x1b[A\r')).toBe(2);
  });

  test('what is pasted is as many commands as it has lines', () => {
    expect(typing().type('ip addr\rip route\r\rip neigh\r', 4)).toBe(3);
  });

  test('what a program reads is no command', () => {
    const shell = typing();
    expect(shell.type('cat >file\rone\rtwo\r\x04')).toBe(1);
  });

  test('from bash into sh and back', () => {
    const counter = commandCounter();
    const step = (typed: string, printed: string) => {
      counter.typed(typed);
      return counter.printed(bytes(printed));
    };
    expect(step('sh\r', `sh\r\n${RAN}${WAITS}# `)).toBe(1);
    expect(step('ip addr\r', `ip addr\r\n1: lo\r\n${WAITS}# `)).toBe(1);
    expect(step('exit\r', 'exit\r\n$ ')).toBe(0);
    expect(step('ip route\r', `ip route\r\n${RAN}`)).toBe(1);
    expect(step('\r', '\r\n$ ')).toBe(0);
  });
});
