/** Finds what the files of src/ import, types included (a bundler drops those). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export interface Import {
  /** `src/check/kinds/ping.ts` */
  file: string;
  line: number;
  /** A path in the repository for a file of our own, else the specifier: `ink`, `node:fs`. */
  target: string;
}

const STATEMENTS = [
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(?<path>[^'"\n]+)\1/gm,
  /^[ \t]*import\s*(['"])(?<path>[^'"\n]+)\1/gm,
  /\bimport\s*\(\s*(['"`])(?<path>[^'"`\n]+)\1/g,
  /\brequire\s*\(\s*(['"`])(?<path>[^'"`\n]+)\1/g,
];

/** Comments become spaces of the same length, so that places stay what they are. */
function withoutComments(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank).replace(/^[ \t]*\/\/.*$/gm, blank);
}

export function scan(root: string, file: string, text: string): Import[] {
  const code = withoutComments(text);
  return STATEMENTS.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => {
      const specifier = match.groups!.path!;
      const own = specifier.startsWith('.');
      const target = own ? relative(root, resolve(root, file, '..', specifier)) : specifier;
      return { file, line: code.slice(0, match.index).split('\n').length, target };
    }),
  );
}

export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

export function importsOf(root: string, folder: string): Import[] {
  return sourceFiles(root, folder).flatMap((file) =>
    scan(root, file, readFileSync(join(root, file), 'utf8')),
  );
}
