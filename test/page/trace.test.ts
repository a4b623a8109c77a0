import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { sayInChinese } from '../../src/page/said/zh-CN.ts';
import { sayLine } from '../../src/page/trace.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { traceLines } from '../../src/trace/write/lines.ts';
import { recorded } from '../trace/recorded.ts';

test('in Chinese the columns of a trace stand where they stand in English', () => {
  const before = (line: ReturnType<typeof sayLine>) => {
    const at = line.findIndex(({ tone }) => tone === 'place');
    return stringWidth(
      line
        .slice(0, at + 1)
        .map(({ text }) => text)
        .join(''),
    );
  };
  const lines = traceLines(traceOf(recorded('out'))).filter((line) =>
    line.some(({ tone }) => tone === 'place'),
  );
  expect(lines.length).toBeGreaterThan(5);
  const said = lines.map((line) => sayLine(line, sayInChinese));
  expect(said.map(before)).toEqual(lines.map(before));
  expect(said.flat().some(({ text }) => text.includes('主机之间'))).toBe(true);
});
