import { curl } from '../../../src/check/kinds/curl.ts';
import { dns } from '../../../src/check/kinds/dns.ts';
import { ping } from '../../../src/check/kinds/ping.ts';
import { tcp } from '../../../src/check/kinds/tcp.ts';
import { trace } from '../../../src/check/kinds/trace.ts';
import { udp } from '../../../src/check/kinds/udp.ts';
import type { CheckKind } from '../../../src/check/model.ts';

/** The kinds that send something. */
export const kinds: Readonly<Record<string, CheckKind>> = { ping, curl, tcp, udp, dns, trace } as never;
