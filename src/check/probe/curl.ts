/** `curl`: how it is called, and what its output says. */
import type { ToolResult } from '../observation.ts';
import { notUnderstood, type Unusable, unusable } from './result.ts';
import { CONNECT_MS } from './socket.ts';

export interface CurlOptions {
  url: string;
  method?: string;
  /** Source address or interface. */
  from?: string;
  /** Address to use for the URL's host. */
  resolve?: string;
}

export type CurlReason = 'refused' | 'timeout' | 'unreachable' | 'dns' | 'tls' | 'reset' | 'source' | 'other';

export interface CurlResult {
  /** The address that answered, or that was tried last. */
  address?: string;
  status?: number;
  /** Names in lower case; a name that comes twice has its values joined with `, `. */
  headers: Readonly<Record<string, string>>;
  /** At most 64 KiB. */
  body: string;
  /** Set when no HTTP answer came. */
  reason?: CurlReason;
  /** curl's own words for it. */
  message?: string;
}

const BODY_LIMIT = 65_536;
/** Headers and body together; `head` ends a page without end. */
const OUTPUT_LIMIT = 4 * BODY_LIMIT;
const TRANSFER_SECONDS = 10;
export const CURL_TIME = TRANSFER_SECONDS * 1000 + 3000;

/** Last line of standard error. `-w` is written after everything else, so no server can write behind it. */
const REPORT = '%{stderr}\\nwirebook-curl %{exitcode} %{http_code} %{remote_ip} %{errormsg}\\n';

/**
 * `-i` puts headers and body on standard output; `-v` tells the kernel's reason for a failed connection, which the
 * message of exit status 7 does not name in all versions.
 */
export function curlCommand(options: CurlOptions): string[] {
  const argv = ['-sS', '-v', '-i', '-g', '--noproxy', '*', '--proto', '=http,https', '-w', REPORT];
  argv.push('--connect-timeout', String(CONNECT_MS / 1000), '--max-time', String(TRANSFER_SECONDS));
  if (options.method === 'HEAD') argv.push('-I');
  else if (options.method !== undefined) argv.push('-X', options.method);
  if (options.from !== undefined) argv.push('--interface', options.from);
  if (options.resolve !== undefined) argv.push('--resolve', resolveEntry(options.url, options.resolve));
  argv.push('--url', options.url);
  return ['sh', '-c', `curl "$@" | head -c ${OUTPUT_LIMIT}`, 'sh', ...argv];
}

/** A URL as curl reads it: without a scheme it is http. */
export function parseUrl(url: string): URL | undefined {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`);
  } catch {
    return undefined;
  }
}

function resolveEntry(url: string, address: string): string {
  const parsed = parseUrl(url);
  const port = parsed?.port || (parsed?.protocol === 'https:' ? '443' : '80');
  return `${parsed?.hostname ?? ''}:${port}:${address}`;
}

/** By exit status of curl (EXIT CODES of its manual); 7 needs the kernel's words. */
const BY_EXIT: Readonly<Record<number, CurlReason>> = {
  6: 'dns',
  28: 'timeout',
  35: 'tls',
  45: 'source',
  51: 'tls',
  52: 'reset',
  53: 'tls',
  54: 'tls',
  55: 'reset',
  56: 'reset',
  58: 'tls',
  59: 'tls',
  60: 'tls',
  77: 'tls',
  83: 'tls',
};

export function readCurl(result: ToolResult | undefined): CurlResult | Unusable {
  const why = unusable('curl', result);
  if (why !== undefined || result === undefined) return why ?? { unusable: 'curl was not run' };
  if (/\bcurl: (not found|command not found|Permission denied)/.test(result.stderr))
    return { unusable: 'curl is not installed in the sandbox' };
  const report = /(?:^|\n)wirebook-curl (\d+) (\d{3}) ([0-9a-fA-F.:]*) ([^\n]*)\n*$/.exec(result.stderr);
  if (result.exit !== 0 || report === null) return notUnderstood('curl', result);
  const exit = Number(report[1]);
  const message = report[4]?.trim() || undefined;
  const address = report[3] || lastTried(result.stderr);
  const answer = splitAnswer(result.stdout);
  // 23: `head` had enough; 18 and 28: the page stopped short, but its status and headers are there.
  if (answer !== undefined && Number(report[2]) === answer.status && [0, 18, 23].includes(exit))
    return { address, ...answer, message };
  if (exit === 0) return notUnderstood('curl', result);
  const reason = exit === 7 ? connectReason(result.stderr) : (BY_EXIT[exit] ?? 'other');
  return { address, headers: {}, body: '', reason, message: spoken(exit, message, result.stderr) };
}

/** curl's notes on a connection that failed: `* connect to 10.0.0.2 port 80 failed: Connection refused`. */
const FAILED = /^\* *(?:connect to (\S+) port \d+.*? failed|Immediate connect fail for (\S+)): (.+)$/gim;

function failures(stderr: string): { address?: string; words: string }[] {
  return [...stderr.matchAll(FAILED)].map((note) => ({ address: note[1] ?? note[2], words: note[3] ?? '' }));
}

const lastTried = (stderr: string) =>
  failures(stderr).at(-1)?.address ?? /^\* *Trying \[?([0-9a-fA-F.:]+?)\]?:\d+\.\.\./m.exec(stderr)?.[1];

function connectReason(stderr: string): CurlReason {
  const words = failures(stderr).at(-1)?.words ?? stderr;
  if (/refused/i.test(words)) return 'refused';
  if (/unreachable|no route|invalid argument|not permitted|permission denied/i.test(words))
    return 'unreachable';
  return /timed out|timeout/i.test(words) ? 'timeout' : 'other';
}

function spoken(exit: number, message: string | undefined, stderr: string): string {
  const words = failures(stderr).at(-1)?.words.trim();
  const own = message ?? 'no answer';
  return `curl: (${exit}) ${own}${words !== undefined && !own.includes(words) ? ` (${words})` : ''}`;
}

/** The first answer that is not interim (1xx), taken apart. */
function splitAnswer(text: string): Pick<CurlResult, 'status' | 'headers' | 'body'> | undefined {
  let rest = text;
  while (true) {
    const end = /\r?\n\r?\n/.exec(rest);
    const head = end === null ? rest : rest.slice(0, end.index);
    const status = Number(/^HTTP\/[\d.]+ (\d{3})\b/.exec(head)?.[1]);
    if (!Number.isInteger(status)) return undefined;
    rest = end === null ? '' : rest.slice(end.index + end[0].length);
    if (status >= 200) return { status, headers: headersOf(head), body: rest.slice(0, BODY_LIMIT) };
  }
}

function headersOf(head: string): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (const line of head.split(/\r?\n/).slice(1)) {
    const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return { ...headers };
}
