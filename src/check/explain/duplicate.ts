/** Addresses of IPv6 that were given and are not used: duplicate address detection (RFC 4862, 5.4). */
import { type Address, formatAddress } from '../../lib/addresses.ts';
import { isLinkLocal, type Link } from '../read/link.ts';
import type { Fault } from './trail.ts';
import { type Node, type Port, portName, tentativeAt } from './world.ts';

const ADVICE =
  'Look at the flags of the address (dadfailed, tentative). Let no other have it; then take it away and give it again: the kernel asks once, when it is given.';

/** The address that is asked for was given to one of these, which does not use it. */
export function unusedAt(
  ends: readonly Port[],
  address: Address,
  owner: Port | undefined,
): Fault | undefined {
  const name = formatAddress(address);
  for (const end of ends) {
    const found = tentativeAt(end.node, address);
    if (found === undefined) continue;
    const place = portName({ node: end.node, link: found.link });
    const why = found.failed
      ? 'duplicate address detection has failed'
      : 'it is still tentative: duplicate address detection is not over';
    const cause =
      owner === undefined
        ? `${name} was given to ${place}, which does not use it: ${why}.`
        : `The address ${name} is there twice: ${portName(owner)} has it, and ${place} was given it and does not use it, for ${why}.`;
    return { cause, advice: ADVICE };
  }
  return undefined;
}

/** There is an address to send from, and it may not be used. */
export function heldBack(node: Node, link: Link): Fault | undefined {
  const own = link.addresses.find(({ prefix, tentative }) => tentative !== undefined && !isLinkLocal(prefix));
  if (own === undefined) return undefined;
  const why =
    own.tentative === 'failed'
      ? 'duplicate address detection has failed, another has it'
      : 'it is still tentative: duplicate address detection is not over';
  return {
    cause: `${node.title} cannot send from ${own.prefix} on ${link.name}: ${why}.`,
    advice: ADVICE,
  };
}
