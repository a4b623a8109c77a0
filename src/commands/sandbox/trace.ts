/** `wirebook sandbox trace`: what becomes of the packets of one command, on every interface of all hosts. */
import { traceHtml, traceMarkdown } from '../../export/trace.ts';
import { exportWords } from '../../export/words.ts';
import { InputError } from '../../lib/errors.ts';
import { suggest } from '../../lib/suggest.ts';
import { columnsOf } from '../../lib/wrap.ts';
import { sayLine } from '../../page/trace.ts';
import { chooseWords } from '../../page/words/choose.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import { traceOf } from '../../trace/trace.ts';
import { plainLine, type TraceLine, type TraceTone, traceLines } from '../../trace/write/lines.ts';
import { mermaidSequence } from '../../trace/write/mermaid.ts';
import { pcapng } from '../../trace/write/pcapng.ts';
import { wrapTrace } from '../../trace/write/wrap.ts';
import type { ExitCode, Io } from '../io.ts';
import type { SandboxOptions } from '../options.ts';
import { writeOutput } from '../write-output.ts';
import { enterSandbox } from './enter.ts';

export const TRACE_FORMATS = ['lines', 'json', 'mermaid', 'html', 'md'] as const;

export interface TraceOptions extends SandboxOptions {
  /** Where the command runs: a namespace, a host, or `namespace on host`. */
  from?: string;
  format: string;
  /** A file for the capture, pcapng. */
  write?: string;
  /** The schema of `--format json` instead of a trace. */
  jsonSchema: boolean;
  timeoutMs: number;
}

const COLOURS: Readonly<Record<TraceTone, string>> = {
  text: '',
  dim: '2',
  title: '1',
  place: '36',
  rule: '35',
  changed: '33',
  good: '32',
  bad: '31',
  unsure: '33',
};

const coloured = (line: TraceLine): string =>
  line
    .map(({ text, tone }) => (COLOURS[tone] === '' ? text : `\x1b[${COLOURS[tone]}m${text}\x1b[0m`))
    .join('');

/** Whole frames for Wireshark. */
const WHOLE = 65_535;

export async function sandboxTrace(
  argv: readonly string[],
  options: TraceOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.jsonSchema) {
    const { traceJsonSchema } = await import('../../trace/schema.ts');
    io.stdout.write(`${JSON.stringify(traceJsonSchema(), null, 2)}\n`);
    return 0;
  }
  if (argv.length === 0)
    throw new InputError('no-command', 'There is no command whose packets could be traced.', [
      'For example: wirebook sandbox trace --from client1 -- ping -c1 8.8.8.8',
    ]);
  const format = TRACE_FORMATS.find((one) => one === options.format);
  if (format === undefined) {
    const meant = suggest(options.format, TRACE_FORMATS);
    throw new InputError('no-such-format', `There is no format ${options.format}.`, [
      ...(meant ? [`Did you mean ${meant}?`] : []),
      `The formats: ${TRACE_FORMATS.join(', ')}. For Wireshark: --write FILE.`,
    ]);
  }
  const { sandbox, leave } = await enterSandbox(options, io);
  try {
    const { host, netns } = await startOf(sandbox, options);
    const capture = await sandbox.trace({
      host,
      netns,
      argv,
      timeoutMs: options.timeoutMs,
      snap: options.write === undefined ? undefined : WHOLE,
      signal: io.signal,
      // what the command prints is not the trace
      onOutput: (_, chunk) => io.stderr.write(chunk),
    });
    if (options.write !== undefined) writeOutput(pcapng(capture), options.write, io);
    const trace = traceOf(capture);
    const { say, name } = await chooseWords(options.lang, io.env);
    if (format === 'json') io.stdout.write(`${JSON.stringify(trace, null, 2)}\n`);
    else if (format === 'mermaid') io.stdout.write(mermaidSequence(trace, say));
    else if (format === 'html' || format === 'md') {
      const written = format === 'html' ? traceHtml : traceMarkdown;
      io.stdout.write(written(trace, { words: exportWords(name), version: io.version }));
    } else {
      const columns = columnsOf(io.stdout);
      for (const line of traceLines(trace).map((line) => sayLine(line, say)))
        for (const row of wrapTrace(line, columns))
          io.stdout.write(`${io.color ? coloured(row) : plainLine(row)}\n`);
    }
    if (capture.command.exit === null)
      io.stderr.write(`wirebook: ${argv[0]} was ended after ${options.timeoutMs / 1000} seconds\n`);
    else if (capture.command.exit !== 0)
      io.stderr.write(`wirebook: the command ended with status ${capture.command.exit}\n`);
    return capture.command.exit === 0 ? 0 : 1;
  } finally {
    await leave();
  }
}

/** `--from` names whichever there is: a namespace of the first host, a host; `client1 on node01` says both. */
async function startOf(sandbox: Sandbox, options: TraceOptions): Promise<{ host: string; netns: string }> {
  const [, name, onHost] = /^(.*?)(?: on (\S+))?$/.exec(options.from?.trim() ?? '') ?? [];
  const host = onHost ?? options.host;
  if (host !== undefined && !sandbox.hosts.includes(host)) throw noSuch('host', host, sandbox.hosts);
  const netns = options.netns ?? name ?? '';
  if (netns === '') return { host: host ?? sandbox.hosts[0]!, netns: '' };
  const { hosts } = await sandbox.observe(sandbox.hosts.map((host) => ({ read: 'netns', host })));
  const all = Object.entries(hosts).flatMap(([host, seen]) =>
    seen.namespaces.map(({ name }) => ({ host, netns: name })),
  );
  const found = all.find((each) => each.netns === netns && (host === undefined || each.host === host));
  if (found !== undefined) return found;
  if (host === undefined && options.netns === undefined && sandbox.hosts.includes(netns))
    return { host: netns, netns: '' };
  throw noSuch('namespace or host', netns, [
    ...all.map((each) => each.netns).filter((each) => each !== ''),
    ...sandbox.hosts,
  ]);
}

function noSuch(what: string, name: string, there: readonly string[]): InputError {
  const meant = suggest(name, there);
  return new InputError('no-such-place', `The sandbox has no ${what} ${name}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    `There is: ${there.join(', ')}.`,
  ]);
}
