/**
 * Zip archives (PKWARE APPNOTE 6.3), read without writing a file: names that leave the folder, links, bombs, encryption
 * and entries that overlap are refused. Written too, for bundles. Only what every tool writes: stored and deflated.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { Unreadable } from './safe-read.ts';

const MOST_ENTRIES = 2000;
const MOST_BYTES = 32 * 1024 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LINK_MODE = 0o120000;

/** Whatever is not a plain way down into the folder. */
export function isInside(name: string): boolean {
  return (
    name !== '' &&
    name.length <= 512 &&
    !/[\0-\x1f\x7f\\]/.test(name) &&
    !/^([a-zA-Z]:|\/|~)/.test(name) &&
    !name.split('/').some((part) => part === '..' || part === '.')
  );
}

/** @throws Unreadable */
export function readArchive(bytes: Buffer): Map<string, Buffer> {
  try {
    return entriesIn(bytes);
  } catch (error) {
    // A field that points outside of the file.
    if (error instanceof RangeError) throw new Unreadable('the archive is damaged');
    throw error;
  }
}

function entriesIn(bytes: Buffer): Map<string, Buffer> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count === 0xffff || bytes.readUInt32LE(end + 16) === 0xffffffff)
    throw new Unreadable('the archive is of the kind for very big files (zip64)');
  if (count > MOST_ENTRIES) throw new Unreadable(`the archive holds ${count} files`);
  const files = new Map<string, Buffer>();
  const spans: [number, number][] = [];
  let left = MOST_BYTES;
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new Unreadable('the archive is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    const entry = {
      name,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      local: bytes.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (!isInside(name))
      throw new Unreadable(`the archive names a path outside its folder: ${JSON.stringify(name)}`);
    if ((mode & 0o170000) === LINK_MODE)
      throw new Unreadable(`${name} in the archive is a symbolic link, which is not followed`);
    if (name.endsWith('/')) continue;
    if (files.has(name)) throw new Unreadable(`the archive holds ${name} twice`);
    if (entry.size > left) throw new Unreadable(`the archive unpacks to more than ${MOST_BYTES} bytes`);
    files.set(name, unpack(bytes, entry, spans));
    left -= entry.size;
  }
  return files;
}

function findEnd(bytes: Buffer): number {
  // The last 22 bytes, and before them a comment of at most 65535.
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (bytes.readUInt32LE(at) === END) return at;
  throw new Unreadable('it is no zip archive, as `wirebook submit` makes one');
}

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  local: number;
}

function unpack(bytes: Buffer, entry: Entry, spans: [number, number][]): Buffer {
  const { name, local } = entry;
  if (entry.flags & 1) throw new Unreadable(`${name} in the archive is encrypted`);
  if (bytes.readUInt32LE(local) !== LOCAL) throw new Unreadable('the archive is damaged');
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const to = from + entry.packed;
  if (to > bytes.length) throw new Unreadable('the archive is damaged');
  // A bomb of overlapping entries unpacks the same bytes again and again.
  if (spans.some(([a, b]) => local < b && a < to)) throw new Unreadable('entries of the archive overlap');
  spans.push([local, to]);
  const packed = bytes.subarray(from, to);
  const data = entry.method === 0 ? Buffer.from(packed) : inflated(packed, entry);
  if (data.length !== entry.size || crc32(data) !== entry.crc)
    throw new Unreadable(`${name} in the archive is damaged`);
  return data;
}

function inflated(packed: Buffer, { name, method, size }: Entry): Buffer {
  if (method !== 8)
    throw new Unreadable(`${name} in the archive is packed in an unusual way (method ${method})`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    // More than it says, or no deflated data at all.
    throw new Unreadable(`${name} in the archive is damaged`);
  }
}

/** 1980-01-01, so that equal contents make equal archives. */
const DOS_DATE = 0x21;

export function writeArchive(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2); // the name is UTF-8
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(DOS_DATE, 8);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt16LE(title.length, 22);
    const signature = Buffer.alloc(4);
    signature.writeUInt32LE(LOCAL);
    locals.push(signature, head, title, packed);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE((3 << 8) | 20, 4); // made on Unix
    head.copy(central, 6, 0, 26);
    central.writeUInt32LE((0o100644 << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    centrals.push(central, title);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
