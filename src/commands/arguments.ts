/**
 * argv -> what to run, as data. Pure but for the texts it builds: nothing is loaded, printed or looked up here.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { LANGUAGES } from '../lib/languages.ts';
import { suggest } from '../lib/suggest.ts';
import type { HelpTongue } from '../page/said/help-tongue.ts';
import { asSaid, type Say } from '../page/said/translate.ts';
import type { Call, CommandName, Given } from './call.ts';
import { describeClass } from './class/arguments.ts';
import { describeGrading } from './grade/arguments.ts';
import { inLanguage, sayLines } from './help.ts';
import type { ReporterChoice } from './options.ts';
import { describeSandbox } from './sandbox/arguments.ts';

export const EXIT_CODES =
  'Exit: 0 all held; 1 a check failed; 2 the input is wrong or nothing was tested; 3 the sandbox is broken; 130 interrupted.';

/** As it was given, though the rest may be help or refused. */
export function langIn(argv: readonly string[]): string | undefined {
  const at = argv.findLastIndex((one) => /^--lang(=|$)/.test(one));
  return at < 0 ? undefined : argv[at] === '--lang' ? argv[at + 1] : argv[at]!.slice('--lang='.length);
}

/**
 * @param argv without node and the script
 * @param tongue for what is printed: help, and why something is refused
 */
export function parseArguments(
  argv: readonly string[],
  version: string,
  tongue: HelpTongue = { say: asSaid },
): Call {
  const { say } = tongue;
  let out = '';
  let err = '';
  let call: Call | undefined;
  const run = (command: CommandName, args: readonly string[], given: Given): void => {
    call = { kind: 'run', command, args, given };
  };
  const program = describe(version, run, say);
  for (const command of withDescendants(program)) {
    inLanguage(command, tongue);
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => {
        out += text;
      },
      writeErr: (text) => {
        err += text;
      },
    });
  }
  const unknown = unknownCommand(argv, program);
  if (unknown) return { kind: 'refuse', text: sayLines(unknown, say) };
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: out };
    const more = error.code === 'commander.missingArgument' ? usageOf(named(argv, program)) : '';
    return { kind: 'refuse', text: sayLines(err, say) + sayLines(more, say) || out };
  }
  return call ?? { kind: 'refuse', text: sayLines(err, say) || program.helpInformation() };
}

/** The command that its words lead to. */
function named(argv: readonly string[], program: Command): Command {
  let command = program;
  for (const word of argv) command = command.commands.find((one) => one.name() === word) ?? command;
  return command;
}

/** After what is missing of the arguments of a command: how they go. */
function usageOf(command: Command): string {
  const usage = command.createHelp().commandUsage(command);
  return `Usage: ${usage}\nMore:  ${usage.replace(/ [[<].*$/s, '')} --help\n`;
}

type Run = (command: CommandName, args: readonly string[], given: Given) => void;

