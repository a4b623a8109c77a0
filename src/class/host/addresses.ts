/** Where this machine may be reached, as it knows it; to be read out, never tried. */
import { hostname, networkInterfaces } from 'node:os';

/** Version 4 first: it is typed more easily. Without those that lead only to the machine itself, or need an interface's name. */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces)
    .flatMap((one) => one ?? [])
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address) && !/^169\.254\./.test(address));
  const of = (family: string) => all.filter((one) => one.family === family).map(({ address }) => address);
  return [...of('IPv4'), ...of('IPv6')];
}

/** Names by which the machine may be called. */
export function ownNames(name = hostname()): string[] {
  const plain = name.toLowerCase();
  if (!/^[a-z0-9.-]+$/.test(plain)) return [];
  return plain.includes('.') ? [plain, plain.split('.')[0]!] : [plain, `${plain}.local`];
}

/** Nothing said, or one of those that stand for all addresses: none that somebody could go to. */
export const isAny = (listen: string | undefined): listen is undefined | '::' | '0.0.0.0' =>
  listen === undefined || /^(?:::|0\.0\.0\.0|(?:0+:){7}0+)$/.test(listen);

/** As it stands in an address with a port. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
