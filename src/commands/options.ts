/** The options of each command, as cli.ts hands them over: already parsed, the driver resolved. */
import type { SandboxDriver } from '../sandbox/contract.ts';

/** `--reporter NAME[=FILE]`; without a file it goes to stdout. */
export interface ReporterChoice {
  name: string;
  file?: string;
}

export interface CommonOptions {
  /** BCP 47 tag of `--lang`; absent: the lesson's default. */
  lang?: string;
}

export interface DriverOptions extends CommonOptions {
  driver: SandboxDriver;
}

export interface NotebookOptions extends DriverOptions {
  /** Of the lesson's params; absent: as the lesson was walked before, else as everybody has it. */
  seed?: string;
  /** Lines instead of a screen. */
  plain: boolean;
}

export interface TestOptions extends DriverOptions {
  /** Empty: the command chooses. */
  reporters: readonly ReporterChoice[];
  /** Lessons at the same time; absent: the command chooses. */
  jobs?: number;
  /** Of the lessons' params; one run a seed. Empty or absent: the one that everybody has. */
  seeds?: readonly string[];
  /** Exact ids of lessons, of cells; absent: all. */
  lessons?: readonly string[];
  cells?: readonly string[];
  /** Stop at the first lesson that does not hold. */
  bail?: boolean;
}

export interface LintOptions extends CommonOptions {
  reporters: readonly ReporterChoice[];
  /** Print the JSON Schema of front matter and checks instead. */
  jsonSchema: boolean;
}

export interface NewOptions extends CommonOptions {
  title?: string;
}

export interface ExportOptions extends DriverOptions {
  /** html, md, asciicast; absent: by the ending of `output`. */
  format?: string;
  /** A file; absent: stdout. */
  output?: string;
  /** `any`: the learner's session if there is one, else the lesson alone. */
  source: 'run' | 'session' | 'any';
  /** Of the lesson's params; absent: that of the session, else the one that everybody has. */
  seed?: string;
}

export interface RecordOptions extends DriverOptions {
  /** Put the checks into the lesson's file. */
  write: boolean;
}

export interface DoctorOptions extends DriverOptions {
  json: boolean;
}

export interface MapOptions extends DriverOptions {
  /** Which sandbox. */
  name: string;
  /** lines, svg, mermaid, json; another is refused. */
  format: string;
  routes: boolean;
  /** Columns; absent: the terminal's. */
  width?: number;
}

/** What every `wirebook sandbox ...` may be given; each uses what concerns it. */
export interface SandboxOptions extends DriverOptions {
  /** Which sandbox: `--name`, default `default`. */
  name: string;
  /** `up`: the hosts, as `NAME` or `NAME=ADDRESS/PREFIX`. */
  hosts: readonly { name: string; address?: string }[];
  /** `shell`, `exec`, `probe`: which host; absent: the first. */
  host?: string;
  /** `shell`, `exec`: which network namespace; absent: the host's own. */
  netns?: string;
  /** `list`, `probe`: JSON instead of lines. */
  json: boolean;
  /** `image`: where the archive goes. */
  output?: string;
}
