/** `wirebook grade seeds LEARNER... --secret FILE`: whose numbers are whose. */
import { seedOf } from '../../grade/seeds.ts';
import { csvText } from '../../lib/csv.ts';
import { InputError } from '../../lib/errors.ts';
import { parseRoster } from '../../lib/roster.ts';
import { rosterIn } from '../given.ts';
import type { ExitCode } from '../io.ts';
import type { GradeGiven } from './arguments.ts';
import { courseSecretIn, type GradeIo } from './class.ts';

/** CSV, a line a learner. */
export async function gradeSeeds(
  learners: readonly string[],
  given: GradeGiven,
  io: GradeIo,
): Promise<ExitCode> {
  if (given.secret === undefined)
    throw new InputError('no-secret', 'The seeds come of the course’s secret.', [
      'wirebook grade seeds LEARNER... --secret FILE',
    ]);
  const secret = courseSecretIn(given.secret, io);
  const roster =
    given.roster === undefined ? [] : parseRoster(given.roster, rosterIn(given.roster, io.cwd)).learners;
  const ids = [...new Set([...learners, ...roster.map(({ id }) => id)])];
  if (ids.length === 0)
    throw new InputError('no-learners', 'Whose seeds?', 'Name learners, or give --roster FILE.');
  // Lines as a shell reads them: a seed with a carriage return behind it is none.
  io.stdout.write(
    csvText([['learner', 'seed'], ...ids.map((id) => [id, seedOf(secret, id)])]).replaceAll('\r\n', '\n'),
  );
  return 0;
}
