/** What the renderer gets of main in Electron: the contract's Bridge as `window.airlock`, and nothing of Node or Electron. */

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../contract.ts';
import { EVENT_CHANNEL, type EventMessage, REQUEST_CHANNEL, type RequestAnswer } from './channels.ts';

const bridge: Bridge = {
  async request(name, ...args) {
    const answer: RequestAnswer = await ipcRenderer.invoke(REQUEST_CHANNEL, name, args);
    if ('failed' in answer) throw answer.failed;
    // Main answers each name with that name's type.
    return answer.value as never;
  },
  on(name, listener) {
    const receive = (_event: unknown, message: EventMessage) => {
      if (message.name === name) listener(message.payload as never);
    };
    ipcRenderer.on(EVENT_CHANNEL, receive);
    return () => ipcRenderer.removeListener(EVENT_CHANNEL, receive);
  },
  pathOfDroppedFile: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('airlock', bridge);
