/** The address of a host as a person writes it: a name or an IP address, with a port or without; or copied out of a browser. */
import { SOCKET } from '../../board/socket.ts';
import { InputError } from '../../lib/errors.ts';
import type { Address } from './link.ts';

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9.])?$/;
const SIX = /^[0-9A-Fa-f:.]+(?:%[\w.-]+)?$/;

/** @throws InputError `class-address` */
export function parseAddress(text: string): Address {
  const bare = text
    .trim()
    .replace(/^(?:https|wss):\/\//i, '')
    .replace(/\/.*$/, '');
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(bare);
  // Several colons and no brackets: all of it is an IPv6 address.
  const plain =
    /^([^:]+)(?::(\d{1,5}))?$/.exec(bare) ?? (SIX.test(bare) ? [bare, bare, undefined] : undefined);
  const [, host, port] = bracketed ?? plain ?? [];
  const number = port === undefined ? SOCKET.port : Number(port);
  const known = host !== undefined && (host.includes(':') ? SIX.test(host) : NAME.test(host));
  if (known && number >= 1 && number <= 65_535) return { host, port: number };
  throw new InputError('class-address', `${JSON.stringify(text)} is no address of a class’s host.`, [
    'It is a name or an IP address, with its port if it has another one than usual: 192.0.2.7, room4.example:9443',
  ]);
}

export function formatAddress({ host, port }: Address): string {
  if (port === SOCKET.port) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
