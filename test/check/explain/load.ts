import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Look, Observation } from '../../../src/check/model.ts';
import { kinds } from './kinds.ts';
import { scenarios } from './record/scenarios.ts';

/** A recorded observation, with the check that was made there. See record/record.ts. */
export function recorded(name: string) {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`There is no scenario "${name}".`);
  const file = join(import.meta.dirname, 'recorded', `${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.json`);
  const observation = JSON.parse(readFileSync(file, 'utf8')) as Observation;
  const kind = kinds[scenario.kind]!;
  const spec = kind.schema.parse(scenario.entry);
  const look: Look = {
    host: Object.keys(scenario.hosts ?? {})[0] ?? 'host',
    netns: scenario.netns,
    observation,
  };
  return {
    scenario,
    kind,
    spec,
    look,
    judgement: kind.judge(spec, look),
    explanation: kind.explain?.(spec, look),
  };
}
