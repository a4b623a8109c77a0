/** Routes that were chosen: recorded between `a` and `b` over the routers `r1` and `r2` (test/sandbox/trace-routes.test.ts). */
import { describe, expect, test } from 'vitest';
import { sayInChinese } from '../../src/page/said/zh-CN.ts';
import type { RawAnswer, TraceCapture } from '../../src/trace/capture.ts';
import type { Routed } from '../../src/trace/model.ts';
import {
  lean,
  linksRequest,
  neighboursRequest,
  readLinks,
  readNeighbours,
  readRoutes,
  routeRequest,
} from '../../src/trace/routes/netlink.ts';
import { routeAsksOf, traceOf } from '../../src/trace/trace.ts';
import { plainLine, traceLines } from '../../src/trace/write/lines.ts';
import { mermaidSequence } from '../../src/trace/write/mermaid.ts';
import { routeMark, routeText } from '../../src/trace/write/route.ts';
import { recorded } from './recorded.ts';

const routesOf = (capture: TraceCapture): Routed[] =>
  traceOf(capture).journeys.flatMap(({ steps }) => steps.filter((step) => step.is === 'route'));
const told = (capture: TraceCapture) =>
  routesOf(capture).map((route) => `${route.title}: ${routeText(route)} ${routeMark(route)}`);

/** The capture with other answers. */
const with_ = (
  capture: TraceCapture,
  change: (answer: RawAnswer) => RawAnswer | undefined,
): TraceCapture => ({
  ...capture,
  answers: capture.answers!.flatMap((answer) => change(answer) ?? []),
});

describe('a routing decision', () => {
  test('stands at each hop, there and back', () => {
    expect(told(recorded('routers'))).toEqual([
      'a: default via 10.1.0.1 dev eth0 ✓',
      'r1: 10.2.0.0/24 via 10.9.0.2 dev wan ✓',
      'r2: 10.2.0.0/24 dev lan ✓',
      'b: local 10.2.0.2 dev eth0 ✓',
      'b: default via 10.2.0.1 dev eth0 ✓',
      'r2: 10.1.0.0/24 via 10.9.0.1 dev wan ✓',
      'r1: 10.1.0.0/24 dev lan ✓',
      'a: local 10.1.0.2 dev eth0 ✓',
    ]);
  });

  test('stands before the packet leaves, behind where it came in', () => {
    const [request] = traceOf(recorded('routers')).journeys;
    expect(
      request!.steps.map((step) => `${step.title} ${step.is === 'frame' ? step.direction : step.is}`),
    ).toEqual([
      'a route',
      'a out',
      'r1 in',
      'r1 route',
      'r1 out',
      'r2 in',
      'r2 route',
      'r2 out',
      'b in',
      'b route',
    ]);
  });

  test('says how late it was asked, and by what it is borne out', () => {
    const [first] = routesOf(recorded('routers'));
    expect(first!.after).toBeGreaterThan(0);
    expect(first!.evidence).toBe('it left by eth0, for the MAC of 10.1.0.1');
    const lines = traceLines(traceOf(recorded('routers'))).map(plainLine);
    expect(lines.find((line) => line.startsWith('route:'))).toMatch(/asked up to \d+ ms after the packet/);
  });

  test('that throws it away is what the packet ends by', () => {
    const { end } = traceOf(recorded('blackhole')).journeys[0]!;
    expect(end).toMatchObject({ state: 'dropped', title: 'r1' });
    expect(end.words).toContain('its route is a blackhole (10.66.0.0/16)');
    expect(told(recorded('blackhole')).at(-1)).toBe('r1: blackhole 10.66.0.0/16 (Invalid argument) ✓');
  });

  test('is in a Mermaid sequence too', () => {
    expect(mermaidSequence(traceOf(recorded('routers')))).toContain(
      ': route 10.2.0.0/24 via 10.9.0.2 dev wan',
    );
  });
});

