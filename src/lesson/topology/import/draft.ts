/** A topology while it is put together from another tool's files, and what of them could not be understood. Pure. */
import { parseAddress, parsePrefix } from '../../../lib/addresses.ts';
import { isInterfaceName, type Topology, type TopologySpace, topologySchema } from '../schema.ts';

export interface Imported {
  /** undefined where there is nothing left that could be made. */
  topology?: Topology;
  /** A line each: the place, and what was left out. */
  left: readonly string[];
}

type Open = {
  addresses: Record<string, string[]>;
  routes: string[];
  mtu: Record<string, number>;
  mac: Record<string, string>;
  down: string[];
  forward: boolean;
};

export class TopologyDraft {
  readonly #spaces = new Map<string, Open>();
  readonly #cables: string[] = [];
  readonly #bridges = new Map<string, string[]>();
  readonly #left: string[] = [];
  #ports = 0;

  node(name: string): void {
    if (this.#spaces.has(name)) return;
    this.#spaces.set(name, { addresses: {}, routes: [], mtu: {}, mac: {}, down: [], forward: false });
  }

  has(name: string): boolean {
    return this.#spaces.has(name);
  }

  leave(place: string, what: string): void {
    this.#left.push(`${place}: ${what}`);
  }

  cable(a: { node: string; interface: string }, b: { node: string; interface: string }): void {
    this.#cables.push(`${a.interface} in ${a.node} -- ${b.interface} in ${b.node}`);
  }

  /** A network that several share is a bridge on the host; its ports have names of their own. */
  bridge(name: string, members: readonly { node: string; interface: string }[]): void {
    const ports = members.map((member) => {
      const port = `port${++this.#ports}`;
      this.#cables.push(`${port} -- ${member.interface} in ${member.node}`);
      return port;
    });
    // what a kernel cannot have as a name is left out of it
    const plain = name.replace(/[^\w.-]+/g, '').slice(0, 11) || 'lan';
    const free = [plain, `lan-${plain}`].find(
      (each) => each !== 'eth0' && each !== 'lo' && !this.#bridges.has(each),
    );
    this.#bridges.set(free ?? `lan${this.#bridges.size + 1}`, ports);
  }

  /** One command of a start-up script; those that set up no network are left. */
  command(node: string, line: string, place: string): void {
    const space = this.#spaces.get(node)!;
    const text = line
      .replace(/\s+#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^(\/usr)?\/s?bin\//, '');
    if (text === '' || text.startsWith('#')) return;
    if (!understood(space, text)) this.leave(place, text);
  }

  finish(): Imported {
    const namespaces: Record<string, TopologySpace> = {};
    for (const [name, { addresses, routes, mtu, mac, down, forward }] of this.#spaces)
      namespaces[name] = {
        ...(Object.keys(addresses).length > 0 ? { addresses } : {}),
        ...(routes.length > 0 ? { routes } : {}),
        ...(Object.keys(mtu).length > 0 ? { mtu } : {}),
        ...(Object.keys(mac).length > 0 ? { mac } : {}),
        ...(down.length > 0 ? { down } : {}),
        ...(forward ? { forward } : {}),
      };
    const made = topologySchema.safeParse({
      ...(this.#bridges.size > 0 ? { host: { bridges: Object.fromEntries(this.#bridges) } } : {}),
      namespaces,
      ...(this.#cables.length > 0 ? { cables: this.#cables } : {}),
    });
    if (made.success) return { topology: made.data, left: this.#left };
    const why = made.error.issues.map(({ path, message }) => `${path.join(' ')}: ${message}`);
    return { left: [...this.#left, ...why] };
  }
}

/** Puts into the space what a command would; false where it is another command, or has words that are not known. */
function understood(space: Open, text: string): boolean {
  const address = /^ip (?:-[46] )?a(?:ddr(?:ess)?)? add (\S+)(?: brd \S+| broadcast \S+)? dev (\S+)$/.exec(
    text,
  );
  if (address) return addAddress(space, address[2]!, address[1]!);
  const old =
    /^ifconfig (\S+) (?:inet6? )?(?:add )?(\S+?)(?: netmask (\S+))?(?: broadcast \S+)?(?: up)?$/.exec(text);
  if (old && parsePrefix(withMask(old[2]!, old[3])))
    return addAddress(space, old[1]!, withMask(old[2]!, old[3]));
  const up = /^(?:ip l(?:ink)? set (?:dev )?(\S+) up|ifconfig (\S+) up)$/.exec(text);
  if (up) return true;
  const down = /^(?:ip l(?:ink)? set (?:dev )?(\S+) down|ifconfig (\S+) down)$/.exec(text);
  if (down && isInterfaceName(down[1] ?? down[2]!)) return space.down.push(down[1] ?? down[2]!) > 0;
  const mtu = /^ip l(?:ink)? set (?:dev )?(\S+) mtu (\d+)(?: up)?$/.exec(text);
  if (mtu && isInterfaceName(mtu[1]!)) {
    space.mtu[mtu[1]!] = Number(mtu[2]);
    return true;
  }
  const mac = /^ip l(?:ink)? set (?:dev )?(\S+) address (\S+)$/.exec(text);
  if (mac && isInterfaceName(mac[1]!) && /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(mac[2]!)) {
    space.mac[mac[1]!] = mac[2]!;
    return true;
  }
  const route = /^ip (?:-[46] )?r(?:oute)? (?:add|replace) (.+)$/.exec(text);
  if (route) return addRoute(space, route[1]!);
  const oldRoute =
    /^route add (?:(default)|-net (\S+?)(?: netmask (\S+))?|-host (\S+)) gw (\S+)(?: (?:dev )?(\S+))?$/.exec(
      text,
    );
  if (oldRoute) {
    const [, isDefault, net, mask, host, via, dev] = oldRoute;
    const to = isDefault ?? (host === undefined ? withMask(net!, mask) : `${host}/32`);
    return addRoute(space, `${to} via ${via}${dev === undefined ? '' : ` dev ${dev}`}`);
  }
  if (
    /^(?:sysctl (?:-q )?-?w? ?(?:-q )?net\.ipv4\.ip_forward=1|echo "?1"? ?> ?\/proc\/sys\/net\/ipv4\/ip_forward)$/.test(
      text,
    )
  ) {
    space.forward = true;
    return true;
  }
  return false;
}

function addAddress(space: Open, device: string, text: string): boolean {
  const prefix = text.includes('/') ? text : `${text}/${parseAddress(text)?.family === 6 ? 128 : 32}`;
  if (parsePrefix(prefix) === undefined || !prefix.includes('/') || !isInterfaceName(device)) return false;
  space.addresses[device] = [...(space.addresses[device] ?? []), prefix];
  return true;
}

function addRoute(space: Open, text: string): boolean {
  const line = text.replace(/^(?:0\.0\.0\.0\/0|::\/0)(?= )/, 'default');
  if (!topologySchema.safeParse({ host: { routes: [line] } }).success) return false;
  space.routes.push(line);
  return true;
}

/** `10.0.0.1` and `255.255.255.0` as one; an address that has its prefix already stays. */
function withMask(address: string, mask: string | undefined): string {
  if (mask === undefined || address.includes('/')) return address;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32 ? `${address}/${bits.lastIndexOf('1') + 1}` : address;
}
