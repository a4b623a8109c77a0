/** Commands of a start-up script that set up the network of a machine: what each does to the machine's part of a topology. */
import { parseAddress, parsePrefix } from '../../../lib/addresses.ts';
import { isInterfaceName, topologySchema } from '../schema.ts';

/** A machine while it is put together. */
export interface OpenSpace {
  addresses: Record<string, string[]>;
  routes: string[];
  bridges: Record<string, string[]>;
  mtu: Record<string, number>;
  mac: Record<string, string>;
  down: Set<string>;
  /** undefined: as the tool's machines are by themselves. */
  forward: boolean | undefined;
  /** Interfaces that cables make. */
  cabled: Set<string>;
}

/** `kept`: it is no part of a topology, and every Linux has it. */
export type Reading = 'done' | 'kept' | 'unknown';

/** What says nothing of the network. */
const QUIET = new Set(['set', 'hostname', 'true', ':', 'exit', 'sleep', 'export', 'touch', 'unset']);
const KEPT = new Set(['iptables', 'ip6tables', 'tc', 'bridge', 'ethtool', 'arp', 'brctl']);
const KEPT_IP =
  /^(?:l(?:ink?)?|a(?:ddr(?:ess)?)?|r(?:oute?)?|ru(?:le)?|n(?:eigh(?:bour)?)?|tu(?:nnel)?|nexthop)$/;
/** Nothing that a shell could read as anything but a word, and no option by which a program starts another. */
const WORD = /^[\w.,:/+=@%!-]+$/;
const STARTS = /^(?:--modprobe|-M$|-b(?:atch)?$|-force$|exec$)/;

const isSafe = (words: readonly string[]) =>
  words.every((word) => WORD.test(word) && !STARTS.test(word) && word !== 'netns');

