/**
 * What a command leaves behind: nothing (`looks`), no more than what the kernel learns from the packets that it sends
 * (`talks`: neighbours, a bridge's table, tracked connections), or anything (`acts`). What is not known, acts. Pure.
 */
import { type Command, commandsOf } from './commands.ts';

export type Effect = 'looks' | 'talks' | 'acts';

const ORDER: readonly Effect[] = ['looks', 'talks', 'acts'];

export const strongest = (effects: readonly Effect[]): Effect =>
  effects.reduce((one, other) => (ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one), 'looks');

type Rule = (args: readonly string[]) => Effect;

const always =
  (effect: Effect): Rule =>
  () =>
    effect;

const lookIf =
  (holds: (args: readonly string[]) => boolean): Rule =>
  (args) =>
    holds(args) ? 'looks' : 'acts';

const none = lookIf((args) => args.length === 0);
/** A second file is the one that is written. */
const oneFile = lookIf((args) => args.filter((arg) => !/^-|^\d+$/.test(arg)).length <= 1);
const without = (pattern: RegExp) => lookIf((args) => !args.some((arg) => pattern.test(arg)));

/** Options that take a word of their own. */
const IP_VALUES = new Set(['-n', '-netns', '-f', '-family', '-l', '-loops', '-rc', '-rcvbuf']);
const SHOWS = new Set(['show', 'list', 'lst', 'ls', 'get', 'sh']);

/** Splits off the options before the first other word. */
function afterOptions(args: readonly string[], values: ReadonlySet<string>): readonly string[] {
  let at = 0;
  while (args[at]?.startsWith('-')) at += values.has(args[at]!) ? 2 : 1;
  return args.slice(at);
}

const ip: Rule = (args) => {
  if (args.some((arg) => /^-(b|batch|force|a|all)$/.test(arg))) return 'acts';
  const [object = '', verb = '', ...rest] = afterOptions(args, IP_VALUES);
  if (/^netns?$/.test(object)) {
    if (verb === 'exec')
      return rest.length > 1 ? effectOf({ words: rest.slice(1), background: false }) : 'acts';
    return ['', 'list', 'ls', 'show', 'list-id', 'identify', 'pids'].includes(verb) ? 'looks' : 'acts';
  }
  if (/^mon/.test(object)) return 'acts';
  return verb === '' || SHOWS.has(verb) ? 'looks' : 'acts';
};

const bridge: Rule = (args) => {
  if (args.some((arg) => /^-(b|batch|force)$/.test(arg))) return 'acts';
  const [, verb = ''] = afterOptions(args, new Set(['-n', '-netns']));
  return verb === '' || SHOWS.has(verb) ? 'looks' : 'acts';
};

/** Only options that are known to show, and the words that belong to them. */
const iptables: Rule = lookIf(
  (args) =>
    args.some((arg) => /^(-[nvx]*[LS][nvx]*|--list|--list-rules)$/.test(arg)) &&
    args.every(
      (arg) => !/^-[A-Za-z]*[ADIRFZNXPE]|^--(append|delete|insert|replace|flush|zero|new|policy)/.test(arg),
    ),
);

/** curl writes no file and sends nothing but the request, unless one of these says so. */
const curl: Rule = (args) =>
  args.every((arg, at) => {
    if (/^-[a-zA-Z]*o$|^--output$/.test(args[at - 1] ?? '')) return arg === '/dev/null';
    return !/^-[a-zA-Z]*(o.|[OTdFXcDKJ])|^--(remote|upload|data|form|request|cookie-jar|dump|config|trace|post|json)/.test(
      arg,
    );
  })
    ? 'talks'
    : 'acts';

/** What follows a number of options and words is a command of its own. */
const wrapped =
  (skip: (args: readonly string[]) => readonly string[]): Rule =>
  (args) => {
    const words = skip(args);
    return words.length === 0 ? 'acts' : effectOf({ words, background: false });
  };

