/** Turns what an agent reports of a host (`obs` messages, sandbox/agent/observe.pl) into observations. Pure. */
import type {
  FileObservation,
  HostObservation,
  Need,
  NetnsObservation,
  ProcessObservation,
  ToolResult,
} from '../../check/observation.ts';
import { needKey } from '../../check/observation.ts';
import type { Message } from './frames.ts';

/** What to ask the agent for, for the needs of one host; variables of the shell are asked of the shell. */
export function wantsOf(needs: readonly Need[]): { wants: string[]; variables: string[] } {
  const wants = new Set<string>();
  const variables = new Set<string>();
  for (const need of needs) {
    switch (need.read) {
      case 'netns':
      // a trace is of all hosts at once
      case 'trace':
        break;
      case 'sysctl':
        wants.add(`sysctl\0${need.netns}\0${need.name}`);
        break;
      case 'file':
        wants.add(`file\0${need.path}`);
        break;
      case 'container':
        wants.add(`container\0${need.name}`);
        break;
      case 'env':
        variables.add(need.name);
        break;
      case 'probe':
        wants.add(['probe', needKey(need), need.netns, String(need.timeoutMs), ...need.argv].join('\0'));
        break;
      default:
        wants.add(need.read);
    }
  }
  return { wants: [...wants], variables: [...variables] };
}

type Building = { -readonly [K in keyof NetnsObservation]: NetnsObservation[K] };

/** Collects the messages of one look at one host. */
export class HostCollector {
  readonly #namespaces = new Map<string, Building>();
  readonly #processes: ProcessObservation[] = [];
  readonly #sysctls: Record<string, string | null> = {};
  readonly #files: Record<string, FileObservation> = {};
  readonly #containers: Record<string, ToolResult> = {};
  readonly #probes: Record<string, ToolResult> = {};
  #ids = new Map<string, Map<string, number>>();
  #failure: string | undefined;
  #processesAsked = false;

  constructor(wants: readonly string[]) {
    this.#processesAsked = wants.includes('process');
  }

  add(parts: Message): void {
    const [key, ...values] = parts.map((part) => part.toString('utf8'));
    const [what, name = '', more = ''] = key!.split('\0');
    switch (what) {
      case 'failure':
        this.#failure = values[3]?.trim() || 'the host could not be looked at';
        break;
      case 'netns':
        this.#namespaces.set(name, { name, inode: values[0] ?? '' });
        break;
      case 'nsid': {
        const ids = new Map<string, number>();
        for (let i = 0; i + 1 < values.length; i += 2) ids.set(values[i]!, Number(values[i + 1]));
        this.#ids.set(name, ids);
        break;
      }
      case 'ip':
      case 'bridge':
      case 'nft':
      case 'iptables':
      case 'ip6tables':
      case 'listen': {
        const space = this.#namespaces.get(name);
        if (space) space[what] = toolResult(values);
        break;
      }
      case 'probe':
        this.#probes[key!.slice('probe\0'.length)] = toolResult(values);
        break;
      case 'sysctl':
        this.#sysctls[`${name}|${more}`] = values[0]?.startsWith('=') ? values[0].slice(1) : null;
        break;
      case 'file':
        this.#files[key!.slice('file\0'.length)] = fileObservation(values);
        break;
      case 'container':
        this.#containers[name] = toolResult(values);
        break;
      case 'process':
        this.#processes.push(processObservation(values));
        break;
    }
  }

  finish(env: Readonly<Record<string, string | null>>): {
    host: HostObservation;
    probes: Readonly<Record<string, ToolResult>>;
  } {
    const own = this.#ids.get('');
    for (const space of this.#namespaces.values()) {
      const id = own?.get(space.inode);
      if (id !== undefined) space.id = id;
      const ids = this.#ids.get(space.name);
      if (ids?.size) space.ids = Object.fromEntries(ids);
    }
    return {
      host: {
        namespaces: [...this.#namespaces.values()],
        ...(this.#processesAsked ? { processes: this.#processes } : {}),
        sysctls: this.#sysctls,
        files: this.#files,
        ...(Object.keys(this.#containers).length > 0 ? { containers: this.#containers } : {}),
        env,
        ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      },
      probes: this.#probes,
    };
  }
}

function toolResult([exit, failure, stdout, stderr, seconds]: string[]): ToolResult {
  return {
    exit: exit ? Number(exit) : null,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
    ...(failure ? { failure: failure as NonNullable<ToolResult['failure']> } : {}),
    durationMs: Math.round(Number(seconds ?? 0) * 1000),
  };
}

function fileObservation(values: string[]): FileObservation {
  if (values[0] !== 'there') return { exists: false, ...(values[1] ? { failure: values[1] } : {}) };
  const [, kind, mode, size, owner, group, target, content, truncated] = values;
  return {
    exists: true,
    kind: kind as Extract<FileObservation, { exists: true }>['kind'],
    mode: mode!,
    size: Number(size),
    owner: Number(owner),
    group: Number(group),
    ...(target ? { target } : {}),
    content: content ?? '',
    ...(truncated ? { truncated: true } : {}),
  };
}

function processObservation([pid, ppid, command, argv, netns, user, state]: string[]): ProcessObservation {
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    command: command ?? '',
    argv: (argv ?? '').replace(/\0$/, '').split('\0'),
    netns: netns ?? '',
    user: user ?? '',
    state: state ?? '',
  };
}
