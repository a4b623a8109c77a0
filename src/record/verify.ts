/**
 * Whether an entry, read as the lesson's parser reads it, fails before and holds after. What is proposed has been through
 * the very code that will judge it. Pure.
 */
import { judgeCheck } from '../check/judge.ts';
import type { Check } from '../check/model.ts';
import { vocabulary } from '../check/vocabulary.ts';
import { parseLesson } from '../lesson/parse.ts';
import type { Entry, Seen } from './model.ts';
import { expectBlock } from './yaml.ts';

/** Undefined for an entry that lint would refuse. */
export function checkOf(entry: Entry, host: string, hosts: readonly string[]): Check | undefined {
  const text = `---\ntitle: recorded\nhosts: ${JSON.stringify(hosts)}\n---\n\`\`\`sh {.run on=${host}}\n:\n\`\`\`\n${expectBlock([entry])}\n`;
  const parsed = parseLesson('recorded.md', text, vocabulary);
  return parsed.ok && parsed.warnings.length === 0 ? parsed.lesson.cells[0]?.expects[0] : undefined;
}

export function holdsFor(entry: Entry, seen: Seen, host: string, hosts: readonly string[]): boolean {
  const check = checkOf(entry, host, hosts);
  // Values are written out: a variable in one would be an accident.
  if (check === undefined || check.variables.length > 0) return false;
  return (
    judgeCheck(check, seen.before).state === 'fail' &&
    judgeCheck(check, seen.after, seen.run).state === 'pass'
  );
}
