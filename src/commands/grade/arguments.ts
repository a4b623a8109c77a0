/** What `wirebook grade`, `submit` and `verify` may be given. */
import { type Command, Option } from 'commander';
import type { CommandName, Given } from '../call.ts';
import type { ReporterChoice } from '../options.ts';

/** What commander finds beside the options that every command has. */
export interface GradeGiven extends Given {
  results?: string;
  roster?: string;
  secret?: string;
  again?: boolean;
  regrade?: boolean;
  explain?: string[];
  publicKey?: string;
  /** `submit`: the class's private key. */
  key?: string;
  /** `submit`: whose it is. */
  as?: string;
  timeout?: number;
  /** `nats://HOST:4222` */
  queue?: string;
}

interface Parts {
  run: (command: CommandName, args: readonly string[], given: Given) => void;
  given: (command: Command) => Given;
  reporterChoice: (value: string) => ReporterChoice;
  positiveInteger: (value: string) => number;
  seed: () => Option;
}

export function describeGrading(program: Command, parts: Parts): void {
  const { run, given, positiveInteger } = parts;
  const grade = program
    .command('grade')
    .argument('<lesson>', 'a lesson')
    .argument('[submission...]', 'files, or folders with one a learner: Markdown, scripts, archives, bundles')
    .description('score submissions, each in a fresh sandbox, by what the grader observes')
    .addOption(
      new Option(
        '--reporter <name[=file]>',
        'pretty, json, ndjson, junit, tap, github, classroom, gradescope, canvas, moodle, lti, html; several times for several',
      ).argParser((value: string, before: ReporterChoice[] | undefined) => [
        ...(before ?? []),
        parts.reporterChoice(value),
      ]),
    )
    .option('-j, --jobs <number>', 'submissions at the same time', positiveInteger)
    .option('--results <folder>', "where results are kept (default: in your own folder of Wirebook's state)")
    .option('--roster <file>', 'a CSV with a column id, and name or file if you like')
    .option('--secret <file>', "the course's secret: each learner's numbers come of it and their id")
    .addOption(parts.seed())
    .option('--public-key <file>', "the class's key: bundles must be signed with it")
    .option('--timeout <seconds>', 'for all of one submission (default: 600)', positiveInteger)
    .option('--queue <url>', 'let workers grade, over NATS JetStream: nats://HOST:4222')
    .option('--again', 'grade again what has been graded already')
    .option('--regrade', 'judge what was observed by the lesson as it is now; nothing runs')
    .option(
      '--explain <learner...>',
      'LEARNER [CHECK]: what was expected, found and run there; without a check, at each lost point',
    )
    .option('--json-schema', 'print the JSON Schema of the json report instead')
    .action((lesson: string, submissions: string[], _options, command: Command) =>
      run('grade', [lesson, ...submissions], given(command)),
    );
  grade
    .command('seeds')
    .argument('[learner...]', 'ids; or none, with --roster')
    .description('print the seed of each learner, to hand out: wirebook LESSON --seed SEED')
    .action((learners: string[], _options, command: Command) => run('grade seeds', learners, given(command)));
  grade
    .command('worker')
    .usage('--queue URL [--jobs NUMBER]')
    .description('grade what a grader elsewhere puts into a queue, until it is stopped')
    .action((_options, command: Command) => run('grade worker', [], given(command)));
  program
    .command('submit')
    .argument('<lesson>', 'a lesson that you have walked through')
    .description('put your answers and the journal of your walk into one file to hand in')
    .option('-o, --output <file>', 'where to (default: YOU.wirebook)')
    .option('--as <learner>', 'who you are in the class (default: your name on this machine)')
    .option('--key <file>', "the class's private key (Ed25519, PEM), where the class signs")
    .action((lesson: string, _options, command: Command) => run('submit', [lesson], given(command)));
  program
    .command('verify')
    .argument('<file...>', 'bundles of wirebook submit')
    .description('say whether bundles are as they were made, and what was changed')
    .option('--public-key <file>', "the class's key: they must be signed with it")
    .option('--lesson <path>', 'hold the answers against the journal as well', (value: string) => [value])
    .action((files: string[], _options, command: Command) => run('verify', files, given(command)));
}
