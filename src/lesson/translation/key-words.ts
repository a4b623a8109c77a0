/** The words of hidden checks in another language: `lesson.key.zh-CN.yaml`, a map from ids to words. Pure. */
import { Faults } from '../faults.ts';
import type { Check, Diagnostic, Lesson, LessonKey } from '../model.ts';
import { fillPlaceholders } from '../placeholders.ts';
import { readSource } from '../source.ts';
import { readWords } from './says.ts';

export type ParsedKeyWords = { ok: true; key: LessonKey } | { ok: false; diagnostics: readonly Diagnostic[] };

/** @param lesson the key's own, with the values of its params */
export function parseKeyWords(
  file: string,
  bytes: Uint8Array | string,
  key: LessonKey,
  lesson: Lesson,
): ParsedKeyWords {
  const read = readSource(file, bytes, 'begin it with the id of a hidden check, and its words');
  if (!read.ok) return { ok: false, diagnostics: [read.fault] };
  const faults = new Faults(file, read.source.lines);
  const filled = fillPlaceholders(read.source.lines, 0, lesson.params?.values ?? {}, faults);
  faults.toFile = filled.back;
  const head = { line: 1, column: 1, length: Infinity };
  const checks = [...key.checks.values()].flat();
  const words = readWords({ lines: filled.lines, line: 1 }, head, checks, faults);
  const unsaid = checks.filter((check) => check.says !== undefined && !words.has(check.id));
  if (unsaid.length > 0)
    faults.error(
      'missing-words',
      head,
      `Words are missing for hidden checks: ${unsaid.map(({ id }) => id).join(', ')}.`,
      `write a line \`${unsaid[0]!.id}: ...\``,
    );
  if (faults.fatal) return { ok: false, diagnostics: faults.inOrder() };
  const translated = (check: Check): Check => ({ ...check, says: words.get(check.id) ?? check.says });
  const map = new Map([...key.checks].map(([cell, list]) => [cell, list.map(translated)]));
  return { ok: true, key: { ...key, checks: map } };
}
