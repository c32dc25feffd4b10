import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { App } from '../../app/open-app.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';
import { answer } from '../../contract/transport.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts';
import { isOwnAddress } from './page-protocol.ts';

/** Answers the window's calls; the contract parses each payload. */
export function answerCalls(app: App): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, payload: unknown) => {
    if (!isOwnWindow(event)) throw new Error('Only the app window may call.');
    return answer(app.handlers, String(name), payload);
  });
}

/** A frame inside the page, or a page from elsewhere, is not the window. */
function isOwnWindow({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url);
}

/** Tells the window the app's events until it goes. */
export function tellEvents(app: App, contents: WebContents): void {
  const unsubscribe = app.subscribe((name, payload) => contents.send(EVENT_CHANNEL, name, payload));
  contents.once('destroyed', unsubscribe);
}

/** Tells the window that an item of the menu was chosen. */
export function tellChosen(contents: WebContents, item: EventPayload<'menu.chosen'>['item']): void {
  const name: EventName = 'menu.chosen';
  contents.send(EVENT_CHANNEL, name, { item });
}
