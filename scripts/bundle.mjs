/** What esbuild is told. Apart from build.mjs, so that a test can look at the bundle without writing one. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { BANNER, withoutFacadesPlugin } from './builtins.mjs';
import { contentHash } from './fingerprint.cjs';
import { inPhases } from './phases.mjs';

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
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // A library with a part in WebAssembly asks where it lies, and has it within.
    __dirname: '"/"',
    // By content: what a build keeps for itself serves a rebuild of the same sources.
    WIREBOOK_BUILD: JSON.stringify(
      `${contentHash('src').slice(0, 16)}-${contentHash('package-lock.json').slice(0, 16)}`,
    ),
  },
  banner: { js: BANNER },
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [
    withoutDevtools(),
    withLastingCaches(),
    withQuickWidths(),
    withoutPrograms(),
    withLateEntities(),
    withoutNative(),
    onlyEnglishZod(),
    inPhases(),
    withoutFacadesPlugin(),
  ],
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
 * How wide a text is gets asked many times a frame, and nearly always of one that src/page/text/plain-width.ts can tell,
 * with or without colours. What tells it of the others is made when the first such text comes: the tables behind its
 * patterns take longer to load than a page to draw.
 */
export function withQuickWidths() {
  const own = 'export default function stringWidth(';
  const quick = `
import { plainWidth } from ${JSON.stringify(`${root}src/page/text/plain-width.ts`)};
const COLOURS = /\\x1b\\[[\\d;:]*m/g;
export default function stringWidth(text, options) {
  if (options === undefined && typeof text === 'string') {
    const width = plainWidth(text.includes('\\x1b') ? text.replace(COLOURS, '') : text);
    if (width !== undefined) return width;
  }
  return anyWidth(text, options);
}
function later(make) {
  let made;
  const it = () => (made ??= make());
  return {
    test: (text) => it().test(text),
    segment: (text) => it().segment(text),
    [Symbol.search]: (text) => it()[Symbol.search](text),
    [Symbol.match]: (text) => it()[Symbol.match](text),
  };
}
`;
  const costly = /^const (\w+) = (new Intl\.Segmenter\(\)|\/.+\/\w*[vu]\w*);$/gm;
  return {
    name: 'with-quick-widths',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(own) || source.match(costly)?.length !== 5)
          throw new Error(`${path} is written in another way: see scripts/bundle.mjs`);
        const lazy = source.replace(costly, 'const $1 = later(() => $2);');
        return { contents: lazy.replace(own, 'function anyWidth(') + quick };
      });
    },
  };
}

/** Commander starts programs for commands that are files of their own; there are none here, and Node.js need not load that. */
export function withoutPrograms() {
  const own = "import childProcess from 'node:child_process';";
  return {
    name: 'without-programs',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(own))
          throw new Error(`${path} is written in another way: see scripts/bundle.mjs`);
        return { contents: source.replace(own, 'const childProcess = undefined;') };
      });
    },
  };
}

/** The names of HTML's characters are unpacked when a text has one (`&copy;`): that takes as long as reading a lesson. */
export function withLateEntities() {
  const [packed, used] = ['export const htmlDecodeTree = ', 'const decodeTree = htmlDecodeTree;'];
  const changed =
    (from, to) =>
    async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(from))
        throw new Error(`${path} is written in another way: see scripts/bundle.mjs`);
      return { contents: source.replace(from, to) };
    };
  return {
    name: 'with-late-entities',
    setup({ onLoad }) {
      onLoad(
        { filter: /[\\/]entities[\\/]dist[\\/]generated[\\/]decode-data-html\.js$/ },
        changed(packed, 'let tree;\nexport const htmlDecodeTree = () => tree ??= '),
      );
      onLoad(
        { filter: /[\\/]entities[\\/]dist[\\/]decode\.js$/ },
        changed(used, "if (!input.includes('&')) return input;\nconst decodeTree = htmlDecodeTree();"),
      );
    },
  };
}

/** ssh2 is quicker with two modules in machine code, and does without them when they cannot be loaded; Node's own serve. */
export function withoutNative() {
  return {
    name: 'without-native',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /(?:\.node|^cpu-features)$/ }, ({ path }) => ({ path, namespace: 'native' }));
      onLoad({ filter: /./, namespace: 'native' }, () => ({
        contents: "throw new Error('not built in');",
        loader: 'js',
      }));
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

/**
 * xterm.js writes styles as text, which a policy against foreign styles refuses. What it writes is put where scripts may put
 * styles: into a sheet, and into the style of an element. (src/class/offer/page/styles.ts has both.)
 */
export function withStrictStyles() {
  const [sheet, attribute] = ['createElement("style")', 'setAttribute("style",'];
  return {
    name: 'with-strict-styles',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]@xterm[\\/]xterm[\\/]lib[\\/]xterm\.mjs$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(sheet) || !source.includes(attribute))
          throw new Error(`${path} is written in another way: see scripts/bundle.mjs`);
        const helpers = `import { setStyle, styleSheet } from ${JSON.stringify(`${root}src/class/offer/page/styles.ts`)};\n`;
        return {
          contents:
            helpers +
            source
              .replace(/[\w.]+\.createElement\("style"\)/g, 'styleSheet()')
              .replace(/([\w.]+)\.setAttribute\("style",/g, 'setStyle($1,'),
        };
      });
    },
  };
}

/** The pages of the class, its board and the terminal: for browsers, whole, and without what only Node has. */
export const pageOptions = {
  absWorkingDir: root,
  entryPoints: {
    board: 'src/class/web/client/main.ts',
    said: 'src/class/web/client/said.ts',
    map: 'src/class/web/client/map-picture.ts',
    join: 'src/class/offer/page/main.ts',
  },
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
  plugins: [withStrictStyles()],
};
const PAGE_FILES = [
  'class/web/client/board.html',
  'class/web/client/board.css',
  'class/offer/page/join.html',
];

/** Builds the page; its files as `{ path, contents }`, not yet written. */
export async function buildPage(more = {}) {
  const folder = more.outdir ?? `${root}dist/web`;
  const { outputFiles } = await build({ ...pageOptions, ...more });
  const still = await Promise.all(
    PAGE_FILES.map(async (file) => {
      const name = basename(file);
      const contents = await readFile(`${root}src/${file}`);
      const css = name.endsWith('.css');
      const smaller = css ? (await transform(contents, { loader: 'css', minify: true })).code : contents;
      return { path: join(folder, name), contents: smaller };
    }),
  );
  return [...outputFiles, ...still];
}
