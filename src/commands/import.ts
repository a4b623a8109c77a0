/** `wirebook import FILE`: a lesson with the network of a Kathará lab or a containerlab file. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { topologyFaults } from '../lesson/topology/faults.ts';
import { readContainerlab } from '../lesson/topology/import/containerlab.ts';
import type { Imported } from '../lesson/topology/import/draft.ts';
import { readKathara } from '../lesson/topology/import/kathara.ts';
import { InputError } from '../lib/errors.ts';
import { readGiven } from '../lib/given-file.ts';
import { nextForMissing } from '../lib/missing.ts';
import { whyRefused } from '../lib/refusal.ts';
import { topologyYaml } from '../map/topology.ts';
import type { ExitCode, Io } from './io.ts';
import { writeOutput } from './write-output.ts';

export interface ImportOptions {
  /** A file; absent: stdout. */
  output?: string;
}

const STARTUP = '.startup';
const LAB = { code: 'lab-not-readable', what: 'lab' };

function read(path: string, given: string): { imported: Imported; name: string } {
  if (!existsSync(path)) throw new InputError('no-such-file', `${given} is not there.`, nextForMissing(path));
  const conf = statSync(path).isDirectory() ? join(path, 'lab.conf') : path;
  if (!existsSync(conf))
    throw new InputError(
      'no-lab',
      `${given} has no lab.conf.`,
      'Give a Kathará lab, its lab.conf, or a containerlab file (*.clab.yml).',
    );
  const text = readGiven(conf, '/', LAB);
  if (basename(conf) === 'lab.conf') {
    const folder = dirname(conf);
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(STARTUP))
      .sort();
    const startups = new Map(
      files.map((file) => [file.slice(0, -STARTUP.length), readGiven(file, folder, LAB)]),
    );
    return { imported: readKathara(text, startups), name: basename(resolve(folder)) };
  }
  try {
    return { imported: readContainerlab(text), name: basename(conf).replace(/(\.clab)?\.ya?ml$/, '') };
  } catch (error) {
    throw new InputError(
      'not-understood',
      `${given} cannot be read: ${whyRefused(error)}.`,
      'Give a Kathará lab (its folder or lab.conf) or a containerlab file (*.clab.yml).',
    );
  }
}

export async function importLab(given: string, { output }: ImportOptions, io: Io): Promise<ExitCode> {
  const { imported, name } = read(resolve(io.cwd, given), given);
  const { topology, left } = imported;
  const wrong = topology
    ? topologyFaults(topology).map(({ path, message }) => `${path.join(' ')}: ${message}`)
    : [];
  for (const line of left) io.stderr.write(`not understood: ${line}\n`);
  for (const line of wrong) io.stderr.write(`to be looked at: ${line}\n`);
  if (topology === undefined || Object.keys(topology.namespaces ?? {}).length === 0)
    throw new InputError('nothing-to-import', `${given} has no plain Linux machine.`);
  const text = lesson(name, topologyYaml(topology));
  if (output === undefined) io.stdout.write(text);
  else {
    writeOutput(text, output, io);
    io.stdout.write(`Wrote ${output}. Try it: wirebook ${output}\n`);
  }
  return wrong.length > 0 ? 1 : 0;
}

const FENCE = '```';

function lesson(name: string, yaml: string): string {
  return `---
title: ${JSON.stringify(name)}
---
${FENCE}yaml {.topology}
${yaml.trimEnd()}
${FENCE}

## Look around

${FENCE}sh {.run #look}
ip netns list
${FENCE}
`;
}
