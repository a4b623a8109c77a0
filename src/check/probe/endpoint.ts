/** `HOST:PORT` of tcp and udp checks. */
import { hasVariable, name } from '../fields.ts';

/** `10.0.0.12:80`, `web:80`, `[fd00::1]:80`; undefined when it is none of them. */
export function splitEndpoint(text: string): { host: string; port: number } | undefined {
  const parts = /^(?:\[([^\]]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text.trim());
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  return host === undefined || !(port >= 1 && port <= 65_535) ? undefined : { host, port };
}

/** Of a checked text. A variable may have put in anything: then the port is 0, which nothing listens on. */
export function endpointOf(text: string): { host: string; port: number } {
  return splitEndpoint(text) ?? { host: text, port: 0 };
}

export function endpoint(description: string, example: string) {
  return name(description, example).refine(
    (value) => hasVariable(value) || splitEndpoint(value) !== undefined,
    'A host and a port are expected: `10.0.0.12:80`, `[fd00::1]:80`.',
  );
}
