/**
 * What leads to the first frame comes in few files. esbuild makes a file of all sources that the same entry points lead to; each
 * `import()` is one more of those, and what the notebook begins with fell into sixty pieces, whose finding, reading and linking
 * took longer than drawing a page. So whoever leads to one source of a phase is made to lead to all of it, and the phase is one
 * file. Not one for all: `--help` shall not load a lesson's parts, nor `wirebook test` those of the screen.
 */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** What is loaded until the first frame, in the order in which it is. */
const PHASES = [
  ['src/cli.ts'],
  ['src/commands/notebook.ts', 'src/sandbox/registry.ts', 'src/sandbox/embedded/driver.ts'],
  ['src/tui/open.ts', 'src/tui/first/course.ts'],
  ['src/tui/first/lesson.ts'],
];
const ENTRY = 'src/cli.ts';
const SCREEN = /^src\/tui\//;
const PREFIX = 'phase:';

const isStatic = ({ kind }) => kind === 'import-statement' || kind === 'require-call';

/** All that is loaded with these sources. */
function loadedWith(inputs, sources) {
  const seen = new Set();
  const visit = (source) => {
    if (seen.has(source) || !inputs[source]) return;
    seen.add(source);
    for (const one of inputs[source].imports) if (isStatic(one)) visit(one.path);
  };
  for (const source of sources) visit(source);
  return seen;
}

/** The sources of each phase that no phase before has, those of the screen apart. */
function phasesOf(inputs) {
  const before = new Set([ENTRY]);
  return PHASES.flatMap((roots) => {
    const fresh = [...loadedWith(inputs, roots)].filter((source) => !before.has(source));
    for (const source of fresh) before.add(source);
    return [fresh.filter((source) => !SCREEN.test(source)), fresh.filter((source) => SCREEN.test(source))];
  }).filter((phase) => phase.length > 0);
}

/** Which phases each entry point leads to. */
function leads(inputs, phases) {
  const dynamic = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external).map(({ path }) => path),
  );
  const led = new Map();
  for (const entry of new Set([ENTRY, ...dynamic])) {
    let loaded = loadedWith(inputs, [entry]);
    let found = [];
    for (let before = -1; before < found.length; ) {
      before = found.length;
      found = phases.flatMap((phase, at) => (phase.some((source) => loaded.has(source)) ? [at] : []));
      loaded = loadedWith(inputs, [entry, ...found.flatMap((at) => phases[at])]);
    }
    if (entry.startsWith('src/') && found.length > 0) led.set(entry, found);
  }
  return led;
}

export function inPhases() {
  return {
    name: 'in-phases',
    async setup({ initialOptions, onResolve, onLoad }) {
      const { entryPoints, splitting, absWorkingDir: root, plugins } = initialOptions;
      if (!splitting || !Array.isArray(entryPoints) || !entryPoints.includes(ENTRY)) return;
      const { metafile } = await build({
        ...initialOptions,
        plugins: plugins.filter(({ name }) => name !== 'in-phases' && name !== 'without-facades'),
        metafile: true,
        write: false,
        sourcemap: false,
      });
      const phases = phasesOf(metafile.inputs);
      const led = leads(metafile.inputs, phases);
      onResolve({ filter: /^phase:\d+$/ }, ({ path }) => ({ path, namespace: 'phase', sideEffects: true }));
      onLoad({ filter: /./, namespace: 'phase' }, ({ path }) => ({
        contents: phases[Number(path.slice(PREFIX.length))]
          // What of others' sources is wanted comes with ours.
          .filter((source) => source.startsWith('src/'))
          .map((source) => `import ${JSON.stringify(`${root}${source}`)};`)
          .join('\n'),
        resolveDir: root,
      }));
      onLoad({ filter: /[\\/]src[\\/].+\.tsx?$/ }, async ({ path }) => {
        const found = led.get(path.slice(root.length));
        if (!found) return undefined;
        // Last: what a source needs is there before, as it would be without this.
        const imports = found.map((at) => `import "${PREFIX}${at}";`).join('');
        return {
          contents: `${await readFile(path, 'utf8')}\n${imports}`,
          loader: path.endsWith('x') ? 'tsx' : 'ts',
        };
      });
    },
  };
}
