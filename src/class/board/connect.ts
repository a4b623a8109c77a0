/**
 * A board that is connected to a host over the network. The key is said only to the host whose certificate is known: one that
 * is signed for its name as those of web pages are, or the one whose print was given or looked at.
 */
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Connect } from '../../board/link.ts';
import { SOCKET } from '../../board/socket.ts';
import { InputError } from '../../lib/errors.ts';
import { whyRefused } from '../../lib/refusal.ts';

export interface BoardAddress {
  host: string;
  port: number;
  key: string;
}

/** `https://ADDRESS:PORT/board#KEY`, as the host prints it. @throws InputError `board-address` */
export function readBoardAddress(text: string): BoardAddress {
  const wrong = (why: string) =>
    new InputError('board-address', `This is not the address of a board: ${why}.`, [
      'Give it whole, in quotes, as `wirebook class host` printed it: "https://ADDRESS:8443/board#KEY".',
    ]);
  let url: URL;
  try {
    url = new URL(text.includes('://') ? text : `https://${text}`);
  } catch {
    throw wrong('it is no URL');
  }
  if (!['https:', 'wss:'].includes(url.protocol)) throw wrong('it begins with https://');
  // What may stand behind the key is the page's.
  const key = decodeURIComponent(url.hash.slice(1).split('/')[0]!);
  if (key === '') throw wrong('the key, which stands after #, is missing');
  // A URL that is written out means the port of the web, as in a browser; an address alone that of a class.
  const port = Number(url.port || (text.includes('://') ? 443 : SOCKET.port));
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, key };
}

const hex = (print: string) => print.replace(/[^0-9a-f]/gi, '').toUpperCase();

/** SHA-256 as people write it: with colons or without. @throws InputError `fingerprint` */
export function readPrint(text: string): string {
  const print = hex(text);
  if (/^[0-9A-F]{64}$/.test(print)) return print;
  throw new InputError('fingerprint', 'A SHA-256 print has 64 hexadecimal digits.', [
    'Copy it as `wirebook class host` printed it.',
  ]);
}

export interface Shown {
  /** With colons, to be compared by eye. */
  print: string;
  /** It is signed for this name by one of those whom this machine trusts. */
  signed: boolean;
}

const HANDSHAKE_MS = 10_000;

/** What the host shows; nothing is said to it. @throws InputError `host-not-reached` */
export function lookAtHost({ host, port }: BoardAddress): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) =>
      reject(
        new InputError(
          'host-not-reached',
          `The class's host at ${host}, port ${port}, was not reached: ${why}.`,
          ['Is `wirebook class host` running there, and is this machine in the same network?'],
        ),
      );
    const socket = connectTls({
      host,
      port,
      servername: isName(host) ? host : '',
      rejectUnauthorized: false,
    });
    socket.setTimeout(HANDSHAKE_MS, () => {
      failed('it does not answer');
      socket.destroy();
    });
    socket.once('error', (error) => failed(whyRefused(error)));
    socket.once('secureConnect', () => {
      const { fingerprint256 } = socket.getPeerCertificate() as PeerCertificate;
      resolve({ print: fingerprint256, signed: socket.authorized });
      socket.destroy();
    });
  });
}

const isName = (host: string) => !/^[\d.]+$|:/.test(host);

/** @param print of the certificate that it must be; absent: it must be signed */
export function connectBoard({ host, port }: BoardAddress, print: string | undefined): Connect {
  const wanted = print === undefined ? undefined : hex(print);
  return (on) => {
    const at = host.includes(':') ? `[${host}]` : host;
    const socket = new WebSocket(`wss://${at}:${port}${SOCKET.path}`, {
      perMessageDeflate: false,
      maxPayload: 64 * 1024 * 1024,
      handshakeTimeout: HANDSHAKE_MS,
      rejectUnauthorized: wanted === undefined,
    });
    let why: string | undefined;
    let isTheirs = false;
    socket.on('upgrade', ({ socket: line }) => {
      const shown = hex((line as TLSSocket).getPeerCertificate().fingerprint256 ?? '');
      isTheirs = wanted === undefined ? (line as TLSSocket).authorized : shown === wanted;
    });
    socket.on('open', () => {
      if (isTheirs) return on.opened();
      why = 'Another host answers there: its certificate is not the one that you know.';
      socket.terminate();
    });
    socket.on('message', (data) => isTheirs && on.message(String(data)));
    socket.on('error', (error) => {
      why ??= `${whyRefused(error)}.`;
    });
    socket.on('close', () => on.closed(why));
    return {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: () => socket.terminate(),
    };
  };
}
