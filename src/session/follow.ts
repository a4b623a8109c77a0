/** Which packet is followed when the learner asks what becomes of a cell's packets: the probe of one of its checks. */
import { confirmNeedsOf } from '../check/judge.ts';
import type { Check, Need, Verdict } from '../check/model.ts';
import type { Cell } from '../lesson/model.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import type { Values } from './engine.ts';
import { isSending, sendsPackets } from './sends-packets.ts';
import { readVariables } from './variables.ts';

/** That of the first check that has failed and sends packets, else of the first that does. */
export function packetNeed(
  cell: Cell,
  verdicts: readonly Verdict[],
  hosts: readonly string[],
  values: (check: Check) => Values = () => ({}),
): Need | undefined {
  const failed = (id: string) => verdicts.some(({ check, state }) => check === id && state === 'fail');
  const ordered = cell.expects
    .filter(isSending)
    .toSorted((a, b) => Number(failed(b.id)) - Number(failed(a.id)));
  return confirmNeedsOf(ordered, hosts, values)[0];
}

/** `none`: no check sends a packet; `unset`: where to stands in a variable that no shell has. */
export type NoPacket = 'none' | 'unset';

/** The same with what the lesson's shells know: an address that was noted there is asked for now. */
export async function packetToFollow(
  sandbox: Pick<Sandbox, 'observe'>,
  cell: Cell,
  verdicts: readonly Verdict[],
  hosts: readonly string[],
): Promise<Need | NoPacket> {
  const need = packetNeed(cell, verdicts, hosts, await readVariables(sandbox, cell, undefined));
  if (need !== undefined) return need;
  return sendsPackets(cell) ? 'unset' : 'none';
}
