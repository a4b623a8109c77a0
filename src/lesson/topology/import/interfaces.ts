/** /etc/network/interfaces (ifupdown), as far as its interfaces are static: as the commands that it stands for. Pure. */
import { addAddress, addRoute, type OpenSpace, withMask } from './commands.ts';

/** @returns what was not understood: the line from 1, and its text */
export function readInterfaces(
  space: OpenSpace,
  text: string,
  run: (command: string, line: number) => void,
): { line: number; text: string }[] {
  const left: { line: number; text: string }[] = [];
  let device: string | undefined;
  let given = new Map<string, { value: string; line: number }>();
  const close = () => {
    const [address, gateway] = [given.get('address'), given.get('gateway')];
    if (device !== undefined && address !== undefined) {
      if (
        !space.cabled.has(device) ||
        !addAddress(space, device, withMask(address.value, given.get('netmask')?.value))
      )
        left.push({ line: address.line, text: `address ${address.value} of ${device}` });
      else if (gateway !== undefined && !addRoute(space, `default via ${gateway.value}`))
        left.push({ line: gateway.line, text: `gateway ${gateway.value}` });
    }
    given = new Map();
  };
  for (const [at, raw] of text.split('\n').entries()) {
    const line = at + 1;
    const words = raw.trim().split(/\s+/);
    const [key = '', ...rest] = words;
    if (key === '' || key.startsWith('#') || key === 'auto' || key.startsWith('allow-')) continue;
    if (key === 'iface') {
      close();
      const [name, , method] = rest;
      device = method === 'static' ? name : undefined;
      if (method !== 'static' && method !== 'loopback') left.push({ line, text: raw.trim() });
    } else if (device === undefined) continue;
    else if (['address', 'netmask', 'gateway'].includes(key)) given.set(key, { value: rest.join(' '), line });
    else if (key === 'hwaddress') space.mac[device] = rest.at(-1)!;
    else if (key === 'mtu' && /^\d{2,5}$/.test(rest[0] ?? '')) space.mtu[device] = Number(rest[0]);
    else if (['up', 'post-up', 'pre-up'].includes(key)) {
      close();
      run(rest.join(' '), line);
    } else if (
      !['network', 'broadcast', 'dns-nameservers', 'dns-search', 'down', 'pre-down', 'post-down'].includes(
        key,
      )
    )
      left.push({ line, text: raw.trim() });
  }
  close();
  return left;
}
