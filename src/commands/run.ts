/** Command name -> its file, loaded now. One line a command. */
import type { CommandName, Given } from './call.ts';
import type { ExitCode, Io } from './io.ts';
import type { CommonOptions, DriverOptions, SandboxOptions } from './options.ts';

export async function runCommand(
  command: CommandName,
  args: readonly string[],
  given: Given,
  io: Io,
): Promise<ExitCode> {
  const common: CommonOptions = { lang: given.lang };
  const withDriver = (given: Given) => driverFor(command, given, io);
  switch (command) {
    case 'notebook': {
      const { notebook } = await import('./notebook.ts');
      return notebook(
        args[0],
        { ...(await withDriver(given)), plain: given.plain ?? false, seed: given.seed },
        io,
      );
    }
    case 'test': {
      const { test } = await import('./test.ts');
      const { reporter = [], jobs, lesson, cell, bail, seed, seeds = 1 } = given;
      const options = {
        ...(await withDriver(given)),
        reporters: reporter,
        jobs,
        lessons: lesson,
        cells: cell,
        seeds: seed === undefined ? Array.from({ length: seeds }, (_, at) => String(at + 1)) : [seed],
        bail,
      };
      return test(args, options, io);
    }
    case 'lint': {
      const { lint } = await import('./lint.ts');
      const options = { ...common, reporters: given.reporter ?? [], jsonSchema: given.jsonSchema ?? false };
      return lint(args, options, io);
    }
    case 'new': {
      const { newLesson } = await import('./new.ts');
      return newLesson(args[0]!, { ...common, title: given.title }, io);
    }
    case 'export': {
      const { exportLesson } = await import('./export.ts');
      const source = given.run ? 'run' : given.session ? 'session' : 'any';
      const { format, output, seed } = given;
      return exportLesson(args[0]!, { ...(await withDriver(given)), format, output, source, seed }, io);
    }
    case 'record': {
      const { record } = await import('./record.ts');
      return record(args[0]!, { ...(await withDriver(given)), write: given.write === true }, io);
    }
    case 'preview': {
      const { preview } = await import('./preview.ts');
      return preview(args[0]!, await withDriver(given), io);
    }
    case 'doctor': {
      const { doctor } = await import('./doctor.ts');
      return doctor({ ...(await withDriver(given)), json: given.json ?? false }, io);
    }
    case 'import':
      return (await import('./import.ts')).importLab(
        args[0]!,
        { output: given.output, lang: given.lang },
        io,
      );
    case 'drill': {
      const { drill } = await import('./drill.ts');
      const { seed, level = 2, plain = false, output, history = false, json = false } = given;
      const options = {
        ...(await withDriver(given)),
        topic: args[0],
        seed,
        level,
        plain,
        output,
        history,
        json,
      };
      return drill(options, io);
    }
    case 'grade':
      return (await import('./grade/grade.ts')).grade(args, { ...given, ...(await withDriver(given)) }, io);
    case 'grade seeds':
      return (await import('./grade/seeds.ts')).gradeSeeds(args, given, io);
    case 'grade worker':
      return (await import('./grade/worker.ts')).gradeWorker({ ...given, ...(await withDriver(given)) }, io);
    case 'submit':
      return (await import('./grade/submit.ts')).submit(args[0]!, given, io);
    case 'class host':
      return (await import('./class/host.ts')).classHost(args[0], given, io);
    case 'class report':
      return (await import('./class/report.ts')).classReport(args[0], given, io);
    case 'class join': {
      const { classJoin } = await import('./class/join.ts');
      return classJoin(args, given, { ...(await withDriver(given)), plain: given.plain ?? false }, io);
    }
    case 'class present': {
      const { classPresent } = await import('./class/present.ts');
      return classPresent(args, given, { ...(await withDriver(given)), plain: given.plain ?? false }, io);
    }
    case 'class board':
      return (await import('./class/board.ts')).classBoard(args[0]!, given, io);
    case 'verify':
      return (await import('./grade/submit.ts')).verify(args, given, io);
    default: {
      const sandbox = await import('./sandbox/sandbox.ts');
      const options = await sandboxOptions(given, await withDriver(given));
      switch (command) {
        case 'sandbox prepare':
          return sandbox.sandboxPrepare(options, io);
        case 'sandbox up':
          return sandbox.sandboxUp(options, io);
        case 'sandbox list':
          return sandbox.sandboxList(options, io);
        case 'sandbox shell':
          return sandbox.sandboxShell(options, io);
        case 'sandbox exec':
          return sandbox.sandboxExec(args, options, io);
        case 'sandbox probe':
          return sandbox.sandboxProbe(options, io);
        case 'sandbox map':
          return (await import('./sandbox/map.ts')).sandboxMap(
            {
              ...options,
              format: given.format ?? 'lines',
              routes: given.routes ?? false,
              width: given.width,
            },
            io,
          );
        case 'sandbox trace':
          return (await import('./sandbox/trace.ts')).sandboxTrace(
            args,
            {
              ...options,
              from: given.from,
              format: given.format ?? 'lines',
              write: typeof given.write === 'string' ? given.write : undefined,
              jsonSchema: given.jsonSchema ?? false,
              timeoutMs: (given.timeout ?? 30) * 1000,
            },
            io,
          );
        case 'sandbox reset':
          return sandbox.sandboxReset(options, io);
        case 'sandbox down':
          return sandbox.sandboxDown(options, io);
        case 'sandbox image':
          return sandbox.sandboxImage(options, io);
      }
    }
  }
}

/** Commands that make no machines of the driver's: they look, or are about sandboxes that are there. */
const ONLY_LOOKS: ReadonlySet<CommandName> = new Set<CommandName>([
  'doctor',
  // These refuse such machines altogether: nobody need be asked.
  'grade',
  'grade worker',
  ...(['prepare', 'list', 'reset', 'down', 'image'] as const).map((action) => `sandbox ${action}` as const),
]);

async function driverFor(command: CommandName, given: Given, io: Io): Promise<DriverOptions> {
  const { getDriver } = await import('../sandbox/registry.ts');
  const driver = await getDriver(given.sandbox);
  // without --run an export reads what a session left
  const runs = command === 'export' ? given.run : !ONLY_LOOKS.has(command);
  if (driver.risks && runs) {
    const { askFirst } = await import('./consent.ts');
    const { commandSay } = await import('../page/said/command.ts');
    await askFirst(driver, given.yes ?? false, io, await commandSay(given.lang, io.env));
  }
  return { lang: given.lang, driver };
}

function sandboxOptions(given: Given, driver: DriverOptions): SandboxOptions {
  return {
    ...driver,
    name: given.name ?? 'default',
    hosts: typeof given.host === 'string' ? [] : (given.host ?? []),
    host: typeof given.host === 'string' ? given.host : undefined,
    netns: given.netns,
    json: given.json ?? false,
    output: given.output,
  };
}
