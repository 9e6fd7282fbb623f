/** The loopback port of the preview frame: only its own authority, whole answers and broken ones. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Previews } from '../previews/previews.ts';
import type { OpenedMedium } from '../service/opened-medium.ts';
import { type PreviewPort, startPreviewPort } from './preview-port.ts';

const SIZE = 3_000_000;

let folder = '';
/** Nothing is asked of anybody. */
const NO_CONFLICTS = { pending: () => null, identify: () => Promise.reject(new Error('not asked')) };

let port: PreviewPort;
let previews: Previews;
let brokenFrom = Number.POSITIVE_INFINITY;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-frame-'));
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>frame</title>');
  brokenFrom = Number.POSITIVE_INFINITY;
  const calls: Record<string, (...args: never[]) => unknown> = {
    open: () => ({ fd: 1, attr: { type: 'file', size: SIZE } }),
    identify: () => [{ mime: 'image/png', class: 'picture' }],
    pread: (_fd: never, offset: number, length: number) => {
      if (offset >= brokenFrom) throw new Error('EIO');
      return new Uint8Array(Math.min(length, SIZE - offset)).fill(7);
    },
    close: () => null,
  };
  const kernel = { call: async (name: string, ...args: never[]) => calls[name](...args), onEnd: () => {} };
  const opened = { kernel, mounts: new Map([[0, 1]]) } as unknown as OpenedMedium;
  previews = new Previews({ opened: () => opened }, NO_CONFLICTS);
  port = await startPreviewPort(previews, folder);
  previews.place = { origin: port.origin, embedder: 'http://127.0.0.1:1' };
});

afterEach(async () => {
  await port.close();
  rmSync(folder, { recursive: true });
});

/** As fetch, but with any Host. */
function get(url: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; length: number; isWhole: boolean }>((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('close', () => resolve({ status: response.statusCode, length, isWhole: response.complete }));
      response.on('error', () => {});
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('gives pages and bytes to those who know the session', async () => {
  const { url } = await previews.open('medium', 0, '/a.png', null);
  expect(await get(url)).toMatchObject({ status: 200, isWhole: true });
  expect(await get(`${url}content`)).toEqual({ status: 200, length: SIZE, isWhole: true });
  expect(await get(`${url}content`, { range: 'bytes=0-9' })).toEqual({ status: 206, length: 10, isWhole: true });
  expect((await get(`${port.origin}/`)).status).toBe(404);
});

test('answers no other name that was made to point here', async () => {
  const { url } = await previews.open('medium', 0, '/a.png', null);
  expect((await get(`${url}content`, { host: 'evil.example' })).status).toBe(403);
  expect((await get(`${url}content`, { host: `localhost:${new URL(url).port}` })).status).toBe(403);
});

test('breaks off where the medium cannot be read, so that nobody takes it for the whole', async () => {
  const { url } = await previews.open('medium', 0, '/a.png', null);
  brokenFrom = 1_000_000;
  const broken = await get(`${url}content`);
  expect(broken.isWhole).toBe(false);
  expect(broken.length).toBeLessThan(SIZE);
});
