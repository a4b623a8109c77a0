/** The report on a class that is held, made of its log anew: the host keeps nothing for it. */
import type { CourseOutline } from '../../board/outline.ts';
import { packageVersion } from '../../lib/package.ts';
import type { ClassLog } from '../log/contract.ts';
import { Reporter } from './make.ts';
import type { ClassReport } from './model.ts';

export async function reportOfLog(log: ClassLog, course: CourseOutline): Promise<ClassReport> {
  const reporter = new Reporter({ course, wirebook: packageVersion() });
  await log.read((entry) => reporter.add(entry));
  return reporter.report(log.now());
}
