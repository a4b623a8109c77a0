/** Random keys and sizes: the screen stays alive and whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CELL, keys, reach, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();

/** All but those that leave: q, l, Ctrl-C, and e, which starts another program. */
const KEYS = [
  ...'aghijknopsRSrxyfcG?123 vvY//N',
  keys.enter,
  keys.up,
  keys.down,
  '\x1b[5~',
  '\x1b[6~',
  '\t',
  '\x1b[Z',
  '\x7f',
  keys.ctrl('r'),
  keys.ctrl('z'),
  keys.ctrl('w'),
  '网',
  '👩‍💻',
  '\x1b[200~pasted\ntext\x1b[201~',
  '\x1b[1;5C',
  '\x1b[99~',
  't',
  'T',
  keys.ctrl(']'),
  `${keys.ctrl(']')}f`,
  `${keys.ctrl(']')}x`,
  `${keys.ctrl(']')}s`,
  keys.ctrl('p'),
  ':hint',
  'u',
  'F',
  'z',
  '\x1bp',
  '\x1bn',
  // Clicks on any row of the page, and the wheel.
  ...[4, 9, 14, 19].map((row) => `\x1b[<0;12;${row}M\x1b[<0;12;${row}m`),
  '\x1b[<64;12;9M',
  '\x1b[<65;12;9M',
  '\x1b[<0;1',
];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Leaves whatever is open, and sees the help. Tried again, because an escape and a key that are read together are a
 * key with Alt, and because a question may stand in the way.
 */
async function alive(terminal: TestTerminal): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    // Out of a shell, where one has the focus; an unknown key elsewhere.
    terminal.write(`${keys.ctrl(']')}${keys.ctrl(']')}`);
    terminal.write(keys.escape);
    await pause(100);
    terminal.write('?');
    for (let waited = 0; waited < 20; waited++) {
      if (terminal.text().includes('Esc close')) return;
      await pause(25);
    }
  }
  throw new Error(`The screen does not answer:\n${terminal.text()}`);
}

test('survives any keys', async () => {
  const storms = fc.sample(fc.array(fc.constantFrom(...KEYS), { minLength: 60, maxLength: 120 }), {
    numRuns: 4,
    seed: 20261123,
  });
  for (const storm of storms) {
    const terminal = open({ columns: 80, rows: 24, env: { FAKE_LESSON: 'cable', FAKE_MS: '1' } });
    await terminal.until('sandbox ready');
    for (const [at, key] of storm.entries()) {
      terminal.write(key);
      if (at % 10 === 0) await pause(5);
    }
    await alive(terminal);
    expect(terminal.alternate).toBe(true);
    await terminal.close();
  }
});

test('survives any sizes, and draws the last one whole', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_LESSON: 'cable', FAKE_MS: '1' } });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.first);
  await terminal.press(keys.enter, '✓ passed');
  const sizes = fc.sample(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 70 })), {
    numRuns: 60,
    seed: 20261123,
  });
  for (const [at, [columns, rows]] of sizes.entries()) {
    terminal.resize(columns, rows);
    terminal.write(KEYS[at % 7]!);
    await pause(at % 5 === 0 ? 25 : 1);
  }
  terminal.resize(80, 24);
  await alive(terminal);
  terminal.resize(100, 30);
  await terminal.until(() => terminal.rows()[1] === '─'.repeat(100), 'a rule over the whole width');
  await terminal.until(() => terminal.rows()[29]!.includes('close'), 'the footer in the last row');
  expect(terminal.rows()[0]).toContain('Two namespaces and a cable');
});
