/** Carries requests and events between the window and the service. Who asks is checked first, each time. */

import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { EventName, Events } from '../contract.ts';
import { refused, toldFailure } from '../service/problems.ts';
import type { Service } from '../service/service.ts';
import { EVENT_CHANNEL, type EventMessage, REQUEST_CHANNEL, type RequestAnswer } from './channels.ts';
import { isPageUrl } from './scheme.ts';

/** `window` gives the app's window, or null while there is none. Returns what sends the page an event of the shell's own. */
export function carryMessages(
  ipcMain: Pick<IpcMain, 'handle'>,
  service: Pick<Service, 'request' | 'on'>,
  window: () => BrowserWindow | null,
): <Name extends EventName>(name: Name, payload: Events[Name]) => void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, args: unknown): Promise<RequestAnswer> => {
    try {
      if (!isFromWindow(event, window())) throw refused('This request does not come from the window.');
      return { value: (await service.request(name, args)) ?? null };
    } catch (error) {
      return { failed: toldFailure(error) };
    }
  });
  const send = (name: EventName, payload: unknown) => {
    const contents = window()?.webContents;
    if (contents !== undefined && !contents.isDestroyed() && isPageUrl(contents.getURL()))
      contents.send(EVENT_CHANNEL, { name, payload } satisfies EventMessage);
  };
  service.on(send);
  return send;
}

/** The window's own main frame, showing the app's own page: not a frame inside it, not another page. */
export function isFromWindow(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || frame === null || event.sender !== window.webContents) return false;
  return frame.parent === null && frame === window.webContents.mainFrame && isPageUrl(frame.url);
}
