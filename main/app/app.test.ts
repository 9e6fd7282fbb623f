/** The Electron shell's parts, over a small stand-in of what they use of Electron. */

import { EventEmitter } from 'node:events';
import type { App, BrowserWindow, IpcMain, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { preventable, standIn } from '../../test/support/stand-in.ts';
import { appArguments } from './arguments.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';
import { hardenContents, hardenSession } from './hardening.ts';
import { carryMessages } from './ipc.ts';
import { isPageUrl, PAGE_URL, registerSchemes, servePreviews, serveScheme } from './scheme.ts';
import { utilityLauncher } from './utility-launcher.ts';

describe('the scheme', () => {
  const files = (path: string) => (path === '/' ? { type: 'text/html', content: Buffer.from('page') } : null);

  test('and that of the frame are secure origins of their own, without a way around their policy', () => {
    const registered: unknown[] = [];
    registerSchemes({ registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes) });
    const privileges = { standard: true, secure: true, bypassCSP: false, allowServiceWorkers: false };
    expect(registered).toEqual([
      { scheme: 'airlock', privileges: { ...privileges, stream: false } },
      {
        scheme: 'airlock-preview',
        privileges: { ...privileges, supportFetchAPI: true, corsEnabled: true, stream: true },
      },
    ]);
  });

  test('serves the interface’s files with the policy, and nothing else', async () => {
    let handler: ((request: { url: string; method: string }) => Response) | undefined;
    const protocol = {
      handle: (_scheme: string, given: typeof handler) => {
        handler = given;
      },
    };
    serveScheme(standIn<Session>({ protocol }), files);
    const ask = (url: string, method = 'GET') => handler?.({ url, method });
    const page = ask(PAGE_URL);
    expect(page?.status).toBe(200);
    expect(await page?.text()).toBe('page');
    expect(page?.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(page?.headers.get('content-security-policy')).toContain('frame-src airlock-preview://frame;');
    expect(page?.headers.get('x-content-type-options')).toBe('nosniff');
    for (const url of ['airlock://other/', 'airlock://app/none', 'airlock://app/../../etc/passwd'])
      expect(ask(url)?.status).toBe(404);
    expect(ask(PAGE_URL, 'POST')?.status).toBe(404);
  });

  test('of the frame carries requests to the previews with what they go by, and answers with theirs', async () => {
    let handler: ((request: Request) => Promise<Response>) | undefined;
    const protocol = {
      handle: (scheme: string, given: typeof handler) => {
        expect(scheme).toBe('airlock-preview');
        handler = given;
      },
    };
    const asked: unknown[] = [];
    servePreviews(standIn<Session>({ protocol }), async (request) => {
      asked.push(request);
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array([7, 8]));
          controller.close();
        },
      });
      return { status: 206, headers: { 'Content-Range': 'bytes 0-1/9' }, body };
    });
    const url = 'airlock-preview://frame/session/content';
    const headers = { get: (name: string) => ({ range: 'bytes=0-1', origin: 'null' })[name] ?? null };
    const answer = await handler?.(standIn<Request>({ url, method: 'GET', headers }));
    expect(asked).toEqual([{ url, method: 'GET', headers: { range: 'bytes=0-1', origin: 'null', destination: null } }]);
    expect([answer?.status, answer?.headers.get('content-range')]).toEqual([206, 'bytes 0-1/9']);
    expect([...new Uint8Array((await answer?.arrayBuffer()) ?? [])]).toEqual([7, 8]);
    const elsewhere = standIn<Request>({ url: 'airlock-preview://other/session/content', method: 'GET', headers });
    expect((await handler?.(elsewhere))?.status).toBe(404);
    expect(asked).toHaveLength(1);
  });

  test('tells its page from others that look like it', () => {
    expect(isPageUrl('airlock://app/')).toBe(true);
    expect(isPageUrl('airlock://app/#x')).toBe(true);
    expect(isPageUrl('airlock://app.evil/')).toBe(false);
    expect(isPageUrl('airlock://app/other.html')).toBe(false);
    expect(isPageUrl('https://app/')).toBe(false);
  });
});

