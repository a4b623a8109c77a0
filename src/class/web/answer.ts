/**
 * The board's page, as the host hands it out: three files, made by the build, compressed once. Nothing in it is of the class;
 * what is shown comes over the socket, to who has the key. Whoever takes this page from elsewhere gets nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BOARD_PATH } from '../../board/socket.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';

export interface PageRequest {
  /** Without what stands after `?`. */
  path: string;
  acceptEncoding?: string | undefined;
  ifNoneMatch?: string | undefined;
}
export interface PageAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** No script or style but these files, nothing of another site, and no markup out of strings. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  // Asked for each time, and answered in a line where it is the same: a host that was replaced has no old page about.
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
};

export type PageFiles = Readonly<Record<string, readonly [file: string, type: string]>>;

const BOARD: PageFiles = {
  [BOARD_PATH]: ['board.html', 'text/html; charset=utf-8'],
  [`${BOARD_PATH}/board.js`]: ['board.js', 'text/javascript; charset=utf-8'],
  [`${BOARD_PATH}/said.js`]: ['said.js', 'text/javascript; charset=utf-8'],
  [`${BOARD_PATH}/map.js`]: ['map.js', 'text/javascript; charset=utf-8'],
  [`${BOARD_PATH}/board.css`]: ['board.css', 'text/css; charset=utf-8'],
};

interface Packed {
  etag: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

/** @param folder where the build has put the page */
export function createPage(folder = join(PACKAGE_ROOT, 'dist', 'web'), files = BOARD) {
  const packed = new Map<string, Packed>();
  const pack = (file: string): Packed | undefined => {
    const known = packed.get(file);
    if (known) return known;
    const path = join(folder, file);
    if (!existsSync(path)) return undefined;
    const plain = readFileSync(path);
    const etag = `"${createHash('sha256').update(plain).digest('hex').slice(0, 32)}"`;
    const fresh = { etag, plain, gzip: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain) };
    packed.set(file, fresh);
    return fresh;
  };

  /** Undefined for a path that is not of the page. */
  return function answer({ path, acceptEncoding = '', ifNoneMatch }: PageRequest): PageAnswer | undefined {
    const plain = path.replace(/(?<=.)\/$/, '');
    const [file, type] = (Object.hasOwn(files, plain) && files[plain]) || [];
    if (plain !== path && file !== undefined)
      return { status: 308, headers: { ...HEADERS, location: plain }, body: Buffer.alloc(0) };
    if (file === undefined || type === undefined) return undefined;
    const found = pack(file);
    if (!found) {
      const body = Buffer.from('The page has not been built: run `npm run build`, then open it again.\n');
      return { status: 503, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }, body };
    }
    if (ifNoneMatch === found.etag)
      return { status: 304, headers: { ...HEADERS, etag: found.etag }, body: Buffer.alloc(0) };
    const encoding = (['br', 'gzip'] as const).find((one) => new RegExp(`\\b${one}\\b`).test(acceptEncoding));
    return {
      status: 200,
      headers: {
        ...HEADERS,
        etag: found.etag,
        'content-type': type,
        ...(encoding ? { 'content-encoding': encoding } : {}),
      },
      body: found[encoding ?? 'plain'],
    };
  };
}
