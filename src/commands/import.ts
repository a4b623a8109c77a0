/** `wirebook import FILE`: a lesson with the network of a Kathará lab or a containerlab file. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { topologyFaults } from '../lesson/topology/faults.ts';
import { readContainerlab } from '../lesson/topology/import/containerlab.ts';
import type { Imported } from '../lesson/topology/import/draft.ts';
import { type KatharaFiles, readKathara } from '../lesson/topology/import/kathara.ts';
import { InputError } from '../lib/errors.ts';
import { readGiven } from '../lib/given-file.ts';
import { isRefusal, whyRefused } from '../lib/refusal.ts';
import { topologyYaml } from '../map/topology.ts';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import type { ExitCode, Io } from './io.ts';
import { writeOutput } from './write-output.ts';

export interface ImportOptions {
  /** A file; absent: stdout. */
  output?: string;
  lang?: string;
}

const STARTUP = '.startup';
const LAB = { code: 'lab-not-readable', what: 'lab' };

function reading<T>(given: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new InputError('lab-not-readable', `The lab cannot be read: ${given}: ${whyRefused(error)}.`);
  }
}

/** The lab's own file, whichever of the two was given. */
function confOf(path: string, given: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  if (readdirSync(path).includes('lab.conf')) return join(path, 'lab.conf');
  throw new InputError(
    'no-lab',
    `${given} has no lab.conf.`,
    'Give a Kathará lab, its lab.conf, or a containerlab file (*.clab.yml).',
  );
}

function read(given: string, cwd: string): { imported: Imported; name: string } {
  const path = resolve(cwd, given);
  const conf = reading(given, () => confOf(path, given));
  const text = readGiven(conf === path ? given : conf, cwd, LAB);
  if (basename(conf) === 'lab.conf') {
    const folder = dirname(conf);
    const files = reading(given, () => filesOf(folder, text));
    return { imported: readKathara(text, files), name: basename(resolve(folder)) };
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

/** What stands beside a lab.conf. */
function filesOf(folder: string, conf: string): KatharaFiles {
  const files = readdirSync(folder, { withFileTypes: true });
  const startups = files
    .filter((file) => file.isFile() && file.name.endsWith(STARTUP))
    .map(({ name }) => name);
  const folders = files
    .filter((file) => file.isDirectory() && conf.includes(`${file.name}[`))
    .map(({ name }) => name)
    .sort();
  const interfaces = folders
    .map((name) => [name, join(folder, name, 'etc', 'network', 'interfaces')] as const)
    .filter(([, path]) => existsSync(path));
  return {
    startups: new Map(
      startups.sort().map((file) => [file.slice(0, -STARTUP.length), readGiven(file, folder, LAB)]),
    ),
    interfaces: new Map(interfaces.map(([name, path]) => [name, readGiven(path, folder, LAB)])),
    folders: folders.filter((name) => !interfaces.some(([other]) => other === name)),
  };
}

/** What stands in the lab is told as it stands there; why it was left out is ours, in brackets. */
const whyInWords = (line: string, say: Say): string => line.replace(/\([a-z][^()]* [^()]*\)/g, say);

export async function importLab(given: string, { output, lang }: ImportOptions, io: Io): Promise<ExitCode> {
  const { imported, name } = read(given, io.cwd);
  const { topology, commands, left } = imported;
  const faults = topology ? topologyFaults(topology) : [];
  const wrong = faults.map(({ path, message }) => `${path.join(' ')}: ${message}`);
  const say = await commandSay(lang, io.env);
  const tell = (what: string, line: string) => io.stderr.write(`${say(what)}${say(': ')}${line}\n`);
  for (const line of left) tell('not understood', whyInWords(line, say));
  for (const { path, message } of faults)
    tell('to be looked at', `${path.join(' ')}${say(': ')}${say(message)}`);
  if (topology === undefined || Object.keys(topology.namespaces ?? {}).length === 0)
    throw new InputError('nothing-to-import', `${given} has no plain Linux machine.`);
  const text = lesson(name, topologyYaml(topology), commands, [...left, ...wrong]);
  if (output === undefined) io.stdout.write(text);
  else {
    writeOutput(text, output, io);
    io.stdout.write(`${say(`Wrote ${output}. Try it: wirebook ${output}`)}\n`);
  }
  return wrong.length > 0 ? 1 : 0;
}

const FENCE = '```';

/** In a comment of Markdown nothing may end it. */
const harmless = (line: string) => line.replaceAll('--', '- -').replaceAll('<', '‹').replaceAll('>', '›');

function lesson(name: string, yaml: string, commands: readonly string[], left: readonly string[]): string {
  const rest =
    commands.length === 0
      ? ''
      : `
## What the machines do besides

A topology has no words for these commands of theirs. Read them before you run them.

${FENCE}sh {.run #besides}
${commands.join('\n')}
${FENCE}
`;
  const comment =
    left.length === 0
      ? ''
      : `
<!-- What was not understood:
${left.map((line) => `- ${harmless(line)}`).join('\n')}
-->
`;
  return `---
title: ${JSON.stringify(name)}
---
${FENCE}yaml {.topology}
${yaml.trimEnd()}
${FENCE}
${comment}${rest}
## Look around

${FENCE}sh {.run #look}
ip netns list
${FENCE}
`;
}
