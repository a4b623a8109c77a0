import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedText } from '../../../src/sandbox/agent/bounded-text.ts';
import { Decoder, encode } from '../../../src/sandbox/agent/frames.ts';

describe('frames', () => {
  it('come back as they were sent, however the stream is cut', () => {
    const message = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.nat(40), { minLength: 1 }),
        (messages, cuts) => {
          const all = Buffer.concat(messages.map((parts) => encode(parts)));
          const decoder = new Decoder();
          const got: Buffer[][] = [];
          for (let at = 0, i = 0; at < all.length; i++) {
            const size = cuts[i % cuts.length]! + 1;
            got.push(...decoder.push(all.subarray(at, at + size)));
            at += size;
          }
          expect(got.map((parts) => parts.map((p) => [...p]))).toEqual(
            messages.map((parts) => parts.map((p) => [...p])),
          );
        },
      ),
    );
  });

  it('refuses a frame that cannot be one', () => {
    expect(() => new Decoder().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(/frame of/);
    expect(() => new Decoder().push(Buffer.from([0, 0, 0, 8, 0, 0, 0, 9, 1, 2, 3, 4]))).toThrow(/longer/);
  });
});

describe('bounded text', () => {
  it('keeps both ends and counts what is missing, for any chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{0,30}$/), { maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (chunks, each) => {
          const text = new BoundedText(each);
          for (const chunk of chunks) text.push(Buffer.from(chunk));
          const all = chunks.join('');
          const kept = text.toString();
          const cut = /\n\.\.\. (\d+) bytes are not kept \.\.\.\n/.exec(kept);
          if (!cut) {
            expect(kept).toBe(all);
            return;
          }
          const head = kept.slice(0, cut.index);
          const tail = kept.slice(cut.index + cut[0].length);
          expect(head).toBe(all.slice(0, each));
          expect(all.endsWith(tail)).toBe(true);
          expect(tail.length).toBeGreaterThanOrEqual(each);
          expect(head.length + Number(cut[1]) + tail.length).toBe(all.length);
        },
      ),
    );
  });
});
