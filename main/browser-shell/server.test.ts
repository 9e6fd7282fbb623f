/** Who reaches the browser shell, and what they get. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { WireMessage } from '../contract.ts';
import { Service } from '../service/service.ts';
import { type BrowserShell, startBrowserShell } from './server.ts';

let folder = '';
let service: Service;
let shell: BrowserShell;
let origin = '';
let token = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-shell-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'frame'));
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'page', 'assets', 'app.js'), 'void 0');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  service = new Service({
    version: '1.2.3',
    abilities: { shell: 'browser', dropImages: false, chooseImage: null, chooseFolder: null, reveal: null },
    drives: { current: () => [], refresh: async () => [], onChange: () => {}, close: () => {} },
    eject: () => Promise.reject(new Error('no drive')),
    takeOver: () => Promise.reject(new Error('no drive')),
    guard: {
      state: () => Promise.reject(new Error('no desktop')),
      switch: () => Promise.reject(new Error('no desktop')),
    },
    openImageSource: () => Promise.reject(new Error('no drive')),
    launchWorker: () => {
      throw new Error('no worker');
    },
    sandbox: true,
    settingsPath: join(folder, 'config', 'settings.json'),
    newTargetSide: () => {
      throw new Error('no copy');
    },
    sampleImage: () => Promise.reject(new Error('no sample')),
  });
  shell = await startBrowserShell(service, join(folder, 'page'), join(folder, 'frame'));
  [origin, token] = shell.url.split('/#');
});

afterEach(async () => {
  await shell.close();
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As fetch, but with headers that fetch sets by itself. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { hostname, port } = new URL(origin);
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const asked = request({ hostname, port, path, headers, method }, (response) => {
        let body = '';
        response.on('data', (text) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      asked.on('error', reject);
      asked.end();
    },
  );
}

const bridgeUrl = () => `${origin.replace('http', 'ws')}/bridge`;

/** A connected page: asks, and collects what comes. */
function connect(withToken: string, headers: { origin?: string; host?: string; url?: string } = {}) {
  const socket = new WebSocket(headers.url ?? bridgeUrl(), ['airlock', withToken], {
    origin: headers.origin ?? origin,
    headers: headers.host ? { host: headers.host } : {},
  });
  const messages: WireMessage[] = [];
  const waiting: Array<(message: WireMessage) => void> = [];
  socket.on('message', (data) => {
    const message: WireMessage = JSON.parse(String(data));
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  });
  const next = () =>
    messages.length > 0
      ? Promise.resolve(messages.shift())
      : new Promise<WireMessage>((resolve) => waiting.push(resolve));
  const opened = new Promise<boolean>((resolve) => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
  return { socket, opened, next };
}

describe('over HTTP', () => {
  test('listens on the loopback address and gives the page with a strict policy', async () => {
    expect(new URL(shell.url).hostname).toBe('127.0.0.1');
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>page</title>');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(page.headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(page.headers['set-cookie']).toBeUndefined();
    expect((await get('/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('gives no file but the interface’s own', async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '//etc/passwd', '/assets'])
      expect((await get(path)).status).toBe(404);
  });

  test('refuses other names for this machine, other origins and other methods', async () => {
    const { port } = new URL(origin);
    expect((await get('/', { host: `localhost:${port}` })).status).toBe(403);
    expect((await get('/', { host: `evil.example:${port}` })).status).toBe(403);
    expect((await get('/', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await get('/', { origin: 'null' })).status).toBe(403);
    expect((await get('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });
});

describe('over the WebSocket', () => {
  test('answers requests, tells failures in words, and passes events on', async () => {
    const { socket, next } = connect(token);
    expect(await next()).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) });
    socket.send(JSON.stringify({ id: 1, name: 'app.info', args: [] }));
    expect(await next()).toMatchObject({ id: 1, value: { version: '1.2.3', shell: 'browser' } });
    socket.send(JSON.stringify({ id: 2, name: 'media.open', args: ['none'] }));
    expect(await next()).toEqual({
      id: 2,
      failed: {
        problem: { sentence: 'This medium is no longer there.', detail: null, canRestart: false },
        failure: null,
      },
    });
    socket.send(JSON.stringify({ id: 3, name: 'settings.change', args: [{ theme: 'dark' }] }));
    expect(await next()).toMatchObject({ id: 3, value: { theme: 'dark' } });
    expect(await next()).toMatchObject({ event: 'settings', payload: { theme: 'dark' } });
  });

  test('refuses what is not in the contract, and arguments that are not as it says', async () => {
    const { socket, next } = connect(token);
    await next();
    const refusedRequests = [
      { name: 'constructor', args: [] },
      { name: 'media.open', args: [] },
      { name: 'media.open', args: [{}] },
      { name: 'settings.change', args: [{ theme: 'pink' }] },
      { name: 'settings.change', args: [{ unknown: 1 }] },
      { name: 'host.chooseImage', args: [] },
      { name: 'copy.start', args: [{ mediumId: 'x', volume: -1, paths: ['/'], target: null, policy: 'ask' }] },
      { name: null, args: null },
    ];
    for (const [id, wrong] of refusedRequests.entries()) {
      socket.send(JSON.stringify({ id, ...wrong }));
      expect(await next()).toMatchObject({
        id,
        failed: { problem: { sentence: expect.stringMatching(/request|possible/) } },
      });
    }
    socket.send('no JSON');
    socket.send('[]');
    socket.send(JSON.stringify({ id: 99, name: 'media.list', args: [] }));
    expect(await next()).toEqual({ id: 99, value: [] });
  });

  test('a token serves once, and the next one comes with the connection', async () => {
    const first = connect(token);
    const given = await first.next();
    expect(await connect(token).opened).toBe(false);
    const second = connect(given && 'token' in given ? given.token : '');
    expect(await second.opened).toBe(true);
  });

  test('takes nobody without the token, from another page, under another name, or elsewhere', async () => {
    const { port } = new URL(origin);
    expect(await connect('none').opened).toBe(false);
    expect(await connect('x'.repeat(43)).opened).toBe(false);
    expect(await connect(token, { origin: 'http://evil.example' }).opened).toBe(false);
    expect(await connect(token, { host: `localhost:${port}` }).opened).toBe(false);
    expect(await connect(token, { url: `${origin.replace('http', 'ws')}/other` }).opened).toBe(false);
    // None of them has used it up.
    expect(await connect(token).opened).toBe(true);
  });
});