describe('hardening', () => {
  test('denies every permission, device, download and foreign request', () => {
    const handlers: Record<string, (...args: never[]) => unknown> = {};
    const events = new EventEmitter();
    let spelling: boolean | null = null;
    const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
      handlers[name] = handler;
    };
    hardenSession(
      standIn<Session>({
        setPermissionRequestHandler: keep('request'),
        setPermissionCheckHandler: keep('check'),
        setDevicePermissionHandler: keep('device'),
        webRequest: { onBeforeRequest: keep('before') },
        setSpellCheckerEnabled: (on: boolean) => {
          spelling = on;
        },
        on: (name: string, listener: () => void) => events.on(name, listener),
      }),
    );
    const call = (name: string, ...args: unknown[]) => (handlers[name] as (...args: unknown[]) => unknown)(...args);
    let granted: unknown = null;
    call('request', null, 'media', (answer: unknown) => {
      granted = answer;
    });
    expect(granted).toBe(false);
    expect(call('check')).toBe(false);
    expect(call('device')).toBe(false);
    expect(spelling).toBe(false);
    const cancelled = (url: string) => {
      let answer: unknown;
      call('before', { url }, (given: unknown) => {
        answer = given;
      });
      return answer;
    };
    for (const url of ['airlock://app/assets/a.js', 'airlock-preview://frame/session/', 'blob:null/1-2'])
      expect(cancelled(url)).toEqual({ cancel: false });
    for (const url of [
      'airlock-preview://other/',
      'blob:https://example.com/1',
      'https://example.com/',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'airlock://other/',
    ])
      expect(cancelled(url)).toEqual({ cancel: true });
    const download = preventable();
    events.emit('will-download', download);
    expect(download.prevented).toBe(true);
  });

  test('keeps every page where it is', () => {
    const app = new EventEmitter();
    hardenContents(standIn<App>(app));
    let opener: (() => unknown) | null = null;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (given: () => unknown) => {
        opener = given;
      },
    });
    app.emit('web-contents-created', {}, standIn<WebContents>(contents));
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = Object.assign(preventable(), { isMainFrame: true, url: PAGE_URL });
      contents.emit(name, event);
      expect([name, event.prevented]).toEqual([name, true]);
    }
    const framed = (parts: object) => {
      const event = Object.assign(preventable(), { isMainFrame: false, initiator: { url: PAGE_URL }, ...parts });
      contents.emit('will-frame-navigate', event);
      return event.prevented;
    };
    const url = 'airlock-preview://frame/session/';
    expect(framed({ url })).toBe(false);
    // Not to anywhere else, not the page itself, and not by what is in the frame.
    expect(framed({ url: 'https://example.com/' })).toBe(true);
    expect(framed({ url, isMainFrame: true })).toBe(true);
    expect(framed({ url, initiator: { url } })).toBe(true);
    expect(framed({ url, initiator: null })).toBe(true);
    expect((opener as unknown as () => unknown)()).toEqual({ action: 'deny' });
  });
});