const DOCKER_SHOWS = /^(ps|images|inspect|logs|port|top|version|info|stats)$/;
const docker: Rule = ([verb = '', second = '', ...rest]) => {
  if (DOCKER_SHOWS.test(verb)) return [second, ...rest].includes('-f') ? 'acts' : 'looks';
  if (/^(network|container|image|volume)$/.test(verb))
    return /^(ls|list|inspect)$/.test(second) ? 'looks' : 'acts';
  return 'acts';
};

const LOOKERS =
  'arch basename cat column comm cut df diff dirname du echo expr false file fold free getent getfacl grep head id jq ' +
  'last less ls lsblk lscpu lsmod lsns lsof more nl nproc od paste pgrep printenv ps pwd readlink realpath rev ' +
  'seq sleep stat strings tac tail test tr true type uname uptime wait wc which who whoami [ :';

const RULES = new Map<string, Rule>([
  ...LOOKERS.split(' ').map((name) => [name, always('looks')] as const),
  ['ip', ip],
  ['bridge', bridge],
  ['iptables', iptables],
  ['ip6tables', iptables],
  ['iptables-save', without(/^-(f|M)|--file/)],
  ['nft', lookIf((args) => afterOptions(args, new Set())[0] === 'list')],
  ['ipset', lookIf(([verb = '']) => /^(list|-L|--list)$/.test(verb))],
  ['conntrack', lookIf((args) => args.some((arg) => /^(-L|--dump|-C|--count|-S|--stats)$/.test(arg)))],
  ['sysctl', without(/=|^-(w|p|-write|-load|-system)/)],
  ['hostname', without(/^[^-]|^-F|^--file/)],
  ['date', without(/^-s|^--set|^\d/)],
  ['mount', none],
  ['findmnt', always('looks')],
  ['env', none],
  ['set', none],
  ['sort', without(/^-[a-zA-Z]*o|^--output/)],
  ['uniq', oneFile],
  ['xxd', (args) => strongest([oneFile(args), without(/^-r/)(args)])],
  ['tree', without(/^-o/)],
  ['printf', without(/^-v/)],
  ['ss', without(/^-[a-zA-Z]*K|^--kill/)],
  ['find', without(/^-(exec|execdir|ok|okdir|delete|fprint|fls)/)],
  ['awk', without(/system|getline|[>|]|^-(f|i)/)],
  ['sed', lookIf(([first = '', script = '']) => first === '-n' && /^[\d,$]+p$/.test(script))],
  ['tcpdump', without(/^-[A-Za-z]*[wWGCzZ]/)],
  ['ethtool', without(/^-[A-Zfprst]|^--(set|change|offload|pause|reset|flash|identify|negotiate|test)/)],
  ['ping', without(/^-f$/)],
  ['traceroute', always('talks')],
  ['tracepath', always('talks')],
  ['arping', always('talks')],
  ['dig', always('talks')],
  ['host', always('talks')],
  ['nslookup', always('talks')],
  ['curl', curl],
  ['docker', docker],
  ['timeout', wrapped((args) => afterOptions(args, new Set(['-k', '-s'])).slice(1))],
  ['nsenter', wrapped((args) => afterOptions(args, new Set(['-t', '--target'])))],
  ['command', lookIf(([first = '']) => first === '-v' || first === '-V')],
]);
RULES.set('ping', (args) => (args.includes('-f') ? 'acts' : 'talks'));

export function effectOf({ words, background }: Command): Effect {
  const [name = '', ...args] = words;
  const rule = RULES.get(name.replace(/^\/(usr\/)?s?bin\//, ''));
  if (rule === undefined) return 'acts';
  const effect = rule(args);
  // A job that lives on is only forgotten where it ends by itself.
  return background && name !== 'timeout' ? 'acts' : effect;
}

export const effectOfLine = (line: string): Effect => {
  const commands = commandsOf(line);
  return commands === undefined ? 'acts' : strongest(commands.map(effectOf));
};
