/** Who talks to whom: by this, packets belong together that are seen one after the other. Pure. */
import type { Tuple } from './read/netfilter.ts';
import { innermost, type Packet } from './read/packet.ts';

const NUMBERS = { tcp: 6, udp: 17 } as const;

/** As connection tracking has it; undefined for what is not IP. */
export function tupleOf(packet: Packet): Tuple | undefined {
  const { ip } = innermost(packet);
  if (ip === undefined) return undefined;
  const { source, destination, transport } = ip;
  if (transport.name === 'tcp' || transport.name === 'udp')
    return { source, destination, protocol: NUMBERS[transport.name], from: transport.from, to: transport.to };
  if (transport.name === 'icmp') {
    const { id } = transport;
    const protocol = source.includes(':') ? 58 : 1;
    return { source, destination, protocol, ...(id === undefined ? {} : { from: id, to: id }) };
  }
  return { source, destination, protocol: transport.number };
}

export function reversed({ source, destination, from, to, ...rest }: Tuple): Tuple {
  return {
    ...rest,
    source: destination,
    destination: source,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
  };
}

export const tupleKey = ({ protocol, source, destination, from, to }: Tuple) =>
  `${protocol} ${source} ${from ?? ''} ${destination} ${to ?? ''}`;

export const isTranslated = (original: Tuple, reply: Tuple) =>
  tupleKey(reversed(original)) !== tupleKey(reply);

/** `10.0.0.1:80`; of ICMP the address alone. */
export function ends(tuple: Tuple): { source: string; destination: string } {
  const port = (address: string, number: number | undefined) => {
    if (number === undefined || tuple.protocol === 1 || tuple.protocol === 58) return address;
    return address.includes(':') ? `[${address}]:${number}` : `${address}:${number}`;
  };
  return { source: port(tuple.source, tuple.from), destination: port(tuple.destination, tuple.to) };
}
