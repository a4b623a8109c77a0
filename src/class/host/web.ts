/** What the host answers to plain requests of HTTP: the board's page, and nothing else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { BOARD_PATH } from '../../board/socket.ts';
import { CONTENT_POLICY, createPage } from '../web/answer.ts';

const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * A page of elsewhere can have its own name lead to our address (DNS rebinding), and would then be of one origin with us. So
 * we answer to addresses, which nobody can lend, and to names that are ours.
 */
export function isOurs(host: string | undefined, names: ReadonlySet<string>): boolean {
  const name = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@]+))(?::\d{1,5})?$/i.exec(host ?? '');
  if (name === null) return false;
  if (name[1] !== undefined) return isIP(name[1]) === 6;
  const plain = name[2]!.toLowerCase().replace(/\.$/, '');
  return isIP(plain) === 4 || names.has(plain);
}

interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer | string;
}

const says = (status: number, text: string, more: Record<string, string> = {}): Answer => ({
  status,
  headers: { ...HEADERS, ...more },
  body: `${text}\n`,
});

export type Page = ReturnType<typeof createPage>;

/** @param more pages beside the board */
export function createAnswer(names: ReadonlySet<string>, more?: Page) {
  const page = createPage();
  const answerTo = ({ method, headers, url = '/' }: IncomingMessage): Answer => {
    if (!isOurs(headers.host, names)) return says(421, 'This host is not called so.');
    if (method !== 'GET' && method !== 'HEAD') return says(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0)
      return says(413, 'A request has no body here.');
    const [path = ''] = url.split('?', 1);
    if (path === '/') return says(302, 'The board is elsewhere.', { location: BOARD_PATH });
    const [etag, encoding] = [headers['if-none-match'], headers['accept-encoding']];
    const asked = { path, acceptEncoding: String(encoding ?? ''), ifNoneMatch: etag };
    return page(asked) ?? more?.(asked) ?? says(404, 'There is no such page.');
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { status, headers, body } = answerTo(request);
    // Of a request that we do not take, nothing more is read.
    if (status > 404) response.shouldKeepAlive = false;
    response.writeHead(status, { ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
