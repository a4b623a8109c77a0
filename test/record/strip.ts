/** A lesson without what says how it should come out. */
export function stripped(lesson: string): string {
  return lesson.replace(/^```yaml \{\.expect\}\n[\s\S]*?^```\n/gm, '');
}
