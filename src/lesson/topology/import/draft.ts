/** A topology while it is put together from another tool's files, and what of them could not be understood. Pure. */
import { type Topology, type TopologySpace, topologySchema } from '../schema.ts';
import { type OpenSpace, readCommand } from './commands.ts';
import { readInterfaces } from './interfaces.ts';
import { expanded, shellParts, simpleCommands, wordsOf } from './shell.ts';

export interface Imported {
  /** undefined where there is nothing left that could be made. */
  topology?: Topology;
  /** Commands that a topology has no words for, and any Linux has: of a firewall, say. Nothing in them is more than a word. */
  commands: readonly string[];
  /** A line each: the place, and what was left out. */
  left: readonly string[];
}

interface End {
  node: string;
  interface: string;
}

const SERVICE =
  /^(?:systemctl (?:start|restart|enable)(?: --now)? (\S+)|service (\S+) (?:re)?start|\/etc\/init\.d\/(\S+) (?:re)?start)$/;

export class TopologyDraft {
  readonly #spaces = new Map<string, OpenSpace>();
  readonly #variables = new Map<string, Map<string, string>>();
  readonly #cables: string[] = [];
  readonly #bridges = new Map<string, string[]>();
  readonly #commands: string[] = [];
  readonly #left: string[] = [];
  #ports = 0;

  node(name: string): void {
    if (this.#spaces.has(name)) return;
    this.#spaces.set(name, {
      addresses: {},
      routes: [],
      bridges: {},
      mtu: {},
      mac: {},
      down: new Set(),
      forward: undefined,
      cabled: new Set(),
    });
    this.#variables.set(name, new Map());
  }

  has(name: string): boolean {
    return this.#spaces.has(name);
  }

  variable(node: string, name: string, value: string): void {
    this.#variables.get(node)?.set(name, value);
  }

  leave(place: string, what: string): void {
    const line = `${place}: ${what}`;
    // what all machines share is said once
    if (!this.#left.includes(line)) this.#left.push(line);
  }

  cable(a: End, b: End): void {
    this.#cables.push(`${a.interface} in ${a.node} -- ${b.interface} in ${b.node}`);
    for (const end of [a, b]) this.#spaces.get(end.node)!.cabled.add(end.interface);
  }

  /** A network that several share is a bridge on the host; its ports have names of their own. */
  bridge(name: string, members: readonly End[]): void {
    const ports = members.map((member) => {
      const port = `port${++this.#ports}`;
      this.#cables.push(`${port} -- ${member.interface} in ${member.node}`);
      this.#spaces.get(member.node)!.cabled.add(member.interface);
      return port;
    });
    // what a kernel cannot have as a name is left out of it
    const plain = name.replace(/[^\w.-]+/g, '').slice(0, 11) || 'lan';
    const free = [plain, `lan-${plain}`].find(
      (each) => each !== 'eth0' && each !== 'lo' && !this.#bridges.has(each),
    );
    this.#bridges.set(free ?? `lan${this.#bridges.size + 1}`, ports);
  }

  /** A start-up script. What depends on something is left as a whole. */
  script(node: string, text: string, place: string): void {
    for (const part of shellParts(text)) {
      const where = `${place}:${part.line}${part.end === undefined ? '' : `-${part.end}`}`;
      if (part.is === 'block') this.leave(where, `${part.text}${part.end === undefined ? '' : ' ...'}`);
      else this.command(node, part.text, where);
    }
  }

  /** Its /etc/network/interfaces. */
  interfaces(node: string, text: string, place: string): void {
    const left = readInterfaces(this.#spaces.get(node)!, text, (command, line) =>
      this.line(node, command, `${place}:${line}`),
    );
    for (const { line, text: what } of left) this.leave(`${place}:${line}`, what);
  }

  /** A line of commands that stands for itself. */
  line(node: string, text: string, place: string): void {
    for (const part of simpleCommands(text)) this.command(node, part, place);
  }

  /** One simple command; those that set up no network are left. */
  command(node: string, text: string, place: string): void {
    const space = this.#spaces.get(node)!;
    const variables = this.#variables.get(node)!;
    const echo = /^echo "?(\d)"? ?> ?\/proc\/sys\/(net\/\S+)$/.exec(text);
    const whole = expanded(echo === null ? text : `sysctl -w ${echo[2]}=${echo[1]}`, variables);
    const assigned = /^(?:export )?(\w+)=("[^"]*"|'[^']*'|\$\(.*|`.*|\S*)$/.exec(text);
    if (assigned !== null) {
      const value = expanded(assigned[2]!.replace(/^(["'])(.*)\1$/, '$2'), variables);
      if (value !== undefined) {
        variables.set(assigned[1]!, value);
        return;
      }
      // what comes of a command is not known, nor any more what was known before
      variables.delete(assigned[1]!);
    }
    const words = whole === undefined ? undefined : wordsOf(whole);
    if (words?.length === 0) return;
    const reading = words === undefined ? 'unknown' : readCommand(space, words);
    if (reading === 'kept') this.#commands.push(`ip netns exec ${node} ${words!.join(' ')}`);
    else if (reading === 'unknown') {
      const service = SERVICE.exec(text)?.slice(1).find(Boolean);
      // what it would do has been read from its file
      if (service === 'networking') return;
      this.leave(
        place,
        service === undefined
          ? text
          : `${text} (no service runs here: start the program of ${service} in a cell)`,
      );
    }
  }

  finish(): Imported {
    const namespaces: Record<string, TopologySpace> = {};
    const some = <T extends object>(key: string, value: T) =>
      Object.keys(value).length > 0 ? { [key]: value } : {};
    for (const [name, space] of this.#spaces) {
      const { addresses, routes, bridges, mtu, mac, down, forward } = space;
      namespaces[name] = {
        ...some('bridges', bridges),
        ...some('addresses', addresses),
        ...some('routes', routes),
        ...some('mtu', mtu),
        ...some('mac', mac),
        ...some('down', [...down]),
        ...((forward ?? isBetweenNetworks(space)) ? { forward: true } : {}),
      };
    }
    const made = topologySchema.safeParse({
      ...(this.#bridges.size > 0 ? { host: { bridges: Object.fromEntries(this.#bridges) } } : {}),
      namespaces,
      ...(this.#cables.length > 0 ? { cables: this.#cables } : {}),
    });
    if (made.success) return { topology: made.data, commands: this.#commands, left: this.#left };
    const why = made.error.issues.map(({ path, message }) => `${path.join(' ')}: ${message}`);
    return { commands: [], left: [...this.#left, ...why] };
  }
}

/** The machines of these tools are containers, whose engine has forwarding on: between several networks they are routers. */
function isBetweenNetworks({ cabled, bridges }: OpenSpace): boolean {
  const ports = new Set(Object.values(bridges).flat());
  return [...cabled].filter((name) => !ports.has(name)).length + Object.keys(bridges).length > 1;
}

/** What was left of many machines, as one line for each thing. */
export class LeftOfMany {
  readonly #nodes = new Map<string, Set<string>>();

  add(what: string, node: string): void {
    this.#nodes.set(what, (this.#nodes.get(what) ?? new Set()).add(node));
  }

  tell(draft: TopologyDraft, place: string): void {
    for (const [what, nodes] of this.#nodes) draft.leave(place, `${what} of ${[...nodes].join(', ')}`);
  }
}
