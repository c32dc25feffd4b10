import type { Client } from '#contract/transport.ts';

/** The app behind the window, and word of whether it is there. */
export interface Connection {
  readonly client: Client;
  /** Hears `true` when the app is reached and `false` when it is gone. */
  onReached(listener: (reached: boolean) => void): () => void;
}
