import { COMMANDS, commandsOf, MENUS } from '../../../src-main/contract/commands.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../src-main/contract/transport.ts';
import { FUSES } from '../../../src-main/hosts/electron/fuses.ts';
import { registerPageScheme, servePage } from '../../../src-main/hosts/electron/page-protocol.ts';
import { denyNavigation, denyPermissions } from '../../../src-main/hosts/electron/security.ts';
import { setMenu } from '../../../src-main/hosts/electron/menu.ts';
import {
  answerCalls,
  tellChosen,
  tellEvents,
} from '../../../src-main/hosts/electron/window-calls.ts';
import { keyStore } from '../../../src-main/hosts/electron/key-store.ts';
import { clampToScreens } from '../../../src-main/hosts/electron/window-place.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { printPdf } from '../../../src-main/hosts/electron/print-pdf.ts';
import { openWindow } from '../../../src-main/hosts/electron/window.ts';
import { standInApp } from './stand-in-app.ts';
import { builtWindow, WAYS_OUT } from './built-window.ts';
import * as electron from './electron-stand-in.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

const placeFile = () => join(dataFolder(), 'window-place.json');

const OWN = 'app://size-picker/';
const FOREIGN = [
  'https://evil.example/',
  'app://size-picker.evil.example/',
  'app://evil/',
  'file:///index.html',
  'about:blank',
  '',
];

describe('the window', () => {
  it('runs its page apart from Node, in the sandbox', () => {
    openWindow(placeFile());
    const window = electron.windows.at(-1)!;
    expect(window.address).toBe(OWN);
    expect(window.options).toMatchObject({
      width: 1440,
      height: 900,
      minWidth: 1024,
      minHeight: 640,
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        preload: expect.stringMatching(/preload\.cjs$/),
      },
    });
  });

  it('is shown when it is painted', () => {
    openWindow(placeFile());
    const window = electron.windows.at(-1)!;
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
  });

  it('opens where the last one was closed, and maximised if that was', () => {
    const file = placeFile();
    openWindow(file);
    const first = electron.windows.at(-1)!;
    first.isMaximized.mockReturnValue(true);
    first.emit('close');
    openWindow(file);
    const second = electron.windows.at(-1)!;
    expect(second.options).toMatchObject({ x: 100, y: 50, width: 1200, height: 800 });
    expect(second.maximize).toHaveBeenCalledOnce();
  });

  it('opens in its own size where its place is kept in a file that cannot be read', () => {
    const file = placeFile();
    writeFileSync(file, '{"x": "left"}');
    openWindow(file);
    expect(electron.windows.at(-1)!.options).toMatchObject({ width: 1440, height: 900 });
  });
});

describe('a place on the screens that are there', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1080 };
  const right = { x: 1920, y: 0, width: 1280, height: 720 };
  const place = (x: number, y: number, width = 1200, height = 800) => ({
    x,
    y,
    width,
    height,
    maximised: false,
  });

  it('stays where it fits', () => {
    expect(clampToScreens(place(300, 100), [left, right])).toEqual(place(300, 100));
  });

  it('moves into the screen that shows most of it, and shrinks to it', () => {
    expect(clampToScreens(place(2500, 200), [left, right])).toEqual(place(2000, 0, 1200, 720));
    expect(clampToScreens(place(-400, -100), [left])).toEqual(place(0, 0));
  });

  it('is given up where its screen is gone, and is never smaller than the window may be', () => {
    expect(clampToScreens(place(2200, 100), [left])).toBeNull();
    expect(clampToScreens(place(100, 100, 300, 300), [left])).toEqual(place(100, 100, 1024, 640));
  });
});

describe('the key store', () => {
  it('seals and opens a token where the system has one', () => {
    const keys = keyStore()!;
    expect(Buffer.from(keys.encrypt('token')).toString()).not.toContain('token');
    expect(keys.decrypt(keys.encrypt('token'))).toBe('token');
  });

  it('is not used where it hides nothing', () => {
    electron.safeStorage.isEncryptionAvailable.mockReturnValueOnce(false);
    expect(keyStore()).toBeNull();
    if (process.platform !== 'linux') return;
    electron.safeStorage.getSelectedStorageBackend.mockReturnValueOnce('basic_text');
    expect(keyStore()).toBeNull();
  });
});

