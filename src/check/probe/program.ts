/** Our own probe programs (sandbox/tools): each prints one JSON object. */
import { z } from 'zod';
import type { ToolResult } from '../observation.ts';
import { notUnderstood, type Unusable, unusable } from './result.ts';

/** Where every sandbox has them. */
export const PROBES = '/usr/lib/wirebook';

export function readProgram<T>(
  tool: string,
  schema: z.ZodType<T>,
  result: ToolResult | undefined,
): T | Unusable {
  const why = unusable(tool, result);
  if (why !== undefined || result === undefined) return why ?? { unusable: `${tool} was not run` };
  if (result.exit !== 0) return notUnderstood(tool, result);
  try {
    const parsed = schema.safeParse(JSON.parse(result.stdout));
    if (parsed.success) return parsed.data;
  } catch {
    // Falls through: text that is no JSON is as little understood as JSON of another form.
  }
  return notUnderstood(tool, result);
}

/** Fields that tcp and udp share. */
export const asked = {
  host: z.string(),
  port: z.number(),
  /** The one tried; absent when the name came to none. */
  address: z.string().optional(),
  /** The kernel's or the resolver's words. */
  error: z.string().optional(),
};