function describe(version: string, run: Run, say: Say): Command {
  const program = new Command('wirebook')
    .description(
      'A notebook for networks: lessons whose cells run for real, and whose checks read the kernel.',
    )
    .usage('[LESSON|COURSE]\n       wirebook COMMAND ...')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addOption(
      new Option('--sandbox <name>', 'what makes the machines: embedded, docker, podman, ssh:NAME').default(
        'embedded',
      ),
    )
    .option('-y, --yes', 'do not ask before a lesson changes machines that are not thrown away')
    .option(
      '--lang <tag>',
      `language of the lessons and of the words around them: ${LANGUAGES.join(', ')}; \`test\` takes \`all\` too`,
    )
    .option('--no-color', 'no colours (as with NO_COLOR set)')
    .addHelpText('after', () => `\n${say(EXIT_CODES)}`);
  const given = (command: Command): Given => command.optsWithGlobals<Given>();

  program
    .command('notebook', { isDefault: true })
    .argument('[lesson]', 'a lesson, a course, or the id of a lesson of the course that Wirebook brings')
    .description('open the notebook (what happens without a command)')
    .option('--plain', 'lines instead of a screen')
    .option('--no-mouse', 'leave the mouse to the terminal (as with WIREBOOK_MOUSE=0)')
    .option('--reduced-motion', 'nothing turns (as with WIREBOOK_REDUCED_MOTION=1)')
    .option('--screen-reader', 'the screen as text for a screen reader (as with INK_SCREEN_READER=true)')
    .addOption(seedOption())
    .action((target: string | undefined, _options, command: Command) =>
      run('notebook', target === undefined ? [] : [target], given(command)),
    );
  program
    .command('test')
    .argument('<path...>', 'lessons and courses')
    .description('run lessons in fresh sandboxes: every check must fail before its cell and hold after it')
    .addOption(reporterOption())
    .option('-j, --jobs <number>', 'lessons at the same time', positiveInteger)
    .option('--lesson <id>', 'only the lesson of exactly this id; several times for several', several)
    .option(
      '--cell <id>',
      'look only at this cell (those before it run all the same); several times',
      several,
    )
    .addOption(seedOption())
    .addOption(
      new Option(
        '--seeds <number>',
        'lessons with params so often, each time with the numbers of another seed',
      )
        .argParser(positiveInteger)
        .conflicts('seed'),
    )
    .option('--bail', 'stop at the first lesson that does not hold')
    .action((paths: string[], _options, command: Command) => run('test', paths, given(command)));
  program
    .command('lint')
    .argument('[path...]', 'lessons and courses')
    .description('find the faults of lessons without running them')
    .addOption(reporterOption())
    .option('--json-schema', 'print the JSON Schema of front matter and checks instead')
    .action((paths: string[], _options, command: Command) => run('lint', paths, given(command)));
  program
    .command('new')
    .argument('<path>', 'where the lesson goes: a folder, or a file ending in .md')
    .description(
      'write a small lesson that passes its own test, to start from; with --lang, the start of a translation',
    )
    .option('--title <text>', "the lesson's title")
    .action((path: string, _options, command: Command) => run('new', [path], given(command)));
  program
    .command('export')
    .argument('<lesson>', 'a lesson')
    .description('write a lesson with its outputs and verdicts to one file')
    .option('--format <name>', "html, md, asciicast (default: by the file's ending, else html)")
    .option('-o, --output <file>', 'where to (default: stdout)')
    .addOption(
      new Option('--run', 'run it first, in a fresh sandbox, with the solutions of its tasks').conflicts(
        'session',
      ),
    )
    .addOption(seedOption())
    .option('--session', 'your own walk, and nothing else (default: your own walk if there is one)')
    .action((lesson: string, _options, command: Command) => run('export', [lesson], given(command)));
  program
    .command('record')
    .argument('<lesson>', 'a lesson')
    .description('run a lesson and propose checks from what each cell changed in the kernel')
    .option('--write', "put them into the lesson's file, after the cells that have none")
    .action((lesson: string, _options, command: Command) => run('record', [lesson], given(command)));
  program
    .command('preview')
    .argument('<lesson>', 'a lesson')
    .description('the notebook on a lesson that you write: it is read anew whenever you save')
    .action((lesson: string, _options, command: Command) => run('preview', [lesson], given(command)));
  program
    .command('doctor')
    .description('say what works on this machine, and how to mend what does not')
    .option('--json', 'JSON instead of lines')
    .action((_options, command: Command) => run('doctor', [], given(command)));
  program
    .command('import')
    .argument('<path>', 'a Kathará lab (its folder or lab.conf), or a containerlab file')
    .description('write a lesson with the network of another tool’s lab; says what was not understood')
    .option('-o, --output <file>', 'where to (default: stdout)')
    .action((path: string, _options, command: Command) => run('import', [path], given(command)));
  program
    .command('drill')
    .argument(
      '[topic]',
      'link, address, route, forward, firewall, nat, service, mtu, neighbour, ipv6, dns (default: any)',
    )
    .description('train on a network that is broken on purpose')
    .addOption(seedOption())
    .addOption(
      new Option('--level <number>', '1 (plain) to 5 (two faults at once)').argParser(drillLevel).default(2),
    )
    .option('--plain', 'lines instead of a screen')
    .option('-o, --output <file>', 'write it as a lesson instead: to hand out, to test, to grade')
    .option('--history', 'what you have drilled so far, and what to train')
    .option('--json', 'the history as JSON')
    .action((topic: string | undefined, _options, command: Command) =>
      run('drill', topic === undefined ? [] : [topic], given(command)),
    );
  describeGrading(program, { run, given, reporterChoice, positiveInteger, seed: seedOption });
  describeClass(program, { run, given, reporterChoice, positiveInteger });
  describeSandbox(program, { run, given, positiveInteger });
  return program;
}

function seedOption(): Option {
  return new Option('--seed <text>', 'what the numbers of a lesson with params come of').argParser(seedText);
}

function seedText(value: string): string {
  if (/^[^\p{Cc}]{1,200}$/u.test(value)) return value;
  throw new InvalidArgumentError('Give a word or a number, at most 200 characters.');
}

function reporterOption(): Option {
  return new Option(
    '--reporter <name[=file]>',
    'pretty, json, ndjson, junit, tap, github; several times for several',
  ).argParser((value: string, before: ReporterChoice[] | undefined) => [
    ...(before ?? []),
    reporterChoice(value),
  ]);
}

function reporterChoice(value: string): ReporterChoice {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const file = at < 0 ? undefined : value.slice(at + 1);
  if (!name || file === '') throw new InvalidArgumentError('Write NAME or NAME=FILE.');
  return file === undefined ? { name } : { name, file };
}

function several(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

function drillLevel(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 5) throw new InvalidArgumentError('Give 1 to 5.');
  return number;
}

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

/** `wirebook tset` is more likely a command mistyped than a lesson; what looks like a path is left alone. */
function unknownCommand(argv: readonly string[], program: Command): string | undefined {
  const first = argv[0];
  if (first === undefined || !/^[a-z]+$/i.test(first)) return undefined;
  const names = program.commands.map((command) => command.name());
  if (names.includes(first) || first === 'help') return undefined;
  const near = suggest(first, names);
  return (
    near &&
    `error: unknown command '${first}'\n(Did you mean ${near}? For a lesson of that name: ./${first})\n`
  );
}
