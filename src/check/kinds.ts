/** All kinds of check: to add one, write its file and put it here. */

import { bridge } from './kinds/bridge.ts';
import { cni } from './kinds/cni.ts';
import { container } from './kinds/container.ts';
import { curl } from './kinds/curl.ts';
import { dns } from './kinds/dns.ts';
import { env } from './kinds/env.ts';
import { exit } from './kinds/exit.ts';
import { file } from './kinds/file.ts';
import { firewall } from './kinds/firewall.ts';
import { networkInterface } from './kinds/interface.ts';
import { listen } from './kinds/listen.ts';
import { neighbour } from './kinds/neighbour.ts';
import { netns } from './kinds/netns.ts';
import { output } from './kinds/output.ts';
import { path } from './kinds/path.ts';
import { ping } from './kinds/ping.ts';
import { process } from './kinds/process.ts';
import { route } from './kinds/route.ts';
import { sysctl } from './kinds/sysctl.ts';
import { tcp } from './kinds/tcp.ts';
import { trace } from './kinds/trace.ts';
import { udp } from './kinds/udp.ts';
import type { CheckKind } from './model.ts';

/** In the order of the reference: from what is there to what is reached to what was typed. */
const all = [
  netns,
  networkInterface,
  route,
  neighbour,
  bridge,
  firewall,
  sysctl,
  ping,
  curl,
  tcp,
  udp,
  dns,
  trace,
  path,
  listen,
  process,
  container,
  cni,
  file,
  env,
  output,
  exit,
];

/** By name. A kind is called only with a spec that its own schema has made, which the type cannot say. */
export const kinds: ReadonlyMap<string, CheckKind> = new Map(
  all.map((kind) => [kind.name, kind as unknown as CheckKind]),
);