describe('an answer that is no evidence of this packet', () => {
  test('names another interface than the one that it left by', () => {
    // what r2 answers about its own side is put in the place of what it answers about the other
    const capture = recorded('routers');
    const r2 = capture.spaces.findIndex(({ netns }) => netns === 'r2');
    const other = capture.answers!.find(
      ({ space, key }) => space === r2 && /^entry input 10.2.0.2/.test(key),
    )!;
    const swapped = with_(capture, (answer) =>
      answer.space === r2 && /^entry input 10.1.0.2/.test(answer.key)
        ? { ...answer, data: other.data }
        : answer,
    );
    const route = routesOf(swapped).find(
      ({ title, asked }) => title === 'r2' && asked.destination === '10.2.0.2',
    )!;
    expect(route).toMatchObject({ borne: 'no', evidence: 'but it left by lan' });
    expect(traceLines(traceOf(swapped)).map(plainLine).join('\n')).toMatch(/dev wan {3}✗ but it left by lan/);
  });

  test('a next hop whose MAC is not the one that it was sent to', () => {
    const capture = recorded('routers');
    const neighbour = Buffer.from([10, 1, 0, 1]);
    const moved = with_(capture, (answer) => {
      const data = Buffer.from(answer.data, 'base64');
      const at = answer.key === 'neighbours' ? data.indexOf(neighbour) : -1;
      if (at < 0) return answer;
      data[at + 3] = 9;
      return { ...answer, data: data.toString('base64') };
    });
    expect(routesOf(moved)[0]).toMatchObject({
      borne: 'no',
      evidence: 'but it left by eth0 for the MAC of 10.1.0.9',
    });
  });

  test('a next hop that is known by another MAC than the one that it was sent to', () => {
    const capture = recorded('routers');
    const neighbour = Buffer.from([10, 1, 0, 1]);
    const moved = with_(capture, (answer) => {
      const data = Buffer.from(answer.data, 'base64');
      const at = answer.key === 'neighbours' ? data.indexOf(neighbour) : -1;
      if (at < 0) return answer;
      // NDA_LLADDR comes behind NDA_DST (rtnetlink(7)): its length and type, then the MAC
      expect([data.readUInt16LE(at + 4), data.readUInt16LE(at + 6)]).toEqual([10, 2]);
      data[at + 13]! ^= 1;
      return { ...answer, data: data.toString('base64') };
    });
    const [first] = routesOf(moved);
    expect(first!.borne).toBe('no');
    expect(first!.evidence).toMatch(
      /^but it left by eth0 for the MAC [0-9a-f:]{17}, and 10\.1\.0\.1 has [0-9a-f:]{17}$/,
    );
  });

  /** Once more with the message of netlink that has these bytes, changed, behind the others. */
  const also = (data: Buffer, bytes: readonly number[], change: (message: Buffer) => void): Buffer => {
    for (let at = 0; at < data.length; at += (data.readUInt32LE(at) + 3) & ~3) {
      const message = Buffer.from(data.subarray(at, at + data.readUInt32LE(at)));
      if (!message.includes(Buffer.from(bytes))) continue;
      change(message);
      return Buffer.concat([data, message]);
    }
    return data;
  };

  test('the neighbours of one interface are not those of another', () => {
    const moved = with_(recorded('routers'), (answer) => {
      if (answer.key !== 'neighbours') return answer;
      // ndmsg: the interface stands at its fourth byte
      const data = also(Buffer.from(answer.data, 'base64'), [10, 1, 0, 1], (message) => {
        message[16 + 4]! += 40;
        message[message.length - 3]! ^= 1;
      });
      return { ...answer, data: data.toString('base64') };
    });
    expect(moved).not.toEqual(recorded('routers'));
    expect(told(moved)).toEqual(told(recorded('routers')));
  });

  test('of several routes that refuse it, the longest has', () => {
    const wider = with_(recorded('blackhole'), (answer) => {
      if (answer.key !== 'routes') return answer;
      // rtmsg: the length of its prefix is its first byte but one
      const data = also(Buffer.from(answer.data, 'base64'), [10, 66, 0, 0], (message) => {
        message[16 + 1] = 8;
      });
      return { ...answer, data: data.toString('base64') };
    });
    expect(wider).not.toEqual(recorded('blackhole'));
    expect(traceOf(wider).journeys[0]!.end.words).toContain('its route is a blackhole (10.66.0.0/16)');
  });

  test('is not there: that is said, and nothing else', () => {
    const silent = with_(recorded('routers'), ({ key, ...rest }) =>
      key.startsWith('entry') ? undefined : { key, ...rest },
    );
    expect(new Set(told(silent).map((line) => line.replace(/^\w+: /, '')))).toEqual(new Set(['not known ?']));
    expect(traceOf(silent).journeys[0]!.end.state).toBe('answered');
  });

  test('of what was captured before routes were asked for, nothing is said', () => {
    const { answers: _, ...before } = recorded('routers');
    expect(routesOf(before)).toEqual([]);
  });

  test('may be cut off anywhere', () => {
    const capture = recorded('blackhole');
    for (let bytes = 0; bytes < 200; bytes += 5) {
      const cut = with_(capture, (answer) => ({
        ...answer,
        data: Buffer.from(answer.data, 'base64').subarray(0, bytes).toString('base64'),
      }));
      expect(() => traceOf(cut)).not.toThrow();
    }
  });
});

