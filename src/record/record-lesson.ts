/**
 * Two walks through one lesson, and what both agree on. What is random (addresses of hardware, ports, the names that a
 * program makes up) is another on the second walk, so it is never proposed.
 */
import type { Lesson } from '../lesson/model.ts';
import type { SandboxDriver } from '../sandbox/contract.ts';
import type { Recorded } from './model.ts';
import { printedBlock } from './printed.ts';
import { propose } from './propose.ts';
import { type Walked, type WalkOptions, walkLesson } from './walk.ts';

/** @throws SandboxError */
export async function recordLesson(
  lesson: Lesson,
  driver: SandboxDriver,
  options: WalkOptions = {},
): Promise<Recorded[]> {
  const { onCell: _, ...quiet } = options;
  // Both are waited for, so that both sandboxes are gone when this one speaks.
  const walks = await Promise.allSettled([
    walkLesson(lesson, driver, options),
    walkLesson(lesson, driver, quiet),
  ]);
  const [first, second] = walks.map((walk) => {
    if (walk.status === 'rejected') throw walk.reason;
    return walk.value;
  }) as [Walked[], Walked[]];
  const hosts = lesson.hosts.map(({ name }) => name);
  return first.map((one, index): Recorded => {
    const again = second[index];
    const { cell } = one;
    if (one.trouble !== undefined) return { cell, proposed: [], trouble: one.trouble };
    if (again === undefined) return { cell, proposed: [], trouble: 'The second walk was interrupted.' };
    if (again.trouble !== undefined)
      return { cell, proposed: [], trouble: `On a second walk it went otherwise. ${again.trouble}` };
    const proposed = propose([one.seen, again.seen], cell.host, hosts);
    const quiet = proposed.length === 0 && !cell.background && cell.outputs.length === 0;
    const printed = quiet ? printedBlock([one.seen.run, again.seen.run]) : undefined;
    return { cell, proposed, ...(printed === undefined ? {} : { printed }) };
  });
}
