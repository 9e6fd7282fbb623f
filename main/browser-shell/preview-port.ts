/**
 * The browser shell's second address: a loopback port of its own, and so another origin than the app's page, where the sandboxed frame gets its page and the
 * bytes of the file that is looked at. No bridge, no cookies.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { interfaceFiles } from '../interface-files.ts';
import { type PreviewRequest, previewServer } from '../previews/preview-server.ts';
import type { Previews } from '../previews/previews.ts';
import { LOOPBACK } from './guard.ts';

export interface PreviewPort {
  origin: string;
  close(): Promise<void>;
}

/** Serves `folder` (the frame's built files) and what `previews` holds. */
export async function startPreviewPort(previews: Previews, folder: string): Promise<PreviewPort> {
  const answer = previewServer(previews, interfaceFiles(folder));
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve());
  });
  const authority = `${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    // A name that was made to point here is none that anybody was given.
    if (request.headers.host !== authority) response.writeHead(403).end();
    else void serve(request, response, `http://${authority}`, answer);
  });
  return {
    origin: `http://${authority}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  answer: ReturnType<typeof previewServer>,
): Promise<void> {
  const { status, headers, body } = await answer(asked(request, origin));
  response.writeHead(status, headers);
  if (body === null) response.end();
  // Breaks off where the frame is gone or the medium cannot be read: the connection then ends before its stated length.
  else await pipeline(Readable.fromWeb(body), response).catch(() => response.destroy());
}

function asked({ method, url, headers }: IncomingMessage, origin: string): PreviewRequest {
  const destination = headers['sec-fetch-dest'];
  return {
    method: method ?? '',
    url: `${origin}${url ?? '/'}`,
    headers: {
      range: headers.range ?? null,
      origin: headers.origin ?? null,
      destination: typeof destination === 'string' ? destination : null,
    },
  };
}