describe('every page', () => {
  it.each(['will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'is denied %s',
    (kind) => {
      denyNavigation();
      const contents = new electron.StandInContents();
      electron.app.emit('web-contents-created', {}, contents);
      const event = { preventDefault: vi.fn() };
      contents.emit(kind, event);
      expect(event.preventDefault).toHaveBeenCalled();
    },
  );

  it('is denied a second window', () => {
    denyNavigation();
    const contents = new electron.StandInContents();
    electron.app.emit('web-contents-created', {}, contents);
    const [decide] = contents.setWindowOpenHandler.mock.lastCall!;
    expect(decide({ url: OWN })).toEqual({ action: 'deny' });
  });

  it('is denied every permission and device', () => {
    denyPermissions();
    const { defaultSession } = electron.session;
    const decision = vi.fn();
    defaultSession.setPermissionRequestHandler.mock.lastCall![0]({}, 'media', decision);
    expect(decision.mock.calls).toEqual([[false]]);
    const check = defaultSession.setPermissionCheckHandler.mock.lastCall![0];
    expect(check({}, 'media')).toBe(false);
    expect(check({}, 'clipboard-read')).toBe(false);
    // To copy what the window itself drew.
    expect(check({}, 'clipboard-sanitized-write')).toBe(true);
    expect(defaultSession.setDevicePermissionHandler.mock.lastCall![0]({})).toBe(false);
  });
});

describe('app://', () => {
  const get = (address: string, method = 'GET') => {
    servePage(builtWindow());
    // A plain object: Request would tidy up the address before the handler sees it.
    return electron.protocolHandlers.get('app')!({ url: address, method } as Request);
  };

  it('is an origin of its own', () => {
    registerPageScheme();
    expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true } },
    ]);
  });

  it('serves the built window under a policy without inline code or connections', async () => {
    const response = await get(OWN);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Size Picker');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'self'; connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(WAYS_OUT)('serves nothing outside it: %s', async (path) => {
    const response = await get(`app://size-picker${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  it.each(FOREIGN)('serves no other origin: "%s"', async (address) => {
    expect((await get(address)).status).toBe(403);
  });

  it('only reads', async () => {
    expect((await get(OWN, 'POST')).status).toBe(403);
  });
});

describe('calls', () => {
  const call = (senderFrame: unknown, name: unknown, payload: unknown) => {
    const app = standInApp();
    answerCalls(app.app);
    const handler = electron.ipcHandlers.get('size-picker:call')!;
    return { app, answered: (async () => handler({ senderFrame }, name, payload))() };
  };
  const window = { url: OWN, parent: null };

  it('of the window are answered', async () => {
    const { answered } = call(window, 'app.about', {});
    expect(await answered).toMatchObject({ ok: true, value: { version: '1.2.3' } });
  });

  it('of this process only, which name files anywhere on the disk, are none to a window', async () => {
    const wish = { name: 'V3-cross-gold-2022', file: '/tmp/stolen.json' };
    const { app, answered } = call(window, 'models.exportTo', wish);
    expect(await answered).toMatchObject({ ok: false, fault: { code: 'bad-argument' } });
    expect(app.calls).toEqual([]);
  });

  it.each(FOREIGN)('of another page are refused: "%s"', async (url) => {
    const { app, answered } = call({ url, parent: null }, 'app.about', {});
    await expect(answered).rejects.toThrow('Only the app window');
    expect(app.calls).toEqual([]);
  });

  it('of a frame inside the page, or of one that is gone, are refused', async () => {
    for (const frame of [{ url: OWN, parent: window }, null]) {
      const { app, answered } = call(frame, 'app.about', {});
      await expect(answered).rejects.toThrow('Only the app window');
      expect(app.calls).toEqual([]);
    }
  });

  it('are parsed: an unknown name or a wrong payload is a fault, not a call', async () => {
    for (const [name, payload] of [
      ['constructor', {}],
      [null, {}],
      ['import.stage', { piece: 5 }],
    ]) {
      const { app, answered } = call(window, name, payload);
      expect(await answered).toMatchObject({ ok: false, fault: { code: 'bad-argument' } });
      expect(app.calls).toEqual([]);
    }
  });
});

describe('events', () => {
  it('reach the window until it goes', () => {
    const app = standInApp();
    const contents = new electron.StandInContents();
    tellEvents(app.app, contents as unknown as Electron.WebContents);
    app.publish('series.changed', { name: 'a' });
    contents.emit('destroyed');
    app.publish('series.changed', { name: 'b' });
    expect(contents.send.mock.calls).toEqual([
      ['size-picker:event', 'series.changed', { name: 'a' }],
    ]);
  });
});

describe('the menu', () => {
  const shown = () => {
    setMenu(() => {});
    return electron.Menu.setApplicationMenu.mock.lastCall![0];
  };

  it('has every command of the table, in its place', () => {
    for (const name of MENUS) {
      const labels = shown()
        .find(({ label }) => label === name)!
        .submenu!.map(({ label }) => label);
      expect(labels).toEqual(
        expect.arrayContaining(commandsOf(name).map((id) => COMMANDS[id].label)),
      );
    }
  });

  it('shows the keys and leaves them to the page, so that letters can be typed', () => {
    const items = shown().flatMap(({ submenu }) => submenu ?? []);
    const record = items.find(({ label }) => label === 'Record this decision')!;
    expect(record).toMatchObject({ accelerator: 'R', registerAccelerator: false });
    for (const { accelerator, registerAccelerator } of items) {
      if (accelerator !== undefined) expect(registerAccelerator).toBe(false);
    }
  });

  it('leads to training: the window hears of Model > Retrain…', () => {
    const contents = new electron.StandInContents();
    setMenu((item) => tellChosen(contents as unknown as Electron.WebContents, item));
    const menu = electron.Menu.setApplicationMenu.mock.lastCall![0];
    const model = menu.find(({ label }) => label === 'Model')!.submenu!;
    model.find(({ label }) => label === 'Retrain…')!.click!();
    expect(contents.send.mock.calls).toEqual([
      ['size-picker:event', 'menu.chosen', { item: 'retrain' }],
    ]);
  });
});

describe('a report', () => {
  const page = '<!doctype html><title>Past trades – ünder</title>';

  it('is printed in a window that is not seen, runs nothing and goes again', async () => {
    expect(Buffer.from(await printPdf(page)).toString()).toBe('%PDF-1.7');
    const window = electron.windows.at(-1)!;
    expect(window.options).toMatchObject({
      show: false,
      webPreferences: { javascript: false, sandbox: true, nodeIntegration: false },
    });
    const [kind, content] = window.address.split(',');
    expect(kind).toBe('data:text/html;charset=utf-8;base64');
    expect(Buffer.from(content!, 'base64').toString()).toBe(page);
    // Of the size and the margins that the page itself asks for.
    expect(window.webContents.printToPDF).toHaveBeenCalledWith(
      expect.objectContaining({ preferCSSPageSize: true, printBackground: true }),
    );
    expect(window.destroy).toHaveBeenCalledOnce();
  });

  it('that cannot be printed is told, and leaves no window behind', async () => {
    electron.StandInContents.printToPDF.mockRejectedValueOnce(new Error('no printer'));
    await expect(printPdf(page)).rejects.toMatchObject({ code: 'not-printed' });
    expect(electron.windows.at(-1)!.destroy).toHaveBeenCalledOnce();
  });
});

describe('the preload script', () => {
  it('gives the window call and on, and nothing else of Electron', async () => {
    await import('../../../src-main/hosts/electron/preload.ts');
    const [[name, exposed]] = electron.contextBridge.exposeInMainWorld.mock.calls as [
      [string, Client],
    ];
    expect(name).toBe('sizePicker');
    expect(Object.keys(exposed)).toEqual(['call', 'on']);

    void exposed.call('app.about', {});
    expect(electron.ipcRenderer.invoke).toHaveBeenCalledWith('size-picker:call', 'app.about', {});

    const heard = vi.fn();
    const stop = exposed.on('series.changed', heard);
    electron.ipcRenderer.emit('size-picker:event', { sender: {} }, 'series.changed', { name: 'a' });
    electron.ipcRenderer.emit('size-picker:event', { sender: {} }, 'decisions.changed', {});
    stop();
    electron.ipcRenderer.emit('size-picker:event', { sender: {} }, 'series.changed', { name: 'b' });
    expect(heard.mock.calls).toEqual([[{ name: 'a' }]]);
  });
});

describe('the fuses', () => {
  it('leave no way to run foreign code in the packaged app', () => {
    expect(FUSES).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
