/** Reads what a CNI plugin printed: a result of any version of the specification, or an error. */
import { z } from 'zod';

const route = z.object({ dst: z.string(), gw: z.string().optional() });

/** 0.3.0 and later (SPEC.md, "Success"), and 0.1.0 and 0.2.0, whose `ip4` and `ip6` hold addresses and routes. */
const family = z.object({
  ip: z.string(),
  gateway: z.string().optional(),
  routes: z.array(route).default([]),
});
const printed = z.object({
  cniVersion: z.string().default(''),
  interfaces: z.array(z.object({ name: z.string(), sandbox: z.string().optional() })).default([]),
  ips: z.array(z.object({ address: z.string(), gateway: z.string().optional() })).default([]),
  routes: z.array(route).default([]),
  ip4: family.optional(),
  ip6: family.optional(),
  code: z.number().optional(),
  msg: z.string().optional(),
});

export interface CniResult {
  version: string;
  /** With prefix: `10.0.10.2/24`. */
  ips: readonly string[];
  gateways: readonly string[];
  /** `DESTINATION`, or `DESTINATION via GATEWAY`. */
  routes: readonly string[];
  interfaces: readonly string[];
  /** Of an error (SPEC.md, "Error"). */
  code?: number;
  message?: string;
}

/** The result in a text; a sentence when there is none. */
export function readCni(text: string): CniResult | string {
  if (text.trim() === '') return 'there is nothing in it';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  const result = printed.safeParse(json).data;
  if (result === undefined || (result.cniVersion === '' && result.code === undefined))
    return 'it is no result of a CNI plugin';
  const old = [result.ip4, result.ip6].filter((each) => each !== undefined);
  const addresses = [...result.ips, ...old.map(({ ip, gateway }) => ({ address: ip, gateway }))];
  return {
    version: result.cniVersion,
    ips: addresses.map((each) => each.address),
    gateways: addresses.flatMap((each) => each.gateway ?? []),
    routes: [...result.routes, ...old.flatMap((each) => each.routes)].map(({ dst, gw }) =>
      gw === undefined ? dst : `${dst} via ${gw}`,
    ),
    interfaces: result.interfaces.map((each) => each.name),
    ...(result.code === undefined ? {} : { code: result.code, message: result.msg ?? '' }),
  };
}
