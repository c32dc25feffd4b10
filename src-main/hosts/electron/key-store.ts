import { safeStorage } from 'electron';
import type { KeyStore } from '../../app/open-app.ts';

/** The system's key store; null where there is none, or one that hides nothing (Linux without a keyring). */
export function keyStore(): KeyStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  const isLinux = process.platform === 'linux';
  if (isLinux && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}
