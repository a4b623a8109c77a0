/** What Vagrant prints, read. Pure. */

export interface Field {
  /** A machine, or ''. */
  target: string;
  type: string;
  data: readonly string[];
}

/** `--machine-readable`: time, target, type, data; commas and line ends in it are written out. */
export function machineFields(text: string): Field[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd().split(','))
    .filter((parts) => parts.length >= 3 && /^\d+$/.test(parts[0]!))
    .map(([, target = '', type = '', ...data]) => ({ target, type, data: data.map(plain) }));
}

function plain(text: string): string {
  return text.replaceAll('%!(VAGRANT_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '');
}

const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** A line for a person's progress display; undefined for what says nothing to them. */
export function progressOf(line: string): { message: string; fraction?: number } | undefined {
  const text = line.replace(ESCAPES, '').trimEnd();
  const [, percent] = /\bProgress: (\d+)%/.exec(text) ?? [];
  if (percent) return { message: `getting the box: ${percent}%`, fraction: Number(percent) / 100 };
  const [, machine, said] = /^==> (\S+): (\S.*)$/.exec(text) ?? [];
  return machine ? { message: `${machine}: ${said}` } : undefined;
}

export interface SshEntry {
  host: string;
  hostName: string;
  port: number;
  /** It is reached through a program. */
  proxied: boolean;
}

/**
 * `vagrant ssh-config`, as a configuration of our own: the machines' keys are kept from the first connection on, so that
 * nobody else at the same address is taken for them.
 */
export function ownSshConfig(text: string, knownHosts: string): string {
  const kept = text
    .split('\n')
    .filter((line) => !/^\s+(UserKnownHostsFile|StrictHostKeyChecking|LogLevel)\b/.test(line))
    .flatMap((line) => {
      const [, host] = /^Host (\S+)/.exec(line) ?? [];
      return host ? [line, `  HostKeyAlias wirebook-${host}`] : [line];
    });
  return `Host *
  UserKnownHostsFile "${knownHosts}"
  StrictHostKeyChecking accept-new
  HashKnownHosts no
  LogLevel ERROR

${kept.join('\n')}`;
}

export function sshEntries(config: string): SshEntry[] {
  return config
    .split(/^(?=Host )/m)
    .map((block) => {
      const value = (key: string) => new RegExp(`^\\s+${key}\\s+(.*?)\\s*$`, 'm').exec(block)?.[1] ?? '';
      return {
        host: /^Host (\S+)/.exec(block)?.[1] ?? '',
        hostName: value('HostName'),
        port: Number(value('Port') || 22),
        proxied: value('ProxyCommand') !== '' || value('ProxyJump') !== '',
      };
    })
    .filter(({ host }) => host !== '' && host !== '*');
}
