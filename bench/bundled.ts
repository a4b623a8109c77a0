/** A program bundled as Wirebook itself is, in one file. */
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { options } from '../scripts/bundle.mjs';

export async function bundled(entry: string, outfile: string): Promise<string> {
  const { outputFiles } = await build({
    ...(options as object),
    entryPoints: [entry],
    outdir: undefined,
    outfile,
    external: ['@lydell/node-pty'],
    splitting: false,
    sourcemap: false,
    write: false,
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  return outfile;
}
