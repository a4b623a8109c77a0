/** probe-tcp and probe-udp: how they are called, and what they say. */
import { z } from 'zod';
import type { ToolResult } from '../observation.ts';
import { asked, PROBES, readProgram } from './program.ts';

/**
 * Longer than ARP takes to give up (3 s), so that "no route to host" is told from silence. That holds where silence is
 * what is expected too, though all of it is then always spent: a machine that is not there must not pass for a firewall.
 */
export const CONNECT_MS = 4000;
const BANNER_MS = 1500;

/** `refused`, `timeout`, `unreachable` and `dns` can be named with `fails`; `source`: the `from` is not there. */
const tcpSchema = z.object({
  ...asked,
  result: z.enum(['connected', 'refused', 'timeout', 'unreachable', 'dns', 'reset', 'source', 'error']),
  /** What the server said first, when it was asked for. */
  banner: z.string().optional(),
});
export type TcpResult = z.infer<typeof tcpSchema>;

const udpSchema = z.object({
  ...asked,
  result: z.enum(['answered', 'refused', 'no-reply', 'unreachable', 'dns', 'reset', 'source', 'error']),
  answer: z.string().optional(),
});
export type UdpResult = z.infer<typeof udpSchema>;

export interface SocketOptions {
  host: string;
  port: number;
  from?: string;
}

function shared(tool: string, options: SocketOptions): string[] {
  const argv = [`${PROBES}/${tool}`, '--timeout', String(CONNECT_MS)];
  return options.from === undefined ? argv : [...argv, '--from', options.from];
}

export function tcpCommand(options: SocketOptions & { banner: boolean }): string[] {
  const argv = shared('probe-tcp', options);
  if (options.banner) argv.push('--banner', String(BANNER_MS));
  return [...argv, '--', options.host, String(options.port)];
}

export function udpCommand(options: SocketOptions & { send: string }): string[] {
  return [...shared('probe-udp', options), '--', options.host, String(options.port), options.send];
}

/** Milliseconds within which either ends by itself. */
export const SOCKET_TIME = 2 * CONNECT_MS + BANNER_MS + 2000;

export const readTcp = (result: ToolResult | undefined) => readProgram('probe-tcp', tcpSchema, result);
export const readUdp = (result: ToolResult | undefined) => readProgram('probe-udp', udpSchema, result);
