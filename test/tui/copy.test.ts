import { describe, expect, test } from 'vitest';
import { en } from '../../src/page/words/en.ts';
import { copySequence, MOST_BYTES } from '../../src/tui/terminal/clipboard.ts';
import { lesson, started } from './started.ts';

describe('copying', () => {
  test('y takes the text of the cell, Y what it printed, without colours; both are said', async () => {
    const { press, reach, settle, copies, screen } = started();
    reach('lay-cable');
    press('Y');
    expect(copies).toEqual([]);
    expect(screen().view.notice).toBe(en.notice.noOutput);
    press('a');
    await settle();
    press('y');
    expect(screen().view.notice).toBe(en.notice.copied(3));
    press('Y');
    expect(copies).toEqual([lesson.cells[0]!.text, 'veth-client@veth-server: UP']);
  });

  test('what is too long is said', async () => {
    const { press, reach, settle, screen } = started();
    reach('much');
    press('a');
    await settle();
    press('Y');
    expect(screen().view.notice).toBe(en.notice.tooLong);
  });
});

test('the sequence carries the text as base64, and has an end to its size', () => {
  const sequence = copySequence('ip 网络', {})!;
  const [, data] = /^\x1b\]52;c;([A-Za-z0-9+/=]*)\x07$/.exec(sequence)!;
  expect(Buffer.from(data!, 'base64').toString()).toBe('ip 网络');
  expect(copySequence('x'.repeat(MOST_BYTES), {})).toBeDefined();
  expect(copySequence('网'.repeat(MOST_BYTES / 2), {})).toBeUndefined();
});

test('in tmux it is sent plainly and wrapped, as either may be allowed', () => {
  expect(copySequence('a', { TMUX: '/tmp/tmux,1,0' })).toBe(
    '\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\',
  );
});
