/** What networks are written with. */
import type { Random } from './random.ts';

export const PEOPLE = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
export const SERVERS = ['web', 'shop', 'wiki', 'mail', 'files', 'docs'];

/** A server that says hello on TCP; busybox goes into the background by itself. `address`: `[::]` is all of both families. */
export const serve = (netns: string, address: string, port: number) =>
  `mkdir -p /srv/${netns}; echo "hello from ${netns}" >/srv/${netns}/index.html; ip netns exec ${netns} busybox httpd -p ${address}:${port} -h /srv/${netns}`;

/** That it is this server who answers, and no other. */
export const pageOf = (netns: string) => ({ status: 200, body: `hello from ${netns}` });

export const lan = (random: Random) => `10.${1 + random.number(200)}.${random.number(250)}`;
