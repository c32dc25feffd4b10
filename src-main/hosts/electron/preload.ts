import { contextBridge, ipcRenderer } from 'electron';
import type { Client } from '../../contract/transport.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts';

/** All that the window gets of Electron: the contract's client, as `window.sizePicker`. */
const client: Client = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  on: (name, listener) => {
    const hear = (_event: unknown, heard: string, payload: Parameters<typeof listener>[0]) => {
      if (heard === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => ipcRenderer.off(EVENT_CHANNEL, hear);
  },
};

contextBridge.exposeInMainWorld('sizePicker', client);
