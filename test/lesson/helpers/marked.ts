import { expect } from 'vitest';
import type { Diagnostic, Lesson } from '../../../src/lesson/model.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';
import { vocabulary } from './vocabulary.ts';

export const HEAD = '---\ntitle: T\n---\n';

interface Mark {
  line: number;
  column: number;
  length: number;
}

/** Takes the marks «...» out of a text; says where each stood. */
export function unmark(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const lines = marked.split('\n').map((line, i) => {
    let rest = line;
    for (let at = rest.indexOf('«'); at >= 0; at = rest.indexOf('«')) {
      const end = rest.indexOf('»');
      marks.push({ line: i + 1, column: at + 1, length: Math.max(1, end - at - 1) });
      rest = rest.slice(0, at) + rest.slice(at + 1, end) + rest.slice(end + 1);
    }
    return rest;
  });
  return { text: lines.join('\n'), marks };
}

export function faultsOf(text: string | Uint8Array, file = 'lessons/01-x/lesson.md'): readonly Diagnostic[] {
  const parsed = parseLesson(file, text, vocabulary);
  return parsed.ok ? parsed.warnings : parsed.diagnostics;
}

/**
 * The lesson has exactly these faults, in this order, and each stands exactly where «...» is.
 * Returns them, for their words.
 */
export function expectFaults(marked: string, codes: readonly string[], file?: string): readonly Diagnostic[] {
  const { text, marks } = unmark(marked);
  const faults = faultsOf(text, file);
  const found = faults.map(({ code, place, length }) => ({
    code,
    line: place.line,
    column: place.column,
    length,
  }));
  expect(found).toEqual(codes.map((code, i) => ({ code, ...marks[i] })));
  expect(marks).toHaveLength(codes.length);
  const lines = text.split('\n');
  for (const fault of faults) expect(fault.source).toBe(lines[fault.place.line - 1]);
  return faults;
}

/** A lesson without a fault, warnings included. */
export function lessonOf(text: string | Uint8Array, file = 'lessons/01-x/lesson.md'): Lesson {
  const parsed = parseLesson(file, text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
  expect(parsed.warnings).toEqual([]);
  return parsed.lesson;
}
