import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

type Handler = (...args: unknown[]) => unknown;

/** Stand-in of the part of Electron's API that the host uses; remembers what it was given. */
export const ipcHandlers = new Map<string, Handler>();
export const protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
export const windows: StandInWindow[] = [];

class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly options: unknown;
  address = '';
  show = vi.fn();
  maximize = vi.fn();
  destroy = vi.fn();
  isMaximized = vi.fn(() => false);
  getNormalBounds = vi.fn(() => ({ x: 100, y: 50, width: 1200, height: 800 }));

  static getAllWindows = () => [] as StandInWindow[];

  constructor(options: unknown) {
    super();
    this.options = options;
    windows.push(this);
  }

  loadURL(address: string) {
    this.address = address;
    return Promise.resolve();
  }
}

export class StandInContents extends EventEmitter {
  send = vi.fn();
  static readonly printToPDF = vi.fn(() => Promise.resolve(Buffer.from('%PDF-1.7')));
  printToPDF = StandInContents.printToPDF;
  setWindowOpenHandler = vi.fn();
}

/** One screen with a bar at its top. */
export const screen = {
  getAllDisplays: vi.fn(() => [{ workArea: { x: 0, y: 25, width: 1920, height: 1055 } }]),
};

export const safeStorage = {
  isEncryptionAvailable: vi.fn(() => true),
  getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
  encryptString: (text: string) => Buffer.from([...text].reverse().join('')),
  decryptString: (bytes: Buffer) => [...bytes.toString()].reverse().join(''),
};

export const app = new EventEmitter();

export const session = {
  defaultSession: {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
  },
};

export const protocol = {
  registerSchemesAsPrivileged: vi.fn(),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    protocolHandlers.set(scheme, handler),
};

type MenuItem = {
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  click?: () => void;
};
/** A menu is the template that it was built from. */
export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => template,
  setApplicationMenu: vi.fn<(menu: readonly MenuItem[]) => void>(),
};

export const ipcMain = {
  handle: (channel: string, handler: Handler) => ipcHandlers.set(channel, handler),
};

export const ipcRenderer = Object.assign(new EventEmitter(), { invoke: vi.fn() });

export const contextBridge = { exposeInMainWorld: vi.fn() };

export { StandInWindow as BrowserWindow };
