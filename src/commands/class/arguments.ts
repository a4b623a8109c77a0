/** What `wirebook class ...` may be given. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../lib/duration.ts';
import type { CommandName, Given } from '../call.ts';
import type { ReporterChoice } from '../options.ts';

/** What commander finds beside the options that every command has. */
export interface ClassGiven extends Given {
  port?: number;
  listen?: string;
  cert?: string;
  key?: string;
  roster?: string;
  max?: number;
  new?: boolean;
  screen?: boolean;
  /** `nats://HOST:4222`: the class is kept there, and several hosts hold it. */
  nats?: string;
  /** Its name on that server. */
  class?: string;
  /** The file that all hosts of it have. */
  secret?: string;
  /** `report`: only this one, for the formats of one submission. */
  learner?: string;
  /** `join`: what is shared. */
  share?: string;
  /** SHA-256 of the host's certificate. */
  fingerprint?: string;
  /** Places on this machine for those who have no Linux. */
  offerSandboxes?: number;
  sshPort?: number;
  /** Milliseconds. */
  offerAway?: number;
}

interface Parts {
  run: (command: CommandName, args: readonly string[], given: Given) => void;
  given: (command: Command) => Given;
  reporterChoice: (value: string) => ReporterChoice;
  positiveInteger: (value: string) => number;
}

export function describeClass(
  program: Command,
  { run, given, reporterChoice, positiveInteger }: Parts,
): void {
  const class_ = program
    .command('class')
    .description('a live class: hold one, join one, or see what one came to')
    .action((_options, command: Command) => command.help());
  class_
    .command('host')
    .argument('[course]', 'a course or a lesson (default: the course that Wirebook brings)')
    .description('hold a class: learners join by a code, and you see how they are doing')
    .option('--title <text>', 'what the class is called (default: as the course)')
    .option('--port <number>', 'where to listen (default: 8443)', portNumber)
    .option('--listen <address>', 'an address of this machine (default: all of them)')
    .option('--cert <file>', 'a certificate of your own, PEM (default: one is made for the class)')
    .option('--key <file>', 'its key, PEM')
    .option('--roster <file>', 'who may join: a CSV with id and name, or a YAML list')
    .option('--max <number>', 'so many learners at the most', positiveInteger)
    .option('--new', 'begin a new class (default: the last one of the course goes on, if it has not ended)')
    .option('--no-screen', 'lines instead of the board; the page is there all the same')
    .option('--nats <url>', 'keep the class on a NATS server, for several hosts: nats://HOST:4222')
    .option('--class <name>', 'with --nats: the name that all its hosts give it')
    .option('--secret <file>', 'with --nats: a secret that all its hosts have')
    .option(
      '--offer-sandboxes <number>',
      'so many learners without Linux get a notebook on this machine, by ssh or in a browser',
      positiveInteger,
    )
    .option(
      '--ssh-port <number>',
      'with --offer-sandboxes: where ssh is listened to (default: 2222)',
      portNumber,
    )
    .option(
      '--offer-away <time>',
      'with --offer-sandboxes: a place is free again when its learner was away for so long (default: 15m)',
      awayTime,
    )
    .action((course: string | undefined, _options, command: Command) =>
      run('class host', course === undefined ? [] : [course], given(command)),
    );
  class_
    .command('join')
    .argument(
      '[address]',
      'where the class is held: a name or an IP address, with its port if it is not 8443',
    )
    .argument('[code]', 'the code of the class')
    .argument('[course]', 'the course or lesson to open (default: the course that Wirebook brings)')
    .description('take part in a class; without address and code the one that you were in last goes on')
    .option('--name <name>', 'your name in the class')
    .option('--roster <code>', 'your code of the class’s list, where it has one')
    .option('--share <what>', 'progress, outputs, shells, with commas between; or nothing (default: it asks)')
    .option('--plain', 'lines instead of a screen')
    .option('--no-mouse', 'leave the mouse to the terminal (as with WIREBOOK_MOUSE=0)')
    .option('--reduced-motion', 'nothing turns (as with WIREBOOK_REDUCED_MOTION=1)')
    .option('--screen-reader', 'the screen as text for a screen reader (as with INK_SCREEN_READER=true)')
    .action((...given_) =>
      run(
        'class join',
        given_.slice(0, 3).filter((one): one is string => typeof one === 'string'),
        given(given_.at(-1) as Command),
      ),
    );
  class_
    .command('report')
    .argument('[class]', 'its folder or id (default: the last one that was held here)')
    .description(
      'what a class comes to: attendance, results, and where people gave up; also while it goes on',
    )
    .addOption(
      new Option(
        '--reporter <name[=file]>',
        'text, json, csv, html; or results as in grading: grades, grades-json, grades-html, ndjson, junit, tap, github, classroom, gradescope, canvas, moodle, lti; several times for several',
      ).argParser((value: string, before: ReporterChoice[] | undefined) => [
        ...(before ?? []),
        reporterChoice(value),
      ]),
    )
    .option('--lesson <id>', 'results of this lesson alone', (value: string) => [value])
    .option('--learner <id>', 'results of this learner alone: their entry of the roster, or their name')
    .option(
      '--roster <file>',
      'the CSV whose columns a gradebook wants back (default: the list of the class)',
    )
    .option('--nats <url>', 'a class that is kept on a NATS server: nats://HOST:4222')
    .option('--class <name>', 'with --nats: its name there')
    .option('--json-schema', 'print the JSON Schema of the json report instead')
    .action((target: string | undefined, _options, command: Command) =>
      run('class report', target === undefined ? [] : [target], given(command)),
    );
  class_
    .command('board')
    .argument('<url>', 'the address of the board, with its key, as the host has printed it')
    .description('one more board of a class: see how learners are doing, answer, steer')
    .option(
      '--fingerprint <sha256>',
      'the certificate that the host must have (default: it is shown and asked)',
    )
    .option('--plain', 'lines instead of a screen: what changes')
    .option('--reporter <ndjson>', 'what changes, as a line of JSON each', (value) => [reporterChoice(value)])
    .action((url: string, _options, command: Command) => run('class board', [url], given(command)));
  class_
    .command('present')
    .argument('<url>', 'the address of the board, with its key, as the host has printed it')
    .argument('[lesson]', 'the lesson or course to present (default: the course that Wirebook brings)')
    .description(
      'the notebook for the projector: the class is told where you are; N shows your notes, L the map large',
    )
    .option(
      '--fingerprint <sha256>',
      'the certificate that the host must have (default: it is shown and asked)',
    )
    .option('--plain', 'lines instead of a screen')
    .action((url: string, lesson: string | undefined, _options, command: Command) =>
      run('class present', lesson === undefined ? [url] : [url, lesson], given(command)),
    );
}

function awayTime(value: string): number {
  const ms = parseDuration(value);
  if (ms !== undefined && ms >= 1000) return ms;
  throw new InvalidArgumentError('Give a time of at least a second, such as 90s or 15m.');
}

function portNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65535) return number;
  throw new InvalidArgumentError('Give a number up to 65535.');
}