describe('messages', () => {
  type Handler = (event: IpcMainInvokeEvent, name: unknown, args: unknown) => Promise<unknown>;

  function app() {
    const sent: unknown[] = [];
    const mainFrame = { url: PAGE_URL, parent: null };
    const webContents = {
      mainFrame,
      isDestroyed: () => false,
      getURL: () => mainFrame.url,
      send: (...message: unknown[]) => void sent.push(message),
    };
    const window = standIn<BrowserWindow>({ webContents });
    const handlers = new Map<string, Handler>();
    const asked: unknown[] = [];
    let tell: (name: 'settings', payload: never) => void = () => {};
    const service = {
      request: async (name: unknown, args: unknown) => {
        asked.push([name, args]);
        if (name === 'fails') throw new Error('inner');
        return name;
      },
      on: (listener: typeof tell) => {
        tell = listener;
        return () => {};
      },
    };
    const ipcMain = { handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) };
    carryMessages(ipcMain as Pick<IpcMain, 'handle'>, service as never, () => window);
    const ask = (event: object, name: unknown = 'app.info', args: unknown = []) =>
      handlers.get(REQUEST_CHANNEL)?.(standIn<IpcMainInvokeEvent>(event), name, args);
    return { ask, asked, sent, mainFrame, webContents, tell: () => tell('settings', { theme: 'dark' } as never) };
  }

  test('from the window’s own frame are answered, failures as values', async () => {
    const { ask, asked, mainFrame, webContents } = app();
    const own = { sender: webContents, senderFrame: mainFrame };
    expect(await ask(own, 'app.info', [1])).toEqual({ value: 'app.info' });
    expect(asked).toEqual([['app.info', [1]]]);
    expect(await ask(own, 'fails')).toMatchObject({ failed: { problem: { detail: 'inner' } } });
  });

  test('from anybody else are refused before the service hears of them', async () => {
    const { ask, asked, mainFrame, webContents } = app();
    const strangers = [
      { sender: webContents, senderFrame: null },
      { sender: webContents, senderFrame: { url: PAGE_URL, parent: mainFrame } },
      { sender: { mainFrame }, senderFrame: mainFrame },
    ];
    for (const stranger of strangers)
      expect(await ask(stranger)).toMatchObject({
        failed: { problem: { sentence: expect.stringContaining('window') } },
      });
    mainFrame.url = 'https://evil.example/';
    expect(await ask({ sender: webContents, senderFrame: mainFrame })).toHaveProperty('failed');
    expect(asked).toEqual([]);
  });

  test('go to the app’s page only', () => {
    const { sent, tell, mainFrame } = app();
    tell();
    expect(sent).toEqual([[EVENT_CHANNEL, { name: 'settings', payload: { theme: 'dark' } }]]);
    mainFrame.url = 'https://evil.example/';
    tell();
    expect(sent).toHaveLength(1);
  });
});

test('a worker is a utility process without environment, and is watched and ended', () => {
  const forked: unknown[] = [];
  let killed = false;
  const child = Object.assign(new EventEmitter(), {
    pid: 77,
    stderr: new EventEmitter(),
    postMessage: (message: unknown) => void forked.push(message),
    kill: () => {
      killed = true;
      return true;
    },
  });
  const electron = {
    app: { getAppMetrics: () => [{ pid: 77, memory: { workingSetSize: 2048 } }] },
    utilityProcess: {
      fork: (...args: unknown[]) => {
        forked.push(args);
        return child;
      },
    },
  };
  const worker = utilityLauncher(electron as never, '/dist/worker.js')();
  expect(forked[0]).toEqual([
    '/dist/worker.js',
    [],
    expect.objectContaining({ env: {}, serviceName: 'Airlock kernel' }),
  ]);
  expect(worker.residentBytes()).toBe(2 * 1024 * 1024);
  const heard: unknown[] = [];
  worker.onMessage((message) => heard.push(message));
  worker.onExit((how) => heard.push(how));
  child.emit('message', { type: 'log', line: { atMs: 0, text: 'x' } });
  child.stderr.emit('data', Buffer.from('TypeError: x\n'));
  child.emit('exit', 1);
  expect(heard).toEqual([{ type: 'log', line: { atMs: 0, text: 'x' } }, 'exit code 1\nTypeError: x']);
  worker.kill();
  expect(killed).toBe(true);
});

test('the command line names images and devices, relative to where it was given', () => {
  expect(appArguments(['--flag', 'a.img', '', '/dev/sdb'], '/home/jo')).toEqual({
    sources: ['/home/jo/a.img', '/dev/sdb'],
    sandbox: true,
  });
  expect(appArguments(['--no-lockdown'], '/')).toEqual({ sources: [], sandbox: false });
  // Chromium's own switch is not ours.
  expect(appArguments(['--no-sandbox'], '/').sandbox).toBe(true);
});
