/** Variables of the shell that were set or unset. */
import type { HostObservation } from '../../check/observation.ts';
import type { Candidate } from '../model.ts';
import { literal } from '../yaml.ts';

/** Longer values are said to be there, not repeated. */
const LONGEST = 120;

export function envEntries(before: HostObservation, after: HostObservation): Candidate[] {
  return Object.entries(after.env).flatMap(([env, value]): Candidate[] => {
    const old = before.env[env];
    if (old === undefined || old === value) return [];
    if (value === null) return [{ entry: { env, absent: true } }];
    const plain = value.trim();
    // A text in slashes would be read as a pattern, and one of several lines as a riddle.
    if (plain === '' || plain.length > LONGEST || /^\/.*\/\w*$|\n/s.test(plain)) return [{ entry: { env } }];
    return [{ entry: { env, value: literal(plain) }, otherwise: [{ env }] }];
  });
}
