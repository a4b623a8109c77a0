/**
 * A capture for Wireshark: pcapng, one interface block an interface, nanoseconds, with the direction of each frame.
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
 */
import type { RawFrame, TraceCapture } from '../capture.ts';
import { isBare } from '../read/frame.ts';
import { titlesOf } from '../titles.ts';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const ETHERNET = 1;
const RAW = 101;

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function option(code: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

const END_OF_OPTIONS = Buffer.alloc(4);

function block(type: number, body: Buffer): Buffer {
  const size = 12 + body.length;
  const [head, tail] = [Buffer.alloc(8), Buffer.alloc(4)];
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(size, 4);
  tail.writeUInt32LE(size, 0);
  return Buffer.concat([head, body, tail]);
}

function sectionBlock(): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(SECTION, Buffer.concat([body, option(4, Buffer.from('Wirebook')), END_OF_OPTIONS]));
}

function interfaceBlock(name: string, description: string, link: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(link, 0);
  const options = [
    option(2, Buffer.from(name)),
    option(3, Buffer.from(description)),
    option(9, Buffer.from([9])),
  ];
  return block(INTERFACE, Buffer.concat([body, ...options, END_OF_OPTIONS]));
}

function packetBlock(number: number, frame: RawFrame): Buffer {
  const data = Buffer.from(frame.data, 'base64');
  const body = Buffer.alloc(20);
  const at = BigInt(frame.at);
  body.writeUInt32LE(number, 0);
  body.writeUInt32LE(Number(at >> 32n), 4);
  body.writeUInt32LE(Number(at & 0xffffffffn), 8);
  body.writeUInt32LE(data.length, 12);
  body.writeUInt32LE(frame.length, 16);
  // epb_flags: 1 came in, 2 went out
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(frame.type === 4 ? 2 : 1, 0);
  return block(PACKET, Buffer.concat([body, padded(data), option(2, flags), END_OF_OPTIONS]));
}

export function pcapng(capture: TraceCapture): Buffer {
  const titles = titlesOf(capture);
  const numbers = new Map<string, number>();
  const interfaces: Buffer[] = [];
  const packets: Buffer[] = [];
  const frames = [...capture.frames].sort((a, b) => (BigInt(a.at) < BigInt(b.at) ? -1 : 1));
  for (const frame of frames) {
    const key = `${frame.space} ${frame.index}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
      const name = capture.spaces[frame.space]?.interfaces[frame.index] || `interface ${frame.index}`;
      const title = titles[frame.space] ?? '?';
      interfaces.push(
        interfaceBlock(
          `${title}/${name}`,
          `${name} in ${title}`,
          isBare(frame, Buffer.from(frame.data, 'base64'), capture.spaces[frame.space]) ? RAW : ETHERNET,
        ),
      );
    }
    packets.push(packetBlock(number, frame));
  }
  return Buffer.concat([sectionBlock(), ...interfaces, ...packets]);
}