describe('what is asked', () => {
  test('each flow once in each namespace, all of a namespace in a row; what explains an error comes last', () => {
    const { answers: _, ...capture } = recorded('routers');
    const asks = routeAsksOf(capture);
    const names = recorded('routers').spaces.map(({ netns }) => netns);
    const seen = asks.map(({ space, key }) => `${names[space]} ${key.split(' ').slice(0, 3).join(' ')}`);
    expect(seen.filter((one) => one.startsWith('r1 entry'))).toEqual([
      'r1 entry input 10.1.0.2',
      'r1 entry input 10.2.0.2',
    ]);
    expect(asks.map(({ space }) => space)).toEqual(asks.map(({ space }) => space).toSorted((a, b) => a - b));
    const first = asks.findIndex(({ onError }) => onError);
    expect(asks.slice(0, first).every(({ onError }) => !onError)).toBe(true);
  });

  test('is the header as rtnetlink takes it', () => {
    const request = routeRequest(
      {
        way: 'input',
        source: '10.1.0.2',
        destination: '10.2.0.2',
        protocol: 6,
        from: 4711,
        to: 80,
        index: 3,
        mark: 7,
      },
      'entry',
    );
    expect(request.readUInt32LE(0)).toBe(request.length);
    expect(request.readUInt16LE(4)).toBe(26);
    // struct rtmsg: AF_INET, 32 bits of both addresses; RTM_F_FIB_MATCH | RTM_F_LOOKUP_TABLE
    expect([...request.subarray(16, 20)]).toEqual([2, 32, 32, 0]);
    expect(request.readUInt32LE(24)).toBe(0x3000);
    // RTA_DST, RTA_SRC, RTA_IIF, RTA_MARK, RTA_IP_PROTO, RTA_SPORT, RTA_DPORT
    expect(request.subarray(28).toString('hex')).toBe(
      '080001000a020002080002000a01000208000300030000000800100007000000' +
        '05001b000600000006001c001267000006001d0000500000',
    );
    const six = routeRequest({ way: 'output', source: 'fd01::2', destination: 'fd02::2' }, 'hop');
    expect([...six.subarray(16, 19)]).toEqual([10, 128, 128]);
    expect(six.readUInt32LE(24)).toBe(0x1000);
  });

  test('is kept without what nobody reads', () => {
    const { answers = [] } = recorded('routers');
    const read = (data: Buffer) => [readLinks(data), readNeighbours(data), readRoutes(data)];
    for (const { data } of answers) {
      const bytes = Buffer.from(data, 'base64');
      expect(read(lean(bytes))).toEqual(read(bytes));
    }
    expect(linksRequest().readUInt16LE(4)).toBe(18);
    expect(neighboursRequest().readUInt16LE(4)).toBe(30);
  });
});

test('in Chinese every word of it is said, and what ip prints stays', () => {
  const say = (text: string) => sayInChinese(text);
  for (const name of ['routers', 'blackhole'])
    for (const line of traceLines(traceOf(recorded(name))))
      for (const { text } of line.filter(({ text }) =>
        /^(route|local|default|it |but |dropped)/.test(text.trim()),
      )) {
        const body = text.trim();
        if (/^(local|default|10\.)/.test(body)) expect(say(body)).toBe(body);
        else expect(say(body), body).toMatch(/\p{Script=Han}/u);
      }
});
