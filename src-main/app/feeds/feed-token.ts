import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../contract/errors.ts';
import type { KeptToken } from '../../contract/feeds.ts';

/** The key store of the system, where the shell has one. */
export interface KeyStore {
  encrypt(text: string): Uint8Array;
  /** Throws where the key is another one, as on another machine. */
  decrypt(bytes: Uint8Array): string;
}

/**
 * The trader's OANDA token: sealed by the system's key store, or else in a file that only the user
 * may read. It goes to OANDA and to no window.
 */
export class FeedToken {
  readonly #sealed: string;
  readonly #plain: string;
  readonly #keys: KeyStore | null;

  constructor(folder: string, keys: KeyStore | null) {
    this.#sealed = join(folder, 'oanda-token.sealed');
    this.#plain = join(folder, 'oanda-token.txt');
    this.#keys = keys;
  }

  /** Where a token is kept, or would be. */
  kept(): KeptToken {
    const isKept = existsSync(this.#keys ? this.#sealed : this.#plain);
    return { isKept, by: this.#keys ? 'key-store' : 'file' };
  }

  /** Null forgets it. */
  keep(token: string | null): KeptToken {
    for (const file of [this.#sealed, this.#plain]) rmSync(file, { force: true });
    if (token !== null) {
      const [file, bytes] = this.#keys
        ? [this.#sealed, this.#keys.encrypt(token)]
        : [this.#plain, token];
      writeFileSync(file, bytes, { mode: 0o600 });
      chmodSync(file, 0o600);
    }
    return this.kept();
  }

  /** Throws `no-token`. */
  read(): string {
    try {
      if (!this.#keys) return readFileSync(this.#plain, 'utf8').trim();
      return this.#keys.decrypt(readFileSync(this.#sealed));
    } catch (cause) {
      throw new CodedError('no-token', {}, { cause });
    }
  }
}
