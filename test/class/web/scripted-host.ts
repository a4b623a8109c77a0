/** The scripted class behind a socket, with the real page, on 127.0.0.1. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { SOCKET } from '../../../src/board/socket.ts';
import { createPage } from '../../../src/class/web/answer.ts';
import { type ScriptedClass, type ScriptedOptions, scriptedClass } from './scripted-class.ts';

export { KEY } from './scripted-class.ts';

export interface ScriptedHost extends Omit<ScriptedClass, 'stop'>, AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

/** @param page folder of the built page */
export async function scriptedHost({
  page,
  port = 0,
  ...options
}: ScriptedOptions & { page?: string; port?: number }): Promise<ScriptedHost> {
  const answer = createPage(page);
  const server = createServer((request, response) => {
    const given = answer({
      path: new URL(request.url ?? '/', 'http://host').pathname,
      acceptEncoding: String(request.headers['accept-encoding'] ?? ''),
      ifNoneMatch: request.headers['if-none-match'],
    });
    if (!given) return void response.writeHead(404).end();
    response.writeHead(given.status, given.headers).end(given.body);
  });
  const scripted = scriptedClass(options);
  const sockets = new WebSocketServer({ server, path: SOCKET.path });
  sockets.on('connection', (socket) => {
    const wire = scripted.connect({
      opened: () => {},
      message: (text) => socket.send(text),
      closed: () => socket.close(),
    });
    socket.on('message', (data) => wire.send(String(data)));
    socket.on('close', () => wire.close());
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    scripted.stop();
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...scripted, port: (server.address() as AddressInfo).port, stop, [Symbol.asyncDispose]: stop };
}