export function readCommand(space: OpenSpace, given: readonly string[]): Reading {
  const words = [...given];
  words[0] = words[0]!.replace(/^(?:\/usr)?\/s?bin\//, '');
  const [program, ...rest] = words;
  if (QUIET.has(program!)) return 'done';
  const isDone =
    (program === 'ip' && ip(space, rest)) ||
    (program === 'ifconfig' && ifconfig(space, rest)) ||
    (program === 'route' && oldRoute(space, rest)) ||
    (program === 'brctl' && brctl(space, rest)) ||
    (program === 'sysctl' &&
      rest.filter((word) => !/^-[wqe]+$/.test(word)).every((word) => sysctl(space, word)));
  if (isDone) return 'done';
  if (!isSafe(words)) return 'unknown';
  if (program === 'ip')
    return KEPT_IP.test(rest.find((word) => !word.startsWith('-')) ?? '') ? 'kept' : 'unknown';
  if (program === 'sysctl') return rest.every((word) => /^-[wqe]+$|^net[./]/.test(word)) ? 'kept' : 'unknown';
  return KEPT.has(program!) && rest.length > 0 && !isLook(rest) ? 'kept' : 'unknown';
}

/** `iptables -L`, `iptables -C ...`: they change nothing. */
const isLook = (words: readonly string[]) =>
  words.some((word) => /^(?:-[LCS]|--list|--check|show)$/.test(word));

const known = (space: OpenSpace, device: string) =>
  device === 'lo' || space.cabled.has(device) || Object.hasOwn(space.bridges, device);

function ip(space: OpenSpace, given: readonly string[]): boolean {
  const words = given.filter((word) => !/^-(?:4|6|c\w*)$/.test(word));
  const [object = '', action = '', ...rest] = words;
  if (/^a(?:ddr(?:ess)?)?$/.test(object)) return ipAddress(space, action, rest);
  if (/^l(?:ink?)?$/.test(object)) return ipLink(space, action, rest);
  if (/^r(?:oute?)?$/.test(object) && /^(?:a(?:dd)?|replace|append)$/.test(action))
    return addRoute(space, rest.filter((word, at) => word !== 'proto' && rest[at - 1] !== 'proto').join(' '));
  return false;
}

function ipAddress(space: OpenSpace, action: string, words: readonly string[]): boolean {
  const after = (key: string) => words[words.indexOf(key) + 1];
  const device = words.includes('dev') ? after('dev') : action === 'flush' ? words[0] : undefined;
  if (device === undefined || !known(space, device)) return false;
  if (action === 'flush') {
    delete space.addresses[device];
    return true;
  }
  const OPTIONS = ['dev', 'brd', 'broadcast', 'scope', 'label', 'local', 'nodad'];
  const text = words.includes('local') ? after('local')! : words[0]!;
  const isKnown = words.every(
    (word, at) => OPTIONS.includes(word) || word === text || OPTIONS.includes(words[at - 1] ?? ''),
  );
  if (!isKnown) return false;
  if (/^(?:add?|replace|change)$/.test(action)) return addAddress(space, device, text);
  if (!/^del(?:ete)?$/.test(action)) return false;
  const left = space.addresses[device]?.filter((one) => one !== text && one.split('/')[0] !== text) ?? [];
  if (left.length > 0) space.addresses[device] = left;
  else delete space.addresses[device];
  return true;
}

function ipLink(space: OpenSpace, action: string, words: readonly string[]): boolean {
  if (/^add?$/.test(action)) {
    const [name, ...kind] = words[0] === 'name' || words[0] === 'dev' ? words.slice(1) : words;
    if (kind.join(' ') !== 'type bridge' || !isInterfaceName(name!)) return false;
    space.bridges[name!] ??= [];
    space.down.add(name!);
    return true;
  }
  return action === 'set' && setLink(space, words);
}

/** `set dev eth0 up`, `set up dev eth0 mtu 1400 master br0`. */
function setLink(space: OpenSpace, words: readonly string[]): boolean {
  const values = new Map<string, string>();
  let device: string | undefined;
  let state: 'up' | 'down' | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === 'up' || word === 'down') state = word;
    else if (word === 'dev') device = words[++at];
    else if (['mtu', 'address', 'master'].includes(word)) values.set(word, words[++at] ?? '');
    else if (device === undefined) device = word;
    else return false;
  }
  if (device === undefined || !known(space, device)) return false;
  const [mtu, address, master] = ['mtu', 'address', 'master'].map((key) => values.get(key));
  if (mtu !== undefined && !/^\d{2,5}$/.test(mtu)) return false;
  if (address !== undefined && !/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(address)) return false;
  if (master !== undefined && !Object.hasOwn(space.bridges, master)) return false;
  if (mtu !== undefined) space.mtu[device] = Number(mtu);
  if (address !== undefined) space.mac[device] = address;
  if (master !== undefined) joined(space, master, device);
  if (state === 'up') space.down.delete(device);
  if (state === 'down') space.down.add(device);
  return true;
}

function joined(space: OpenSpace, bridge: string, device: string): void {
  for (const [name, ports] of Object.entries(space.bridges))
    space.bridges[name] = ports.filter((port) => port !== device);
  space.bridges[bridge]!.push(device);
}

function brctl(space: OpenSpace, [action, bridge = '', port = '']: readonly string[]): boolean {
  if (action === 'addbr' && isInterfaceName(bridge)) {
    space.bridges[bridge] ??= [];
    space.down.add(bridge);
    return true;
  }
  if (action !== 'addif' || !Object.hasOwn(space.bridges, bridge) || !known(space, port)) return false;
  joined(space, bridge, port);
  return true;
}

