/** What esbuild is told. Apart from build.mjs, so that a test can look at the bundle without writing one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const options = {
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  // React's and Ink's development halves are left out.
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  // Some dependencies are CommonJS inside and call require for Node's own modules.
  banner: {
    js: "import { createRequire as wirebookRequire } from 'node:module'; const require = wirebookRequire(import.meta.url);",
  },
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [withoutDevtools(), withLastingCaches(), withQuickWidths(), onlyEnglishZod()],
};

/** Ink asks for React's developer tools when DEV is set; they are not installed, and no learner needs them. */
export function withoutDevtools() {
  return {
    name: 'without-devtools',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: 'export {};' }));
    },
  };
}

/**
 * Ink forgets with every frame what the rows of the last one consist of, though most are the same: taking them apart
 * anew is half of what a frame costs. Kept for the next frames, up to a bound. A new Ink that does so otherwise is told.
 */
export function withLastingCaches() {
  const own = 'caches = new OutputCaches();';
  const lasting = `caches = lastingCaches();`;
  const keep = `
let kept;
function lastingCaches() {
  if (kept === undefined || kept.styledChars.size > 1000 || kept.widths.size > 20000) kept = new OutputCaches();
  return kept;
}
`;
  return {
    name: 'with-lasting-caches',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]ink[\\/]build[\\/]output\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(own))
          throw new Error(`${path} keeps its caches in another way: see scripts/bundle.mjs`);
        return { contents: source.replace(own, lasting) + keep };
      });
    },
  };
}

/**
 * How wide a text is gets asked many times a frame. Printable ASCII and the lines of frames are one column a character,
 * with or without colours; only other texts need to be taken apart.
 */
export function withQuickWidths() {
  const own = 'export default function stringWidth(';
  const quick = `
const COLOURS = /\\x1b\\[[\\d;:]*m/g;
const NARROW = /^[\\x20-\\x7e\\u2500-\\u259f]*$/;
export default function stringWidth(text, options) {
  if (options === undefined && typeof text === 'string') {
    const bare = text.includes('\\x1b') ? text.replace(COLOURS, '') : text;
    if (NARROW.test(bare)) return bare.length;
  }
  return anyWidth(text, options);
}
`;
  return {
    name: 'with-quick-widths',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(own)) throw new Error(`${path} exports in another way: see scripts/bundle.mjs`);
        return { contents: source.replace(own, 'function anyWidth(') + quick };
      });
    },
  };
}

/** Zod brings its messages in fifty languages, 300 kB that every command would read; Wirebook writes its own. */
function onlyEnglishZod() {
  return {
    name: 'only-english-zod',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
        contents: "export { default as en } from './en.js';",
        resolveDir: `${root}node_modules/zod/v4/locales`,
      }));
    },
  };
}

/** The page of the class's board: for browsers, whole, and without what only Node has. */
export const pageOptions = {
  absWorkingDir: root,
  entryPoints: { board: 'src/class/web/client/main.ts' },
  outdir: 'dist/web',
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
};
const PAGE_FILES = ['board.html', 'board.css'];

/** Builds the page; its files as `{ path, contents }`, not yet written. */
export async function buildPage(more = {}) {
  const folder = more.outdir ?? `${root}dist/web`;
  const { outputFiles } = await build({ ...pageOptions, ...more });
  const still = await Promise.all(
    PAGE_FILES.map(async (name) => {
      const contents = await readFile(`${root}src/class/web/client/${name}`);
      const css = name.endsWith('.css');
      const smaller = css ? (await transform(contents, { loader: 'css', minify: true })).code : contents;
      return { path: join(folder, name), contents: smaller };
    }),
  );
  return [...outputFiles, ...still];
}
