/** A command that sends a lot: what is told of it must not take longer with the square of its packets. */
import { expect, test } from 'vitest';
import type { TraceCapture } from '../../src/trace/capture.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { recorded } from './recorded.ts';

/** The same echo over and over, each with a number of its own in the headers that tell packets apart. */
function many(capture: TraceCapture, times: number): TraceCapture {
  const frames = Array.from({ length: times }, (_, turn) =>
    capture.frames.map((frame) => {
      const data = Buffer.from(frame.data, 'base64');
      if (data.readUInt16BE(12) === 0x0800) data.writeUInt16BE(turn + 1, 14 + 4);
      return {
        ...frame,
        at: String(BigInt(frame.at) + BigInt(turn) * 1_000_000n),
        data: data.toString('base64'),
      };
    }),
  );
  return { ...capture, frames: frames.flat(), filter: [] };
}

test('ten times as many packets do not take a hundred times as long', () => {
  const took = (times: number) => {
    const capture = many(recorded('routers'), times);
    // of the processor: others may be at work meanwhile
    const began = process.cpuUsage();
    const { journeys } = traceOf(capture);
    expect(journeys.filter(({ kind, answer }) => kind === 'packet' && answer).length).toBe(times);
    expect(journeys.every(({ end }) => end.state !== 'unknown')).toBe(true);
    return process.cpuUsage(began).user;
  };
  took(20);
  const [few, lots] = [Math.min(took(100), took(100)), Math.min(took(1000), took(1000))];
  expect(lots / few).toBeLessThan(50);
}, 60_000);
