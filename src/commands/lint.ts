/** `wirebook lint PATH...`: the faults of lessons, without running them. */
import { resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { lintPaths } from '../lesson/lint.ts';
import { LINT_REPORTERS, type LintReporter } from '../lesson/lint-reporters.ts';
import { courseJsonSchema, frontMatterJsonSchema } from '../lesson/schema.ts';
import { type ExitCode, InputError } from '../lib/errors.ts';
import { columnsOf } from '../lib/wrap.ts';
import { commandSay } from '../page/said/command.ts';
import type { LintOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

/** What this command uses of `Io`. */
export interface LintIo {
  stdout: { write(text: string | Uint8Array): unknown };
  color?: boolean;
  cwd?: string;
  env?: Readonly<Record<string, string | undefined>>;
}

/** One document; each part has an `$id` of its own, so that its inner references stay within it. */
function jsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What an author of Wirebook lessons writes in YAML',
    $defs: {
      frontMatter: { $id: 'urn:wirebook:front-matter', ...frontMatterJsonSchema() },
      course: { $id: 'urn:wirebook:course', ...courseJsonSchema() },
      expect: { $id: 'urn:wirebook:expect', ...vocabulary.jsonSchema() },
      key: {
        $id: 'urn:wirebook:key',
        title: 'lesson.key.yaml: the ids of cells, each with its hidden checks',
        type: 'object',
        minProperties: 1,
        additionalProperties: { $ref: 'urn:wirebook:expect' },
      },
    },
  };
}

function reporterOf(name: string): LintReporter {
  const reporter = Object.hasOwn(LINT_REPORTERS, name) ? LINT_REPORTERS[name] : undefined;
  if (reporter) return reporter;
  const names = Object.keys(LINT_REPORTERS).join(', ');
  throw new InputError('unknown-reporter', `lint has no reporter ${name}.`, `Use one of: ${names}`);
}

/** 0: no errors (warnings are told); 2: errors, or nothing to read. */
export async function lint(paths: readonly string[], options: LintOptions, io: LintIo): Promise<ExitCode> {
  if (options.jsonSchema) {
    io.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return 0;
  }
  if (paths.length === 0)
    throw new InputError('no-paths', 'Nothing to lint.', 'Name lessons or courses: wirebook lint lessons');
  const cwd = io.cwd ?? process.cwd();
  const chosen = options.reporters.length > 0 ? options.reporters : [{ name: 'pretty' }];
  const reports = chosen.map((choice) => ({ ...choice, report: reporterOf(choice.name) }));
  // A path is told as it was given; it is only completed where we do not stand in the user's folder.
  const result = await lintPaths(
    cwd === process.cwd() ? paths : paths.map((path) => resolve(cwd, path)),
    vocabulary,
  );
  const say = await commandSay(options.lang, io.env ?? {});
  for (const { file, report } of reports) {
    const text = report(result, {
      color: file === undefined && (io.color ?? false),
      width: file === undefined ? columnsOf(io.stdout) : undefined,
      say,
    });
    if (file === undefined) io.stdout.write(text);
    else writeOutput(text, file, { cwd, stdout: io.stdout });
  }
  return result.diagnostics.some((fault) => fault.severity === 'error') ? 2 : 0;
}
