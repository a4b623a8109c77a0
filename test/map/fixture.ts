/** Observations recorded from real sandboxes; see record.ts. */
import { readFileSync } from 'node:fs';
import type { Observation } from '../../src/check/observation.ts';
import type { Network } from '../../src/map/model.ts';
import { networkOf } from '../../src/map/network.ts';

export const FIXTURES = [
  'cable-two',
  'cable-laid',
  'cable-half',
  'cable',
  'bridge-one',
  'bridge',
  'bridge-three',
  'way-out-start',
  'way-out',
  'three-hosts',
] as const;

export type Fixture = (typeof FIXTURES)[number];

export function recorded(name: Fixture): Observation {
  const file = new URL(`fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Observation;
}

export const networkNamed = (name: Fixture): Network => networkOf(recorded(name));
