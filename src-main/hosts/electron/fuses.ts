/**
 * Switches burnt into the Electron binary when it is packaged, by the packager's names for them.
 * What is off cannot be turned on by an environment variable or an argument.
 */
export const FUSES = {
  /** ELECTRON_RUN_AS_NODE would make the app a general interpreter. */
  runAsNode: false,
  /** NODE_OPTIONS could load foreign code. */
  enableNodeOptionsEnvironmentVariable: false,
  /** --inspect would open the main process to a debugger. */
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  /** Code is loaded only from the archive that was packaged, and only unchanged. */
  onlyLoadAppFromAsar: true,
  enableEmbeddedAsarIntegrityValidation: true,
  /** The window comes from app://, so file:// keeps no privilege. */
  grantFileProtocolExtraPrivileges: false,
} as const;
