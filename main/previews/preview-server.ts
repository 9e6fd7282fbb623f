/**
 * Answers the preview frame's requests, for both shells: `ADDRESS/SESSION/` is its page, `app/…` below it the page's built files, and `content` the bytes of the
 * one file of this session, whole or in ranges (RFC 9110). Any other address has nothing.
 */

import { ReadableStream } from 'node:stream/web';
import type { InterfaceFile } from '../interface-files.ts';
import { askedRange } from './byte-range.ts';
import { CONTENT_POLICY, FRAME_HEADERS, framePolicy } from './frame-policy.ts';
import type { PreviewPlace, PreviewSession, Previews } from './previews.ts';

export interface PreviewRequest {
  method: string;
  /** The whole address. */
  url: string;
  headers: {
    range: string | null;
    origin: string | null;
    /** Sec-Fetch-Dest; null where it is not told. */
    destination: string | null;
  };
}

export interface PreviewAnswer {
  status: number;
  headers: Record<string, string>;
  /** Reads on only as far as it is read; cancelling it ends the reading. */
  body: ReadableStream<Uint8Array> | null;
}

/** A frame reads one thing after the other, or some pages at once; more at the same time is not its own doing. */
const MAX_READING = 16;
/** What a media element is told that it gets. Everything else is bytes. */
const MEDIA_TYPE = /^(?:audio|video)\/[a-z0-9][a-z0-9.+-]{0,60}$/;
/** `origin` of pages in a sandbox. */
const OPAQUE_ORIGIN = 'null';

/** `files`: the frame's built files. */
export function previewServer(
  previews: Previews,
  files: (path: string) => InterfaceFile | null,
): (request: PreviewRequest) => Promise<PreviewAnswer> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, { Allow: 'GET, HEAD' });
    const { place } = previews;
    const [, id, ...rest] = pathOf(request.url).split('/');
    const session = previews.find(id ?? '');
    if (place === null || session === null) return plain(404);
    const path = rest.join('/');
    const answer = await answered(request, place, session, path, files);
    if (request.headers.origin === OPAQUE_ORIGIN) allowFrame(answer.headers);
    return answer;
  };
}

function answered(
  request: PreviewRequest,
  place: PreviewPlace,
  session: PreviewSession,
  path: string,
  files: (path: string) => InterfaceFile | null,
): PreviewAnswer | Promise<PreviewAnswer> {
  if (path === '') return page(request, place, session, files);
  if (path === 'content') return content(request, session);
  const file = path.startsWith('app/') ? files(`/${path}`) : null;
  return file === null ? plain(404) : own(file, request.method);
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}

/** Only into a frame, where the browser says so, and only once. */
function page(
  request: PreviewRequest,
  place: PreviewPlace,
  session: PreviewSession,
  files: (path: string) => InterfaceFile | null,
): PreviewAnswer {
  const file = files('/');
  const isFrame = request.headers.destination === null || request.headers.destination === 'iframe';
  if (file === null || !isFrame || session.pageWasServed) return plain(404);
  session.pageWasServed = request.method === 'GET';
  const answer = own(file, request.method);
  answer.headers['Content-Security-Policy'] = framePolicy(`${place.origin}/${session.id}`, place.embedder);
  return answer;
}

function own(file: InterfaceFile, method: string): PreviewAnswer {
  const headers = {
    ...FRAME_HEADERS,
    'Content-Security-Policy': CONTENT_POLICY,
    'Content-Type': file.type,
    'Content-Length': String(file.content.length),
  };
  return { status: 200, headers, body: method === 'HEAD' ? null : oneChunk(file.content) };
}

async function content(request: PreviewRequest, session: PreviewSession): Promise<PreviewAnswer> {
  const { bytes } = session;
  const range = askedRange(request.headers.range, bytes.sizeBytes);
  if (range.kind === 'unsatisfiable') return plain(416, { 'Content-Range': `bytes */${bytes.sizeBytes}` });
  const [from, to] = range.kind === 'part' ? [range.from, range.to] : [0, bytes.sizeBytes];
  const headers: Record<string, string> = {
    ...FRAME_HEADERS,
    'Content-Security-Policy': CONTENT_POLICY,
    'Content-Type': mediaType(session),
    'Content-Length': String(to - from),
    'Accept-Ranges': 'bytes',
  };
  if (range.kind === 'part') headers['Content-Range'] = `bytes ${from}-${to - 1}/${bytes.sizeBytes}`;
  const status = range.kind === 'part' ? 206 : 200;
  if (request.method === 'HEAD' || from === to) return { status, headers, body: null };
  if (session.reading >= MAX_READING) return plain(503);
  session.reading += 1;
  try {
    // The first bytes come before the answer begins: a place that cannot be read is told as a status.
    const first = await bytes.read(from, to - from);
    return { status, headers, body: reader(session, from, to, first) };
  } catch {
    session.reading -= 1;
    return plain(500);
  }
}

function mediaType({ content }: PreviewSession): string {
  return content !== null && MEDIA_TYPE.test(content.mime) ? content.mime : 'application/octet-stream';
}

/** Reads from the medium only when the frame has taken what was read before. */
function reader(session: PreviewSession, from: number, to: number, first: Uint8Array): ReadableStream<Uint8Array> {
  let at = from;
  let isDone = false;
  const done = () => {
    if (!isDone) session.reading -= 1;
    isDone = true;
  };
  const next = async () => {
    const chunk = at === from ? first : await session.bytes.read(at, to - at);
    at += chunk.length;
    return chunk;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          if (chunk.length === 0) throw new Error('the file ended early');
          controller.enqueue(chunk);
          if (at < to) return;
          done();
          controller.close();
        } catch (error) {
          done();
          controller.error(error);
        }
      },
      cancel: done,
    },
    { highWaterMark: 0 },
  );
}

function oneChunk(chunk: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(chunk);
      controller.close();
    },
  });
}

function plain(status: number, more: Record<string, string> = {}): PreviewAnswer {
  const headers = {
    ...FRAME_HEADERS,
    'Content-Security-Policy': CONTENT_POLICY,
    'Content-Type': 'text/plain',
    ...more,
  };
  return { status, headers, body: null };
}

/** Lets scripts of a page in a sandbox read the answer: the frame's own, by its address. */
function allowFrame(headers: Record<string, string>): void {
  headers['Access-Control-Allow-Origin'] = OPAQUE_ORIGIN;
  headers['Access-Control-Expose-Headers'] = 'Accept-Ranges, Content-Length, Content-Range';
  headers.Vary = 'Origin';
}
