import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciicast } from '../../src/export/asciicast.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { hostile } from './hostile.ts';
import { FAILED, OPTIONS, ran, START, verdictOf, walkOf } from './walks.ts';

type Frame = [number, string, string];

/** By the specification: a header, then events, one JSON value a line. */
function read(cast: string): { header: Record<string, unknown>; frames: Frame[] } {
  expect(cast.endsWith('\n')).toBe(true);
  const [header, ...frames] = cast
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { header: header as Record<string, unknown>, frames: frames as Frame[] };
}

function expectValid(cast: string): Frame[] {
  const { header, frames } = read(cast);
  expect(header).toMatchObject({ version: 2 });
  for (const name of ['width', 'height', 'timestamp'] as const)
    expect(Number.isInteger(header[name])).toBe(true);
  for (const name of ['duration', 'idle_time_limit'] as const) expect(header[name]).toBeTypeOf('number');
  expect(header.title).toBeTypeOf('string');
  for (const value of Object.values(header.env as object)) expect(value).toBeTypeOf('string');
  let last = 0;
  for (const frame of frames) {
    expect(frame).toHaveLength(3);
    const [at, code, data] = frame;
    expect(at).toBeGreaterThanOrEqual(last);
    expect(['o', 'm']).toContain(code);
    expect(data).toBeTypeOf('string');
    // Colours and line ends: nothing else that a terminal would obey.
    expect(data.replace(/\x1b\[[\d;]*m|\r\n/g, '')).not.toMatch(
      /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
    );
    last = at;
  }
  return frames;
}

const plain = (frames: readonly Frame[]) =>
  frames
    .filter(([, code]) => code === 'o')
    .map(([, , data]) => data.replace(/\x1b\[[\d;]*m/g, ''))
    .join('');

describe('a recording', () => {
  const cast = asciicast(
    walkOf([
      ...ran('lay', 1000, {
        text: 'ip link add near\nip link',
        stdout: 'a\n\x1b[31mb\x1b[0m',
        verdicts: [FAILED],
      }),
      ...ran('up', 61_000, { ms: 2500, verdicts: [verdictOf({})] }),
    ]),
    OPTIONS,
  );

  test('begins with the first cell, and has the times of the journal', () => {
    const { header } = read(cast);
    expect(header).toMatchObject({
      timestamp: (START + 1000) / 1000,
      duration: 62.505,
      title: 'A cable & more',
    });
    const marks = expectValid(cast).filter(([, code]) => code === 'm');
    expect(marks).toEqual([
      [0, 'm', 'lay'],
      [60, 'm', 'up'],
    ]);
  });

  test('shows commands, output with its colours, and verdicts', () => {
    const frames = expectValid(cast);
    expect(plain(frames)).toBe(
      '\r\nhost$ ip link add near\r\n> ip link\r\na\r\nb\r\n✗ interface near on host is UP\r\n' +
        '  Found: near <BROADCAST,MULTICAST> mtu 1500\r\n\r\nhost$ ip link\r\n✓ there is an interface near on host\r\n',
    );
    expect(frames.some(([at, , data]) => at === 0.04 && data.includes('\x1b[31mb\x1b[0m'))).toBe(true);
  });

  test('shows output as it came, where that is known, and once', () => {
    const [started, finished, ...rest] = ran('lay', 0, { stdout: 'one\ntwo\n', ms: 900 });
    const output = (at: number, text: string): SessionEvent => ({
      at: START + at,
      type: 'output',
      cell: 'lay',
      stream: 'stdout',
      text,
    });
    const walk = walkOf([started!, output(100, 'one\ntw'), output(500, 'o\n'), finished!, ...rest]);
    const frames = expectValid(asciicast(walk, OPTIONS)).slice(2);
    expect(frames).toEqual([
      [0.1, 'o', 'one\r\n'],
      [0.5, 'o', 'two\r\n'],
    ]);
  });

  test('leaves replays out: they are quiet on the screen too', () => {
    const [started, ...rest] = ran('lay', 0, { stdout: 'again\n' });
    const replay = { ...started!, by: 'replay' } as SessionEvent;
    expect(expectValid(asciicast(walkOf([replay, ...rest]), OPTIONS))).toEqual([]);
  });

  test('of a journal that was folded shows the last run of each cell, in the order of time', () => {
    const walk = { ...walkOf([...ran('up', 0, { stdout: 'x\n' }), ...ran('lay', 4000, {})]), events: [] };
    const marks = expectValid(asciicast(walk, OPTIONS)).filter(([, code]) => code === 'm');
    expect(marks).toEqual([
      [0, 'm', 'up'],
      [4, 'm', 'lay'],
    ]);
  });

  test('goes on when the clock was set back', () => {
    expectValid(asciicast(walkOf([...ran('lay', 9000, {}), ...ran('up', 0, {})]), OPTIONS));
  });

  test('obeys nothing of what is printed, found or written', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, words) => {
        const verdict = verdictOf({ state: 'fail', title: text, found: words });
        const events: SessionEvent[] = [
          ...ran('lay', 0, { text, stdout: words, stderr: text, verdicts: [verdict] }),
          { at: START, type: 'cell-skipped', cell: 'up', reason: words },
        ];
        expectValid(asciicast(walkOf(events), OPTIONS));
      }),
    );
  });
});