/** `eth0 10.0.0.1 netmask 255.0.0.0 broadcast 10.255.255.255 hw ether 02:... up`. */
function ifconfig(space: OpenSpace, [device = '', ...words]: readonly string[]): boolean {
  if (!known(space, device)) return false;
  const values = new Map<string, string>();
  let state: 'up' | 'down' = 'up';
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === 'up' || word === 'down') state = word;
    else if (word === 'ether') values.set('mac', words[++at] ?? '');
    else if (['netmask', 'broadcast', 'mtu'].includes(word)) values.set(word, words[++at] ?? '');
    else if (['inet', 'inet6', 'add', 'hw'].includes(word)) continue;
    else if (!values.has('address') && parseAddress(word.split('/')[0]!)) values.set('address', word);
    else return false;
  }
  const [address, mac, mtu] = ['address', 'mac', 'mtu'].map((key) => values.get(key));
  if (address !== undefined && !addAddress(space, device, withMask(address, values.get('netmask'))))
    return false;
  if (mac !== undefined) space.mac[device] = mac;
  if (mtu !== undefined) space.mtu[device] = Number(mtu);
  if (state === 'up') space.down.delete(device);
  else space.down.add(device);
  return true;
}

function oldRoute(space: OpenSpace, given: readonly string[]): boolean {
  const [action, ...words] = given.filter((word) => !/^-(?:A|inet6?|n)$/.test(word));
  if (action !== 'add') return false;
  let to: string | undefined;
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '-net') to = words[++at];
    else if (word === '-host') to = `${words[++at]}/32`;
    else if (['netmask', 'gw', 'dev', 'metric'].includes(word)) values.set(word, words[++at] ?? '');
    else if (to === undefined) to = word;
    else if (known(space, word)) values.set('dev', word);
    else return false;
  }
  const [via, dev, metric] = ['gw', 'dev', 'metric'].map((key) => values.get(key));
  if (to === undefined || (via === undefined && dev === undefined)) return false;
  // what an address of lo gives by itself
  if (dev === 'lo' && space.addresses.lo?.includes(to)) return true;
  const net = /^(?:default|0\.0\.0\.0)$/.test(to) ? 'default' : withMask(to, values.get('netmask'));
  return addRoute(
    space,
    [net, via && `via ${via}`, dev && `dev ${dev}`, metric && `metric ${metric}`].filter(Boolean).join(' '),
  );
}

/** `key=value`; other settings are no part of a topology. */
export function sysctl(space: OpenSpace, text: string): boolean {
  const [key, value] = text.split('=').map((part) => part.trim().replaceAll('/', '.'));
  if (!/^net\.ipv4\.(?:ip_forward|conf\.all\.forwarding)$|^net\.ipv6\.conf\.all\.forwarding$/.test(key ?? ''))
    return false;
  space.forward = value === '1';
  return true;
}

export function addAddress(space: OpenSpace, device: string, text: string): boolean {
  const prefix = text.includes('/') ? text : `${text}/${parseAddress(text)?.family === 6 ? 128 : 32}`;
  if (parsePrefix(prefix) === undefined || !isInterfaceName(device)) return false;
  const there = space.addresses[device] ?? [];
  if (!there.includes(prefix)) space.addresses[device] = [...there, prefix];
  return true;
}

export function addRoute(space: OpenSpace, text: string): boolean {
  const line = text.replace(/^(?:0\.0\.0\.0\/0|::\/0)(?= )/, 'default');
  const dev = /\bdev (\S+)/.exec(line)?.[1];
  if (dev !== undefined && !known(space, dev)) return false;
  if (!topologySchema.safeParse({ host: { routes: [line] } }).success) return false;
  const to = line.split(' via ')[0]!;
  const at = space.routes.findIndex((route) => route.split(' via ')[0] === to);
  if (at < 0) space.routes.push(line);
  else space.routes[at] = line;
  return true;
}

/** `10.0.0.1` and `255.255.255.0` as one. Without a mask it is that of its class, as ifconfig and route have it. */
export function withMask(address: string, mask: string | undefined): string {
  if (address.includes('/') || address.includes(':')) return address;
  const first = Number(address.split('.')[0]);
  if (mask === undefined) return `${address}/${first < 128 ? 8 : first < 192 ? 16 : 24}`;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32 ? `${address}/${bits.lastIndexOf('1') + 1}` : address;
}
