/** The browser shell's server: the interface's files over HTTP and its requests over one WebSocket (RFC 6455), on the loopback address only. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { securityHeaders } from '../content-policy.ts';
import type { WireMessage } from '../contract.ts';
import { interfaceFiles } from '../interface-files.ts';
import { toldFailure } from '../service/problems.ts';
import type { Service } from '../service/service.ts';
import { isFromHere, LOOPBACK, Tokens } from './guard.ts';
import { startPreviewPort } from './preview-port.ts';

/** A request is a path or two; a copy of many chosen files is the longest. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const SUBPROTOCOL = 'airlock';

export interface BrowserShell {
  /** The address with its token, to be opened in a browser once. */
  url: string;
  close(): Promise<void>;
}

/** Serves `folder` (the built interface), `previewFolder` (the built frame in which files are shown, at an origin of its own) and `service`. */
export async function startBrowserShell(
  service: Service,
  folder: string,
  previewFolder: string,
): Promise<BrowserShell> {
  const tokens = new Tokens();
  const server = createServer();
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const previewPort = await startPreviewPort(service.previews, previewFolder);
  service.previews.place = { origin: previewPort.origin, embedder: `http://${LOOPBACK}:${port}` };
  const headers = securityHeaders(`ws://${LOOPBACK}:${port}`, previewPort.origin);
  const files = interfaceFiles(folder);
  server.on('request', (request, response) => {
    if (!isFromHere(request.headers, port)) refuse(response, 403, headers);
    else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405, headers);
    else serveFile(request, response, files, headers);
  });
  const sockets = acceptSockets(server, port, tokens, service);
  return {
    url: `http://${LOOPBACK}:${port}/#${tokens.issue()}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await previewPort.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve());
  });
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end();
}

function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReturnType<typeof interfaceFiles>,
  headers: Record<string, string>,
): void {
  const path = (request.url ?? '/').split('?')[0];
  const file = files(path);
  if (file === null) {
    refuse(response, 404, headers);
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.content.length });
  response.end(request.method === 'HEAD' ? undefined : file.content);
}

function acceptSockets(server: Server, port: number, tokens: Tokens, service: Service): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    const [protocol, token] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
    // A page always tells its origin here.
    const isOwnPage = request.headers.origin !== undefined && isFromHere(request.headers, port);
    const isAllowed = isOwnPage && request.url === '/bridge' && protocol === SUBPROTOCOL && tokens.redeem(token ?? '');
    if (!isAllowed) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      converse(socket, tokens, service);
      // Nobody looks at anything any more.
      socket.on('close', () => sockets.clients.size === 0 && service.previews.closeAll());
    });
  });
  return sockets;
}

function converse(socket: WebSocket, tokens: Tokens, service: Service): void {
  const send = (message: WireMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const silence = service.on((event, payload) => send({ event, payload }));
  socket.on('close', silence);
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => void answer(String(data), service, send));
  send({ token: tokens.issue() });
}

async function answer(text: string, service: Service, send: (message: WireMessage) => void): Promise<void> {
  const request = parsed(text);
  if (request === null) return;
  const { id, name, args } = request;
  try {
    send({ id, value: (await service.request(name, args)) ?? null });
  } catch (error) {
    send({ id, failed: toldFailure(error) });
  }
}

/** null for what is no request: it cannot even be answered. */
function parsed(text: string): { id: number; name: unknown; args: unknown } | null {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null || !('id' in message)) return null;
    const { id } = message;
    if (typeof id !== 'number') return null;
    return { id, name: 'name' in message ? message.name : null, args: 'args' in message ? message.args : null };
  } catch {
    return null;
  }
}
