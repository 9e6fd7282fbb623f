/** What the preview frame is answered, and what it is not: over a stand-in for the worker that gives bytes by their place. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { ContentType } from '../../kernel-worker/contract.ts';
import type { KernelEnd } from '../kernels/kernel-process.ts';
import type { OpenedMedium } from '../service/opened-medium.ts';
import { type PreviewRequest, previewServer } from './preview-server.ts';
import { Previews } from './previews.ts';

const ORIGIN = 'http://127.0.0.1:4711';
const APP = 'http://127.0.0.1:4712';
const SIZE = 1_000_000;

/** A byte says its offset modulo 251. */
const byteAt = (offset: number) => offset % 251;

interface StandIn {
  size: number;
  type: string;
  content: ContentType;
  /** From here on nothing can be read. */
  brokenFrom: number;
  reads: Array<[offset: number, length: number]>;
  closed: number[];
  end: ((end: KernelEnd) => void)[];
}

/** Nothing is asked of anybody. */
const NO_CONFLICTS = { pending: () => null, identify: () => Promise.reject(new Error('not asked')) };

let file: StandIn;
let previews: Previews;
let answer: ReturnType<typeof previewServer>;

function standInKernel() {
  let lastFd = 0;
  const calls: Record<string, (...args: never[]) => unknown> = {
    open: () => {
      lastFd += 1;
      return { fd: lastFd, attr: { type: file.type, size: file.size } };
    },
    identify: () => [file.content],
    describe: () => ({ properties: {}, extattrs: [{ name: 'user.note', size: 4 }] }),
    readextattr: (_mount: never, _path: never, _name: never, offset: number, length: number) =>
      new Uint8Array([9, 8, 7, 6]).slice(offset, offset + length),
    pread: (_fd: never, offset: number, length: number) => {
      file.reads.push([offset, length]);
      if (offset + length > file.brokenFrom) throw new Error('EIO');
      return Uint8Array.from({ length: Math.min(length, file.size - offset) }, (_, i) => byteAt(offset + i));
    },
    close: (fd: never) => file.closed.push(fd),
  };
  return {
    call: async (name: string, ...args: never[]) => calls[name](...args),
    onEnd: (listener: (end: KernelEnd) => void) => file.end.push(listener),
  };
}

beforeEach(() => {
  file = {
    size: SIZE,
    type: 'file',
    content: { mime: 'image/png', class: 'picture' },
    brokenFrom: Number.POSITIVE_INFINITY,
    reads: [],
    closed: [],
    end: [],
  };
  const opened = { kernel: standInKernel(), mounts: new Map([[0, 1]]) } as unknown as OpenedMedium;
  previews = new Previews({ opened: () => opened }, NO_CONFLICTS);
  previews.place = { origin: ORIGIN, embedder: APP };
  answer = previewServer(previews, (path) => {
    if (path === '/') return { type: 'text/html; charset=utf-8', content: Buffer.from('<title>frame</title>') };
    return path === '/app/frame.js' ? { type: 'text/javascript', content: Buffer.from('void 0') } : null;
  });
});

const ask = (url: string, headers: Partial<PreviewRequest['headers']> = {}, method = 'GET') =>
  answer({ method, url, headers: { range: null, origin: null, destination: null, ...headers } });

const open = () => previews.open('medium', 0, '/a.png', null);

async function bytesOf(body: Awaited<ReturnType<typeof answer>>['body']): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
}

describe('a session', () => {
  test('has an address that nobody guesses, and another each time', async () => {
    const first = await open();
    const second = await open();
    expect(first).toMatchObject({ origin: ORIGIN, sizeBytes: SIZE, content: { mime: 'image/png', class: 'picture' } });
    expect(first.url).toBe(`${ORIGIN}/${first.session}/`);
    expect(first.session).toMatch(/^[\w-]{43}$/);
    expect(second.session).not.toBe(first.session);
    // Nothing of the file's content has been read yet.
    expect(file.reads).toEqual([]);
  });

  test('is only for files, and for streams that are there', async () => {
    file.type = 'symlink';
    await expect(open()).rejects.toThrow('Only files can be looked into.');
    expect(file.closed).toEqual([1]);
    await expect(previews.open('medium', 0, '/a', 'user.other')).rejects.toThrow('This stream is no longer there.');
    previews.place = null;
    await expect(open()).rejects.toThrow('Files cannot be looked into in this window.');
  });

  test('ends when it is closed, when its medium ends, and when many newer ones are there', async () => {
    const closed = await open();
    previews.close(closed.session);
    previews.close(closed.session);
    expect((await ask(`${closed.url}content`)).status).toBe(404);
    expect(file.closed).toEqual([1]);

    const oldest = await open();
    const later = [];
    for (let i = 0; i < 16; i++) later.push(await open());
    expect((await ask(`${oldest.url}content`)).status).toBe(404);
    expect((await ask(`${later[0].url}content`, {}, 'HEAD')).status).toBe(200);
    for (const ended of file.end) ended({ kind: 'closed', sentence: '', detail: null });
    for (const { url } of later) expect((await ask(`${url}content`)).status).toBe(404);
  });

  test('of a stream gives the stream', async () => {
    const { url, sizeBytes, content } = await previews.open('medium', 0, '/a', 'user.note');
    expect([sizeBytes, content]).toEqual([4, null]);
    expect([...(await bytesOf((await ask(`${url}content`)).body))]).toEqual([9, 8, 7, 6]);
  });
});

