/** What esbuild is told. Apart from build.mjs, so that a test can look at the bundle without writing one. */
import { fileURLToPath } from 'node:url';

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
  plugins: [withoutDevtools(), onlyEnglishZod()],
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
