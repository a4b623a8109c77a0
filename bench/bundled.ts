/** A program bundled as Wirebook itself is, in one file. */
import { build } from 'esbuild';
import { options } from '../scripts/bundle.mjs';

export async function bundled(entry: string, outfile: string): Promise<string> {
  await build({
    ...(options as object),
    entryPoints: [entry],
    outdir: undefined,
    outfile,
    external: ['@lydell/node-pty'],
    splitting: false,
    metafile: false,
    sourcemap: false,
    write: true,
  });
  return outfile;
}
