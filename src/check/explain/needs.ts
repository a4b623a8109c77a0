/** What an explanation wants to see: everything about the network of every host. */
import type { Asking, Need } from '../model.ts';
import { netnsResolvConf, RESOLV_CONF } from './names.ts';
import { SETTINGS_COMMAND, SETTINGS_TIME } from './settings.ts';

export function reachNeeds(asking: Asking): readonly Need[] {
  const hosts = asking.hosts.includes(asking.host) ? asking.hosts : [asking.host, ...asking.hosts];
  return [
    ...hosts.flatMap((host): Need[] => [
      { read: 'netns', host },
      { read: 'ip', host },
      { read: 'nft', host },
      { read: 'listen', host },
      { read: 'probe', host, netns: '', argv: SETTINGS_COMMAND, timeoutMs: SETTINGS_TIME },
    ]),
    { read: 'file', host: asking.host, path: RESOLV_CONF },
    ...(asking.netns === ''
      ? []
      : [{ read: 'file', host: asking.host, path: netnsResolvConf(asking.netns) } as const]),
  ];
}
