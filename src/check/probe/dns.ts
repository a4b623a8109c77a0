/** probe-dns: how it is called, and what it says. */
import { z } from 'zod';
import type { ToolResult } from '../observation.ts';
import { PROBES, readProgram } from './program.ts';

export const DNS_TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'PTR', 'MX', 'NS', 'SRV'] as const;
export type DnsType = (typeof DNS_TYPES)[number];

/** Five seconds: a resolver's usual patience, and longer than ARP takes to give up. */
const ASK_MS = 5000;
export const DNS_TIME = ASK_MS + 3000;

const schema = z.object({
  name: z.string(),
  type: z.string(),
  result: z.enum(['answered', 'no-reply', 'refused', 'unreachable', 'malformed', 'no-server', 'error']),
  /** The address that was asked last. */
  server: z.string().optional(),
  /** NOERROR, NXDOMAIN, SERVFAIL, REFUSED, ...; when it answered. */
  status: z.string().optional(),
  answers: z
    .array(z.object({ name: z.string(), type: z.string(), ttl: z.number(), value: z.string() }))
    .optional(),
  tcp: z.boolean().optional(),
  error: z.string().optional(),
});
export type DnsResult = z.infer<typeof schema>;

export function dnsCommand(options: { name: string; type: DnsType; server?: string }): string[] {
  const argv = [`${PROBES}/probe-dns`, '--timeout', String(ASK_MS)];
  if (options.server !== undefined) argv.push('--server', options.server);
  return [...argv, '--', options.name, options.type];
}

export const readDns = (result: ToolResult | undefined) => readProgram('probe-dns', schema, result);

/** What was asked for: the values of records of the asked type, without the aliases on the way. */
export function valuesOf(result: DnsResult): string[] {
  return (result.answers ?? []).filter((record) => record.type === result.type).map((record) => record.value);
}
