/**
 * Node's own modules, taken without the module that `import` makes of each. To make it every property is read once, and those
 * that are loaded when they are first read (the streams of `node:fs`, the console and the three streams of `node:process`) are
 * loaded with it: more than a tenth of a start. So what is imported of them is read from the modules themselves.
 *
 * It is done to what esbuild has written, where a file's imports stand together, however they were written before. The
 * places of all else stay, and with them the maps of the sources: what is taken out leaves blanks, and what comes in stands
 * in the first line, which is ours.
 */
import { isBuiltin } from 'node:module';

/** The first line of every file: some dependencies are CommonJS inside and call `require` for Node's own modules. */
export const BANNER =
  "const require=name=>process.getBuiltinModule(name)??process.getBuiltinModule('module').createRequire(import.meta.url)(name);";

const IMPORT = /(?<=^|[;}\n])import([^;"'()]+?)from"([^"]+)";/g;

/** Taken when one of their functions is called for the first time: they are long in loading, and seldom wanted at once. */
const LATE = new Set(['crypto', 'zlib']);

/** `a,* as b` and `{c,d as e}`, as what they declare. */
function declared(clause, name) {
  const module = `process.getBuiltinModule(${JSON.stringify(name)})`;
  const [, some] = /\{([^}]*)\}/.exec(clause) ?? [];
  const fields = (some?.split(',') ?? []).map((one) => one.trim().split(/ as /));
  const whole = [
    ...clause
      .replace(/\{[^}]*\}/, '')
      .split(',')
      .map((own) => own.replace(/^\s*\*\s*as/, '').trim()),
    ...fields.flatMap(([field, own]) => (field === 'default' ? [own] : [])),
  ].filter(Boolean);
  const isLate = ([field]) => LATE.has(name.replace('node:', '')) && /^[a-z]/.test(field);
  const named = fields.filter(([field]) => field && field !== 'default');
  const picked = named.filter((field) => !isLate(field)).map((field) => field.join(':'));
  return [
    ...whole.map((own) => `${own}=${module}`),
    ...named.filter(isLate).map(([field, own = field]) => `${own}=(...given)=>${module}.${field}(...given)`),
    ...(picked.length > 0 ? [`{${picked.join()}}=${module}`] : []),
  ];
}

/** @returns the text of a file of the bundle, and how many imports of Node's own modules were taken out of it */
export function withoutFacades(text) {
  const taken = [];
  let count = 0;
  const rest = text.replace(IMPORT, (statement, clause, name) => {
    if (!isBuiltin(name)) return statement;
    taken.push(...declared(clause, name));
    count++;
    return statement.replace(/[^\n]/g, ' ');
  });
  if (count === 0) return { text, count };
  return { text: rest.replace(BANNER, () => `${BANNER}var ${taken.join()};`), count };
}

export function withoutFacadesPlugin() {
  return {
    name: 'without-facades',
    setup({ initialOptions, onEnd }) {
      onEnd(({ outputFiles = [], metafile }) => {
        for (const file of outputFiles) {
          const output = metafile?.outputs[file.path.slice(initialOptions.absWorkingDir.length)];
          if (!file.path.endsWith('.js') || !output) continue;
          const { text, count } = withoutFacades(file.text);
          const expected = output.imports.filter(
            ({ kind, external, path }) => kind === 'import-statement' && external && isBuiltin(path),
          ).length;
          if (count !== expected)
            throw new Error(
              `${file.path}: ${count} of ${expected} imports of Node's modules were understood`,
            );
          file.contents = Buffer.from(text);
        }
      });
    },
  };
}
