/** What `wirebook class ...` may be given. */
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandName, Given } from './arguments.ts';

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
  /** `join`: what is shared. */
  share?: string;
}

interface Parts {
  run: (command: CommandName, args: readonly string[], given: Given) => void;
  given: (command: Command) => Given;
  positiveInteger: (value: string) => number;
}

export function describeClass(program: Command, { run, given, positiveInteger }: Parts): void {
  const class_ = program
    .command('class')
    .description('a live class: hold one, or join one')
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
}

function portNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65535) return number;
  throw new InvalidArgumentError('Give a number up to 65535.');
}
