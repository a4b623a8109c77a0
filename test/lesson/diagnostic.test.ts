import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/lesson/diagnostic.ts';
import type { Diagnostic } from '../../src/lesson/model.ts';

function fault(source: string, column: number, length: number, more: Partial<Diagnostic> = {}): Diagnostic {
  const place = { file: 'a/lesson.md', line: 14, column };
  return {
    code: 'unknown-field',
    severity: 'error',
    message: 'Unknown field.',
    place,
    length,
    source,
    ...more,
  };
}

/** The line and the marker under it, without the margin. */
function picture(diagnostic: Diagnostic): string[] {
  return formatDiagnostic(diagnostic)
    .split('\n')
    .slice(1, 3)
    .map((line) => line.slice('   14 | '.length));
}

describe('formatDiagnostic', () => {
  test('shows place, words, the line, a marker and the remedy', () => {
    expect(formatDiagnostic(fault('  sate: down', 3, 4, { instead: 'did you mean `state`?' }))).toBe(
      [
        'a/lesson.md:14:3: error: Unknown field. [unknown-field]',
        '   14 |   sate: down',
        '      |   ^~~~',
        '        did you mean `state`?',
      ].join('\n'),
    );
  });

  test('without a line, and a warning', () => {
    const text = formatDiagnostic(fault('', 1, 1, { severity: 'warning', instead: 'write one' }));
    expect(text).toBe('a/lesson.md:14:1: warning: Unknown field. [unknown-field]\n        write one');
  });

  test.each([
    ['tabs', '\tab\tcd', 2, 2, ['        ab      cd', '        ^~']],
    ['a tab within the fault', 'a\tb', 1, 3, ['a       b', '^~~~~~~~~']],
    ['wide letters', '日本 sate', 4, 4, ['日本 sate', '     ^~~~']],
    ['a wide fault', 'a: 日本', 4, 2, ['a: 日本', '   ^~~~']],
    ['one past the end', 'abc', 4, 1, ['abc', '   ^']],
    ['escape sequences', '\x1b[2Jx', 5, 1, ['�[2Jx', '    ^']],
    ['a turn of direction', 'a\u202eb', 3, 1, ['a�b', '  ^']],
  ])('%s', (_name, source, column, length, expected) => {
    expect(picture(fault(source, column, length))).toEqual(expected);
  });

  test('of a long line the part around the fault', () => {
    const [line, marker] = picture(fault(`${'x'.repeat(500)}FAULT${'y'.repeat(500)}`, 501, 5));
    expect(line!.length).toBeLessThanOrEqual(102);
    expect(line!.slice(marker!.indexOf('^'), marker!.length)).toBe('FAULT');
    expect(line).toMatch(/^….*…$/);
  });

  test('colours only when asked', () => {
    expect(formatDiagnostic(fault('a', 1, 1), { color: true })).toContain('\x1b[31merror:\x1b[0m');
    expect(formatDiagnostic(fault('a', 1, 1))).not.toContain('\x1b');
  });
});