describe('the frame’s page', () => {
  test('goes out once, into a frame, under a policy that names only this session', async () => {
    const { url, session } = await open();
    expect((await ask(url, { destination: 'document' })).status).toBe(404);
    const { status, headers } = await ask(url, { destination: 'iframe' });
    expect(status).toBe(200);
    const policy = headers['Content-Security-Policy'].split('; ');
    const own = `${ORIGIN}/${session}`;
    expect(policy).toEqual([
      'sandbox allow-scripts',
      "default-src 'none'",
      `script-src ${own}/app/ 'wasm-unsafe-eval'`,
      `style-src ${own}/app/`,
      'img-src blob:',
      `media-src ${own}/content`,
      `connect-src ${own}/content ${own}/app/`,
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${APP}`,
      "require-trusted-types-for 'script'",
      'trusted-types airlock-look',
    ]);
    expect(headers).toMatchObject({
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    expect(headers['Permissions-Policy']).toContain('camera=()');
    expect((await ask(url, { destination: 'iframe' })).status).toBe(404);
  });

  test('has its files, and there are no others', async () => {
    const { url, session } = await open();
    const script = await ask(`${url}app/frame.js`, { origin: 'null' });
    expect([script.status, script.headers['Content-Type']]).toEqual([200, 'text/javascript']);
    expect(script.headers['Access-Control-Allow-Origin']).toBe('null');
    for (const path of [
      'app/',
      'app/other.js',
      'app/../content',
      'index.html',
      'content/',
      'content/x',
      '//app/frame.js',
    ])
      expect((await ask(`${url}${path}`)).status, path).toBe(path === 'app/../content' ? 200 : 404);
    expect((await ask(`${ORIGIN}/`)).status).toBe(404);
    expect((await ask(`${ORIGIN}/${session.slice(1)}/content`)).status).toBe(404);
    expect((await ask('no address')).status).toBe(404);
    expect((await ask(`${url}content`, {}, 'POST')).status).toBe(405);
    expect((await ask(`${url}content`, {}, 'OPTIONS')).status).toBe(405);
  });
});

describe('the bytes', () => {
  test('come whole, in pieces of at most 256 KiB, as bytes and nothing that acts', async () => {
    const { url } = await open();
    const { status, headers, body } = await ask(`${url}content`, { origin: 'null' });
    expect([status, headers['Content-Length'], headers['Content-Type']]).toEqual([
      200,
      String(SIZE),
      'application/octet-stream',
    ]);
    expect(headers['Content-Security-Policy']).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
    const bytes = await bytesOf(body);
    expect(bytes.length).toBe(SIZE);
    expect([0, 300_000, SIZE - 1].every((offset) => bytes[offset] === byteAt(offset))).toBe(true);
    expect(Math.max(...file.reads.map(([, length]) => length))).toBe(256 * 1024);
  });

  test('come by ranges', async () => {
    const { url } = await open();
    const part = await ask(`${url}content`, { range: 'bytes=10-12' });
    expect([part.status, part.headers['Content-Range'], part.headers['Content-Length']]).toEqual([
      206,
      `bytes 10-12/${SIZE}`,
      '3',
    ]);
    expect([...(await bytesOf(part.body))]).toEqual([10, 11, 12]);
    const last = await ask(`${url}content`, { range: 'bytes=-2' });
    expect([...(await bytesOf(last.body))]).toEqual([byteAt(SIZE - 2), byteAt(SIZE - 1)]);
    const beyond = await ask(`${url}content`, { range: `bytes=${SIZE}-` });
    expect([beyond.status, beyond.headers['Content-Range']]).toEqual([416, `bytes */${SIZE}`]);
  });

  test('are not read for HEAD, nor for an empty file', async () => {
    const { url } = await open();
    const head = await ask(`${url}content`, {}, 'HEAD');
    expect([head.status, head.headers['Content-Length'], head.body]).toEqual([200, String(SIZE), null]);
    file.size = 0;
    const empty = await open();
    expect((await ask(`${empty.url}content`)).body).toBeNull();
    expect(file.reads).toEqual([]);
  });

  test('of sound and film are called so, and nothing else is', async () => {
    file.content = { mime: 'video/mp4', class: 'video' };
    expect((await ask(`${(await open()).url}content`)).headers['Content-Type']).toBe('video/mp4');
    for (const mime of ['text/html', 'image/svg+xml', 'video/mp4; x', 'audio/x\r\nX: y']) {
      file.content = { mime, class: 'other' };
      expect((await ask(`${(await open()).url}content`)).headers['Content-Type']).toBe('application/octet-stream');
    }
  });

  test('are read only as they are taken, and no longer when nobody takes them', async () => {
    const { url } = await open();
    const { body } = await ask(`${url}content`);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(file.reads.map(([offset]) => offset)).toEqual([0, 256 * 1024]);
    await reader?.cancel();
    expect(file.reads).toHaveLength(2);
  });

  test('that cannot be read are told at once, or break off', async () => {
    const { url } = await open();
    file.brokenFrom = 600_000;
    expect((await ask(`${url}content`, { range: 'bytes=700000-' })).status).toBe(500);
    const { status, body } = await ask(`${url}content`);
    expect(status).toBe(200);
    await expect(bytesOf(body)).rejects.toThrow('EIO');
  });

  test('end with the session', async () => {
    const { url, session } = await open();
    const { body } = await ask(`${url}content`);
    const reader = body?.getReader();
    await reader?.read();
    previews.close(session);
    file.brokenFrom = 0;
    await expect(reader?.read()).rejects.toThrow();
  });

  test('are not read by more than sixteen requests of a frame at once', async () => {
    const { url } = await open();
    const under = await Promise.all(Array.from({ length: 16 }, () => ask(`${url}content`)));
    expect(under.every(({ status }) => status === 200)).toBe(true);
    expect((await ask(`${url}content`)).status).toBe(503);
    await under[0].body?.cancel();
    expect((await ask(`${url}content`)).status).toBe(200);
  });
});
