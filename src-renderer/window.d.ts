import type { Client } from '#contract/transport.ts';

declare global {
  interface Window {
    /** The contract's client, put there by Electron's preload script; absent in a browser. */
    readonly sizePicker?: Client;
  }
}
