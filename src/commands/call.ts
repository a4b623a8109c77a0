/** What a command line asks for, as data. */
import type { ReporterChoice } from './options.ts';

export const SANDBOX_ACTIONS = [
  'prepare',
  'up',
  'list',
  'shell',
  'exec',
  'probe',
  'map',
  'trace',
  'reset',
  'down',
  'image',
] as const;
export type SandboxAction = (typeof SANDBOX_ACTIONS)[number];

export type CommandName =
  | 'notebook'
  | 'test'
  | 'lint'
  | 'new'
  | 'export'
  | 'record'
  | 'preview'
  | 'doctor'
  | 'drill'
  | 'import'
  | 'grade'
  | 'grade seeds'
  | 'grade worker'
  | 'submit'
  | 'verify'
  | 'class host'
  | 'class join'
  | 'class report'
  | 'class board'
  | 'class present'
  | `sandbox ${SandboxAction}`;

/** Everything that may have been given, by commander's own names. */
export interface Given {
  sandbox: string;
  /** The user's word for what is not thrown away with the sandbox. */
  yes?: boolean;
  color: boolean;
  lang?: string;
  plain?: boolean;
  /** Of the screen; these stand in the environment too. */
  mouse?: boolean;
  reducedMotion?: boolean;
  screenReader?: boolean;
  reporter?: ReporterChoice[];
  jobs?: number;
  lesson?: string[];
  cell?: string[];
  bail?: boolean;
  seed?: string;
  /** `test`: how many seeds. */
  seeds?: number;
  jsonSchema?: boolean;
  title?: string;
  json?: boolean;
  name?: string;
  host?: string | { name: string; address?: string }[];
  netns?: string;
  output?: string;
  /** `sandbox map`: columns. */
  width?: number;
  routes?: boolean;
  format?: string;
  run?: boolean;
  session?: boolean;
  write?: boolean | string;
  /** `sandbox trace`. */
  from?: string;
  timeout?: number;
  /** `drill`. */
  level?: number;
  history?: boolean;
}

export type Call =
  /** Help and version: goes to stdout, exit 0. */
  | { kind: 'print'; text: string }
  /** Wrong arguments: goes to stderr, exit 2. */
  | { kind: 'refuse'; text: string }
  | { kind: 'run'; command: CommandName; args: readonly string[]; given: Given };
