/** Collects what an agent captures (sandbox/agent/trace.pl) while something else is done. */
import { SandboxError } from '../../lib/errors.ts';
import type {
  RawAnswer,
  RawFilter,
  RawFrame,
  TraceCapture,
  TraceGap,
  TraceSpace,
} from '../../trace/capture.ts';
import { lossesOnly } from '../../trace/read/counters.ts';
import { type Ask, isSetting } from '../../trace/routes/asked.ts';
import { lean } from '../../trace/routes/netlink.ts';
import type { Connection } from './connection.ts';
import type { Message } from './frames.ts';

export interface TraceOptions {
  /** Bytes kept of a frame; enough for all headers. */
  snap?: number;
  /** Milliseconds of silence after which the trace is over. */
  settleMs?: number;
  /** However long the command takes, no longer than this. */
  limitMs: number;
}

/** `boot`: of the kernel (random(4)); '' where it does not tell. */
export type Part = Omit<TraceCapture, 'command' | 'clocks'> & { boot: string };
type Building<T> = { -readonly [K in keyof T]: T[K] };

const SNAP = 256;
const SETTLE_MS = 25;

/** A trace that runs. */
export interface Tracing {
  /** When every namespace is watched. */
  ready: Promise<void>;
  /** @returns what was seen */
  stop(): Promise<Part>;
  /** What the kernel answers, as far as it can be asked, with what it has answered before. */
  ask(asks: readonly Ask[]): Promise<Part>;
  /** Nothing more is asked. */
  end(): void;
}

export function startTrace(connection: Connection, options: TraceOptions): Tracing {
  const collector = new Collector();
  let isReady!: () => void;
  let fail!: (error: Error) => void;
  let capture!: () => void;
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    fail = reject;
  });
  const captured = new Promise<void>((resolve) => {
    capture = resolve;
  });
  let answered = () => {};
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
    capture();
    answered();
  };
  const id = connection.request(
    'trace',
    [options.snap ?? SNAP, options.settleMs ?? SETTLE_MS, options.limitMs],
    {
      message: (kind, parts) => {
        if (kind === 'error') {
          fail(new SandboxError('trace-failed', `Nothing could be traced: ${parts[0]}`));
          end();
        } else if (parts[0]!.toString() === 'ready') {
          collector.boot = parts[1]?.toString() ?? '';
          isReady();
        } else if (parts[0]!.toString() === 'captured') capture();
        else if (parts[0]!.toString() === 'answered') answered();
        else if (parts[0]!.toString() === 'end') {
          connection.forget(id);
          isReady();
          end();
        } else collector.add(parts);
      },
      lost: (error) => {
        fail(error);
        end();
      },
    },
  );
  return {
    ready,
    async stop() {
      connection.send('trace-stop', id);
      await captured;
      return collector.finish();
    },
    async ask(asks) {
      if (asks.length === 0 || hasEnded) return collector.finish();
      const all = new Promise<void>((resolve) => {
        answered = resolve;
      });
      const words = asks.map(({ space, key, onError, kind, data }) => [
        space,
        key,
        onError ? 1 : '',
        kind,
        data,
      ]);
      connection.send('trace-ask', id, ...words.flat());
      await all;
      return collector.finish();
    },
    end() {
      connection.send('trace-ask', id);
    },
  };
}

const nanoseconds = (stamp: Buffer) =>
  String(stamp.readBigInt64LE(0) * 1_000_000_000n + stamp.readBigInt64LE(8));

class Collector {
  boot = '';
  readonly #spaces: (Building<TraceSpace> & {
    gaps: TraceGap[];
    interfaces: Record<number, string>;
    hardware: Record<number, number>;
  })[] = [];
  readonly #frames: RawFrame[] = [];
  readonly #filter: RawFilter[] = [];
  readonly #answers: RawAnswer[] = [];
  readonly #lost = new Map<string, { space: number; what: 'frames' | 'filter' }>();

  add([kind, number, ...parts]: Message): void {
    const n = Number(number);
    const texts = () => parts.map((part) => part.toString('utf8'));
    const space = this.#spaces[n];
    switch (kind!.toString()) {
      case 'space': {
        const [host, netns, inode, words] = texts() as [string, string, string, string];
        this.#spaces[n] = {
          host,
          netns,
          inode,
          ...(words ? { words } : {}),
          interfaces: {},
          hardware: {},
          gaps: [],
        };
        break;
      }
      case 'gap': {
        const [what, why] = texts() as [TraceGap['what'], string];
        const gap = { what, why: why.trim() };
        // what concerns no space concerns all
        for (const one of number!.length === 0 ? this.#spaces : [space]) one?.gaps.push(gap);
        break;
      }
      case 'interface':
        if (space) {
          const [index, name, hardware] = texts();
          space.interfaces[Number(index)] = name!;
          space.hardware[Number(index)] = Number(hardware);
        }
        break;
      case 'frame': {
        const [index, type, protocol, at, length, data] = parts as [
          Buffer,
          Buffer,
          Buffer,
          Buffer,
          Buffer,
          Buffer,
        ];
        this.#frames.push({
          space: n,
          index: Number(index),
          type: Number(type),
          protocol: Number(protocol),
          at: nanoseconds(at),
          length: Number(length),
          data: data.toString('base64'),
        });
        break;
      }
      case 'filter':
        this.#filter.push({ space: n, at: nanoseconds(parts[0]!), data: parts[1]!.toString('base64') });
        break;
      case 'answer': {
        const key = texts()[0]!;
        const data = isSetting(key) ? parts[2]! : lean(parts[2]!);
        this.#answers.push({
          space: n,
          key,
          at: nanoseconds(parts[1]!),
          data: data.toString('base64'),
        });
        break;
      }
      case 'lost': {
        const what = texts()[0] as 'frames' | 'filter';
        this.#lost.set(`${n} ${what}`, { space: n, what });
        break;
      }
      case 'counters':
        if (space) space.counters = { before: lossesOnly(texts()[0]!), after: lossesOnly(texts()[1]!) };
        break;
      case 'rules': {
        const [tool, exit, , stdout] = texts();
        if (space && exit === '0') space[tool === 'nft' ? 'rules' : 'iptables'] = stdout!;
        break;
      }
    }
  }

  finish(): Part {
    return {
      boot: this.boot,
      spaces: this.#spaces,
      frames: this.#frames,
      filter: this.#filter,
      answers: this.#answers,
      lost: [...this.#lost.values()],
    };
  }
}
