/** The page's end of the socket: says who it is, carries bytes, and comes back by itself when the connection is lost. */
import { type Hello, JOIN_SOCKET, type Says, type Told } from '../socket.ts';

export interface LineOptions {
  hello(): Hello;
  shown(bytes: Uint8Array): void;
  told(told: Told): void;
  /** The connection is there again, or is not. */
  connected(is: boolean): void;
}

export interface Line {
  type(text: string): void;
  say(says: Says): void;
  close(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

export function openLine(options: LineOptions): Line {
  let socket: WebSocket | undefined;
  let isOver = false;
  let tries = 0;
  const encoder = new TextEncoder();
  const open = (): void => {
    const one = new WebSocket(`wss://${location.host}${JOIN_SOCKET}`);
    one.binaryType = 'arraybuffer';
    socket = one;
    one.addEventListener('open', () => one.send(JSON.stringify(options.hello())));
    one.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') return options.shown(new Uint8Array(data));
      const told = JSON.parse(data) as Told;
      if (told.type === 'welcome') {
        tries = 0;
        options.connected(true);
      } else isOver = true;
      options.told(told);
    });
    one.addEventListener('close', () => {
      if (isOver || socket !== one) return;
      options.connected(false);
      const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries++);
      setTimeout(open, most / 2 + (Math.random() * most) / 2);
    });
  };
  open();
  const isOpen = (): boolean => socket?.readyState === WebSocket.OPEN;
  return {
    type(text) {
      const bytes = encoder.encode(text);
      // What the host takes at once; a paste may be longer.
      for (let at = 0; at < bytes.length && isOpen(); at += 16_384)
        socket?.send(bytes.slice(at, at + 16_384));
    },
    say(says) {
      if (isOpen()) socket?.send(JSON.stringify(says));
    },
    close() {
      isOver = true;
      socket?.close();
    },
  };
}
