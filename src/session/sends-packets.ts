/** Whether there is a packet of a cell that can be followed. Known by names alone: the first frame needs no kind of check. */
import type { Cell } from '../lesson/model.ts';

/** Kinds whose checks send packets; `route` with `get` only asks the kernel. */
const SENDING: ReadonlySet<string> = new Set(['curl', 'dns', 'path', 'ping', 'tcp', 'trace', 'udp']);

export const isSending = ({ kind }: { kind: string }): boolean => SENDING.has(kind);

export const sendsPackets = ({ expects }: Cell): boolean => expects.some(isSending);
