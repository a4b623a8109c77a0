/**
 * A command of which no packet was seen: what the kernel says of the addresses that stand in it, which is mostly why. There is
 * no header then, so it is asked without one. Pure.
 */
import { parseAddress } from '../../lib/addresses.ts';
import type { TraceCapture } from '../capture.ts';
import type { Open } from '../open.ts';
import { titlesOf } from '../titles.ts';
import type { Decision } from './decisions.ts';

/** `ip netns exec NAME ...` sends from there, whatever namespace it was called in. */
export function enteredBy({ netns, argv }: TraceCapture['command']): string {
  const words = argv[0] === 'sudo' ? argv.slice(1) : argv;
  const [ip, what, does, name] = words.filter((word) => !/^-/.test(word));
  return ip === 'ip' && what === 'netns' && (does === 'exec' || does === 'e') && name ? name : netns;
}

const MOST = 4;

/** `8.8.8.8`, `http://10.0.0.1:80/x`, `[fd00::1]:53`, `@10.0.0.1`. */
function addressesIn(argv: readonly string[]): string[] {
  const found = argv.flatMap((word) => {
    const bare = word.replace(/^(?:\w+:\/\/|@)/, '').replace(/\/.*$/s, '');
    return [bare, /^\[(.*)\](?::\d+)?$/.exec(bare)?.[1] ?? '', bare.replace(/:\d+$/, '')];
  });
  return [...new Set(found.filter((word) => parseAddress(word) !== undefined))].slice(0, MOST);
}

export function unsentOf(kept: readonly Open[], from: number, capture: TraceCapture): Decision[] {
  if (from < 0 || kept.some(({ kind }) => kind === 'packet')) return [];
  const title = titlesOf(capture)[from]!;
  return addressesIn(capture.command.argv).map((destination) => ({
    at: 0,
    space: from,
    title,
    question: { way: 'output', source: '', destination },
    translated: false,
    left: [],
    unpacked: false,
    again: false,
    depth: 0,
    time: undefined,
  }));
}
