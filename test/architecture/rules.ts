/** Who may import whom. Each rule says what is wrong with one import, or nothing. */
import type { Import } from './scan.ts';

/** Lower imports nothing higher. What stands side by side does not import its neighbour. */
const LAYERS: readonly (readonly string[])[] = [
  ['lib'],
  // How a NATS server is reached: grading and the class both stand on it.
  ['queue'],
  ['lesson'],
  ['trace'],
  ['check'],
  ['sandbox'],
  ['session'],
  ['report', 'record', 'map', 'drill'],
  ['page'],
  ['board'],
  // An export is drawn of the same lines as the screen, so it stands above page too.
  ['tui', 'plain', 'export', 'grade', 'class'],
  ['commands'],
  ['cli.ts'],
];

const DRIVERS = ['embedded', 'vagrant', 'docker', 'ssh'];

/** Libraries and modules of Node that neither read nor write anything. */
const PURE = [
  'zod',
  'yaml',
  'markdown-it',
  'node:buffer',
  'node:crypto',
  'node:path',
  'node:util',
  'fast-string-width',
  'string-width',
];
/** The edge that reads lesson files; everything else in lesson/ is given their text. */
const READS_FILES = ['load', 'files', 'course', 'lint', 'kept'].map((name) => `src/lesson/${name}.ts`);

const SCREEN_LIBRARIES = /^(ink|react)(\/|$)/;

/** `src/check/kinds/ping.ts` -> `check`; undefined outside src/. */
function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1];
}

const layerOf = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder));
const driverOf = (path: string): string | undefined =>
  DRIVERS.find((name) => path.startsWith(`src/sandbox/${name}/`));

export function direction({ file, target }: Import): string | undefined {
  const from = folderOf(file)!;
  if (layerOf(from) < 0) return `${from} is in no layer: give it one in the architecture test`;
  const to = folderOf(target);
  if (to === undefined)
    return target.startsWith('..') || /^(test|bench|scripts)\//.test(target) ? 'outside src/' : undefined;
  if (layerOf(to) < 0) return `${to} is in no layer: give it one in the architecture test`;
  if (layerOf(to) > layerOf(from)) return `${to} stands above ${from}`;
  if (layerOf(to) === layerOf(from) && to !== from) return `${to} and ${from} stand side by side`;
  return undefined;
}

export function driversApart({ file, target }: Import): string | undefined {
  const [from, to] = [driverOf(file), driverOf(target)];
  return from && to && from !== to ? `driver ${from} imports driver ${to}` : undefined;
}

export function screenOnly({ file, target }: Import): string | undefined {
  return SCREEN_LIBRARIES.test(target) && folderOf(file) !== 'tui'
    ? 'only tui/ knows ink and react'
    : undefined;
}

export function noInputOutput({ file, target }: Import): string | undefined {
  if (!['lesson', 'trace', 'check'].includes(folderOf(file)!) || READS_FILES.includes(file)) return undefined;
  if (folderOf(target) !== undefined)
    // The types of a lint result are data, though they stand beside what reads.
    return READS_FILES.slice(0, 2).includes(target) ? `${target} reads files` : undefined;
  return PURE.includes(target) ? undefined : 'lesson/, trace/ and check/ do no input or output';
}
