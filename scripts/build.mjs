/**
 * Bundles src/cli.ts and all it needs into dist/: no dependency is left to install. Code is split, so that a command
 * loads only its own part. Files are put in place one by one, the entry last, and the chunks of the build before stay
 * for a while: a Wirebook that is running meanwhile still finds the chunks it has not loaded yet.
 *
 * The lessons that Wirebook brings are parsed too, into dist/lessons: they open before their parser is loaded.
 *
 * `--clean` keeps none of those (for a package); `--metafile FILE` writes esbuild's account of what is in which chunk.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { buildPage, options, root } from './bundle.mjs';
import fingerprint from './fingerprint.cjs';

const dist = join(root, 'dist');
const KEEP_MS = 24 * 3600 * 1000;

function put(file) {
  const temporary = `${file.path}.${process.pid}.tmp`;
  mkdirSync(join(file.path, '..'), { recursive: true });
  writeFileSync(temporary, file.contents);
  renameSync(temporary, file.path);
}

/** Everything in dist/chunks that this build did not write and that is older than `keepMs`. */
function removeOldChunks(fresh, keepMs) {
  const chunks = join(dist, 'chunks');
  if (!existsSync(chunks)) return;
  const names = new Set(fresh.map((file) => basename(file.path)));
  for (const name of readdirSync(chunks)) {
    const path = join(chunks, name);
    if (!names.has(name) && Date.now() - statSync(path).mtimeMs >= keepMs) rmSync(path, { force: true });
  }
}

/** By the sources themselves, which Node.js runs as they are. */
async function shipLessons(folder) {
  const { vocabulary } = await import('../src/check/vocabulary.ts');
  const { findLessonFiles } = await import('../src/lesson/files.ts');
  const { keptLessons } = await import('../src/lesson/kept.ts');
  const { requireLesson } = await import('../src/lesson/load.ts');
  const { PACKAGE_ROOT } = await import('../src/lib/package.ts');
  // What keeps lessons for a reader keeps them private; this folder, and dist around it, is for everybody.
  mkdirSync(folder, { recursive: true });
  const lessons = keptLessons({
    folder,
    build: JSON.parse(options.define.WIREBOOK_BUILD),
    root: PACKAGE_ROOT,
  });
  for (const { file } of await findLessonFiles(join(PACKAGE_ROOT, 'lessons'))) {
    // A lesson with faults says so to whoever tests or opens it.
    await lessons.get(file, undefined, () => requireLesson(file, vocabulary)).catch(() => {});
  }
  await lessons.settled();
  // For everybody who runs it, whoever has built it.
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
}

const args = process.argv.slice(2);
// Taken before: what is written during the build makes it stale.
const sources = fingerprint.sourceFingerprint();
const result = await build(options).catch(() => process.exit(1));
const page = await buildPage().catch(() => process.exit(1));
const entryLast = result.outputFiles.toSorted(
  (a, b) => Number(a.path.endsWith('/cli.js')) - Number(b.path.endsWith('/cli.js')),
);
// Those of the build before are named by what they were made of: nobody would find them again.
rmSync(join(dist, 'lessons'), { recursive: true, force: true });
await shipLessons(join(dist, 'lessons'));
for (const file of [...page, ...entryLast]) put(file);
removeOldChunks(result.outputFiles, args.includes('--clean') ? 0 : KEEP_MS);
writeFileSync(join(dist, '.built'), sources);
const metafile = args.indexOf('--metafile');
if (metafile >= 0) writeFileSync(args[metafile + 1], JSON.stringify(result.metafile));
