/** The arguments of `wirebook sandbox ...`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandName, Given, SandboxAction } from '../call.ts';

interface Means {
  run(command: CommandName, args: readonly string[], given: Given): void;
  given(command: Command): Given;
  positiveInteger(value: string): number;
}

export function describeSandbox(program: Command, { run, given, positiveInteger }: Means): void {
  const sandbox = program.command('sandbox').description('machines to play with, without a lesson');
  const add = (action: SandboxAction, description: string): Command =>
    sandbox
      .command(action)
      .description(description)
      .action((...all: unknown[]) => {
        const command = all.at(-1) as Command;
        run(`sandbox ${action}`, command.args, given(command));
      });
  const named = (command: Command): Command => command.option('--name <name>', 'which sandbox', 'default');
  const onHost = (command: Command): Command =>
    command
      .option('--host <name>', 'which host (default: the first)')
      .option('--netns <name>', "network namespace (default: the host's own)");

  add('prepare', 'set up what sandboxes need: done by itself when it is missing');
  named(add('up', 'make a sandbox that stays')).addOption(
    new Option('--host <name[=address]>', 'a host; several times for several hosts').argParser(
      hostDeclaration,
    ),
  );
  add('list', 'sandboxes that stay').option('--json', 'JSON instead of lines');
  onHost(named(add('shell', 'a shell on a host')));
  onHost(named(add('exec', 'run a command on a host')))
    .argument('<command...>')
    .usage('[options] -- COMMAND ...')
    .showHelpAfterError('(Write -- before a command that has options of its own.)');
  named(add('probe', "print what Wirebook sees of the hosts' kernels"))
    .option('--host <name>', 'which host (default: all)')
    .option('--json', 'JSON instead of lines');
  named(add('map', 'draw the network of its hosts'))
    .addOption(new Option('--format <name>', 'lines, svg, mermaid, json, topology').default('lines'))
    .option('--routes', 'routes and all addresses too')
    .option('--width <columns>', "how wide (default: the terminal's)", positiveInteger);
  named(add('trace', 'show what becomes of the packets of a command, on every interface of all hosts'))
    .argument('[command...]')
    .usage('[options] -- COMMAND ...')
    .showHelpAfterError('(Write -- before a command that has options of its own.)')
    .option('--from <place>', 'where it runs: a namespace, a host, or "NAMESPACE on HOST"')
    .addOption(new Option('--format <name>', 'lines, json, mermaid, html, md').default('lines'))
    .option('--json-schema', 'print the JSON Schema of the json format instead')
    .option('--write <file>', 'the frames too, as pcapng for Wireshark')
    .option('--timeout <seconds>', 'how long the command may take (default: 30)', positiveInteger);
  named(add('reset', 'back to how it was made'));
  named(add('down', 'take it away'));
  add('image', "write the sandbox's root file system to an archive").requiredOption(
    '--output <file>',
    'where to',
  );
}

function hostDeclaration(
  value: string,
  before: { name: string; address?: string }[] | undefined,
): { name: string; address?: string }[] {
  const [name, address] = value.split('=', 2) as [string, string | undefined];
  if (!name || address === '') throw new InvalidArgumentError('Write NAME or NAME=ADDRESS/PREFIX.');
  return [...(before ?? []), address === undefined ? { name } : { name, address }];
}
